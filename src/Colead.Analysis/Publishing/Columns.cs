using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>What is summed: a dimension (or, after the last, the overall score), or an item.</summary>
internal readonly record struct Column(bool IsItem, int Index);

/// <summary>A round's valid counts and sums, column by column, taken from its summaries in one pass.</summary>
internal sealed class Columns
{
    private readonly ReportingPlan plan;
    private readonly Instrument instrument;
    private readonly Dictionary<Stratum, StratumSummary> strata;
    private readonly Dictionary<Column, ReportingCounts> valid = [];

    public Columns(ReportingPlan plan, RoundSummary answers)
    {
        this.plan = plan;
        instrument = answers.Instrument;
        strata = answers.Strata.ToDictionary();
    }

    public IEnumerable<Column> All =>
        Enumerable.Range(0, instrument.Dimensions.Count + 1).Select(m => new Column(false, m))
            .Concat(Enumerable.Range(0, instrument.ItemCount).Select(i => new Column(true, i)));

    public ReportingCounts Valid(Column column)
    {
        if (!valid.TryGetValue(column, out var counts))
            valid[column] = counts = plan.Count(s => strata.TryGetValue(s, out var summary) ? Sums(summary, column).Count : 0);
        return counts;
    }

    public StratumTotals Totals(Column column)
    {
        var totals = new Dictionary<Stratum, (long, double)>(strata.Count);
        foreach (var (stratum, summary) in strata)
            if (Sums(summary, column).ToMoments() is { Count: > 0 } moments) totals[stratum] = (moments.Count, moments.Count * moments.Mean);
        return new(totals);
    }

    /// <summary>Every person's value is a whole multiple of it.</summary>
    public double Step(Column column) => column switch
    {
        { IsItem: true } => 1,
        { Index: var m } when m < instrument.Dimensions.Count => 1.0 / instrument.Dimensions[m].ScoreUnit,
        _ => 1.0 / PersonScores.OverallUnit(instrument),
    };

    public string Name(Column column) => column switch
    {
        { IsItem: true } => instrument.Items[column.Index].Id,
        { Index: var m } when m < instrument.Dimensions.Count => instrument.Dimensions[m].Id,
        _ => Measures.Overall,
    };

    private ScoreSums Sums(StratumSummary summary, Column column) =>
        column.IsItem ? summary.Items[column.Index].ToSums(instrument.Scale) : summary.Sums(column.Index);
}
