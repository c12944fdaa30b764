namespace Colead.Parts.Outcomes;

/// <summary>Who answers for an outcome.</summary>
public enum Responsibility
{
    /// <summary>Several organisations answer for it together.</summary>
    Joint,

    /// <summary>One organisation answers for it; others help.</summary>
    One,
}

/// <summary>Which way is better.</summary>
public enum Direction
{
    Up,
    Down,
}

/// <summary>How often an indicator is read.</summary>
public enum Frequency
{
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

/// <summary>How far the partnership trusts the evidence behind an indicator.</summary>
public enum Confidence
{
    NotSaid,
    Low,
    Medium,
    High,
}
