using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>Which cells of which measure each tier shows, as disclosure control decided.</summary>
internal sealed class ShownCells
{
    private readonly DimensionPattern[] measures;
    private readonly CellPattern[] items;

    private ShownCells(DimensionPattern[] measures, CellPattern[] items)
    {
        this.measures = measures;
        this.items = items;
    }

    /// <summary>Dimensions, then the overall score.</summary>
    public int MeasureCount => measures.Length;

    /// <summary>
    /// First by roster and counts alone; then the interval guard looks at what the printed means would tell of hidden
    /// groups and withholds more where they tell too much.
    /// </summary>
    public static ShownCells Decide(ReportingPlan plan, RoundSummary answers)
    {
        var instrument = answers.Instrument;
        var protector = new Protector(plan);
        var measures = new DimensionPattern[instrument.Dimensions.Count + 1];
        for (var m = 0; m < measures.Length; m++)
        {
            var measure = m;
            var pattern = protector.Dimension(plan.Count(answers, s => s.Sums(measure).Count));
            measures[m] = IntervalGuard.Apply(plan, pattern, StratumTotals.Of(answers, s => s.Sums(measure).ToMoments()), instrument.Scale, 1.0 / UnitOf(instrument, measure));
        }

        var items = new CellPattern[instrument.ItemCount];
        for (var i = 0; i < items.Length; i++)
        {
            var item = i;
            var pattern = protector.Item(plan.Count(answers, s => s.Items[item].Valid));
            items[i] = IntervalGuard.Apply(plan, pattern, StratumTotals.Of(answers, s => s.Items[item].ToMoments(instrument.Scale)), instrument.Scale, step: 1);
        }

        return new(measures, items);
    }

    public bool Measure(int measure, Cell cell, Tier tier) => (tier == Tier.Open ? measures[measure].Open : measures[measure].Members).Shows(cell);

    /// <summary>May anything be told that says how far answers lie apart?</summary>
    public bool Precise(int measure, Cell cell) => measures[measure].Precise.Shows(cell);

    /// <summary>Statements are shown alike in both tiers.</summary>
    public bool Item(int item, Cell cell) => items[item].Shows(cell);

    private static long UnitOf(Instrument instrument, int measure) =>
        measure < instrument.Dimensions.Count ? instrument.Dimensions[measure].ScoreUnit : PersonScores.OverallUnit(instrument);

    public DimensionPattern Pattern(int measure) => measures[measure];

    public CellPattern ItemPattern(int item) => items[item];
}

internal enum Tier
{
    Members,
    Open,
}
