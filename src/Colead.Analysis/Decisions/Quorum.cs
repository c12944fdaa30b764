namespace Colead.Analysis.Decisions;

/// <summary>Who could vote, and how many of them must for the vote to count. Whoever abstains has voted.</summary>
/// <param name="Voices">All voices together, each with its weight.</param>
/// <param name="Percent">Per cent of them that must vote; 0 where none need.</param>
public sealed record Electorate(long Voices, int Percent)
{
    /// <summary>The fewest voices that are enough.</summary>
    public long Needed => ((Voices * Percent) + 99) / 100;
}

/// <summary>Whether enough voted.</summary>
public sealed record Quorum(long Needed, long Cast, long Voices)
{
    public bool IsMet => Cast >= Needed;
}
