using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>Sufficient statistics of one stratum, or of any union of strata: summaries merge by addition of integers.</summary>
public sealed class StratumSummary
{
    private readonly ItemCounts[] items;
    private readonly ScoreSums[] scores;

    public StratumSummary(Instrument instrument)
    {
        items = new ItemCounts[instrument.ItemCount];
        for (var i = 0; i < items.Length; i++) items[i] = new ItemCounts(instrument.Scale.Options);
        scores = new ScoreSums[instrument.Dimensions.Count];
        for (var d = 0; d < scores.Length; d++) scores[d] = ScoreSums.Empty(instrument.Dimensions[d].ScoreUnit);
        Overall = ScoreSums.Empty(PersonScores.OverallUnit(instrument));
    }

    /// <summary>Questionnaires, with or without a single answer.</summary>
    public long Respondents { get; private set; }

    public IReadOnlyList<ItemCounts> Items => items;

    /// <summary>Dimension scores of the people who have one.</summary>
    public IReadOnlyList<ScoreSums> Scores => scores;

    /// <summary>Overall scores of the people who have one.</summary>
    public ScoreSums Overall { get; private set; }

    public void Add(PersonScores scorer, ReadOnlySpan<byte> row)
    {
        Respondents++;
        for (var i = 0; i < row.Length; i++) items[i].Add(row[i]);
        scorer.Score(row);
        for (var d = 0; d < scores.Length; d++)
            if (scorer.HasScore(d)) scores[d] = scores[d].Add(scorer.Scaled(d));
        if (scorer.HasOverall) Overall = Overall.Add(scorer.ScaledOverall);
    }

    public void Add(StratumSummary other)
    {
        Respondents += other.Respondents;
        for (var i = 0; i < items.Length; i++) items[i].Add(other.items[i]);
        for (var d = 0; d < scores.Length; d++) scores[d] = scores[d].Merge(other.scores[d]);
        Overall = Overall.Merge(other.Overall);
    }
}

/// <summary>One round's summaries by stratum. Only publishing code may hold one: the summary of one person is that person's answers.</summary>
public sealed class RoundSummary(Instrument instrument, Structure structure)
{
    private readonly SortedDictionary<(int Organisation, int Level), StratumSummary> strata = [];

    public Instrument Instrument { get; } = instrument;

    public Structure Structure { get; } = structure;

    public IEnumerable<KeyValuePair<Stratum, StratumSummary>> Strata =>
        strata.Select(s => KeyValuePair.Create(new Stratum(s.Key.Organisation, s.Key.Level), s.Value));

    /// <summary>One pass over raw answers.</summary>
    public static RoundSummary Of(AnswerTable answers)
    {
        var summary = new RoundSummary(answers.Instrument, answers.Structure);
        var scorer = new PersonScores(answers.Instrument);
        for (var r = 0; r < answers.Rows; r++)
            summary.At(new(answers.Organisations.Span[r], answers.Levels.Span[r])).Add(scorer, answers.Row(r));
        return summary;
    }

    public StratumSummary At(Stratum stratum)
    {
        if (!strata.TryGetValue((stratum.Organisation, stratum.Level), out var summary))
            strata[(stratum.Organisation, stratum.Level)] = summary = new StratumSummary(Instrument);
        return summary;
    }

    public long CountOf(Stratum stratum) =>
        strata.TryGetValue((stratum.Organisation, stratum.Level), out var summary) ? summary.Respondents : 0;

    /// <summary>The sum of the strata that belong to a view.</summary>
    public StratumSummary Merge(Func<Stratum, bool> belongs)
    {
        var sum = new StratumSummary(Instrument);
        foreach (var (stratum, summary) in Strata)
            if (belongs(stratum)) sum.Add(summary);
        return sum;
    }

    public void Add(RoundSummary other)
    {
        foreach (var (stratum, summary) in other.Strata) At(stratum).Add(summary);
    }
}
