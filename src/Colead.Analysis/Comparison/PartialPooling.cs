using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// Organisation against the rest, partially pooled: each mean is drawn towards the common mean, the more so the fewer
/// people stand behind it. Random-effects one-way model by the moments of the analysis of variance (not REML).
/// </summary>
/// <remarks>
/// σ² = MSW, τ² = max(0, (MSB − MSW)/n0), v_i = σ²/n_i, w_i = 1/(τ² + v_i), μ = Σ w_i m_i / Σ w_i, B_i = τ²/(τ² + v_i).
/// Searle, Casella &amp; McCulloch 1992, Variance Components, ch. 3 and 7; Efron &amp; Morris 1975, JASA 70:311.
/// </remarks>
public static class PartialPooling
{
    /// <summary>With fewer organisations τ² is of no use: their means are shown with intervals, and no pooling.</summary>
    public const int FewestGroupsToShow = 5;

    /// <summary>
    /// Fits any number of groups. A group without a value keeps its place and has no pooled figures. Absent altogether
    /// for fewer than two groups with values, for one value a group, and where nothing varies at all.
    /// </summary>
    public static PooledFit Fit(ReadOnlySpan<Moments> groups)
    {
        var sums = OneWaySums.Of(groups);
        if (sums.Groups == 0) return PooledFit.Absent(Absence.NoAnswers, groups.Length);
        if (!sums.BetweenMeanSquare.IsDefined) return PooledFit.Absent(sums.BetweenMeanSquare.Why, groups.Length);
        if (!sums.WithinMeanSquare.IsDefined) return PooledFit.Absent(sums.WithinMeanSquare.Why, groups.Length);

        var sigma2 = sums.WithinMeanSquare.Value;
        var tau2 = Math.Max(0, (sums.BetweenMeanSquare.Value - sigma2) / sums.N0);
        if (Numerics.IsZeroVariance(tau2)) tau2 = 0;
        if (sigma2 == 0 && tau2 == 0) return PooledFit.Absent(Absence.EveryoneAnsweredAlike, groups.Length);

        double weights = 0, weighted = 0;
        foreach (ref readonly var g in groups)
        {
            if (g.Count == 0) continue;
            var w = 1 / (tau2 + sigma2 / g.Count);
            weights += w;
            weighted += w * (g.Mean - sums.GrandMean);
        }

        var mu = sums.GrandMean + weighted / weights;
        var varianceOfMu = 1 / weights;
        var common = new PoolingTerms(mu, tau2, sigma2, varianceOfMu);
        var rows = new PooledMean[groups.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = new(groups[i].Count, groups[i].Mean, common);
        return new(Figure.Of(mu), Figure.Of(tau2), Figure.Of(sigma2), Figure.Of(varianceOfMu), sums.Groups, rows);
    }
}

/// <summary>A fit, whole or absent. Every figure of it is derived from every group: a shrunken value of a hidden organisation may never be
/// shown, nor may μ, τ² and σ² rest on one.</summary>
/// <param name="Mu">μ, the common mean.</param>
/// <param name="Tau2">τ², variance between organisations' true means, ≥ 0.</param>
/// <param name="Sigma2">σ², variance between people of one organisation.</param>
/// <param name="VarianceOfMu">1/Σw.</param>
/// <param name="GroupsWithValues">How many groups the fit rests on.</param>
/// <param name="Groups">In the order of the input.</param>
public sealed record PooledFit(
    Figure Mu, Figure Tau2, Figure Sigma2, Figure VarianceOfMu, int GroupsWithValues, IReadOnlyList<PooledMean> Groups)
{
    public bool IsDefined => Mu.IsDefined;

    /// <summary>Enough organisations for pooled figures to be shown.</summary>
    public bool MayShow => IsDefined && GroupsWithValues >= PartialPooling.FewestGroupsToShow;

    /// <summary>τ² is 0: "no detectable difference between organisations".</summary>
    public bool NoDetectableDifference => IsDefined && Tau2.Value == 0;

    internal static PooledFit Absent(Absence why, int groups)
    {
        var none = Figure.Absent(why);
        return new(none, none, none, none, 0, new PooledMean[groups]);
    }
}

/// <summary>What all groups of a fit share.</summary>
internal sealed record PoolingTerms(double Mu, double Tau2, double Sigma2, double VarianceOfMu);

/// <summary>
/// One group's pooled mean and its gap from μ, worked out when asked for. Without values (or without a fit) every figure
/// is absent.
/// </summary>
public readonly struct PooledMean
{
    private static readonly double Z = Distributions.NormalQuantile(0.975);
    private readonly double mean;
    private readonly PoolingTerms? common;

    internal PooledMean(long count, double mean, PoolingTerms common)
    {
        Count = count;
        this.mean = mean;
        this.common = count > 0 ? common : null;
    }

    public long Count { get; }

    /// <summary>The unpooled mean m.</summary>
    public Figure Mean => common is null ? None : Figure.Of(mean);

    /// <summary>B = τ²/(τ² + σ²/n), 0..1: how much of the distance from μ is believed.</summary>
    public Figure Reliability => common is null ? None : Figure.Of(B(common));

    /// <summary>μ + B(m − μ), the "eb mean".</summary>
    public Figure ShrunkenMean => common is null ? None : Figure.Of(common.Mu + GapOf(common));

    /// <summary>√(τ²(1 − B) + (1 − B)²/Σw).</summary>
    public Figure ShrunkenMeanSd => common is null ? None : Figure.Of(Sd(common, 1 - B(common)));

    /// <summary>B(m − μ).</summary>
    public Figure Gap => common is null ? None : Figure.Of(GapOf(common));

    /// <summary>√(τ²(1 − B) + B²/Σw).</summary>
    public Figure GapSd => common is null ? None : Figure.Of(Sd(common, B(common)));

    /// <summary>Probability that the gap is above 0, Φ(gap/sd); ½ where τ² is 0.</summary>
    public Figure ProbabilityPositive => common is null ? None
        : Figure.Of(common.Tau2 > 0 ? Distributions.NormalCdf(GapOf(common) / Sd(common, B(common))) : 0.5);

    /// <summary>95 % normal interval of the gap.</summary>
    public Interval? GapInterval => common is null ? null : Around(GapOf(common), Sd(common, B(common)));

    /// <summary>95 % normal interval of the shrunken mean.</summary>
    public Interval? ShrunkenMeanInterval => common is null ? null : Around(common.Mu + GapOf(common), Sd(common, 1 - B(common)));

    public Certainty Certainty => common is null ? Certainty.NoClearDifference : CertaintyWords.Of(ProbabilityPositive.Value);

    private static Figure None => Figure.Absent(Absence.NoAnswers);

    private static Interval Around(double centre, double sd) => new(centre - Z * sd, centre + Z * sd, IntervalMethod.Normal, 0.95);

    private double B(PoolingTerms c) => c.Tau2 / (c.Tau2 + c.Sigma2 / Count);

    private double GapOf(PoolingTerms c) => B(c) * (mean - c.Mu);

    private double Sd(PoolingTerms c, double weightOfMu) =>
        Math.Sqrt(c.Tau2 * (1 - B(c)) + weightOfMu * weightOfMu * c.VarianceOfMu);
}
