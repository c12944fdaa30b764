using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Reliability;

/// <summary>
/// One-way analysis of variance of scores by group, and what it says of groups: how much of the spread lies between
/// them (ICC(1)) and how far their means can be relied on (ICC(2)).
/// </summary>
/// <remarks>Shrout &amp; Fleiss 1979, Psychological Bulletin 86:420; Bliese 2000, in Klein &amp; Kozlowski (eds).</remarks>
/// <param name="Groups">G: groups with at least one score.</param>
/// <param name="Count">N: scores.</param>
/// <param name="MeanSquareBetween">MSB. Needs G ≥ 2 and N &gt; G, as all below.</param>
/// <param name="MeanSquareWithin">MSW; sum of squares within groups over N − G.</param>
/// <param name="EffectiveGroupSize">n0 = (N − Σn²/N)/(G − 1): the group size that unequal groups amount to.</param>
/// <param name="MeanGroupSize">N/G.</param>
/// <param name="F">MSB/MSW; absent where MSW is 0.</param>
/// <param name="P">Upper tail of F on G − 1 and N − G degrees of freedom.</param>
/// <param name="Icc1">(MSB − MSW)/(MSB + (n0 − 1)·MSW); at most 1, may be negative (show "0: organisations do not
/// differ"). Absent where all scores are equal.</param>
/// <param name="Icc2">(MSB − MSW)/MSB; at most 1, may be far below 0. Absent where MSB is 0.</param>
public sealed record IntraclassCorrelation(
    int Groups,
    long Count,
    Figure MeanSquareBetween,
    Figure MeanSquareWithin,
    Figure EffectiveGroupSize,
    Figure MeanGroupSize,
    Figure F,
    Figure P,
    Figure Icc1,
    Figure Icc2)
{
    /// <summary>Whether there are two groups and more scores than groups.</summary>
    public bool IsComputable => MeanSquareWithin.IsDefined;

    /// <summary>From each group's moments; groups without a score are left out, the order does not matter.</summary>
    public static IntraclassCorrelation Of(ReadOnlySpan<Moments> groups)
    {
        var sums = OneWaySums.Of(groups);
        if (sums.Groups < 2 || sums.Count <= sums.Groups)
        {
            var none = Figure.Absent(sums.Count == 0 ? Absence.NoAnswers : sums.Groups < 2 ? Absence.TooFewGroups : Absence.TooFewAnswers);
            return new(sums.Groups, sums.Count, none, none, none, none, none, none, none, none);
        }

        double between = sums.BetweenMeanSquare.Value, within = sums.WithinMeanSquare.Value;
        var alike = Figure.Absent(Absence.EveryoneAnsweredAlike);
        var f = within > 0 ? Figure.Of(between / within) : alike;
        return new(
            sums.Groups,
            sums.Count,
            Figure.Of(between),
            Figure.Of(within),
            Figure.Of(sums.N0),
            Figure.Of((double)sums.Count / sums.Groups),
            f,
            f.Select(x => Distributions.FUpperTail(x, sums.Groups - 1, sums.Count - sums.Groups)),
            between > 0 || within > 0 ? Figure.Of((between - within) / (between + (sums.N0 - 1) * within)) : alike,
            between > 0 ? Figure.Of((between - within) / between) : alike);
    }

    /// <summary>
    /// Reliability of the mean of a group of <paramref name="size"/>: n·ICC(1)/(1 + (n − 1)·ICC(1)), 0..1, a negative
    /// ICC(1) counting as 0 (Spearman–Brown).
    /// </summary>
    public Figure ReliabilityOfMean(long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return Icc1.Select(icc =>
        {
            var share = Math.Max(0, icc);
            return size * share / (1 + (size - 1) * share);
        });
    }
}
