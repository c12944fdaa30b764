namespace Colead.Parts.Actions;

/// <summary>Where an action stands.</summary>
public enum ActionState
{
    Open,
    Blocked,
    Done,
    Dropped,
}

/// <summary>What an action does to the way things are.</summary>
public enum ActionNature
{
    /// <summary>Keeps what there is going, or does more of it.</summary>
    Transactional,

    /// <summary>Changes how the system works.</summary>
    Transformational,
}

/// <summary>What a note on an action says.</summary>
public enum ActionNoteKind
{
    Progress,
    Blocked,
    /// <summary>Nothing stands in its way any more.</summary>
    Freed,
    /// <summary>Another day, another owner, another aim.</summary>
    Changed,
    Dropped,
    Done,
    /// <summary>It was done or dropped and goes on after all.</summary>
    Reopened,
}
