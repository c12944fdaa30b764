namespace Colead.Storage.Sealing;

/// <summary>Where a round stands. It only ever moves on.</summary>
public enum RoundState
{
    /// <summary>Being prepared; everything may change.</summary>
    Draft,
    /// <summary>People answer. Instrument, folds, thresholds and languages are fixed.</summary>
    Open,
    /// <summary>Answers are untraceable and the publication is made; only coordinators see it.</summary>
    Closed,
    /// <summary>The partnership reads it.</summary>
    Published,
    /// <summary>Stopped before closing; its answers are destroyed.</summary>
    Cancelled,
}

/// <summary>What a coordinator decided about a comment.</summary>
public enum CommentDecision
{
    Pending,
    Released,
    Withheld,
}
