using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>One comparison of a family.</summary>
/// <param name="Group">Index of the first group.</param>
/// <param name="Other">Index of the second, or <see cref="Gaps.Rest"/>.</param>
/// <param name="Measure">Index of the dimension.</param>
/// <param name="AdjustedP">Benjamini–Hochberg over the family.</param>
public readonly record struct Gap(int Group, int Other, int Measure, MeanDifference Difference, Figure AdjustedP);

/// <summary>
/// Raw comparisons of groups, a whole family at a time, since p values are adjusted over it: all groups × the measures
/// given. The overall score is a family of its own: it is not given together with the dimensions.
/// </summary>
public static class Gaps
{
    /// <summary><see cref="Gap.Other"/> of a comparison with everyone outside the group.</summary>
    public const int Rest = -1;

    /// <summary>From here on p values are shared out among the processors; each is the same either way.</summary>
    private const int Many = 4096;

    /// <summary>
    /// Each group against all other groups together, for every measure: groups × measures comparisons, by group, then
    /// measure. The rest is an exact subtraction of integers. It says as much as the group itself: for the analyst,
    /// never for publication.
    /// </summary>
    /// <param name="groups">By group, then measure.</param>
    public static IReadOnlyList<Gap> AgainstRest(IReadOnlyList<IReadOnlyList<ScoreSums>> groups)
    {
        if (groups.Count == 0) return [];
        var measures = groups[0].Count;
        var totals = new ScoreSums[measures];
        for (var d = 0; d < measures; d++)
        {
            totals[d] = ScoreSums.Empty(groups[0][d].Unit);
            foreach (var g in groups) totals[d] = totals[d].Merge(g[d]);
        }

        var gaps = new Gap[groups.Count * measures];
        for (var g = 0; g < groups.Count; g++)
            for (var d = 0; d < measures; d++)
                gaps[g * measures + d] = new(g, Rest, d, new(groups[g][d].ToMoments(), Without(totals[d], groups[g][d]).ToMoments()),
                    default);
        return Adjusted(gaps);
    }

    /// <summary>Every pair of groups (the earlier in the list first), for every measure; by pair, then measure.</summary>
    /// <param name="groups">By group, then measure.</param>
    public static IReadOnlyList<Gap> Pairs(IReadOnlyList<IReadOnlyList<Moments>> groups)
    {
        var gaps = new List<Gap>();
        for (var a = 0; a < groups.Count; a++)
            for (var b = a + 1; b < groups.Count; b++)
                for (var d = 0; d < groups[a].Count; d++)
                    gaps.Add(new(a, b, d, new(groups[a][d], groups[b][d]), default));
        return Adjusted([.. gaps]);
    }

    internal static Gap[] Adjusted(Gap[] gaps)
    {
        var raw = new Figure[gaps.Length];
        if (gaps.Length < Many) for (var i = 0; i < raw.Length; i++) raw[i] = gaps[i].Difference.P;
        else Parallel.For(0, raw.Length, i => raw[i] = gaps[i].Difference.P);
        var p = BenjaminiHochberg.Adjust(raw);
        for (var i = 0; i < gaps.Length; i++) gaps[i] = gaps[i] with { AdjustedP = p[i] };
        return gaps;
    }

    private static ScoreSums Without(ScoreSums all, ScoreSums part) =>
        new(all.Count - part.Count, all.Sum - part.Sum, all.SumOfSquares - part.SumOfSquares, all.Unit);
}
