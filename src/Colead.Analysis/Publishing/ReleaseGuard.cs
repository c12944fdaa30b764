using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Publishing;

/// <summary>Nothing was published, because the last check found a figure that may give someone away, or could not rule it out.</summary>
public sealed class ReleaseRefusedException(string message) : Exception(message);

/// <summary>The last check, on every figure made.</summary>
internal sealed class ReleaseGuard(ReportingPlan plan, Columns columns, ShownCells shown)
{
    /// <summary>
    /// The exact audit before release. For each column and tier: the shown cells pass the audit of the fixed views at their
    /// threshold, and every linear figure in the ledger is a sum of shown cells or lies in their row space, over a large prime, with
    /// the coefficients it was really made with. Figures outside it would tell something that was never audited.
    /// </summary>
    /// <exception cref="ReleaseRefusedException">A check fails or cannot be decided.</exception>
    public void Audit(FigureLedger ledger)
    {
        var made = ledger.Entries.ToLookup(e => (e.Column, e.Tier));
        foreach (var column in columns.All)
        {
            var valid = columns.Valid(column);
            foreach (var (tier, pattern) in Sets(column))
            {
                if (!ReleaseAudit.Passes(plan, valid, pattern.Threshold, pattern.Shown))
                    throw new ReleaseRefusedException($"The figures of {columns.Name(column)} would not protect every group of fewer than {pattern.Threshold} people.");
                if (tier is { } t && !ReleaseAudit.AreWithin(plan, valid, pattern.Shown, Beyond(pattern, made[(column, t)])))
                    throw new ReleaseRefusedException($"A figure of {columns.Name(column)} rests on a group that is not shown.");
            }
        }
    }

    /// <summary>
    /// Coefficients of the figures that rest on a cell that is not shown. The others are sums of shown cells, whatever their weights, and
    /// so within their row space by themselves.
    /// </summary>
    private List<double[]> Beyond(CellPattern pattern, IEnumerable<FigureLedger.Entry> figures)
    {
        var known = new Dictionary<IReadOnlyList<Cell>, bool>(ReferenceEqualityComparer.Instance);
        return [.. figures.Where(figure => !AreShown(figure.Cells)).Select(figure => figure.Coefficients(plan))];

        bool AreShown(IReadOnlyList<Cell> cells)
        {
            if (!known.TryGetValue(cells, out var shownAll)) known[cells] = shownAll = cells.All(pattern.Shows);
            return shownAll;
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
}
