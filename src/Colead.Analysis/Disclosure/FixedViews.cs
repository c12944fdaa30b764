namespace Colead.Analysis.Disclosure;

/// <summary>
/// One decision's arithmetic: units × levels with the sure people in them, and the cells as small integers. Sectors and
/// units are put in an order that depends on their people alone, so that names decide nothing. Of actual people it
/// tells only whether a planned cell has enough.
/// </summary>
internal sealed class FixedViews
{
    private readonly int[] unitAt, sectorAt;

    public FixedViews(ReportingPlan plan, ReportingCounts valid, long[] sure, long k)
    {
        Levels = plan.Structure.Levels.Count;
        Sectors = plan.Structure.Sectors.Count;
        Units = plan.Units.Count;
        var levels = Levels;

        int CompareRows(int u, int v)
        {
            for (var l = 0; l < levels; l++)
            {
                var order = sure[v * levels + l].CompareTo(sure[u * levels + l]);
                if (order != 0) return order;
                order = plan.Invited[v, l].CompareTo(plan.Invited[u, l]);
                if (order != 0) return order;
            }

            return plan.Units[v].MayShow.CompareTo(plan.Units[u].MayShow);
        }

        var unitTotals = new long[Units];
        for (var u = 0; u < Units; u++)
            for (var l = 0; l < levels; l++) unitTotals[u] += sure[u * levels + l];
        var inSector = new List<int>[Sectors];
        for (var s = 0; s < Sectors; s++) inSector[s] = [];
        for (var u = 0; u < Units; u++) inSector[plan.Units[u].Sector].Add(u);
        foreach (var list in inSector)
            list.Sort((u, v) => unitTotals[u] != unitTotals[v] ? unitTotals[v].CompareTo(unitTotals[u])
                : CompareRows(u, v) is var c and not 0 ? c : u.CompareTo(v));

        sectorAt = [.. Enumerable.Range(0, Sectors)];
        Array.Sort(sectorAt, (s, t) =>
        {
            var order = inSector[t].Sum(u => unitTotals[u]).CompareTo(inSector[s].Sum(u => unitTotals[u]));
            if (order == 0) order = inSector[t].Count.CompareTo(inSector[s].Count);
            for (var i = 0; order == 0 && i < inSector[s].Count; i++) order = CompareRows(inSector[s][i], inSector[t][i]);
            return order != 0 ? order : s.CompareTo(t);
        });

        unitAt = new int[Units];
        SectorOf = new int[Units];
        FirstUnit = new int[Sectors + 1];
        Weight = new long[Units * levels];
        Present = new bool[Units * levels];
        UnitTotal = new long[Units];
        var at = 0;
        for (var s = 0; s < Sectors; s++)
        {
            FirstUnit[s] = at;
            foreach (var u in inSector[sectorAt[s]])
            {
                unitAt[at] = u;
                SectorOf[at] = s;
                UnitTotal[at] = unitTotals[u];
                for (var l = 0; l < levels; l++)
                {
                    Weight[at * levels + l] = sure[u * levels + l];
                    Present[at * levels + l] = plan.Invited[u, l] > 0 || valid[u, l] > 0;
                }

                at++;
            }
        }

        FirstUnit[Sectors] = at;
        Cells = 1 + levels + Sectors + Sectors * levels + Units;
        Worth = new long[Cells];
        Enough = new bool[Cells];
        var actual = new long[Cells];
        for (var u = 0; u < Units; u++)
            for (var l = 0; l < levels; l++)
            {
                var i = u * levels + l;
                if (!Present[i]) continue;
                // People who do not count are worth what their number may be.
                Add(Worth, u, l, Weight[i] > 0 ? Weight[i] : plan.Invited[unitAt[u], l]);
                Add(actual, u, l, valid[unitAt[u], l]);
            }

        IndexOf = new Dictionary<Cell, int>(Cells);
        for (var c = 0; c < Cells; c++) IndexOf[CellAt(c)] = c;
        foreach (var cell in plan.Planned) Enough[IndexOf[cell]] = actual[IndexOf[cell]] >= k;

        void Add(long[] cells, int u, int l, long n)
        {
            cells[AllCell] += n;
            cells[LevelCell(l)] += n;
            cells[SectorCell(SectorOf[u])] += n;
            cells[CrossCell(SectorOf[u], l)] += n;
            cells[UnitCell(u)] += n;
        }
    }

    public int Levels { get; }

    public int Sectors { get; }

    public int Units { get; }

    /// <summary>Number of conceivable cells; a cell is an index below it.</summary>
    public int Cells { get; }

    public int[] SectorOf { get; }

    /// <summary>Units of sector s are FirstUnit[s] .. FirstUnit[s+1] − 1.</summary>
    public int[] FirstUnit { get; }

    /// <summary>Sure people per unit × level.</summary>
    public long[] Weight { get; }

    /// <summary>Somebody was invited there, whether or not anybody answered.</summary>
    public bool[] Present { get; }

    public long[] UnitTotal { get; }

    /// <summary>How many people's figures a cell stands for: the sure ones, and those invited where nobody is sure.</summary>
    public long[] Worth { get; }

    /// <summary>Planned cells with at least k people, sure or not.</summary>
    public bool[] Enough { get; }

    public Dictionary<Cell, int> IndexOf { get; }

    public const int AllCell = 0;

    public static int LevelCell(int level) => 1 + level;

    public int SectorCell(int sector) => 1 + Levels + sector;

    public int CrossCell(int sector, int level) => 1 + Levels + Sectors + sector * Levels + level;

    public int UnitCell(int unit) => 1 + Levels + Sectors + Sectors * Levels + unit;

    /// <summary>The cell under the plan's own indexes.</summary>
    public Cell CellAt(int index)
    {
        if (index == 0) return Cell.All;
        index--;
        if (index < Levels) return Cell.Level(index);
        index -= Levels;
        if (index < Sectors) return Cell.Sector(sectorAt[index]);
        index -= Sectors;
        if (index < Sectors * Levels) return Cell.SectorLevel(sectorAt[index / Levels], index % Levels);
        return Cell.Unit(unitAt[index - Sectors * Levels]);
    }

    public ViewKind KindOf(int index) => index == 0 ? ViewKind.All
        : index < 1 + Levels ? ViewKind.Level
        : index < 1 + Levels + Sectors ? ViewKind.Sector
        : index < 1 + Levels + Sectors + Sectors * Levels ? ViewKind.SectorLevel
        : ViewKind.Unit;
}
