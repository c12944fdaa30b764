using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>What is summed: a dimension (or, after the last, the overall score), or an item.</summary>
internal readonly record struct Column(bool IsItem, int Index);

/// <summary>A round's valid counts and sums, column by column, taken from its summaries in one pass. Counts are of people who
/// count.</summary>
internal sealed class Columns
{
    private readonly ReportingPlan plan;
    private readonly Instrument instrument;
    private readonly Table all, uncounted;
    private readonly Dictionary<Column, ReportingCounts> valid = [];

    /// <exception cref="ArgumentException">More people of a stratum do not count than answered there.</exception>
    public Columns(ReportingPlan plan, RoundSummary answers, RoundSummary? uncounted)
    {
        this.plan = plan;
        instrument = answers.Instrument;
        Column[] columns = [.. All];
        all = new(answers, columns, this);
        this.uncounted = new(uncounted, columns, this);
        if (this.uncounted.Places.Any(u => !all.Places.TryGetValue(u.Key, out var at) || all.People[at] < this.uncounted.People[u.Value]))
            throw new ArgumentException("Answers that do not count must be among the answers.", nameof(uncounted));
        Questionnaires = Counted(of => of.People);
    }

    public IEnumerable<Column> All =>
        Enumerable.Range(0, instrument.Dimensions.Count + 1).Select(m => new Column(false, m))
            .Concat(Enumerable.Range(0, instrument.ItemCount).Select(i => new Column(true, i)));

    /// <summary>Questionnaires of people who count.</summary>
    public ReportingCounts Questionnaires { get; }

    public ReportingCounts Valid(Column column)
    {
        if (!valid.TryGetValue(column, out var counts)) valid[column] = counts = Counted(of => of.Counts[column]);
        return counts;
    }

    public long UncountedAt(Stratum stratum) => uncounted.Places.TryGetValue(stratum, out var at) ? uncounted.People[at] : 0;

    public StratumTotals Totals(Column column)
    {
        var totals = new Dictionary<Stratum, (long, double)>(all.Places.Count);
        var known = new Dictionary<Stratum, (long Count, double Sum)>(uncounted.Places.Count);
        foreach (var (stratum, at) in uncounted.Places)
            if (uncounted.Counts[column][at] is > 0 and var count) known[stratum] = (count, uncounted.Sums[column][at]);
        foreach (var (stratum, at) in all.Places)
        {
            var (count, sum) = known.GetValueOrDefault(stratum);
            if (all.Counts[column][at] > count) totals[stratum] = (all.Counts[column][at] - count, all.Sums[column][at] - sum);
        }

        return new(totals) { Known = known };
    }

    private ReportingCounts Counted(Func<Table, long[]> of) => plan.Count(
        all.Places.Select(s => (s.Key, of(all)[s.Value])).Concat(uncounted.Places.Select(s => (s.Key, -of(uncounted)[s.Value]))));

    /// <summary>Every person's value is a whole multiple of it.</summary>
    public double Step(Column column) => column switch
    {
        { IsItem: true } => 1,
        { Index: var m } when m < instrument.Dimensions.Count => 1.0 / instrument.Dimensions[m].ScoreUnit,
        _ => 1.0 / PersonScores.OverallUnit(instrument),
    };

    /// <summary>A dimension of one statement, or the overall score of a questionnaire that has no other.</summary>
    public bool IsOneStatement(Column column) => column is { IsItem: false, Index: var m }
        && (m < instrument.Dimensions.Count ? instrument.Dimensions[m].Items.Count : instrument.ItemCount) == 1;

    /// <summary>
    /// May one answer make the score? So in a dimension of one or two statements, and in the overall score where one such dimension is
    /// enough: its mean is one statement's where everybody leaves the other empty.
    /// </summary>
    public bool MayBeOneAnswer(Column column) => column is { IsItem: false, Index: var m }
        && (m < instrument.Dimensions.Count
            ? instrument.Dimensions[m].ItemsForScore == 1
            : instrument.DimensionsForOverall == 1 && instrument.Dimensions.Any(d => d.ItemsForScore == 1));

    public string Name(Column column) => column switch
    {
        { IsItem: true } => instrument.Items[column.Index].Id,
        { Index: var m } when m < instrument.Dimensions.Count => instrument.Dimensions[m].Id,
        _ => Measures.Overall,
    };

    public ScoreSums Sums(StratumSummary summary, Column column) =>
        column.IsItem ? summary.Items[column.Index].ToSums(instrument.Scale) : summary.Sums(column.Index);

    /// <summary>By column, the count and sum of every stratum: all that is kept of the many summaries.</summary>
    private sealed class Table
    {
        public Table(RoundSummary? answers, Column[] columns, Columns of)
        {
            var strata = answers?.StratumCount ?? 0;
            People = new long[strata];
            foreach (var column in columns) (Counts[column], Sums[column]) = (new long[strata], new double[strata]);
            Places.EnsureCapacity(strata);
            foreach (var (stratum, summary) in answers?.Strata ?? [])
            {
                var at = Places.Count;
                Places[stratum] = at;
                People[at] = summary.Respondents;
                foreach (var column in columns)
                {
                    var moments = of.Sums(summary, column).ToMoments();
                    (Counts[column][at], Sums[column][at]) = (moments.Count, moments.Count * moments.Mean);
                }
            }
        }

        public Dictionary<Stratum, int> Places { get; } = [];
        public long[] People { get; }
        public Dictionary<Column, long[]> Counts { get; } = [];
        public Dictionary<Column, double[]> Sums { get; } = [];
    }
}
