using System.Globalization;
using Colead.Analysis.Decisions;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Storage.Sealing;

namespace Colead.Parts.Decisions;

/// <summary>What is said of proposals, votes and decisions.</summary>
public static class DecisionWords
{
    public static IReadOnlyList<Choice> Methods { get; } =
    [
        new(nameof(DecisionMethod.Consent), "Consent", "It passes when nobody objects. An objection needs a reason."),
        new(nameof(DecisionMethod.YesNo), "Yes or no", "Everyone says yes, no or abstains."),
        new(nameof(DecisionMethod.ChooseOne), "Choose one", "One of several options; the most votes win."),
        new(nameof(DecisionMethod.Ranked), "Rank the options",
            "Instant run-off: the weakest option goes out until one has more than half."),
        new(nameof(DecisionMethod.Score), "Score the options", "Everyone gives each option points; the highest total wins."),
        new(nameof(DecisionMethod.Dots), "Place dots", "Everyone spreads the same number of dots over the options."),
    ];

    public static IReadOnlyList<Choice> PassMarks { get; } =
    [
        new(nameof(PassAt.MoreThanHalf), "More than half"),
        new(nameof(PassAt.TwoThirds), "Two thirds"),
        new(nameof(PassAt.ThreeQuarters), "Three quarters"),
        new(nameof(PassAt.Everyone), "All of them"),
    ];

    public static IReadOnlyList<Choice> LeadMarks { get; } = [new(nameof(PassAt.MostVotes), "No: the most votes are enough"), .. PassMarks];

    public static string Say(DecisionMethod method) => Methods.First(choice => choice.Value == method.ToString()).Label;

    public static string Say(ProposalState state) => state switch
    {
        ProposalState.Advice => "Advice round",
        ProposalState.Voting => "Voting is open",
        ProposalState.Decided => "Decided",
        ProposalState.Withdrawn => "Withdrawn",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>In a word or two; the sentence stands with the decision.</summary>
    public static string Say(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Passed => "Agreed",
        DecisionOutcome.NotPassed => "Not agreed",
        DecisionOutcome.Objected => "Objection stands",
        DecisionOutcome.Chosen => "Chosen",
        DecisionOutcome.BelowPassMark => "Not enough votes",
        DecisionOutcome.Tied => "A tie",
        DecisionOutcome.NoQuorum => "Too few voted",
        DecisionOutcome.NothingCast => "No votes",
        DecisionOutcome.TooFewToShow => "Too few to show",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static string Say(VoteWay way) => way switch
    {
        VoteWay.Absent => "Told us, being absent",
        VoteWay.Paper => "On paper",
        _ => "Voted here",
    };

    public static string Chip(ProposalState state, DecisionOutcome? outcome) => (state, outcome) switch
    {
        (ProposalState.Voting, _) or (_, DecisionOutcome.Passed or DecisionOutcome.Chosen) => "",
        (ProposalState.Advice or ProposalState.Withdrawn, _) => "plain",
        _ => "warm",
    };

    /// <summary>The chip of a proposal: its outcome, or where it stands.</summary>
    public static string Badge(ProposalState state, DecisionOutcome? outcome) => outcome is { } known ? Say(known) : Say(state);

    /// <summary>What one ballot says, in words.</summary>
    public static string Say(Proposal proposal, IReadOnlyList<int?> marks)
    {
        if (marks.All(mark => mark is null)) return proposal.Method == DecisionMethod.Consent ? "stands aside" : "abstains";
        return proposal.Method switch
        {
            DecisionMethod.Consent => marks[0] == 1 ? "consents" : "objects",
            DecisionMethod.YesNo => marks[0] == 1 ? "yes" : "no",
            DecisionMethod.ChooseOne => proposal.Options[marks.ToList().IndexOf(1)],
            DecisionMethod.Ranked => string.Join(", then ", Marked().OrderBy(i => marks[i]).Select(i => proposal.Options[i])),
            _ => string.Join(", ", Marked().Where(i => marks[i] > 0 || proposal.Method == DecisionMethod.Score)
                .Select(i => $"{proposal.Options[i]} {marks[i]}")),
        };

        IEnumerable<int> Marked() => Enumerable.Range(0, marks.Count).Where(i => marks[i] is not null);
    }

    /// <summary>What came of it, in one sentence.</summary>
    /// <param name="tally">Absent where there are too few secret ballots.</param>
    public static string Outcome(Proposal proposal, Tally? tally)
    {
        if (tally is null) return $"Too few to show: of a secret vote nothing is shown below {Proposal.FewestSecretBallots} ballots.";
        string[] options = [.. tally.Leading.Select(i => $"“{proposal.Options[i]}”")];
        return tally.Outcome switch
        {
            Colead.Analysis.Decisions.Outcome.NothingCast => tally.Abstained > 0 ? "Not decided: all who voted abstained."
                : "Not decided: nobody voted.",
            Colead.Analysis.Decisions.Outcome.NoQuorum =>
                $"Not decided: {Voted(proposal, tally.Quorum)}, and {N(tally.Quorum.Needed)} were needed.",
            Colead.Analysis.Decisions.Outcome.Passed when proposal.Method == DecisionMethod.Consent =>
                $"Agreed by consent: {Count(proposal, tally.Counted)} {(tally.Counted == 1 ? "consents" : "consent")} and nobody objects{Aside(tally)}.",
            Colead.Analysis.Decisions.Outcome.Objected =>
                $"Not agreed: {(tally.Totals[1] == 1 ? "one objection stands" : "objections stand")}{Aside(tally)}.",
            Colead.Analysis.Decisions.Outcome.Passed => $"Agreed: {YesAndNo(tally)}.",
            Colead.Analysis.Decisions.Outcome.NotPassed => $"Not agreed: {YesAndNo(tally)}; {N(tally.Needed!.Value)} yes were needed.",
            Colead.Analysis.Decisions.Outcome.Tied when proposal.Method == DecisionMethod.YesNo =>
                $"A tie, so not agreed: {YesAndNo(tally)}.",
            Colead.Analysis.Decisions.Outcome.Tied when tally.TiedForLast =>
                $"No result: {Joined.And(options)} are tied for last place, and no rule tells which goes out.",
            Colead.Analysis.Decisions.Outcome.Tied => $"A tie: {Joined.And(options)} have {Had(proposal, tally, tally.Leading[0])}.",
            Colead.Analysis.Decisions.Outcome.BelowPassMark =>
                $"Not decided: {options[0]} has the most votes, {N(tally.Totals[tally.Leading[0]])}, and {N(tally.Needed!.Value)} were needed.",
            _ => $"{options[0]} was chosen, with {Had(proposal, tally, tally.Leading[0])}.",
        };
    }

    /// <summary>How it is voted on, in sentences.</summary>
    public static IEnumerable<string> Rules(Proposal proposal)
    {
        yield return proposal.Method switch
        {
            DecisionMethod.Consent => "By consent: it passes when nobody objects. An objection needs a reason.",
            DecisionMethod.YesNo =>
                $"Yes, no or abstain. It passes with {Say(proposal.PassAt)} of those who vote yes or no; who abstains counts for the quorum alone.",
            DecisionMethod.ChooseOne => "One option each. The most votes win"
                + (proposal.PassAt == PassAt.MostVotes ? "." : $", if they are {Say(proposal.PassAt)} of the votes for any option."),
            DecisionMethod.Ranked =>
                "Rank as many options as you like. The option with the fewest votes goes out, and its votes go on to the next on each ballot, until one has more than half of those still counting.",
            DecisionMethod.Score =>
                $"Points from 0 to {proposal.HighestScore} for each option. The highest total wins; an option left open gets 0.",
            _ => $"{Dates.Count(proposal.Dots, "dot", "dots")} each, spread as you like, several on one option too. The most dots win.",
        };
        yield return proposal.Weighted ? $"The voices were agreed: {proposal.WeightsReason}" : "One organisation, one voice.";
        yield return proposal.QuorumPercent == 0 ? "However few vote, it counts."
            : $"At least {proposal.QuorumPercent} per cent of the voices must vote, or nothing is decided.";
        yield return proposal.Secret ? "Secret: only totals are ever shown, from five ballots on."
            : "Open: after closing everyone sees who voted what.";
        if (proposal.Secret) yield return proposal.OnPaper
            ? "It is held on paper: the papers are counted together, and only their totals are entered."
            : "It is held on screen; who has no device draws a slip, where that was marked before opening.";
        yield return "A tie is said to be a tie; no lots are drawn.";
    }

    /// <summary>What keeps a vote from being opened, in words that go on after a colon; null where nothing does.</summary>
    /// <param name="current">The organisations that belong to the partnership today.</param>
    public static string? WhyNotOpened(Proposal proposal, IReadOnlyCollection<long> current)
    {
        var voices = proposal.Weighted ? proposal.Voices.Count(voice => current.Contains(voice.OrganisationId)) : current.Count;
        if (voices == 0) return "no organisation has a voice";
        if (!proposal.Secret) return null;
        if (voices < Proposal.FewestSecretBallots) return "too few organisations for a secret vote";
        return proposal.Voices.Count(voice => voice.BySlip && current.Contains(voice.OrganisationId)) is > 0 and < Proposal.FewestSlips
            ? "only one organisation would vote by slip, so the slip would tell whose it is" : null;
    }

    /// <summary>When it opens and closes by itself, and is looked at again.</summary>
    public static IEnumerable<string> Timetable(Proposal proposal)
    {
        if (proposal.OpensAt is { } opens) yield return $"Voting opens on {Dates.Say(opens)}.";
        if (proposal.ClosesAt is { } closes) yield return $"Voting closes on {Dates.Say(closes)}.";
        if (proposal.ReviewOn is { } review) yield return $"To be reviewed on {Dates.Say(review)}.";
    }

    /// <summary>The key of a secret vote is not in the folder of keys.</summary>
    public const string NoKey =
        "The key to this vote’s ballots is not to be found just now, so no ballot can be taken or counted. Try again later; if it stays so, the vote can only be withdrawn.";

    /// <summary>What is promised to whoever votes secretly on screen: of the state the vote is in, and nothing of which it is not sure
    /// yet.</summary>
    public static IEnumerable<string> Promise(SecretVote vote)
    {
        yield return "This vote is secret. Colead shows nobody what you vote, and until it has closed nobody whether you did. Totals are shown from five ballots on.";
        yield return "When voting closes, the ballots are counted and deleted and the key to them is destroyed. From then on nobody can look yours up, unless the computer was copied before; until then whoever runs it could.";
        yield return "It cannot be found again, so you cannot change it. Afterwards it is told which organisations voted; where all voted alike, the totals tell what each did. "
            + "For an organisation votes whoever was its lead when voting opened; whoever gave that role could have given it to an account of their own.";
        if (vote.Slips > 0) yield return $"{Dates.Count(vote.Slips, "organisation votes", "organisations vote")} by slip. Who printed the slips could use one that nobody drew, and could try whether one was used.";
        if (vote.Papers > 0) yield return $"{Dates.Count(vote.Papers, "paper vote was", "paper votes were")} entered before votes were held one way only. They count: who entered them knows what they said together.";
        if (vote.Converted) yield return "Votes that were sent before this installation was brought up to date lay unencrypted until then: who holds an older copy of the database could link them.";
    }

    /// <summary>What became of the ballots of a secret vote.</summary>
    /// <param name="vote">Absent on paper, and of votes that were closed before ballots were encrypted.</param>
    public static string Ended(Proposal proposal, SecretVote? vote) => vote switch
    {
        null => proposal.OnPaper ? "Only the totals of the papers were entered: what each said, the program never knew."
            : "What each voted is not kept: the ballots were destroyed when they had been counted.",
        { Untraceable: true } =>
            "What each voted can be looked up by nobody any more, unless the computer was copied before: the ballots were deleted when they had been counted, and then their key was destroyed.",
        _ => "The ballots were deleted when they had been counted. Their key is not seen gone yet: the program tries again, and says so here when it is.",
    };

    public static string Say(PassAt at) => at switch
    {
        PassAt.MostVotes => "the most votes",
        PassAt.MoreThanHalf => "more than half",
        PassAt.TwoThirds => "two thirds",
        PassAt.ThreeQuarters => "three quarters",
        _ => "all",
    };

    /// <summary>"3 organisations", or "30 votes" where they are weighted.</summary>
    public static string Count(Proposal proposal, long voices) => proposal.Weighted ? Dates.Count((int)voices, "vote", "votes")
        : Dates.Count((int)voices, "organisation", "organisations");

    /// <summary>"4 of 11 organisations voted", or "4 of 11 votes were cast" where they are weighted.</summary>
    public static string Voted(Proposal proposal, Quorum quorum) =>
        $"{N(quorum.Cast)} of {Count(proposal, quorum.Voices)} {(proposal.Weighted ? quorum.Cast == 1 ? "was cast" : "were cast" : "voted")}";

    public static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string YesAndNo(Tally tally) => $"{N(tally.Totals[0])} yes, {N(tally.Totals[1])} no"
        + (tally.Abstained > 0 ? $", {N(tally.Abstained)} abstained" : "");

    private static string Aside(Tally tally) => tally.Abstained > 0 ? $"; {N(tally.Abstained)} stood aside" : "";

    private static string Had(Proposal proposal, Tally tally, int option)
    {
        var each = tally.Leading.Count > 1 ? " each" : "";
        return proposal.Method switch
        {
            DecisionMethod.Score => Points(tally.Totals[option]) + each,
            DecisionMethod.Dots => Dates.Count((int)tally.Totals[option], "dot", "dots") + each,
            DecisionMethod.Ranked when tally.Rounds.Count > 0 =>
                $"{Dates.Count((int)(tally.Rounds[^1].Votes[option] ?? 0), "vote", "votes")}{(tally.Leading.Count > 1 ? each : $" of {N(tally.Counted - tally.Rounds[^1].Exhausted)}")}{(tally.Rounds.Count > 1 ? $" in round {tally.Rounds.Count}" : "")}",
            _ => Dates.Count((int)tally.Totals[option], "vote", "votes") + (tally.Leading.Count > 1 ? each : $" of {N(tally.Counted)}"),
        };
    }

    private static string Points(long points) => Dates.Count((int)points, "point", "points");
}
