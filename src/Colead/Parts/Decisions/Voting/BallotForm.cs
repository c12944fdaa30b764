using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Colead.Parts.Decisions.Voting;

/// <summary>A ballot to fill in: the proposal, what was typed, and what is wrong with it.</summary>
/// <param name="Typed">A box each, as typed.</param>
public sealed record BallotForm(Proposal Proposal, IReadOnlyList<string?> Typed, string? Choice, string? Reason)
{
    public const string Abstain = "abstain";
    /// <summary>The field beside which anything wrong with a ballot is said.</summary>
    public const string Field = "Ballot";

    public static BallotForm Empty(Proposal proposal) => new(proposal, new string?[Counted.MarksOf(proposal)], null, null);

    /// <summary>As it was filled in before.</summary>
    public static BallotForm Of(Proposal proposal, ProposalVote vote)
    {
        var marks = Marks.Read(vote.Marks);
        var choice = marks.All(mark => mark is null) ? Abstain : proposal.HasOptions ? marks.ToList().IndexOf(1)
            .ToString(CultureInfo.InvariantCulture) : marks[0]!.Value.ToString(CultureInfo.InvariantCulture);
        return new(proposal, [.. marks.Select(mark => mark?.ToString(CultureInfo.InvariantCulture))], choice, vote.Reason);
    }

    /// <summary>Whether boxes are filled in, one an option; else one of a few is chosen.</summary>
    public static bool HasBoxes(Proposal proposal) =>
        proposal.Method is DecisionMethod.Ranked or DecisionMethod.Score or DecisionMethod.Dots;

    /// <summary>The ballot, or null with what is wrong.</summary>
    public static FilledBallot? Read(ModelStateDictionary state, Proposal proposal, string? choice, IReadOnlyList<string?> boxes,
        string? reason)
    {
        var why = (reason ?? "").ReplaceLineEndings("\n").Trim();
        if (why.Length > ProposalVote.ReasonLength) state.AddModelError("Reason", "Say it in at most 1,000 characters");
        var marks = HasBoxes(proposal) ? ReadBoxes(state, proposal, choice, boxes) : ReadChoice(state, proposal, choice);
        if (marks is [0] && proposal.Method == DecisionMethod.Consent && why.Length == 0) state.AddModelError("Reason",
            "An objection needs a reason: what would go wrong?");
        return marks is null || !state.IsValid ? null : new(marks, why);
    }

    private static int?[]? ReadChoice(ModelStateDictionary state, Proposal proposal, string? choice)
    {
        if (choice == Abstain) return new int?[Counted.MarksOf(proposal)];
        var most = proposal.HasOptions ? proposal.Options.Count - 1 : 1;
        if (!int.TryParse(choice, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) || chosen > most) return Wrong(state,
            "Choose one of the answers given");
        return proposal.HasOptions ? [.. Enumerable.Range(0, proposal.Options.Count).Select(i => i == chosen ? 1 : (int?)null)] : [chosen];
    }

    private static int?[]? ReadBoxes(ModelStateDictionary state, Proposal proposal, string? choice, IReadOnlyList<string?> boxes)
    {
        var options = proposal.Options.Count;
        if (choice == Abstain) return new int?[options];
        var (least, most) = proposal.Method switch { DecisionMethod.Ranked => (1, options),
            DecisionMethod.Score => (0, proposal.HighestScore), _ => (0, proposal.Dots) };
        var marks = new int?[options];
        for (var i = 0; i < options; i++)
        {
            var typed = i < boxes.Count ? boxes[i]?.Trim() : null;
            if (string.IsNullOrEmpty(typed)) continue;
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var mark) || mark < least
                || mark > most) return Wrong(state, $"Enter whole numbers from {least} to {most}, or leave a box empty");
            marks[i] = mark;
        }
        var given = marks.OfType<int>().ToList();
        if (given.Count == 0 || (proposal.Method == DecisionMethod.Dots && given.Sum() == 0)) return Wrong(state,
            "Fill in at least one box, or choose to abstain");
        if (proposal.Method == DecisionMethod.Ranked && given.Distinct().Count() != given.Count) return Wrong(state,
            "Give each rank to one option only");
        if (proposal.Method == DecisionMethod.Dots && given.Sum() > proposal.Dots) return Wrong(state,
            $"You have {proposal.Dots} dots, and placed {given.Sum()}");
        return marks;
    }

    private static int?[]? Wrong(ModelStateDictionary state, string sentence)
    {
        state.AddModelError(Field, sentence);
        return null;
    }
}
