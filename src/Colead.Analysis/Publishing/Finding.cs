using Colead.Analysis.Comparison;

namespace Colead.Analysis.Publishing;

/// <summary>What a finding says. Ids are kept for good: a thread that began at a finding finds its kind again.</summary>
public enum FindingKind
{
    /// <summary>The dimension people see most of.</summary>
    Highest,

    /// <summary>The dimension people see least of.</summary>
    Lowest,

    LevelGap,
    SectorGap,
    OrganisationGap,
    ChangeUp,
    ChangeDown,

    /// <summary>A statement people answer alike.</summary>
    Agreed,

    /// <summary>A statement with many answers at both ends.</summary>
    Divided,

    /// <summary>Strongest and weakest dimension, and how far they lie apart.</summary>
    Balance,
}

/// <summary>
/// One ranked finding, in codes: words are made by <see cref="FindingWords"/> in the reader's language.
/// </summary>
/// <param name="Measure">Dimension or item id.</param>
/// <param name="First">The group that sees more (gaps between levels or sectors), the unit (organisation gaps), or whose change it is
/// (absent: everyone's).</param>
/// <param name="Second">The group that sees less.</param>
/// <param name="Points">Size in points of the scale: a mean, a gap, a change or a distance; per cent for agreed and divided.</param>
/// <param name="Word">How sure; absent where nothing is claimed beyond what people said.</param>
public sealed record Finding(FindingKind Kind, string Measure, string? First, string? Second, decimal Points, Certainty? Word)
{
    /// <summary>Highest and lowest: dimensions that cannot be told from it.</summary>
    public IReadOnlyList<string>? With { get; init; }

    /// <summary>Organisation gaps: drawn in, so the true distance is rather larger.</summary>
    public bool? AtLeast { get; init; }

    /// <summary>Balance: the distance lies from here …</summary>
    public decimal? Low { get; init; }

    /// <summary>… to here.</summary>
    public decimal? High { get; init; }
}
