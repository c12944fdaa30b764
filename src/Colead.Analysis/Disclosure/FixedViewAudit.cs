using System.Numerics;

namespace Colead.Analysis.Disclosure;

/// <summary>What an audit found: nothing, a combination of published cells that reaches too few people, or no decision.</summary>
/// <param name="Cells">Cells (indexes) with a nonzero coefficient in the combination; empty where none was found.</param>
/// <param name="People">Sure people the combination leaves.</param>
internal sealed record AuditFinding(bool Decided, IReadOnlyList<int> Cells, long People)
{
    public bool Passes => Decided && Cells.Count == 0;

    public static AuditFinding Clean { get; } = new(true, [], 0);

    public static AuditFinding Undecided { get; } = new(false, [], 0);
}

/// <summary>
/// Exact audit of the fixed views. A combination of shown cells gives the people of unit u at level l the coefficient
/// v(u, l) = a(u) + D(s(u), l), where a(u) = 0 for hidden units and D(s, l) = e + b(l) + c(s) + d(s, l) takes only shown
/// cells. The combination must be nothing at all, or touch at least k sure people. For a given D a shown unit best
/// chooses a(u) so as to cancel its heaviest set of levels on which D is equal; so only the equalities of D within each
/// sector matter, a few hundred patterns, and a depth-first search over sectors finds whether patterns that cost fewer than
/// k people together leave room for a D that is not nothing.
/// </summary>
internal sealed class FixedViewAudit(FixedViews views, long k)
{
    private const int NodeLimit = 200_000;
    private readonly SectorOptions?[] options = new SectorOptions?[views.Sectors];
    private readonly List<ulong[]> trivial = [];
    private int[] parameterOf = [];
    private int parameters;
    private int nodes;

    public AuditFinding Find(bool[] shown)
    {
        parameterOf = new int[views.Cells];
        Array.Fill(parameterOf, -1);
        parameters = 0;
        for (var c = 0; c < views.UnitCell(0); c++)
            if (shown[c]) parameterOf[c] = parameters++;
        trivial.Clear();
        for (var s = 0; s < views.Sectors; s++)
        {
            if (options[s] is not { } known || !known.Fits(shown)) options[s] = new SectorOptions(views, s, shown, k);
            foreach (var (first, second) in options[s]!.Forced) trivial.Add(Functional(s, first, second));
        }

        var basis = new List<ulong[]>(parameters);
        for (var i = 0; i < parameters; i++)
        {
            var unit = new ulong[parameters];
            unit[i] = 1;
            basis.Add(unit);
        }

        // A shown unit by itself (D = 0) touches all its people and nobody else.
        for (var u = 0; u < views.Units; u++)
            if (shown[views.UnitCell(u)] && views.UnitTotal[u] < k && HasPeople(u))
                return new(true, [views.UnitCell(u)], views.UnitTotal[u]);
        nodes = 0;
        return Search(0, k - 1, basis, shown) ?? AuditFinding.Clean;
    }

    private AuditFinding? Search(int sector, long budget, List<ulong[]> basis, bool[] shown)
    {
        if (++nodes > NodeLimit) return AuditFinding.Undecided;
        if (basis.TrueForAll(IsTrivial)) return null;
        if (sector == views.Sectors) return Describe(basis, shown);
        foreach (var option in options[sector]!.Patterns)
        {
            if (option.Cost > budget) break;
            var rest = basis;
            foreach (var (first, second) in option.Equalities) rest = Impose(rest, Functional(sector, first, second));
            if (Search(sector + 1, budget - option.Cost, rest, shown) is { } found) return found;
        }

        return null;
    }

    private bool HasPeople(int unit)
    {
        for (var l = 0; l < views.Levels; l++)
            if (views.Present[unit * views.Levels + l]) return true;
        return false;
    }

    /// <summary>D(sector, first) − D(sector, second) as a row over the parameters; second = −1 stands for 0.</summary>
    private ulong[] Functional(int sector, int first, int second)
    {
        var row = new ulong[parameters];
        AddTerm(row, sector, first, 1);
        if (second >= 0) AddTerm(row, sector, second, PrimeField.Modulus - 1);
        return row;
    }

    private void AddTerm(ulong[] row, int sector, int column, ulong sign)
    {
        foreach (var cell in options[sector]!.CellsOf(column))
            if (parameterOf[cell] is >= 0 and var p) row[p] = PrimeField.Add(row[p], sign);
    }

    private static ulong Apply(ulong[] row, ulong[] vector)
    {
        ulong sum = 0;
        for (var i = 0; i < row.Length; i++)
            if (row[i] != 0 && vector[i] != 0) sum = PrimeField.Add(sum, PrimeField.Multiply(row[i], vector[i]));
        return sum;
    }

    private static List<ulong[]> Impose(List<ulong[]> basis, ulong[] row)
    {
        var pivot = -1;
        var values = new ulong[basis.Count];
        for (var i = 0; i < basis.Count; i++)
        {
            values[i] = Apply(row, basis[i]);
            if (values[i] != 0 && pivot < 0) pivot = i;
        }

        if (pivot < 0) return basis;
        var scale = PrimeField.Inverse(values[pivot]);
        var result = new List<ulong[]>(basis.Count - 1);
        for (var i = 0; i < basis.Count; i++)
        {
            if (i == pivot) continue;
            if (values[i] == 0)
            {
                result.Add(basis[i]);
                continue;
            }

            var factor = PrimeField.Multiply(values[i], scale);
            var next = new ulong[row.Length];
            for (var j = 0; j < next.Length; j++)
                next[j] = PrimeField.Subtract(basis[i][j], basis[pivot][j] == 0 ? 0 : PrimeField.Multiply(factor, basis[pivot][j]));
            result.Add(next);
        }

        return result;
    }

    private bool IsTrivial(ulong[] vector) => trivial.TrueForAll(row => Apply(row, vector) == 0);

    /// <summary>The simplest combination found: cells with nonzero coefficients, and the sure people it touches.</summary>
    private AuditFinding Describe(List<ulong[]> basis, bool[] shown)
    {
        AuditFinding? best = null;
        foreach (var vector in basis)
        {
            if (IsTrivial(vector)) continue;
            var cells = new List<int>();
            for (var c = 0; c < parameterOf.Length; c++)
                if (parameterOf[c] >= 0 && vector[parameterOf[c]] != 0) cells.Add(c);
            long people = 0;
            for (var s = 0; s < views.Sectors; s++)
            {
                var o = options[s]!;
                var values = new ulong[o.Columns];
                for (var c = 0; c < o.Columns; c++) values[c] = Apply(Functional(s, c, -1), vector);
                for (var u = views.FirstUnit[s]; u < views.FirstUnit[s + 1]; u++)
                {
                    ulong cancelled = 0;
                    if (shown[views.UnitCell(u)])
                    {
                        cancelled = o.BestValue(u, values);
                        if (cancelled != 0) cells.Add(views.UnitCell(u));
                    }

                    for (var l = 0; l < views.Levels; l++)
                        if (o.ColumnOf[l] >= 0 && values[o.ColumnOf[l]] != cancelled) people += views.Weight[u * views.Levels + l];
                }
            }

            if (best is null || cells.Count < best.Cells.Count) best = new(true, cells, people);
        }

        return best!;
    }
}

/// <summary>What one sector can contribute at fewer than k people: patterns of equal coefficients over its levels.</summary>
internal sealed class SectorOptions
{
    private readonly FixedViews views;
    private readonly int sector;
    private readonly bool[] unitShown, columnOwn, crossShown;
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

    /// <summary>The value whose levels hold most of a unit's sure people; 0 where it ties.</summary>
    public ulong BestValue(int unit, ulong[] values)
    {
        ulong best = 0;
        var most = PeopleWith(0);
        foreach (var value in values)
            if (PeopleWith(value) is var people && people > most) (most, best) = (people, value);
        if (most > 0) return best;
        // No sure people at all: cancel where anybody was invited.
        for (var l = 0; l < views.Levels; l++)
            if (views.Present[unit * views.Levels + l]) return values[ColumnOf[l]];
        return 0;

        long PeopleWith(ulong value)
        {
            long sum = 0;
            for (var l = 0; l < views.Levels; l++)
                if (ColumnOf[l] >= 0 && values[ColumnOf[l]] == value) sum += views.Weight[unit * views.Levels + l];
            return sum;
        }
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

/// <summary>Equalities between a sector's columns (second = −1: equal to zero), and the fewest people a combination obeying them touches.</summary>
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
