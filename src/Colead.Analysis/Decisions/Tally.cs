namespace Colead.Analysis.Decisions;

/// <summary>What came of a vote. Too few voting and a tie are results of their own; neither is ever broken silently.</summary>
public enum Outcome
{
    /// <summary>Nobody voted, or all who did abstained.</summary>
    NothingCast = 0,
    /// <summary>Fewer voted than were needed.</summary>
    NoQuorum,
    Passed,
    NotPassed,
    /// <summary>Consent: at least one objection stands.</summary>
    Objected,
    /// <summary>One option leads, by enough.</summary>
    Chosen,
    /// <summary>One option leads, and has too few votes for the pass mark.</summary>
    BelowPassMark,
    /// <summary>Equal votes, and no rule that decides between them.</summary>
    Tied,
}

/// <summary>Why an option went out of a ranked count.</summary>
public enum GoneBy
{
    /// <summary>It had the fewest votes.</summary>
    FewestVotes = 0,
    /// <summary>Several had the fewest; it had fewer in the nearest earlier round that tells them apart.</summary>
    EarlierRound,
    /// <summary>Several had the fewest, and all of them together have fewer than the next: whichever went first, all would go.</summary>
    TogetherFewer,
}

/// <summary>One round of a ranked count.</summary>
/// <param name="Votes">Per option; null where it went out before.</param>
/// <param name="Exhausted">Ballots that rank nothing that is still in.</param>
/// <param name="Gone">Options that go out after this round.</param>
public sealed record CountingRound(IReadOnlyList<long?> Votes, long Exhausted, IReadOnlyList<int> Gone, GoneBy By);

/// <summary>What came of a vote and how it was counted.</summary>
/// <param name="Leading">The option chosen; of a tie, those that are equal.</param>
/// <param name="Totals">Per option; of consent and yes or no: in favour, against.</param>
/// <param name="Counted">Voices that marked something.</param>
/// <param name="Abstained">Voices that voted and marked nothing.</param>
/// <param name="Needed">Votes that the pass mark asks for; null where there is none.</param>
/// <param name="Rounds">Of a ranked count.</param>
public sealed record Tally(
    Outcome Outcome,
    IReadOnlyList<int> Leading,
    Quorum Quorum,
    IReadOnlyList<long> Totals,
    long Counted,
    long Abstained,
    long? Needed,
    IReadOnlyList<CountingRound> Rounds)
{
    /// <summary>A tie for who goes out, in the middle of a ranked count, not one for who wins.</summary>
    public bool TiedForLast => Outcome == Outcome.Tied && Rounds.Count > 0 && Rounds[^1]
        .Votes.Count(votes => votes is not null) > Leading.Count;
}
