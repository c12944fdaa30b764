using System.Numerics;

namespace Colead.Analysis.Scoring;

/// <summary>
/// Sums of people's dimension scores and of their products, kept apart by <i>which</i> dimensions a person has a score of: what comparing
/// the
/// dimensions of one and the same person needs. Exact integers; merges by addition. Scores count from the lowest option up.
/// </summary>
/// <remarks>Kept for a whole round and never by group: what it gives is said of everyone together alone.</remarks>
public sealed class ScoreProducts
{
    private readonly SortedDictionary<int, long[]> patterns = [];
    private readonly long[] units;

    /// <param name="units">By dimension: every score is a whole multiple of 1/unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">No dimension, or more than 12.</exception>
    public ScoreProducts(IReadOnlyList<long> units)
    {
        ArgumentOutOfRangeException.ThrowIfZero(units.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units.Count, Instruments.InstrumentRules.MostDimensions);
        this.units = [.. units];
    }

    public int Dimensions => units.Length;

    internal IEnumerable<KeyValuePair<int, long[]>> Patterns => patterns;

    /// <summary>Numbers kept for a pattern: people, then each dimension's sum, then the products d ≤ e row by row.</summary>
    internal static int Length(int dimensions) => CrossProducts.Length(dimensions);

    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    /// <exception cref="OverflowException">More than some hundred million people.</exception>
    public void Add(ScoreProducts other)
    {
        if (!units.AsSpan().SequenceEqual(other.units)) throw new ArgumentException("Products of other dimensions cannot be added.",
            nameof(other));
        foreach (var (mask, values) in other.patterns) Add(mask, values);
    }

    /// <summary>First score minus second, over the people who have both; in scale points.</summary>
    public Moments Difference(int first, int second) => Contrast((1 << first) | (1 << second), 2, _ => Two(first, second));

    /// <summary>
    /// A dimension's score minus the person's own mean of the dimensions that they have a score of, over the people with this score and at
    /// least <paramref name="fewest"/> in all; in scale points.
    /// </summary>
    public Moments FromOwnMean(int dimension, int fewest) => Contrast(1 << dimension, fewest, mask =>
    {
        var weights = new double[units.Length];
        var own = BitOperations.PopCount((uint)mask);
        for (var d = 0; d < weights.Length; d++)
            if ((mask >> d & 1) != 0) weights[d] = -1.0 / own;
        weights[dimension] += 1;
        return weights;
    });

    /// <summary>Σ(x − x̄)(y − ȳ) over the people who have both scores, and how many they are; in squared scale points.</summary>
    public (long People, double Products) Within(int first, int second)
    {
        long people = 0;
        double sum1 = 0, sum2 = 0, products = 0;
        var wanted = (1 << first) | (1 << second);
        foreach (var (mask, values) in patterns)
        {
            if ((mask & wanted) != wanted) continue;
            people += values[0];
            sum1 += values[1 + first] / (double)units[first];
            sum2 += values[1 + second] / (double)units[second];
            products += values[At(first, second)] / ((double)units[first] * units[second]);
        }

        return (people, people == 0 ? 0 : products - sum1 * sum2 / people);
    }

    /// <summary>Adds one person: offsets from the lowest scaled score of the dimensions in the mask.</summary>
    internal static void Add(long[] values, int mask, ReadOnlySpan<long> offsets)
    {
        values[0]++;
        var at = 1 + offsets.Length;
        for (var d = 0; d < offsets.Length; d++)
        {
            if ((mask >> d & 1) == 0)
            {
                at += offsets.Length - d;
                continue;
            }

            var x = offsets[d];
            values[1 + d] += x;
            for (var e = d; e < offsets.Length; e++, at++)
                if ((mask >> e & 1) != 0) values[at] += x * offsets[e];
        }
    }

    internal void Add(int mask, ReadOnlySpan<long> values)
    {
        if (!patterns.TryGetValue(mask, out var sum)) patterns[mask] = sum = new long[Length(units.Length)];
        for (var i = 0; i < sum.Length; i++) sum[i] = checked(sum[i] + values[i]);
    }

    /// <summary>Moments of a weighted sum of each person's scores, the weights by pattern.</summary>
    private Moments Contrast(int wanted, int fewest, Func<int, double[]> of)
    {
        long people = 0;
        double sum = 0, squares = 0;
        foreach (var (mask, values) in patterns)
        {
            if ((mask & wanted) != wanted || BitOperations.PopCount((uint)mask) < fewest) continue;
            var weights = of(mask);
            people += values[0];
            for (var d = 0; d < weights.Length; d++)
            {
                if (weights[d] == 0) continue;
                sum += weights[d] * values[1 + d] / units[d];
                for (var e = d; e < weights.Length; e++)
                    if (weights[e] != 0) squares += (d == e ? 1 : 2) * weights[d] * weights[e] * values[At(d,
                        e)] / ((double)units[d] * units[e]);
            }
        }

        if (people == 0) return default;
        var deviations = squares - sum * sum / people;
        // What is left of rounding where everybody's difference is the same is nothing.
        return new(people, sum / people, deviations < 1e-9 * Math.Max(1, squares) ? 0 : deviations);
    }

    private double[] Two(int first, int second)
    {
        var weights = new double[units.Length];
        weights[first] = 1;
        weights[second] = -1;
        return weights;
    }

    private int At(int d, int e)
    {
        if (d > e) (d, e) = (e, d);
        return 1 + units.Length + d * units.Length - d * (d - 1) / 2 + (e - d);
    }
}
