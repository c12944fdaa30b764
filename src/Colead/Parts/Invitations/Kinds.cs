namespace Colead.Parts.Invitations;

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
