namespace Colead.Analysis.Decisions;

/// <summary>
/// How large a part of the votes cast must be in favour: of those for or against (or for any option), never of those who abstained or did
/// not vote.
/// </summary>
/// <remarks>Robert's Rules of Order, 4th ed. 1915, §§46 and 48: a majority is more than half, two thirds are at least two thirds, of the
/// votes cast, ignoring blanks.</remarks>
/// <param name="OrMore">Whether exactly this part is enough.</param>
public sealed record PassMark(int Numerator, int Denominator, bool OrMore)
{
    public static PassMark MoreThanHalf { get; } = new(1, 2, OrMore: false);
    public static PassMark TwoThirds { get; } = new(2, 3, OrMore: true);
    public static PassMark ThreeQuarters { get; } = new(3, 4, OrMore: true);
    public static PassMark Everyone { get; } = new(1, 1, OrMore: true);

    /// <summary>The fewest votes in favour that pass, of so many cast.</summary>
    public long Needed(long cast) => OrMore ? ((cast * Numerator) + Denominator - 1) / Denominator : (cast * Numerator / Denominator) + 1;
}
