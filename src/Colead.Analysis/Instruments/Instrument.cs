namespace Colead.Analysis.Instruments;

/// <summary>
/// What a round asks: dimensions of statements on one scale. A round never changes its instrument; it is known by the
/// hash of its file.
/// </summary>
public sealed record Instrument(string Id, string Version, Scale Scale, IReadOnlyList<Dimension> Dimensions)
{
    public IReadOnlyList<Item> Items { get; } = [.. Dimensions.SelectMany(d => d.Items)];

    public int ItemCount => Items.Count;

    /// <summary>Variance of the skewed null distributions for this scale, where the instrument gives them.</summary>
    public SkewedNulls? SkewedNulls { get; init; }

    /// <summary>Index of the first item of dimension <paramref name="dimension"/> in <see cref="Items"/>.</summary>
    public int FirstItem(int dimension) => Dimensions.Take(dimension).Sum(d => d.Items.Count);

    /// <summary>Fewest dimension scores for an overall score: half of them, rounded up (4 of 7).</summary>
    public int DimensionsForOverall => (Dimensions.Count + 1) / 2;
}

/// <summary>A group of statements scored together.</summary>
public sealed record Dimension(string Id, IReadOnlyList<Item> Items)
{
    /// <summary>Names by language tag (<c>en</c>, <c>cy</c>).</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Fewest answered items for a score: half of them, rounded up.</summary>
    public int ItemsForScore => (Items.Count + 1) / 2;

    /// <summary>Every possible score is a whole multiple of 1/unit: the least common multiple of the allowed divisors.</summary>
    public long ScoreUnit => Numerics.LeastCommonMultiple(ItemsForScore, Items.Count);
}

/// <summary>A statement.</summary>
public sealed record Item(string Id)
{
    /// <summary>The statement by language tag.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>
/// Variances of the slightly, moderately and heavily skewed null distributions for an instrument's number of options
/// (1.34, 0.90 and 0.44 for five). LeBreton &amp; Senter 2008, Organizational Research Methods 11:815, table 2.
/// </summary>
public sealed record SkewedNulls(double Slight, double Moderate, double Heavy)
{
    public static SkewedNulls FivePoint { get; } = new(1.34, 0.90, 0.44);
}
