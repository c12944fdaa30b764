using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// Sectors compared where organisations differ within them: a sector of five organisations is five draws and not sixty people.
/// Organisations are random
/// within sectors; how far they differ is judged on each measure and on all together, half and half, because a handful of organisations
/// tells it badly.
/// </summary>
/// <remarks>
/// G groups in S sectors, N people; per measure R = MSB/MSW within sectors, R~ = (R + its mean over the D measures)/2, n0 = (N − Σ_s Σ
/// n_i²/N_s)/(G − S).
/// A = Σ n_i²/N_a² + Σ n_i²/N_b², B = 1/N_a + 1/N_b, V = MSW·(A·max(0, (R~ − 1)/n0) + B). Degrees of freedom: e = D(G − S)/(1 + (D −
/// 1)r), r the mean
/// squared correlation of two measures within groups; d = 4/(1/(G − S) + 3/e); p = max(R~, 1)·A/n0; w = max(0, B − A/n0);
/// (p + w)²/(p²/d + w²/(N − G)). Nested analysis of variance: Searle, Casella &amp; McCulloch 1992, Variance Components, ch. 3;
/// Satterthwaite 1946,
/// Biometrics 2:110. That R is averaged over measures is our own, tried by simulation (docs/methods/mean-difference.md).
/// </remarks>
public sealed class NestedGroups
{
    private readonly Fit?[] fits;
    private readonly double[] ratio;
    private readonly double squaredCorrelation;

    private NestedGroups(Fit?[] fits, double squaredCorrelation)
    {
        this.fits = fits;
        this.squaredCorrelation = squaredCorrelation;
        var defined = fits.OfType<Fit>().Select(f => f.Ratio).ToList();
        var mean = defined.Count > 0 ? defined.Average() : 0;
        ratio = [.. fits.Select(f => f is null ? 0 : (f.Ratio + mean) / 2)];
    }

    /// <param name="groups">By measure, the groups with their sector (any numbers) and moments; those without a value are left
    /// out.</param>
    /// <param name="squaredCorrelation">r, 0..1.</param>
    public static NestedGroups Of(IReadOnlyList<IReadOnlyList<(int Sector, Moments Moments)>> groups, double squaredCorrelation) =>
        new([.. groups.Select(Fit.Of)], Math.Clamp(squaredCorrelation, 0, 1));

    /// <summary>How many groups of a sector have a value of a measure; 0 where nothing can be tested on it.</summary>
    public int GroupsIn(int measure, int sector) => fits[measure]?.Sectors.GetValueOrDefault(sector).Groups ?? 0;

    /// <summary>The first sector minus the second on one measure; null where either has no group, or no sector has two, or nobody differs
    /// within a group.</summary>
    /// <param name="difference">Of the sectors' means, in points of the scale.</param>
    public TestedDifference? Test(int measure, int first, int second, double difference)
    {
        if (fits[measure] is not { } fit || !fit.Sectors.TryGetValue(first, out var a) || !fit.Sectors.TryGetValue(second,
            out var b)) return null;
        double r = ratio[measure], between = fit.Between;
        var spread = a.Squares / ((double)a.People * a.People) + b.Squares / ((double)b.People * b.People);
        var people = 1.0 / a.People + 1.0 / b.People;
        var variance = fit.Within * (spread * Math.Max(0, (r - 1) / fit.Size) + people);
        var measures = fits.Count(f => f is not null);
        var e = measures * between / (1 + (measures - 1) * squaredCorrelation);
        var d = 4 / (1 / between + 3 / e);
        var p = Math.Max(r, 1) * spread / fit.Size;
        var w = Math.Max(0, people - spread / fit.Size);
        var freedom = (p + w) * (p + w) / (p * p / d + w * w / fit.WithinFreedom);
        return variance > 0 ? new(difference, Math.Sqrt(variance), freedom) : null;
    }

    private sealed record Fit(double Within, double WithinFreedom, double Ratio, double Between, double Size, Dictionary<int, (int Groups,
        long People, double Squares)> Sectors)
    {
        public static Fit? Of(IReadOnlyList<(int Sector, Moments Moments)> all)
        {
            var groups = all.Where(g => g.Moments.Count > 0).ToList();
            long people = groups.Sum(g => g.Moments.Count);
            var sectors = new Dictionary<int, (int Groups, long People, double Squares)>();
            double between = 0, size = people;
            foreach (var sector in groups.GroupBy(g => g.Sector))
            {
                var n = sector.Sum(g => g.Moments.Count);
                var mean = sector.Sum(g => g.Moments.Count * g.Moments.Mean) / n;
                var squares = sector.Sum(g => (double)g.Moments.Count * g.Moments.Count);
                between += sector.Sum(g => g.Moments.Count * (g.Moments.Mean - mean) * (g.Moments.Mean - mean));
                size -= squares / n;
                sectors[sector.Key] = (sector.Count(), n, squares);
            }

            var freedom = groups.Count - sectors.Count;
            if (freedom < 1 || people <= groups.Count) return null;
            var within = groups.Sum(g => g.Moments.SumOfSquares) / (people - groups.Count);
            if (Numerics.IsZeroVariance(within)) return null;
            return new(within, people - groups.Count, between / freedom / within, freedom, size / freedom, sectors);
        }
    }
}
