using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>All that closing a round knows.</summary>
public sealed record RoundToPublish
{
    public required RoundSummary Answers { get; init; }

    /// <summary>
    /// Those of the answers whose people do not count towards any threshold, because nobody but who added them confirmed them. They are in
    /// the means; protection takes them as known to the reader. Same instrument and structure. Null: everybody counts.
    /// </summary>
    public RoundSummary? Uncounted { get; init; }

    /// <summary>Who was invited. Null where nobody knows (imported answers): no finite-population correction, bounds or rates.</summary>
    public Roster? Roster { get; init; }

    /// <summary>How many of those invited do not count. Null: as many as answered without counting.</summary>
    public Roster? UncountedInvited { get; init; }

    /// <summary>
    /// How many who count could not answer, as whoever saw to it or read of it knows: their links were taken back, sent elsewhere or
    /// refused. The exact number would then tell of the others and is not said; nor is a part of all that might be all the others.
    /// </summary>
    public int KnownSilent { get; init; }

    /// <summary>
    /// Slips of people who count, in the fullest envelope. Whoever kept these back, or sees them left over, knows that nobody answered by
    /// them: the exact number would tell of the others and is not said, nor is a part of all that might be all the others.
    /// So many cannot be kept back unseen; that all of them are is enough to look at.
    /// </summary>
    public int Slips { get; init; }

    /// <summary>What was told of the response while the round was open: it is read beside the findings.</summary>
    public ToldWhileOpen? Told { get; init; }

    /// <summary>As fixed when the round opened.</summary>
    public FoldPlan Folds { get; init; } = FoldPlan.None;

    /// <summary>As fixed when the round opened.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.Standard;

    /// <summary>Which groupings the answers carry; an imported file may lack any. Without organisations, headline (b) and
    /// organisation rows are absent whatever the folds say.</summary>
    public Groupings Groupings { get; init; } = Groupings.All;

    /// <summary>Answers by open link: a group of their own, outside every other view and headline.</summary>
    public RoundSummary? OpenLink { get; init; }

    /// <summary>The round before, as published: nothing else of it is left.</summary>
    public PublishedRound? Before { get; init; }
}

/// <summary>
/// So many of those who count had answered, as was told. The fewest hold for good; the most hold where nobody answered after the count.
/// </summary>
public readonly record struct ToldCount(long Least, long Most);

/// <summary>What was told week by week, in numbers: of everyone, and of organisations by their place in the structure.</summary>
public sealed record ToldWhileOpen(ToldCount? Everyone, IReadOnlyDictionary<int, ToldCount> Organisations);

[Flags]
public enum Groupings
{
    None = 0,
    Organisations = 1,
    Sectors = 2,
    Levels = 4,
    All = Organisations | Sectors | Levels,
}

/// <summary>An earlier round: what it asked and what it published. Only cells that it published are compared, as they were
/// printed.</summary>
public sealed record PublishedRound(Instrument Instrument, Publication Publication);
