using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Matching;

/// <summary>Which quarter of the partnerships, by the type-7 quartiles; a value on a quartile belongs below it.</summary>
public enum QuartileBand
{
    NotPlaced = 0,
    Lowest,
    LowerMiddle,
    UpperMiddle,
    Highest,
}

/// <summary>Against the benchmark, so far as the data can tell.</summary>
public enum Standing
{
    /// <summary>The pooled interval holds the median, or there is none: no position is stated.</summary>
    NotDistinguishable,
    Below,
    Above,
}

/// <summary>One partnership's place in a benchmark.</summary>
/// <param name="Percentile">(below + ½ equal, counting itself)/N·100; absent for one too small to take part.</param>
public readonly record struct BenchmarkPlace(Figure Percentile, QuartileBand Band, Standing Standing);

/// <summary>
/// What is usual among partnerships: the median of partnership means, each partnership counting once, with quartiles.
/// There is no league table: a partnership learns its quarter, and whether it differs from the median at all.
/// </summary>
/// <remarks>
/// Partnerships with fewer than <see cref="FewestAnswers"/> answers are left out; of the others there must be at least
/// <see cref="FewestPartnerships"/>, and none may hold more than half of all answers. Quantiles: type 7.
/// </remarks>
/// <param name="Partnerships">N, those that take part.</param>
/// <param name="Places">In the order of the input.</param>
public sealed record Benchmark(
    int Partnerships, Figure Median, Figure LowerQuartile, Figure UpperQuartile, IReadOnlyList<BenchmarkPlace> Places)
{
    public const int FewestPartnerships = 10;

    public const int FewestAnswers = 10;

    public bool IsDefined => Median.IsDefined;

    /// <summary>From partnerships' full moments; the pooled intervals come from partial pooling of those that take part.</summary>
    public static Benchmark Of(ReadOnlySpan<Moments> partnerships)
    {
        var taking = new Moments[partnerships.Length];
        var counts = new long[partnerships.Length];
        var means = new double[partnerships.Length];
        for (var i = 0; i < taking.Length; i++)
        {
            counts[i] = partnerships[i].Count;
            means[i] = partnerships[i].Mean;
            if (partnerships[i].Count >= FewestAnswers) taking[i] = partnerships[i];
        }

        var pooled = PartialPooling.Fit(taking);
        return Build(counts, means, i => pooled.Groups[i].ShrunkenMeanInterval);
    }

    /// <summary>
    /// From what partnerships published: mean, count (exact, or the low end of its band) and, where published, the 95 %
    /// interval, from which the pooled one is made (DerSimonian–Laird). Without intervals only bands are given.
    /// </summary>
    public static Benchmark OfPublished(ReadOnlySpan<PublishedMean> partnerships)
    {
        var counts = new long[partnerships.Length];
        var means = new double[partnerships.Length];
        var pooled = new Interval?[partnerships.Length];
        var measured = new List<int>();
        for (var i = 0; i < means.Length; i++)
        {
            counts[i] = partnerships[i].Mean.IsDefined ? partnerships[i].Count : 0;
            means[i] = partnerships[i].Mean.OrNull ?? 0;
            if (counts[i] >= FewestAnswers && partnerships[i].Interval is { } interval && interval.High > interval.Low) measured.Add(i);
        }

        var z = Distributions.NormalQuantile(0.975);
        var estimates = measured.ConvertAll(i => means[i]).ToArray();
        var variances = new double[measured.Count];
        for (var i = 0; i < variances.Length; i++)
        {
            var interval = partnerships[measured[i]].Interval!;
            var error = (interval.High - interval.Low) / (2 * z);
            variances[i] = error * error;
        }

        var fit = RandomEffects.DerSimonianLaird(estimates, variances);
        for (var i = 0; fit.IsDefined && i < variances.Length; i++)
        {
            var (value, error) = fit.Effects[i];
            pooled[measured[i]] = new(value - z * error, value + z * error, IntervalMethod.Normal, 0.95);
        }

        return Build(counts, means, i => pooled[i]);
    }

    private static Benchmark Build(long[] counts, double[] means, Func<int, Interval?> pooled)
    {
        var taking = Enumerable.Range(0, counts.Length).Where(i => counts[i] >= FewestAnswers).ToArray();
        if (taking.Length < FewestPartnerships) return Absent(Absence.TooFewGroups, taking.Length, counts.Length);
        if (2 * taking.Max(i => counts[i]) > taking.Sum(i => counts[i])) return Absent(Absence.OneGroupDominates, taking.Length,
            counts.Length);

        var sorted = Array.ConvertAll(taking, i => means[i]);
        Array.Sort(sorted);
        var (lower, median, upper) = (Quantile.Type7(sorted, 0.25), Quantile.Median(sorted), Quantile.Type7(sorted, 0.75));
        var places = new BenchmarkPlace[counts.Length];
        Array.Fill(places, new(Figure.Absent(Absence.TooFewAnswers), QuartileBand.NotPlaced, Standing.NotDistinguishable));
        foreach (var i in taking)
        {
            var mean = means[i];
            var below = FirstAtLeast(sorted, mean);
            var equal = FirstAbove(sorted, mean) - below;
            var band = mean <= lower ? QuartileBand.Lowest
                : mean <= median ? QuartileBand.LowerMiddle
                : mean <= upper ? QuartileBand.UpperMiddle
                : QuartileBand.Highest;
            var standing = pooled(i) is not { } interval ? Standing.NotDistinguishable
                : interval.High < median ? Standing.Below
                : interval.Low > median ? Standing.Above
                : Standing.NotDistinguishable;
            places[i] = new(Figure.Of((below + 0.5 * equal) / sorted.Length * 100), band, standing);
        }

        return new(sorted.Length, Figure.Of(median), Figure.Of(lower), Figure.Of(upper), places);
    }

    private static Benchmark Absent(Absence why, int taking, int all)
    {
        var none = Figure.Absent(why);
        var places = new BenchmarkPlace[all];
        Array.Fill(places, new(none, QuartileBand.NotPlaced, Standing.NotDistinguishable));
        return new(taking, none, none, none, places);
    }

    private static int FirstAtLeast(double[] sorted, double value) => First(sorted, x => x >= value);

    private static int FirstAbove(double[] sorted, double value) => First(sorted, x => x > value);

    private static int First(double[] sorted, Predicate<double> holds)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(sorted[middle])) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}

/// <summary>A published mean: the count behind it (exact or the low end of its band), rounded as shown.</summary>
public readonly record struct PublishedMean(long Count, Figure Mean, Interval? Interval);
