using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>All that closing a round knows.</summary>
public sealed record RoundToPublish
{
    public required RoundSummary Answers { get; init; }

    /// <summary>Those of the answers whose people do not count towards thresholds (same instrument and structure). Null where all count.</summary>
    public RoundSummary? Uncounted { get; init; }

    /// <summary>Who was invited. Null where nobody knows (imported answers): no finite-population correction, bounds or rates.</summary>
    public Roster? Roster { get; init; }

    /// <summary>As fixed when the round opened.</summary>
    public FoldPlan Folds { get; init; } = FoldPlan.None;

    /// <summary>As fixed when the round opened.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.Standard;

    /// <summary>Which groupings the answers carry; an imported file may lack any. Without organisations, headline (b) and
    /// organisation rows are absent whatever the folds say.</summary>
    public Groupings Groupings { get; init; } = Groupings.All;

    /// <summary>Answers by open link: a group of their own, outside every other view and headline.</summary>
    public RoundSummary? OpenLink { get; init; }

    /// <summary>The round before, as published, with the summaries it was published from.</summary>
    public PublishedRound? Before { get; init; }
}

[Flags]
public enum Groupings
{
    None = 0,
    Organisations = 1,
    Sectors = 2,
    Levels = 4,
    All = Organisations | Sectors | Levels,
}

/// <summary>An earlier round: what it published, and the summaries behind it. Only cells that it published are compared.</summary>
public sealed record PublishedRound(RoundSummary Answers, Publication Publication);
