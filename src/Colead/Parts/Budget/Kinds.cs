namespace Colead.Parts.Budget;

/// <summary>In what something is counted. Accounts hold pence or minutes.</summary>
public enum BudgetUnit
{
    /// <summary>Money, in pence.</summary>
    Cash,

    /// <summary>Rooms, printing, food: in pence, at the value agreed.</summary>
    InKind,

    /// <summary>People's time, in minutes.</summary>
    Hours,
}

/// <summary>The accounts of a partnership. Each change takes from some and gives to others.</summary>
public enum BudgetAccount
{
    /// <summary>What partners have put in; below zero, because it is owed to them in effect.</summary>
    Contributed,

    /// <summary>The pot: what is there and not promised.</summary>
    Available,

    /// <summary>Promised, not yet spent.</summary>
    Committed,

    Spent,
}

/// <summary>What happened.</summary>
public enum EntryKind
{
    Contribution,
    Commitment,
    Spending,

    /// <summary>Given and used at once, as hours of work are.</summary>
    GivenAndUsed,

    /// <summary>What is left of a promise goes back into the pot.</summary>
    Release,

    /// <summary>Undoes an entry, which stays.</summary>
    Reversal,
}
