namespace Colead.Analysis.Disclosure;

/// <summary>Counts of people added up for every cell of the fixed views at once.</summary>
internal sealed class CellCounts
{
    private readonly long[] bySector, byLevel, byUnit, byCross;
    private readonly int levels;
    private readonly long all;

    /// <param name="counts">By unit × level.</param>
    public CellCounts(ReportingPlan plan, long[] counts)
    {
        levels = plan.Structure.Levels.Count;
        bySector = new long[plan.Structure.Sectors.Count];
        byLevel = new long[levels];
        byUnit = new long[plan.Units.Count];
        byCross = new long[bySector.Length * levels];
        for (var u = 0; u < byUnit.Length; u++)
            for (var l = 0; l < levels; l++)
            {
                var n = counts[u * levels + l];
                all += n;
                bySector[plan.Units[u].Sector] += n;
                byLevel[l] += n;
                byUnit[u] += n;
                byCross[plan.Units[u].Sector * levels + l] += n;
            }
    }

    public long this[Cell cell] => cell.Kind switch
    {
        ViewKind.All => all,
        ViewKind.Sector => bySector[cell.First],
        ViewKind.Level => byLevel[cell.First],
        ViewKind.Unit => byUnit[cell.First],
        ViewKind.SectorLevel => byCross[cell.First * levels + cell.Second],
        _ => throw new ArgumentOutOfRangeException(nameof(cell)),
    };
}
