using System.Numerics;

namespace Colead.Analysis.Disclosure;

/// <summary>What one sector can contribute at fewer than k people: patterns of equal coefficients over its levels.</summary>
internal sealed class SectorOptions
{
    private readonly FixedViews views;
    private readonly int sector;
    private readonly bool[] unitShown, columnOwn, crossShown;
    private readonly bool[] hiddenAt, cancelsAt;
    private readonly List<int>[] shownAt;
    private readonly List<int[]> cellsOf = [];

    public SectorOptions(FixedViews views, int sector, bool[] shown, long k)
    {
        this.views = views;
        this.sector = sector;
        var levels = views.Levels;
        int from = views.FirstUnit[sector], to = views.FirstUnit[sector + 1];
        unitShown = [.. Enumerable.Range(from, to - from).Select(u => shown[views.UnitCell(u)])];
        columnOwn = new bool[levels];
        crossShown = new bool[levels];
        ColumnOf = new int[levels];
        hiddenAt = new bool[levels];
        cancelsAt = new bool[levels];
        shownAt = [.. Enumerable.Range(0, levels).Select(_ => new List<int>())];
        Array.Fill(ColumnOf, -1);

        // Levels without a shown cell of their own here share one coefficient: they are one column.
        var common = -1;
        for (var l = 0; l < levels; l++)
        {
            crossShown[l] = shown[views.CrossCell(sector, l)];
            columnOwn[l] = crossShown[l] || shown[FixedViews.LevelCell(l)];
            var present = false;
            for (var u = from; u < to && !present; u++) present = views.Present[u * levels + l];
            if (!present) continue;
            if (!columnOwn[l] && common >= 0)
            {
                ColumnOf[l] = common;
                continue;
            }

            ColumnOf[l] = Columns++;
            if (!columnOwn[l]) common = ColumnOf[l];
            cellsOf.Add(columnOwn[l]
                ? [FixedViews.AllCell, views.SectorCell(sector), FixedViews.LevelCell(l), views.CrossCell(sector, l)]
                : [FixedViews.AllCell, views.SectorCell(sector)]);
        }

        var pool = new long[Columns];
        var poolPresent = new bool[Columns];
        var rows = new List<(long Total, long[] Weights)>();
        var joined = Enumerable.Range(0, Columns).ToArray();
        for (var u = from; u < to; u++)
        {
            var weights = new long[Columns];
            var first = -1;
            var several = false;
            for (var l = 0; l < levels; l++)
            {
                var at = u * levels + l;
                if (!views.Present[at]) continue;
                var c = ColumnOf[l];
                weights[c] += views.Weight[at];
                if (unitShown[u - from])
                {
                    if (first < 0) first = c;
                    else if (c != first)
                    {
                        several = true;
                        Join(first, c);
                    }
                }
                else
                {
                    pool[c] += views.Weight[at];
                    poolPresent[c] = true;
                }
            }

            for (var l = 0; l < levels; l++)
            {
                if (!views.Present[u * levels + l]) continue;
                if (!unitShown[u - from]) hiddenAt[l] = true;
                else if (several) shownAt[l].Add(u);
                else cancelsAt[l] = true;
            }

            // A shown unit within one column can always be cancelled and ties nothing together.
            if (several) rows.Add((views.UnitTotal[u], weights));
        }

        for (var c = 0; c < Columns; c++)
        {
            if (poolPresent[c]) Forced.Add((c, -1));
            if (Root(c) != c) Forced.Add((c, Root(c)));
        }

        Patterns = Cheapest(pool, rows, k);

        int Root(int c)
        {
            while (joined[c] != c) c = joined[c];
            return c;
        }

        void Join(int a, int b)
        {
            (a, b) = (Root(a), Root(b));
            joined[Math.Max(a, b)] = Math.Min(a, b);
        }
    }

    public int Columns { get; }

    /// <summary>Column of each level, −1 where the sector invited nobody.</summary>
    public int[] ColumnOf { get; }

    /// <summary>Equalities that make the combination nothing in this sector.</summary>
    public List<(int First, int Second)> Forced { get; } = [];

    /// <summary>Patterns by cost, none of them needing more equalities than another that costs no more.</summary>
    public IReadOnlyList<SectorPattern> Patterns { get; }

    public IReadOnlyList<int> CellsOf(int column) => cellsOf[column];

    /// <summary>Hidden units have invited people at the level.</summary>
    public bool HiddenAt(int level) => hiddenAt[level];

    /// <summary>A shown unit that can always be cancelled altogether has invited people at the level.</summary>
    public bool CancelsAt(int level) => cancelsAt[level];

    /// <summary>The other shown units with invited people at the level, ascending.</summary>
    public IReadOnlyList<int> ShownAt(int level) => shownAt[level];

    public bool Fits(bool[] shown)
    {
        for (var i = 0; i < unitShown.Length; i++)
            if (unitShown[i] != shown[views.UnitCell(views.FirstUnit[sector] + i)]) return false;
        for (var l = 0; l < views.Levels; l++)
        {
            var cross = shown[views.CrossCell(sector, l)];
            if (cross != crossShown[l] || (cross || shown[FixedViews.LevelCell(l)]) != columnOwn[l]) return false;
        }

        return true;
    }

    /// <summary>The coefficient whose levels hold most of a unit's sure people; 0 where that is as good.</summary>
    public ulong CheapestValue(int unit, ulong[] values)
    {
        ulong best = 0;
        long most = -1;
        foreach (var value in values.Prepend(0UL))
        {
            var (people, present) = (0L, false);
            for (var l = 0; l < views.Levels; l++)
            {
                if (!views.Present[unit * views.Levels + l] || values[ColumnOf[l]] != value) continue;
                people += views.Weight[unit * views.Levels + l];
                present = true;
            }

            if (present && people > most) (most, best) = (people, value);
        }

        return best;
    }

    private List<SectorPattern> Cheapest(long[] pool, List<(long Total, long[] Weights)> rows, long k)
    {
        var cheap = new List<(long Cost, int Size, EqualityPattern Pattern)>();
        Span<long> sums = stackalloc long[EqualityPattern.MostColumns + 1];
        foreach (var pattern in EqualityPattern.Over(Columns))
        {
            long cost = 0;
            for (var c = 0; c < Columns; c++)
                if (pattern.Class[c] != 0) cost += pool[c];
            for (var r = 0; r < rows.Count && cost < k; r++)
            {
                sums.Clear();
                long most = 0;
                for (var c = 0; c < Columns; c++) most = Math.Max(most, sums[pattern.Class[c]] += rows[r].Weights[c]);
                cost += rows[r].Total - most;
            }

            if (cost < k) cheap.Add((cost, BitOperations.PopCount(pattern.Pairs), pattern));
        }

        cheap.Sort((a, b) => (a.Cost, a.Size).CompareTo((b.Cost, b.Size)));
        var kept = new List<SectorPattern>();
        var masks = new List<ulong>();
        foreach (var (cost, _, pattern) in cheap)
        {
            if (masks.Exists(m => (m & ~pattern.Pairs) == 0)) continue;
            masks.Add(pattern.Pairs);
            kept.Add(new(cost, pattern.Equalities));
        }

        return kept;
    }
}

/// <summary>Equalities between a sector's columns (second = −1: equal to zero), and the fewest people a combination obeying them
/// touches.</summary>
internal sealed record SectorPattern(long Cost, IReadOnlyList<(int First, int Second)> Equalities);

/// <summary>A division of columns into classes of equal coefficient; class 0 is the coefficient zero and may be empty.</summary>
internal sealed record EqualityPattern(int[] Class, ulong Pairs, IReadOnlyList<(int First, int Second)> Equalities)
{
    public const int MostColumns = ReportingPlan.MostLevels;
    private static readonly Lazy<EqualityPattern[]>[] Tables =
        [.. Enumerable.Range(0, MostColumns + 1).Select(n => new Lazy<EqualityPattern[]>(() => [.. Enumerate(new int[n], 0, 0)]))];

    public static EqualityPattern[] Over(int columns) => Tables[columns].Value;

    private static IEnumerable<EqualityPattern> Enumerate(int[] classes, int at, int highest)
    {
        if (at == classes.Length)
        {
            yield return Of([.. classes]);
            yield break;
        }

        for (var c = 0; c <= highest + 1; c++)
        {
            classes[at] = c;
            foreach (var pattern in Enumerate(classes, at + 1, Math.Max(highest, c))) yield return pattern;
        }
    }

    private static EqualityPattern Of(int[] classes)
    {
        ulong pairs = 0;
        var equalities = new List<(int, int)>();
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] == 0)
            {
                pairs |= 1UL << i;
                equalities.Add((i, -1));
                continue;
            }

            for (var j = 0; j < i; j++)
                if (classes[j] == classes[i]) pairs |= 1UL << (MostColumns + i * (i - 1) / 2 + j);
            var first = Array.IndexOf(classes, classes[i]);
            if (first < i) equalities.Add((i, first));
        }

        for (var i = 0; i < classes.Length; i++)
            for (var j = 0; j < i; j++)
                if (classes[i] == 0 && classes[j] == 0) pairs |= 1UL << (MostColumns + i * (i - 1) / 2 + j);
        return new(classes, pairs, equalities);
    }
}
