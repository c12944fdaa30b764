using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// How far each group lies from the average one, drawn in: the size that is shown beside the word (<see cref="GroupDeviations"/>). As
/// <see cref="PartialPooling"/>, but how far groups differ (τ) is not taken at its estimate, which is badly known from a dozen groups: it
/// is averaged over what
/// the means allow, with a half-normal prior of scale a tenth of the range.
/// </summary>
/// <remarks>Gelman 2006, Bayesian Analysis 1:515 (half-normal and half-t priors for τ); Searle, Casella &amp; McCulloch 1992, ch.
/// 7.</remarks>
public sealed class DrawnInGaps
{
    /// <summary>With fewer groups nothing is drawn in.</summary>
    public const int FewestGroups = PartialPooling.FewestGroupsToShow;

    /// <summary>The prior's scale as a part of the scale's range.</summary>
    public const double PriorScale = 0.1;

    private const int Steps = 400;
    private readonly double[] own;
    private readonly double[,] common;

    private DrawnInGaps(double[] own, double[,] common, double[] gaps) => (this.own, this.common, Gaps) = (own, common, gaps);

    /// <summary>By group, in points of the scale; 0 where a group has no value.</summary>
    public IReadOnlyList<double> Gaps { get; }

    /// <summary>The weight that group <paramref name="of"/>'s gap gives to the mean of group <paramref name="mean"/>; the weights of a
    /// gap add up to 0.</summary>
    public double Weight(int of, int mean) => (of == mean ? own[of] : 0) - common[of, mean];

    /// <param name="groups">Every one has a value.</param>
    /// <param name="range">Highest minus lowest option.</param>
    /// <returns>Null for fewer than five groups, one value in each, or where nobody differs within a group.</returns>
    public static DrawnInGaps? Of(IReadOnlyList<Moments> groups, double range)
    {
        var sums = OneWaySums.Of([.. groups]);
        if (sums.Groups < Math.Max(FewestGroups, groups.Count) || sums.WithinMeanSquare.OrNull is not > 0) return null;
        var count = groups.Count;
        var variance = new double[count];
        for (var i = 0; i < count; i++) variance[i] = sums.WithinMeanSquare.Value / groups[i].Count;

        // τ on a grid of midpoints up to five scales of the prior, with its posterior weight.
        var step = 5 * PriorScale * range / Steps;
        var log = new double[Steps];
        var w = new double[count];
        for (var k = 0; k < Steps; k++)
        {
            var (total, mu) = Weigh(k);
            var tau = (k + 0.5) * step;
            log[k] = -tau * tau / (2 * PriorScale * PriorScale * range * range) - Math.Log(total) / 2;
            for (var i = 0; i < count; i++) log[k] += Math.Log(w[i]) / 2 - w[i] * (groups[i].Mean - mu) * (groups[i].Mean - mu) / 2;
        }

        var highest = log.Max();
        var share = Array.ConvertAll(log, l => Math.Exp(l - highest));
        var all = share.Sum();
        var own = new double[count];
        var common = new double[count, count];
        for (var k = 0; k < Steps; k++)
        {
            var (total, _) = Weigh(k);
            var tau = (k + 0.5) * step;
            for (var i = 0; i < count; i++)
            {
                var believed = share[k] / all * tau * tau * w[i];
                own[i] += believed;
                for (var j = 0; j < count; j++) common[i, j] += believed * w[j] / total;
            }
        }

        var gaps = new double[count];
        for (var i = 0; i < count; i++)
        {
            gaps[i] = own[i] * groups[i].Mean;
            for (var j = 0; j < count; j++) gaps[i] -= common[i, j] * groups[j].Mean;
        }

        return new(own, common, gaps);

        (double Total, double Mu) Weigh(int k)
        {
            var tau = (k + 0.5) * step;
            double total = 0, weighted = 0;
            for (var i = 0; i < count; i++)
            {
                w[i] = 1 / (tau * tau + variance[i]);
                total += w[i];
                weighted += w[i] * groups[i].Mean;
            }

            return (total, weighted / total);
        }
    }
}
