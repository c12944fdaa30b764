namespace Colead.Parts.Decisions;

/// <summary>How a proposal is decided.</summary>
public enum DecisionMethod
{
    /// <summary>Passes when nobody objects with a reason.</summary>
    Consent,
    YesNo,
    /// <summary>Every option gets a score.</summary>
    Score,
    /// <summary>Each voice spreads the same number of dots.</summary>
    Dots,
    /// <summary>Instant run-off.</summary>
    Ranked,
    ChooseOne,
}

/// <summary>How large a part of the votes for or against, or for any option, is needed.</summary>
public enum PassAt
{
    /// <summary>The most votes are enough.</summary>
    MostVotes,
    MoreThanHalf,
    TwoThirds,
    ThreeQuarters,
    Everyone,
}

/// <summary>Where a proposal stands. It only ever moves on.</summary>
public enum ProposalState
{
    /// <summary>People advise; the wording may change.</summary>
    Advice,
    /// <summary>The wording is fixed; organisations vote.</summary>
    Voting,
    /// <summary>Counted. It is never changed; it may be revisited by a new proposal.</summary>
    Decided,
    /// <summary>Taken back before voting.</summary>
    Withdrawn,
}

/// <summary>What came of it.</summary>
public enum DecisionOutcome
{
    Passed,
    NotPassed,
    /// <summary>An objection stands.</summary>
    Objected,
    /// <summary>One option was chosen.</summary>
    Chosen,
    /// <summary>One option led, with too few votes for the pass mark.</summary>
    BelowPassMark,
    Tied,
    /// <summary>Too few voted.</summary>
    NoQuorum,
    /// <summary>Nobody voted, or all abstained.</summary>
    NothingCast,
    /// <summary>A secret vote with so few ballots that its totals could give somebody away.</summary>
    TooFewToShow,
}

/// <summary>How a vote came in.</summary>
public enum VoteWay
{
    /// <summary>The organisation's delegate voted here.</summary>
    Delegate,
    /// <summary>Somebody who was not there told us; entered by a coordinator.</summary>
    Absent,
    /// <summary>Written on paper; entered by a coordinator.</summary>
    Paper,
}
