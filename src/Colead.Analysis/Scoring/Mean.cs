using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>What a count counts: people with a valid value for that very statistic, never simply questionnaires.</summary>
public enum Counted
{
    Questionnaires,
    DimensionScores,
    OverallScores,
    ItemAnswers,
    Organisations,
}

/// <summary>A mean that knows its scale, its count and what was counted.</summary>
public sealed record Mean(Figure Value, long Count, Counted Of, Scale Scale);

/// <summary>How an interval was made.</summary>
public enum IntervalMethod
{
    /// <summary>Moderated t with finite-population correction (a statement about these invited people).</summary>
    ModeratedTFinitePopulation,

    /// <summary>Moderated t without finite-population correction.</summary>
    ModeratedT,

    /// <summary>Student's t with finite-population correction.</summary>
    StudentTFinitePopulation,

    /// <summary>Welch's t for a difference of means, no finite-population correction.</summary>
    WelchT,

    StudentT,

    /// <summary>Feldt's F for alpha.</summary>
    FeldtF,

    /// <summary>Normal, from a posterior mean and standard deviation.</summary>
    Normal,
}

/// <summary>An interval that knows its method and level.</summary>
public sealed record Interval(double Low, double High, IntervalMethod Method, double Level);
