namespace Colead.Data.Inventory;

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

/// <summary>A way by which people get their links.</summary>
public enum RoundWay
{
    /// <summary>By e-mail from here: a link is its owner's alone.</summary>
    Mail,
    /// <summary>Slips that are drawn: who prints them could use one that nobody drew.</summary>
    Paper,
    /// <summary>A list of links for the coordinator's own letters: who downloads it could see whether a link was used, or use it.</summary>
    Merge,
}

/// <summary>How a round's answers came.</summary>
public enum RoundOrigin
{
    /// <summary>People were asked here.</summary>
    Asked,
    /// <summary>Answers were collected elsewhere and came as a file.</summary>
    Imported,
}

/// <summary>What a sealed part of a publication holds.</summary>
public enum PublicationPart
{
    Figures,
    Comments,
}

/// <summary>What a coordinator decided about a comment.</summary>
public enum CommentDecision
{
    Pending,
    Released,
    Withheld,
}

/// <summary>Why a link that once led to a questionnaire does so no longer.</summary>
public enum LinkEnd
{
    /// <summary>A newer letter or message carries another link.</summary>
    Replaced,
    /// <summary>The invitation was taken back.</summary>
    Withdrawn,
    /// <summary>The round is over.</summary>
    Closed,
}

/// <summary>What a letter of a round is for.</summary>
public enum RoundMessageKind
{
    Invitation,
    Reminder,
}
