using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>
/// Sums of answers and of their products for the items of one dimension, kept apart by <i>which</i> items were answered.
/// That makes listwise deletion over any subset of the items possible without the answers: the patterns that contain
/// the subset are added. Pairwise deletion is the same with two items. Merges by addition.
/// </summary>
/// <remarks>
/// Kept for a whole round, not for each stratum: the cross-products of a handful of people are nearly their answers, and
/// reliability is a property of the instrument that is never asked of a small group.
/// Values are option numbers (1 = lowest), so covariances are those of any scale with steps of one.
/// </remarks>
public sealed class CrossProducts
{
    /// <summary>Items in a dimension for which patterns are kept (an instrument allows 12).</summary>
    public const int MostItems = 16;

    private readonly SortedDictionary<int, long[]> patterns = [];
    private readonly int items;

    /// <exception cref="ArgumentOutOfRangeException">No items, or more than <see cref="MostItems"/>.</exception>
    public CrossProducts(int items)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(items);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(items, MostItems);
        this.items = items;
    }

    /// <summary>Items in the dimension, answered or not.</summary>
    public int Items => items;

    /// <summary>Items that at least one person answered: the others are dropped before listwise deletion, and that is said.</summary>
    public IReadOnlyList<int> AnsweredItems
    {
        get
        {
            var any = patterns.Keys.Aggregate(0, (all, mask) => all | mask);
            return [.. Enumerable.Range(0, items).Where(j => (any >> j & 1) != 0)];
        }
    }

    internal IEnumerable<KeyValuePair<int, long[]>> Patterns => patterns;

    /// <summary>Numbers kept for a pattern: people, then each item's sum, then the products j ≤ k row by row.</summary>
    internal static int Length(int items) => 1 + items + items * (items + 1) / 2;

    /// <summary>One pass over raw answers, for dimension <paramref name="dimension"/>.</summary>
    public static CrossProducts Of(AnswerTable answers, int dimension)
    {
        var first = answers.Instrument.FirstItem(dimension);
        var result = new CrossProducts(answers.Instrument.Dimensions[dimension].Items.Count);
        for (var r = 0; r < answers.Rows; r++) result.Add(answers.Row(r).Slice(first, result.items));
        return result;
    }

    /// <summary>Adds one person's answer codes for this dimension.</summary>
    public void Add(ReadOnlySpan<byte> codes)
    {
        var mask = Mask(codes);
        if (mask != 0) Add(PatternOf(mask), codes);
    }

    public void Add(CrossProducts other)
    {
        if (other.items != items) throw new ArgumentException("Dimensions of different length cannot be merged.", nameof(other));
        foreach (var (mask, values) in other.patterns) Add(mask, values);
    }

    /// <summary>
    /// Sums over the people who answered all of <paramref name="chosen"/> (listwise deletion over these items alone).
    /// </summary>
    /// <param name="chosen">Distinct item indexes within the dimension; the result has their order.</param>
    public CompleteCases Complete(IReadOnlyList<int> chosen)
    {
        var wanted = 0;
        foreach (var j in chosen)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(j, nameof(chosen));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(j, items, nameof(chosen));
            if ((wanted >> j & 1) != 0) throw new ArgumentException("An item is named twice.", nameof(chosen));
            wanted |= 1 << j;
        }

        long count = 0;
        var sums = new long[chosen.Count];
        var products = new long[chosen.Count, chosen.Count];
        foreach (var (mask, values) in patterns)
        {
            if ((mask & wanted) != wanted) continue;
            count += values[0];
            for (var a = 0; a < chosen.Count; a++)
            {
                sums[a] += values[1 + chosen[a]];
                for (var b = 0; b < chosen.Count; b++) products[a, b] += values[ProductAt(chosen[a], chosen[b])];
            }
        }

        return new([.. chosen], count, sums, products);
    }

    /// <summary>Listwise over every item that anyone answered (<see cref="AnsweredItems"/>).</summary>
    public CompleteCases Complete() => Complete(AnsweredItems);

    internal static int Mask(ReadOnlySpan<byte> codes)
    {
        var mask = 0;
        for (var j = 0; j < codes.Length; j++)
            if (codes[j] is not (Answer.SkippedCode or Answer.DontKnowCode)) mask |= 1 << j;
        return mask;
    }

    /// <summary>Adds one person to a pattern's numbers; the codes of unanswered items must not count, so they are left out by the
    /// mask.</summary>
    internal static void Add(long[] values, ReadOnlySpan<byte> codes)
    {
        values[0]++;
        var at = 1 + codes.Length;
        for (var j = 0; j < codes.Length; j++)
        {
            long x = codes[j] == Answer.DontKnowCode ? 0 : codes[j];
            values[1 + j] += x;
            if (x == 0)
            {
                at += codes.Length - j;
                continue;
            }

            for (var k = j; k < codes.Length; k++) values[at++] += codes[k] == Answer.DontKnowCode ? 0 : x * codes[k];
        }
    }

    internal void Add(int mask, ReadOnlySpan<long> values)
    {
        var sum = PatternOf(mask);
        for (var i = 0; i < sum.Length; i++) sum[i] += values[i];
    }

    private long[] PatternOf(int mask)
    {
        if (!patterns.TryGetValue(mask, out var values)) patterns[mask] = values = new long[Length(items)];
        return values;
    }

    private int ProductAt(int j, int k)
    {
        if (j > k) (j, k) = (k, j);
        return 1 + items + j * items - j * (j - 1) / 2 + (k - j);
    }
}

/// <summary>Exact sums over the people with an answer to every one of <see cref="Items"/>.</summary>
/// <param name="Items">Item indexes within the dimension, in the order of the sums.</param>
/// <param name="Count">Complete rows.</param>
/// <param name="Sums">Σx of option numbers (1 = lowest).</param>
/// <param name="Products">Σxy of option numbers.</param>
public sealed record CompleteCases(IReadOnlyList<int> Items, long Count, long[] Sums, long[,] Products)
{
    /// <summary>Sample covariances (n − 1); null for fewer than two complete rows. Those below the zero of
    /// <see cref="Numerics"/> on the diagonal are exactly 0, since the sums are whole numbers.</summary>
    public double[,]? SampleCovariance() => Count < 2 ? null : Covariance(Count - 1);

    /// <summary>Population covariances (n), as maximum likelihood takes them; null for no complete row.</summary>
    public double[,]? PopulationCovariance() => Count < 1 ? null : Covariance(Count);

    private double[,] Covariance(long divisor)
    {
        var k = Items.Count;
        var result = new double[k, k];
        for (var a = 0; a < k; a++)
            for (var b = 0; b < k; b++)
                result[a, b] = (double)((Int128)Count * Products[a, b] - (Int128)Sums[a] * Sums[b]) / ((double)Count * divisor);
        return result;
    }
}
