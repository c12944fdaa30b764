using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Agreement;

/// <summary>What answers at random are taken to look like: the null distribution whose variance r_wg compares with.</summary>
public enum NullDistribution
{
    /// <summary>Every option equally likely: variance (A² − 1)/12.</summary>
    Uniform,
    SlightSkew,
    ModerateSkew,
    HeavySkew,
}

/// <summary>Agreement of one group on the items of one dimension.</summary>
/// <param name="ItemsUsed">J: items with at least two answers; the others are left out.</param>
/// <param name="FewestAnswers">Answers to the least answered of the items used; 0 where none is used.</param>
/// <param name="ItemRwg">r_wg of every item against the uniform null, raw: 1 at most, negative where answers lie wider
/// apart than random ones (show <see cref="WithinGroupAgreement.Display"/>).</param>
/// <param name="MeanItemVariance">S: mean sample variance (n − 1) of the items used.</param>
/// <param name="Uniform">r_wg(j) against the uniform null, 0..1.</param>
/// <param name="SlightSkew">r_wg(j) against the slightly skewed null; absent where the instrument names none.</param>
/// <param name="AverageDeviation">ADM: mean absolute deviation from the item mean, over the items used; scale points.</param>
public sealed record DimensionAgreement(
    int ItemsUsed,
    long FewestAnswers,
    IReadOnlyList<Figure> ItemRwg,
    Figure MeanItemVariance,
    Figure Uniform,
    Figure SlightSkew,
    Figure ModerateSkew,
    Figure HeavySkew,
    Figure AverageDeviation);

/// <summary>
/// How far the members of a group give the same answers: r_wg, r_wg(j) and average deviation, all from the counts of
/// answers. Missing data: each item takes the answers it has; an item with fewer than two is left out.
/// </summary>
/// <remarks>James, Demaree &amp; Wolf 1984, J. Applied Psychology 69:85; LeBreton &amp; Senter 2008, Organizational Research
/// Methods 11:815; Burke &amp; Dunlap 2002, Organizational Research Methods 5:159.</remarks>
public static class WithinGroupAgreement
{
    /// <summary>Fewest answers with which agreement is shown: below, .70 is what chance gives.</summary>
    public const int ShownFrom = 10;

    /// <summary>Variance σ² of the null distribution; the skewed ones are absent where the instrument gives none.</summary>
    public static Figure NullVariance(Scale scale, SkewedNulls? skewed, NullDistribution shape) => shape switch
    {
        NullDistribution.Uniform => Figure.Of(scale.UniformVariance),
        _ when skewed is null => Figure.Absent(Absence.NoNullDistribution),
        NullDistribution.SlightSkew => Figure.Of(skewed.Slight),
        NullDistribution.ModerateSkew => Figure.Of(skewed.Moderate),
        NullDistribution.HeavySkew => Figure.Of(skewed.Heavy),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a null distribution."),
    };

    /// <summary>r_wg = 1 − s²/σ² of one item, s² with n − 1; raw, so negative where s² &gt; σ². Absent for n &lt; 2.</summary>
    public static Figure Rwg(ItemCounts item, Scale scale, Figure nullVariance)
    {
        if (!nullVariance.IsDefined) return nullVariance;
        var sigma2 = nullVariance.Value;
        return Rwg(item.ToMoments(scale), sigma2);
    }

    private static Figure Rwg(Moments item, double sigma2) =>
        item.SampleVariance is { IsDefined: true, Value: var s2 } ? Figure.Of(1 - s2 / sigma2) : Figure.Absent(Absence.TooFewAnswers);

    /// <summary>What is shown of a raw r_wg: a negative one as 0, with a pointer to polarisation.</summary>
    public static Figure Display(Figure raw) => raw.Select(r => Math.Max(0, r));

    /// <summary>r_wg(j) = J(1 − q)/(J(1 − q) + q), q = S/σ² but at most 1; 0..1.</summary>
    /// <param name="items">J ≥ 1.</param>
    /// <param name="meanItemVariance">S ≥ 0.</param>
    public static Figure RwgJ(int items, Figure meanItemVariance, Figure nullVariance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        if (!nullVariance.IsDefined) return nullVariance;
        var sigma2 = nullVariance.Value;
        return meanItemVariance.Select(s =>
        {
            var random = Math.Min(1, s / sigma2);
            return items * (1 - random) / (items * (1 - random) + random);
        });
    }

    /// <summary>AD(m) of one item: mean absolute deviation from its mean, in scale points. Absent for n &lt; 2.</summary>
    public static Figure AverageDeviation(ItemCounts item, Scale scale)
    {
        var moments = item.ToMoments(scale);
        return moments.Count < 2 ? Figure.Absent(Absence.TooFewAnswers) : Figure.Of(AverageDeviation(item.Options, moments, scale));
    }

    private static double AverageDeviation(ReadOnlySpan<long> counts, Moments moments, Scale scale)
    {
        double sum = 0;
        for (var i = 0; i < counts.Length; i++) sum += counts[i] * Math.Abs(scale.Lowest + i - moments.Mean);
        return sum / moments.Count;
    }

    /// <summary>Whether an average deviation keeps the conventional cut A/6 (0.83 on five points).</summary>
    public static bool IsWithinCut(Figure averageDeviation, Scale scale) =>
        averageDeviation.IsDefined && averageDeviation.Value <= scale.AverageDeviationCut;

    /// <summary>Agreement on one dimension. The uniform and the slightly skewed r_wg(j) are always reported together.</summary>
    public static DimensionAgreement Of(IReadOnlyList<ItemCounts> items, Scale scale, SkewedNulls? skewed)
    {
        var uniform = NullVariance(scale, skewed, NullDistribution.Uniform);
        var rwg = new Figure[items.Count];
        var used = 0;
        var fewest = 0L;
        double variances = 0, deviations = 0;
        for (var j = 0; j < items.Count; j++)
        {
            var moments = items[j].ToMoments(scale);
            rwg[j] = Rwg(moments, uniform.Value);
            if (!rwg[j].IsDefined) continue;
            variances += moments.SampleVariance.Value;
            deviations += AverageDeviation(items[j].Options, moments, scale);
            fewest = used == 0 ? moments.Count : Math.Min(fewest, moments.Count);
            used++;
        }

        if (used == 0)
        {
            var none = Figure.Absent(Absence.TooFewAnswers);
            return new(0, 0, rwg, none, none, none, none, none, none);
        }

        var mean = Figure.Of(variances / used);
        Figure Against(NullDistribution shape) => RwgJ(used, mean, NullVariance(scale, skewed, shape));
        return new(
            used,
            fewest,
            rwg,
            mean,
            Against(NullDistribution.Uniform),
            Against(NullDistribution.SlightSkew),
            Against(NullDistribution.ModerateSkew),
            Against(NullDistribution.HeavySkew),
            Figure.Of(deviations / used));
    }
}
