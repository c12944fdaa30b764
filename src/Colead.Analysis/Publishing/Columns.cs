using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>What is summed: a dimension (or, after the last, the overall score), or an item.</summary>
internal readonly record struct Column(bool IsItem, int Index);

/// <summary>A round's valid counts and sums, column by column, taken from its summaries in one pass. Counts are of people who count.</summary>
internal sealed class Columns
{
    private readonly ReportingPlan plan;
    private readonly Instrument instrument;
    private readonly Dictionary<Stratum, StratumSummary> strata, uncounted;
    private readonly Dictionary<Column, ReportingCounts> valid = [];

    /// <exception cref="ArgumentException">More people of a stratum do not count than answered there.</exception>
    public Columns(ReportingPlan plan, RoundSummary answers, RoundSummary? uncounted)
    {
        this.plan = plan;
        instrument = answers.Instrument;
        strata = answers.Strata.ToDictionary();
        this.uncounted = uncounted?.Strata.ToDictionary() ?? [];
        if (this.uncounted.Any(u => !strata.TryGetValue(u.Key, out var all) || all.Respondents < u.Value.Respondents))
            throw new ArgumentException("Answers that do not count must be among the answers.", nameof(uncounted));
        Questionnaires = plan.Count(s => strata.TryGetValue(s, out var all) ? all.Respondents - UncountedAt(s) : 0);
    }

    public IEnumerable<Column> All =>
        Enumerable.Range(0, instrument.Dimensions.Count + 1).Select(m => new Column(false, m))
            .Concat(Enumerable.Range(0, instrument.ItemCount).Select(i => new Column(true, i)));

    /// <summary>Questionnaires of people who count.</summary>
    public ReportingCounts Questionnaires { get; }

    public ReportingCounts Valid(Column column)
    {
        if (!valid.TryGetValue(column, out var counts))
            valid[column] = counts = plan.Count(s =>
                (strata.TryGetValue(s, out var all) ? Sums(all, column).Count : 0) - (uncounted.TryGetValue(s, out var known) ? Sums(known, column).Count : 0));
        return counts;
    }

    public long UncountedAt(Stratum stratum) => uncounted.TryGetValue(stratum, out var known) ? known.Respondents : 0;

    public StratumTotals Totals(Column column)
    {
        var totals = new Dictionary<Stratum, (long, double)>(strata.Count);
        var known = new Dictionary<Stratum, (long Count, double Sum)>(uncounted.Count);
        foreach (var (stratum, summary) in uncounted)
            if (Sums(summary, column).ToMoments() is { Count: > 0 } moments) known[stratum] = (moments.Count, moments.Count * moments.Mean);
        foreach (var (stratum, summary) in strata)
        {
            var moments = Sums(summary, column).ToMoments();
            var (count, sum) = known.GetValueOrDefault(stratum);
            if (moments.Count > count) totals[stratum] = (moments.Count - count, moments.Count * moments.Mean - sum);
        }

        return new(totals) { Known = known };
    }

    /// <summary>Every person's value is a whole multiple of it.</summary>
    public double Step(Column column) => column switch
    {
        { IsItem: true } => 1,
        { Index: var m } when m < instrument.Dimensions.Count => 1.0 / instrument.Dimensions[m].ScoreUnit,
        _ => 1.0 / PersonScores.OverallUnit(instrument),
    };

    /// <summary>A dimension of one statement.</summary>
    public bool IsOneStatement(Column column) =>
        column is { IsItem: false, Index: var m } && m < instrument.Dimensions.Count && instrument.Dimensions[m].Items.Count == 1;

    public string Name(Column column) => column switch
    {
        { IsItem: true } => instrument.Items[column.Index].Id,
        { Index: var m } when m < instrument.Dimensions.Count => instrument.Dimensions[m].Id,
        _ => Measures.Overall,
    };

    public ScoreSums Sums(StratumSummary summary, Column column) =>
        column.IsItem ? summary.Items[column.Index].ToSums(instrument.Scale) : summary.Sums(column.Index);
}
