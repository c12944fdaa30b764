using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>Nothing was published, because the last check found a figure that may give someone away, or could not rule it out.</summary>
public sealed class ReleaseRefusedException(string message) : Exception(message);

/// <summary>The last check, on every figure made.</summary>
internal sealed class ReleaseGuard(ReportingPlan plan, RoundSummary answers, ShownCells shown)
{
    private readonly Instrument instrument = answers.Instrument;

    /// <summary>
    /// The exact audit before release. For each column and tier: the shown cells pass the audit of the fixed views at their
    /// threshold, and every linear figure in the ledger lies in the row space of the shown cells, over a large prime, with
    /// the coefficients it was really made with. Figures outside it would tell something that was never audited.
    /// </summary>
    /// <exception cref="ReleaseRefusedException">A check fails or cannot be decided.</exception>
    public void Audit(FigureLedger ledger)
    {
        var made = ledger.Entries.ToLookup(e => (e.Column, e.Tier));
        foreach (var column in Columns())
        {
            var valid = Valid(column);
            foreach (var (tier, pattern) in Sets(column))
            {
                if (!ReleaseAudit.Passes(plan, valid, pattern.Threshold, pattern.Shown))
                    throw new ReleaseRefusedException($"The figures of {Name(column)} would not protect every group of fewer than {pattern.Threshold} people.");
                if (tier is { } t && !ReleaseAudit.AreWithin(plan, valid, pattern.Shown, made[(column, t)].Select(e => e.Coefficients)))
                    throw new ReleaseRefusedException($"A figure of {Name(column)} rests on a group that is not shown.");
            }
        }
    }

    /// <summary>Sets of cells audited together, each with its threshold; the tier whose figures must come from them, if any.</summary>
    private IEnumerable<(Tier? Tier, CellPattern Pattern)> Sets(Column column)
    {
        if (column.IsItem)
        {
            yield return (Tier.Members, shown.ItemPattern(column.Index));
            yield return (Tier.Open, shown.ItemPattern(column.Index));
            yield break;
        }

        yield return (Tier.Members, shown.Pattern(column.Index).Members);
        yield return (null, shown.Pattern(column.Index).Precise);
        yield return (Tier.Open, shown.Pattern(column.Index).Open);
    }

    private IEnumerable<Column> Columns()
    {
        for (var m = 0; m < shown.MeasureCount; m++) yield return new(false, m);
        for (var i = 0; i < instrument.ItemCount; i++) yield return new(true, i);
    }

    private ReportingCounts Valid(Column column) => column.IsItem
        ? plan.Count(answers, s => s.Items[column.Index].Valid)
        : plan.Count(answers, s => s.Sums(column.Index).Count);

    private string Name(Column column) => column.IsItem
        ? instrument.Items[column.Index].Id
        : column.Index < instrument.Dimensions.Count ? instrument.Dimensions[column.Index].Id : Measures.Overall;
}
