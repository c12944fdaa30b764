using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Colead.Parts.Decisions.Voting;

/// <summary>Totals of paper votes, made into as many ballots as gave them: any ballots with these totals count alike, and which paper said
/// what is nobody's to know.</summary>
public static class PaperTotals
{
    /// <summary>What is totalled: for and against, or each option; abstentions come last.</summary>
    public static IReadOnlyList<string> Lines(Proposal proposal) => proposal.Method switch
    {
        DecisionMethod.YesNo => ["Yes", "No", "Abstained"],
        DecisionMethod.ChooseOne => [.. proposal.Options, "Abstained"],
        DecisionMethod.Score => [.. proposal.Options.Select(option => $"Points for {option}"), "Ballots that abstained"],
        _ => [.. proposal.Options.Select(option => $"Dots on {option}"), "Ballots that abstained"],
    };

    /// <summary>Ranked papers: how many say each order, such as "3: 2, 1" for three with the second option first and the first option
    /// second. Null with what is wrong.</summary>
    public static IReadOnlyList<IReadOnlyList<int?>>? ReadOrders(ModelStateDictionary state, Proposal proposal, string? typed, int papers)
    {
        var ballots = new List<IReadOnlyList<int?>>();
        foreach (var line in (typed ?? "").ReplaceLineEndings("\n")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 2) is not [var many, var order]
                || !int.TryParse(many.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > papers
                || OrderOf(proposal, order.Trim()) is not { } marks)
                return Wrong(state,
                    $"This line could not be read: “{line}”. Write how many papers, a colon, and the numbers of the options, the best first, such as 3: 2, 1");
            ballots.AddRange(Enumerable.Repeat(marks, count));
            if (ballots.Count > papers) break;
        }
        return ballots.Count == papers ? ballots : Wrong(state, "The papers must add up to as many as organisations ticked");
    }

    private static int?[]? OrderOf(Proposal proposal, string order)
    {
        var marks = new int?[proposal.Options.Count];
        if (order is "-" or "–") return marks;
        var places = order.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        for (var rank = 1; rank <= places.Length; rank++)
        {
            if (!int.TryParse(places[rank - 1], NumberStyles.None, CultureInfo.InvariantCulture, out var option) || option < 1
                || option > marks.Length || marks[option - 1] is not null) return null;
            marks[option - 1] = rank;
        }
        return places.Length == 0 ? null : marks;
    }

    /// <summary>The ballots, or null with what is wrong.</summary>
    public static IReadOnlyList<IReadOnlyList<int?>>? Read(ModelStateDictionary state, Proposal proposal, IReadOnlyList<string?> typed,
        int papers)
    {
        var totals = new int[Lines(proposal).Count];
        for (var i = 0; i < totals.Length; i++)
        {
            var text = i < typed.Count ? typed[i]?.Trim() : null;
            if (string.IsNullOrEmpty(text)) continue;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out totals[i])) return Wrong(state,
                "Enter whole numbers, or leave a box empty");
        }
        var (abstained, marked) = (totals[^1], papers - totals[^1]);
        if (marked < 0) return Wrong(state, "More abstained than handed in a paper");
        var ballots = Enumerable.Range(0, marked).Select(_ => new int?[Counted.MarksOf(proposal)]).ToList();
        var fits = proposal.Method switch
        {
            DecisionMethod.YesNo => Choose(ballots, totals[..2], (ballot, option) => ballot[0] = 1 - option),
            DecisionMethod.ChooseOne => Choose(ballots, totals[..^1], (ballot, option) => ballot[option] = 1),
            DecisionMethod.Score => Spread(ballots, totals[..^1], proposal.HighestScore, most: int.MaxValue),
            _ => Spread(ballots, totals[..^1], proposal.Dots, most: proposal.Dots),
        };
        if (!fits) return Wrong(state, proposal.Method is DecisionMethod.YesNo or DecisionMethod.ChooseOne
            ? "The totals must add up to as many papers as organisations ticked" : "That is more than so many papers can give");
        return [.. ballots, .. Enumerable.Range(0, abstained).Select(_ => new int?[Counted.MarksOf(proposal)])];
    }

    private static bool Choose(List<int?[]> ballots, int[] totals, Action<int?[], int> mark)
    {
        if (totals.Sum(t => (long)t) != ballots.Count) return false;
        var next = 0;
        for (var option = 0; option < totals.Length; option++)
        {
            for (var n = 0; n < totals[option]; n++) mark(ballots[next++], option);
        }
        return true;
    }

    /// <summary>Fills ballot after ballot, each option up to its highest and each ballot up to its most.</summary>
    private static bool Spread(List<int?[]> ballots, int[] totals, int highest, int most)
    {
        foreach (var ballot in ballots) Array.Fill(ballot, 0);
        for (var option = 0; option < totals.Length; option++)
        {
            foreach (var ballot in ballots)
            {
                var given = Math.Min(Math.Min(totals[option], highest), most - ballot.Sum(m => m ?? 0));
                ballot[option] = given;
                totals[option] -= given;
            }
        }
        return totals.All(left => left == 0);
    }

    private static IReadOnlyList<IReadOnlyList<int?>>? Wrong(ModelStateDictionary state, string sentence)
    {
        state.AddModelError("Totals", sentence);
        return null;
    }
}
