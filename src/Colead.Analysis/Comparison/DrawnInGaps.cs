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
    private readonly double[] own, variance;
    private readonly List<(double Share, double TauSquared, double Total)> grid;

    private DrawnInGaps(double[] own, double[] variance, List<(double, double, double)> grid, double[] gaps) =>
        (this.own, this.variance, this.grid, Gaps) = (own, variance, grid, gaps);

    /// <summary>By group, in points of the scale; 0 where a group has no value.</summary>
    public IReadOnlyList<double> Gaps { get; }

    /// <summary>The weight that group <paramref name="of"/>'s gap gives to the mean of group <paramref name="mean"/>; the weights of a
    /// gap add up to 0.</summary>
    /// <remarks>Worked out when it is asked for: there are as many as groups times groups.</remarks>
    public double Weight(int of, int mean)
    {
        var weight = of == mean ? own[of] : 0;
        foreach (var (share, tau, total) in grid) weight -= share * tau / (tau + variance[of]) / (tau + variance[mean]) / total;
        return weight;
    }

    /// <param name="groups">Every one has a value.</param>
    /// <param name="range">Highest minus lowest option.</param>
    /// <returns>Null for fewer than five groups, one value in each, or where nobody differs within a group.</returns>
    public static DrawnInGaps? Of(IReadOnlyList<Moments> groups, double range)
    {
        var sums = OneWaySums.Of([.. groups]);
        if (sums.Groups < Math.Max(FewestGroups, groups.Count) || sums.WithinMeanSquare.OrNull is not > 0) return null;
        var variance = new double[groups.Count];
        for (var i = 0; i < variance.Length; i++) variance[i] = sums.WithinMeanSquare.Value / groups[i].Count;
        // Groups of as many people weigh the same, whatever τ is: of each size only how many there are, their mean and spread matter.
        var sizes = groups.GroupBy(g => g.Count).Select(g => new Size(sums.WithinMeanSquare.Value / g.Key, [.. g.Select(m => m.Mean)]))
            .ToArray();

        // τ on a grid of midpoints up to five scales of the prior, with its posterior weight.
        var step = 5 * PriorScale * range / Steps;
        var log = new double[Steps];
        for (var k = 0; k < Steps; k++)
        {
            var (tau, total, mu) = Weigh(k);
            log[k] = -tau / (2 * PriorScale * PriorScale * range * range) - Math.Log(total) / 2;
            foreach (var size in sizes)
                log[k] -= (Math.Log(tau + size.Variance) * size.Groups + size.SquaresAround(mu) / (tau + size.Variance)) / 2;
        }

        var highest = log.Max();
        var share = Array.ConvertAll(log, l => Math.Exp(l - highest));
        var all = share.Sum();
        var believed = new Dictionary<double, (double Own, double OfMu)>();
        var grid = new List<(double, double, double)>(Steps);
        for (var k = 0; k < Steps; k++)
        {
            var (tau, total, mu) = Weigh(k);
            grid.Add((share[k] / all, tau, total));
            foreach (var size in sizes)
            {
                var weight = share[k] / all * tau / (tau + size.Variance);
                var (sofar, ofMu) = believed.GetValueOrDefault(size.Variance);
                believed[size.Variance] = (sofar + weight, ofMu + weight * mu);
            }
        }

        var own = Array.ConvertAll(variance, v => believed[v].Own);
        return new(own, variance, grid, [.. groups.Select((g, i) => own[i] * g.Mean - believed[variance[i]].OfMu)]);

        // τ², the weights' sum and the weighted mean.
        (double Tau, double Total, double Mu) Weigh(int k)
        {
            var tau = (k + 0.5) * step * ((k + 0.5) * step);
            double total = 0, weighted = 0;
            foreach (var size in sizes)
            {
                total += size.Groups / (tau + size.Variance);
                weighted += size.Groups * size.Mean / (tau + size.Variance);
            }

            return (tau, total, weighted / total);
        }
    }

    /// <summary>Groups with as many people.</summary>
    private sealed class Size
    {
        private readonly double squares;

        public Size(double variance, double[] means)
        {
            (Variance, Groups, Mean) = (variance, means.Length, means.Average());
            squares = means.Sum(m => (m - Mean) * (m - Mean));
        }

        public double Variance { get; }
        public int Groups { get; }
        public double Mean { get; }

        public double SquaresAround(double value) => squares + Groups * (Mean - value) * (Mean - value);
    }
}
