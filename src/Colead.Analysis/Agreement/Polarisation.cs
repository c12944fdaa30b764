using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Agreement;

/// <summary>
/// How far a group falls into camps, from the counts of one item's options. All measures take valid answers only, are
/// absent without any, and do not change when the scale is shifted or reversed.
/// </summary>
public static class Polarisation
{
    /// <summary>Fewest answers with which any of these is shown.</summary>
    public const int ShownFrom = 10;

    /// <summary>
    /// V: population variance (n) divided by the largest possible, ((A − 1)/2)²; 0 all alike, 1 half at each end. For sorting.
    /// </summary>
    public static Figure NormalisedVariance(ItemCounts item, Scale scale) =>
        item.ToMoments(scale).PopulationVariance.Select(v => v / scale.LargestVariance);

    /// <summary>
    /// Leik's D = 2·Σ min(F, 1 − F)/(A − 1) over the cumulative shares F below the top option; 0 all alike, 1 half at each end.
    /// </summary>
    /// <remarks>Leik 1966, Pacific Sociological Review 9:85.</remarks>
    public static Figure LeikD(ItemCounts item)
    {
        var n = item.Valid;
        if (n == 0) return Figure.Absent(Absence.NoAnswers);
        var counts = item.Options;
        long below = 0, sum = 0;
        for (var i = 0; i < counts.Length - 1; i++)
        {
            below += counts[i];
            sum += Math.Min(below, n - below);
        }

        return Figure.Of(2.0 * sum / n / (counts.Length - 1));
    }

    /// <summary>
    /// Tastle and Wierman's consensus 1 + Σ p·log2(1 − |x − mean|/(b − a)); 1 all alike, 0 half at each end.
    /// </summary>
    /// <remarks>Tastle &amp; Wierman 2007, Int. J. Approximate Reasoning 45:531.</remarks>
    public static Figure Consensus(ItemCounts item, Scale scale)
    {
        var moments = item.ToMoments(scale);
        if (moments.Count == 0) return Figure.Absent(Absence.NoAnswers);
        var counts = item.Options;
        double sum = 0;
        for (var i = 0; i < counts.Length; i++)
            if (counts[i] > 0)
                sum += counts[i] * Math.Log2(1 - Math.Abs(scale.Lowest + i - moments.Mean) / scale.Range);
        return Figure.Of(Math.Clamp(1 + sum / moments.Count, 0, 1));
    }

    /// <summary>
    /// Van der Eijk's agreement A: the distribution is peeled into layers of equal height, each layer's pattern of used
    /// options is graded, and the grades are averaged by share of answers; −1 half at each end, 0 uniform, 1 all alike.
    /// Absent for two options, where "uniform" and "half at each end" are the same thing.
    /// </summary>
    /// <remarks>Van der Eijk 2001, Quality and Quantity 35:325.</remarks>
    public static Figure AgreementA(ItemCounts item)
    {
        var n = item.Valid;
        if (n == 0) return Figure.Absent(Absence.NoAnswers);
        var left = item.Options.ToArray();
        if (left.Length < 3) return Figure.Absent(Absence.TooFewOptions);
        double sum = 0;
        while (true)
        {
            long height = 0;
            var used = 0;
            foreach (var count in left)
            {
                if (count == 0) continue;
                height = used == 0 ? count : Math.Min(height, count);
                used++;
            }

            if (used == 0) return Figure.Of(sum / n);
            sum += (double)height * used * PatternAgreement(left, used);
            for (var i = 0; i < left.Length; i++)
                if (left[i] > 0) left[i] -= height;
        }
    }

    /// <summary>Van der Eijk polarisation (1 − A)/2: 0 all alike, .5 uniform, 1 half at each end. For shape.</summary>
    public static Figure VanDerEijk(ItemCounts item) => AgreementA(item).Select(a => (1 - a) / 2);

    /// <summary>
    /// Whether the item may be called "split": at least a quarter of the answers at each end
    /// (<see cref="Scale.EndOptions"/>) and polarisation over .5. On two options, where van der Eijk's measure does not
    /// exist, V takes its place. False without answers.
    /// </summary>
    public static bool IsSplit(ItemCounts item, Scale scale)
    {
        var n = item.Valid;
        if (n == 0) return false;
        var counts = item.Options;
        long low = 0, high = 0;
        foreach (var count in counts[..scale.EndOptions]) low += count;
        foreach (var count in counts[^scale.EndOptions..]) high += count;
        var polarisation = scale.Options < 3 ? NormalisedVariance(item, scale) : VanDerEijk(item);
        return 4 * low >= n && 4 * high >= n && polarisation.Value > 0.5;
    }

    /// <summary>
    /// Grade of one layer: unimodality U times 1 − (S − 1)/(A − 1), S the options used. U compares the triples of options
    /// that fit one peak (used, used, not; not, used, used) with those that do not (used, not, used).
    /// </summary>
    private static double PatternAgreement(long[] counts, int used)
    {
        var options = counts.Length;
        if (used == 1) return 1;
        if (used == options) return 0;
        long fitting = 0, dented = 0;
        for (var i = 0; i < options; i++)
            for (var j = i + 1; j < options; j++)
                for (var k = j + 1; k < options; k++)
                {
                    bool a = counts[i] > 0, b = counts[j] > 0, c = counts[k] > 0;
                    if (b && a != c) fitting++;
                    else if (a && !b && c) dented++;
                }

        var unimodality = (double)((options - 2) * fitting - (options - 1) * dented) / ((options - 2) * (fitting + dented));
        return unimodality * (1 - (used - 1.0) / (options - 1));
    }
}
