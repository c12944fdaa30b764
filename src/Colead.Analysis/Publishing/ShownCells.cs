using System.Collections.Frozen;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;

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
    /// groups and withholds more where they tell too much. Last goes what would betray an end of the scale: who does not count
    /// would otherwise turn "at most" into a number.
    /// </summary>
    public static ShownCells Decide(ReportingPlan plan, Columns columns, ViewTotals totals, ViewTotals? known, Scale scale,
        ProtectionRules rules)
    {
        var protector = new Protector(plan, rules);
        var measures = new List<DimensionPattern>();
        var items = new List<CellPattern>();
        foreach (var column in columns.All)
        {
            var valid = columns.Valid(column);
            if (column.IsItem)
            {
                items.Add(KeepEnds(column, IntervalGuard.Apply(plan, protector.Item(valid), columns.Totals(column), scale,
                    columns.Step(column))));
                continue;
            }

            if (columns.IsOneStatement(column))
            {
                // Its mean is the statement's, and needs as many people.
                var alike = KeepEnds(column, IntervalGuard.Apply(plan, protector.Item(valid), columns.Totals(column), scale,
                    columns.Step(column)));
                measures.Add(new(alike, alike, alike));
                continue;
            }

            var pattern = protector.Dimension(valid);
            if (columns.MayBeOneAnswer(column)) pattern = pattern with { Members = pattern.Precise };
            var (members, precise, open) = IntervalGuard.Apply(plan, pattern, columns.Totals(column), scale, columns.Step(column));
            measures.Add(new(KeepEnds(column, members), KeepEnds(column, precise), KeepEnds(column, open)));
        }

        return new([.. measures], [.. items]);

        CellPattern KeepEnds(Column column, CellPattern pattern)
        {
            if (known is null) return pattern;
            var kept = pattern.Shown.Where(c => !CellFigures.GivesAwayAnEnd(columns.Sums(totals[c], column),
                columns.Sums(known[c], column), scale)).ToFrozenSet();
            return kept.Count == pattern.Shown.Count ? pattern : pattern with { Shown = kept, Optimal = false };
        }
    }

    public bool Measure(int measure, Cell cell, Tier tier) => (tier == Tier.Open ? measures[measure].Open : measures[measure].Members)
        .Shows(cell);

    /// <summary>May anything be told that says how far answers lie apart?</summary>
    public bool Precise(int measure, Cell cell) => measures[measure].Precise.Shows(cell);

    /// <summary>Statements are shown alike in both tiers.</summary>
    public bool Item(int item, Cell cell) => items[item].Shows(cell);

    public DimensionPattern Pattern(int measure) => measures[measure];

    public CellPattern ItemPattern(int item) => items[item];
}

internal enum Tier
{
    Members,
    Open,
}
