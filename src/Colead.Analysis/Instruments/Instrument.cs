namespace Colead.Analysis.Instruments;

/// <summary>
/// What a round asks: dimensions of statements on one scale. A round never changes its instrument; it is known by the
/// hash of its file.
/// </summary>
public sealed record Instrument(string Id, string Version, Scale Scale, IReadOnlyList<Dimension> Dimensions)
{
    public IReadOnlyList<Dimension> Dimensions
    {
        get;
        init => (field, Items) = (value, [.. value.SelectMany(d => d.Items)]);
    } = Dimensions;

    /// <summary>Every statement, dimension by dimension.</summary>
    public IReadOnlyList<Item> Items { get; private init; } = [.. Dimensions.SelectMany(d => d.Items)];

    public int ItemCount => Items.Count;

    /// <summary>Variance of the skewed null distributions for this scale, where the instrument gives them.</summary>
    public SkewedNulls? SkewedNulls { get; init; }

    /// <summary>The languages in which every text exists, by tag, in ordinal order.</summary>
    public IReadOnlyDictionary<string, LanguageReview> Languages { get; init; } = NoLanguages;

    /// <summary>The instrument's own name by language tag.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = NoTexts;

    /// <summary>The words that every statement completes ("How much evidence is there that…") by language tag; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Stems { get; init; } = NoTexts;

    /// <summary>What each option is called, from the lowest, by language tag.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Anchors { get; init; } = NoAnchors;

    /// <summary>
    /// What rows of options are called, by language tag: as many options in each, in order ("None or very little" for 1 to 3 of twelve in
    /// four rows). Empty where the options stand in one row.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Rows { get; init; } = NoAnchors;

    /// <summary>How to use the scale, by language tag; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Help { get; init; } = NoTexts;

    /// <summary>Words of the statements explained, by language tag; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Terms { get; init; } = NoTexts;

    /// <summary>Index of the first item of dimension <paramref name="dimension"/> in <see cref="Items"/>.</summary>
    public int FirstItem(int dimension) => Dimensions.Take(dimension).Sum(d => d.Items.Count);

    /// <summary>Fewest dimension scores for an overall score: half of them, rounded up (4 of 7).</summary>
    public int DimensionsForOverall => (Dimensions.Count + 1) / 2;

    internal static IReadOnlyDictionary<string, string> NoTexts { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    private static readonly SortedDictionary<string, LanguageReview> NoLanguages = new(StringComparer.Ordinal);
    private static readonly SortedDictionary<string, IReadOnlyList<string>> NoAnchors = new(StringComparer.Ordinal);
}

/// <summary>Whether a fluent speaker has read an instrument's texts in a language and found them sound.</summary>
public enum LanguageReview
{
    Reviewed,
    AwaitingReview,
}

/// <summary>A group of statements scored together.</summary>
public sealed record Dimension(string Id, IReadOnlyList<Item> Items)
{
    /// <summary>Names by language tag (<c>en</c>, <c>cy</c>).</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = Instrument.NoTexts;

    /// <summary>What the dimension is about, in a sentence, by language tag.</summary>
    public IReadOnlyDictionary<string, string> Descriptions { get; init; } = Instrument.NoTexts;

    /// <summary>What respondents read above its statements, by language tag; empty where that is its name.</summary>
    public IReadOnlyDictionary<string, string> Headings { get; init; } = Instrument.NoTexts;

    /// <summary>What a comment beside its statements is asked for, by language tag; may be empty.</summary>
    public IReadOnlyDictionary<string, string> Prompts { get; init; } = Instrument.NoTexts;

    /// <summary>Fewest answered items for a score: half of them, rounded up.</summary>
    public int ItemsForScore => (Items.Count + 1) / 2;

    /// <summary>Every possible score is a whole multiple of 1/unit: the least common multiple of the allowed divisors.</summary>
    public long ScoreUnit => Numerics.LeastCommonMultiple(ItemsForScore, Items.Count);
}

/// <summary>A statement.</summary>
public sealed record Item(string Id)
{
    /// <summary>The statement by language tag.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = Instrument.NoTexts;

    /// <summary>A line that helps to grade the statement, by language tag; empty where the instrument gives none.</summary>
    public IReadOnlyDictionary<string, string> Descriptors { get; init; } = Instrument.NoTexts;

    /// <summary>Another such line for people of a level, by the level's id; empty where all read the same.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Hints { get; init; } = NoHints;

    private static readonly SortedDictionary<string, IReadOnlyDictionary<string, string>> NoHints = new(StringComparer.Ordinal);

    /// <summary>The line that helps somebody of a level, in a language; null where there is none.</summary>
    /// <param name="level">The level's id, or null.</param>
    public string? HintFor(string? level, string language) =>
        (level is not null && Hints.TryGetValue(level, out var own) ? own : Descriptors).GetValueOrDefault(language);
}

/// <summary>
/// Variances of the slightly, moderately and heavily skewed null distributions for an instrument's number of options
/// (1.34, 0.90 and 0.44 for five). LeBreton &amp; Senter 2008, Organizational Research Methods 11:815, table 2.
/// </summary>
public sealed record SkewedNulls(double Slight, double Moderate, double Heavy)
{
    public static SkewedNulls FivePoint { get; } = new(1.34, 0.90, 0.44);
}
