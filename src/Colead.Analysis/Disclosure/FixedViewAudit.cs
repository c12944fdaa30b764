namespace Colead.Analysis.Disclosure;

/// <summary>What an audit found: nothing, a combination of published cells that reaches too few people, or no decision.</summary>
/// <param name="Cells">Cells (indexes) with a nonzero coefficient in the combination; empty where none was found.</param>
internal sealed record AuditFinding(bool Decided, IReadOnlyList<int> Cells)
{
    public bool Passes => Decided && Cells.Count == 0;

    public static AuditFinding Clean { get; } = new(true, []);

    public static AuditFinding Undecided { get; } = new(false, []);
}

/// <summary>
/// Exact audit of the fixed views. A combination of shown cells gives the people of unit u at level l the coefficient
/// v(u, l) = a(u) + D(s(u), l), where a(u) = 0 for hidden units and D(s, l) = e + b(l) + c(s) + d(s, l) takes only shown
/// cells. A combination is in order if it is nothing, or touches at least k sure people, or touches everyone of a planned
/// cell that has at least k people.
/// </summary>
/// <remarks>
/// For a given D a shown unit touches fewest by cancelling its heaviest set of levels on which D is equal; so only the
/// equalities of D within each sector matter, a few hundred patterns, and a depth-first search over sectors finds the
/// spaces of D that touch fewer than k sure people. Within such a space every planned cell with enough people must then be
/// left out somewhere: where D vanishes for hidden units, or where a shown unit cancels there at a price it can afford. The
/// search branches over those places, each of which narrows the space or spends people.
/// </remarks>
internal sealed class FixedViewAudit(FixedViews views, long k)
{
    private const int NodeLimit = 200_000;
    private readonly SectorOptions?[] options = new SectorOptions?[views.Sectors];
    private readonly List<ulong[]> trivial = [];
    private readonly Dictionary<(int, int), ulong[]> functionals = [];
    private List<LargeCell>? large;
    private int[] parameterOf = [];
    private int parameters;
    private int nodes;

    public AuditFinding Find(bool[] shown)
    {
        parameterOf = new int[views.Cells];
        Array.Fill(parameterOf, -1);
        parameters = 0;
        for (var c = 0; c < shown.Length; c++)
        {
            // A cell that is shown with too few, or that was never planned, is a leak by itself.
            if (shown[c] && !views.Enough[c]) return new(true, [c]);
            if (shown[c] && c < views.UnitCell(0)) parameterOf[c] = parameters++;
        }

        trivial.Clear();
        functionals.Clear();
        for (var s = 0; s < views.Sectors; s++)
        {
            if (options[s] is not { } known || !known.Fits(shown)) options[s] = new SectorOptions(views, s, shown, k);
            foreach (var (first, second) in options[s]!.Forced) trivial.Add(Functional(s, first, second));
        }

        large = null;
        var basis = new List<ulong[]>(parameters);
        for (var i = 0; i < parameters; i++)
        {
            var unit = new ulong[parameters];
            unit[i] = 1;
            basis.Add(unit);
        }

        nodes = 0;
        return Search(0, k - 1, basis, shown) ?? AuditFinding.Clean;
    }

    private AuditFinding? Search(int sector, long budget, List<ulong[]> basis, bool[] shown)
    {
        if (++nodes > NodeLimit) return AuditFinding.Undecided;
        if (basis.TrueForAll(IsTrivial)) return null;
        if (sector == views.Sectors) return Escape(budget, basis, shown, []);
        foreach (var option in options[sector]!.Patterns)
        {
            if (option.Cost > budget) break;
            var rest = basis;
            foreach (var (first, second) in option.Equalities) rest = Impose(rest, Functional(sector, first, second));
            if (Search(sector + 1, budget - option.Cost, rest, shown) is { } found) return found;
        }

        return null;
    }

    /// <summary>Looks for a combination in the space that leaves somebody out of every large cell.</summary>
    /// <param name="cancelled">Shown units that cancel at a chosen column, not where it is cheapest.</param>
    private AuditFinding? Escape(long budget, List<ulong[]> basis, bool[] shown, List<(int Unit, int Column)> cancelled)
    {
        if (++nodes > NodeLimit) return AuditFinding.Undecided;
        if (basis.TrueForAll(IsTrivial)) return null;
        large ??= LargeCell.Of(views, options!, shown);
        var whole = large.Find(cell => !IsLeftOut(cell, basis, cancelled));
        if (whole is null) return Describe(basis, shown, cancelled);
        foreach (var (unit, column) in whole.Units)
        {
            // Cancelling here at no price and without narrowing the space is as good as any other way.
            if (cancelled.Exists(c => c.Unit == unit)) continue;
            var (most, there) = Cancelling(unit, column, basis);
            if (most == there) return With(unit, column, budget, basis);
        }

        foreach (var (sector, column) in whole.Blocks)
            if (Escape(budget, Impose(basis, Functional(sector, column, -1)), shown, cancelled) is { } found) return found;
        foreach (var (unit, column) in whole.Units)
        {
            if (cancelled.Exists(c => c.Unit == unit)) continue;
            var (most, _) = Cancelling(unit, column, basis);
            var sector = views.SectorOf[unit];
            for (var joined = 0; joined < 1 << options[sector]!.Columns; joined++)
            {
                // The columns made equal to the chosen one, and so cancelled with it.
                if ((joined >> column & 1) == 0 || most - PeopleAt(unit, joined) is var price && price > budget) continue;
                var rest = basis;
                for (var c = 0; c < options[sector]!.Columns; c++)
                    if (c != column && (joined >> c & 1) == 1) rest = Impose(rest, Functional(sector, c, column));
                if (With(unit, column, budget - (most - PeopleAt(unit, joined)), rest) is { } found) return found;
            }
        }

        return null;

        AuditFinding? With(int unit, int column, long left, List<ulong[]> space)
        {
            cancelled.Add((unit, column));
            var found = Escape(left, space, shown, cancelled);
            cancelled.RemoveAt(cancelled.Count - 1);
            return found;
        }
    }

    private bool IsLeftOut(LargeCell cell, List<ulong[]> basis, List<(int Unit, int Column)> cancelled)
    {
        foreach (var (sector, column) in cell.Blocks)
            if (Vanishes(Functional(sector, column, -1), basis)) return true;
        foreach (var (unit, at) in cancelled)
            if (Column(cell, unit) is >= 0 and var c && (c == at || Vanishes(Functional(views.SectorOf[unit], c, at), basis))) return true;
        return false;
    }

    /// <summary>Where a shown unit has people of the cell, or −1.</summary>
    private int Column(LargeCell cell, int unit)
    {
        if (cell.Level < 0 || !views.Present[unit * views.Levels + cell.Level]) return -1;
        var sector = views.SectorOf[unit];
        return Holds(cell, unit) ? options[sector]!.ColumnOf[cell.Level] : -1;

        // Units come in ascending order.
        static bool Holds(LargeCell cell, int unit)
        {
            int low = 0, high = cell.Units.Count - 1;
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (cell.Units[middle].Unit == unit) return true;
                if (cell.Units[middle].Unit < unit) low = middle + 1;
                else high = middle - 1;
            }

            return false;
        }
    }

    /// <summary>Sure people a shown unit can cancel at most, and those it cancels at the given column.</summary>
    private (long Most, long There) Cancelling(int unit, int column, List<ulong[]> basis)
    {
        var sector = views.SectorOf[unit];
        long most = 0, there = 0;
        for (var c = 0; c < options[sector]!.Columns; c++)
        {
            var equal = 0;
            for (var other = 0; other < options[sector]!.Columns; other++)
                if (other == c || Vanishes(Functional(sector, other, c), basis)) equal |= 1 << other;
            var people = PeopleAt(unit, equal);
            most = Math.Max(most, people);
            if (c == column) there = people;
        }

        return (most, there);
    }

    private long PeopleAt(int unit, int columns)
    {
        long people = 0;
        var o = options[views.SectorOf[unit]]!;
        for (var l = 0; l < views.Levels; l++)
            if (o.ColumnOf[l] >= 0 && (columns >> o.ColumnOf[l] & 1) == 1) people += views.Weight[unit * views.Levels + l];
        return people;
    }

    private static bool Vanishes(ulong[] row, List<ulong[]> basis) => basis.TrueForAll(b => Apply(row, b) == 0);

    /// <summary>D(sector, first) − D(sector, second) as a row over the parameters; second = −1 stands for 0.</summary>
    private ulong[] Functional(int sector, int first, int second)
    {
        var key = (sector * (EqualityPattern.MostColumns + 1) + first, second);
        if (functionals.TryGetValue(key, out var known)) return known;
        var row = new ulong[parameters];
        AddTerm(row, sector, first, 1);
        if (second >= 0) AddTerm(row, sector, second, PrimeField.Modulus - 1);
        return functionals[key] = row;
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

    /// <summary>The cells of the simplest combination found.</summary>
    private AuditFinding Describe(List<ulong[]> basis, bool[] shown, List<(int Unit, int Column)> cancelled)
    {
        List<int>? best = null;
        foreach (var vector in basis)
        {
            if (IsTrivial(vector)) continue;
            var cells = new List<int>();
            for (var c = 0; c < parameterOf.Length; c++)
                if (parameterOf[c] >= 0 && vector[parameterOf[c]] != 0) cells.Add(c);
            for (var s = 0; s < views.Sectors; s++)
            {
                var o = options[s]!;
                var values = new ulong[o.Columns];
                for (var c = 0; c < o.Columns; c++) values[c] = Apply(Functional(s, c, -1), vector);
                for (var u = views.FirstUnit[s]; u < views.FirstUnit[s + 1]; u++)
                {
                    if (!shown[views.UnitCell(u)]) continue;
                    var chosen = cancelled.FindIndex(c => c.Unit == u);
                    if ((chosen >= 0 ? values[cancelled[chosen].Column] : o.CheapestValue(u, values)) != 0) cells.Add(views.UnitCell(u));
                }
            }

            if (best is null || cells.Count < best.Count) best = cells;
        }

        return new(true, best!);
    }
}

/// <summary>A planned cell with at least k people, as the places where a combination could leave somebody of it out.</summary>
/// <param name="Level">Its level, or −1 for all.</param>
/// <param name="Blocks">Sector and column where hidden units have invited people of the cell.</param>
/// <param name="Units">Shown units with invited people of the cell, and their columns.</param>
internal sealed record LargeCell(int Level, IReadOnlyList<(int Sector, int Column)> Blocks, IReadOnlyList<(int Unit, int Column)> Units)
{
    /// <summary>
    /// All large cells that a combination might touch as a whole. A shown unit always cancels somewhere, and one that lies
    /// within one column cancels altogether, so cells that hold such a unit's people are not among them.
    /// </summary>
    public static List<LargeCell> Of(FixedViews views, SectorOptions[] options, bool[] shown)
    {
        var cells = new List<LargeCell>();
        var sectors = Enumerable.Range(0, views.Sectors).ToArray();
        Add(FixedViews.AllCell, sectors, -1);
        foreach (var s in sectors)
        {
            Add(views.SectorCell(s), [s], -1);
            for (var l = 0; l < views.Levels; l++) Add(views.CrossCell(s, l), [s], l);
        }

        for (var l = 0; l < views.Levels; l++) Add(FixedViews.LevelCell(l), sectors, l);
        for (var u = 0; u < views.Units; u++)
        {
            if (!views.Enough[views.UnitCell(u)] || shown[views.UnitCell(u)]) continue;
            var s = views.SectorOf[u];
            cells.Add(new(-1, [.. Enumerable.Range(0, views.Levels).Where(l => views.Present[u * views.Levels + l])
                .Select(l => (s, options[s].ColumnOf[l])).Distinct()], []));
        }

        return cells;

        void Add(int cell, int[] within, int level)
        {
            if (!views.Enough[cell]) return;
            var blocks = new List<(int, int)>();
            var units = new List<(int, int)>();
            foreach (var s in within)
                for (var l = 0; l < views.Levels; l++)
                {
                    if (level >= 0 && l != level) continue;
                    if (options[s].CancelsAt(l) || (level < 0 && options[s].ShownAt(l).Count > 0)) return;
                    if (options[s].HiddenAt(l) && !blocks.Contains((s, options[s].ColumnOf[l]))) blocks.Add((s, options[s].ColumnOf[l]));
                    foreach (var u in options[s].ShownAt(l)) units.Add((u, options[s].ColumnOf[l]));
                }

            cells.Add(new(level, blocks, units));
        }
    }
}
