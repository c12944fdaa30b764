namespace Colead.Analysis.Disclosure;

/// <summary>
/// The row space of published figures over atoms (people who stand in exactly the same figures), in reduced echelon form
/// modulo the large prime. Pivots are taken on the largest atoms first.
/// </summary>
internal sealed class RowSpace
{
    private readonly List<ulong[]> rows = [];
    private readonly List<int> pivots = [];

    /// <param name="figures">A row a figure, a coefficient an atom.</param>
    /// <param name="people">People in each atom.</param>
    public RowSpace(IReadOnlyList<ulong[]> figures, IReadOnlyList<long> people)
    {
        Atoms = people.Count;
        People = people;
        var order = Enumerable.Range(0, Atoms).OrderByDescending(a => people[a]).ThenBy(a => a).ToArray();
        var left = figures.Select(f => (ulong[])f.Clone()).ToList();
        foreach (var atom in order)
        {
            var at = left.FindIndex(row => row[atom] != 0);
            if (at < 0) continue;
            var row = left[at];
            left.RemoveAt(at);
            var scale = PrimeField.Inverse(row[atom]);
            for (var i = 0; i < row.Length; i++) row[i] = PrimeField.Multiply(row[i], scale);
            foreach (var other in left) Eliminate(other, row, atom);
            foreach (var other in rows) Eliminate(other, row, atom);
            rows.Add(row);
            pivots.Add(atom);
        }
    }

    public int Atoms { get; }

    public IReadOnlyList<long> People { get; }

    public int Rank => rows.Count;

    /// <summary>Row i is 1 at <c>Pivots[i]</c>, where all the others are 0.</summary>
    public IReadOnlyList<ulong[]> Rows => rows;

    public IReadOnlyList<int> Pivots => pivots;

    public bool Contains(ulong[] figure)
    {
        var rest = (ulong[])figure.Clone();
        for (var r = 0; r < rows.Count; r++) Eliminate(rest, rows[r], pivots[r]);
        return Array.TrueForAll(rest, x => x == 0);
    }

    /// <summary>
    /// Columns of a basis of the vectors orthogonal to the row space: a set of atoms carries a vector of the row space
    /// exactly where their columns here are linearly dependent.
    /// </summary>
    public ulong[][] NullColumns()
    {
        var free = Enumerable.Range(0, Atoms).Except(pivots).ToArray();
        var columns = new ulong[Atoms][];
        for (var a = 0; a < Atoms; a++) columns[a] = new ulong[free.Length];
        for (var f = 0; f < free.Length; f++)
        {
            columns[free[f]][f] = 1;
            for (var r = 0; r < rows.Count; r++) columns[pivots[r]][f] = PrimeField.Subtract(0, rows[r][free[f]]);
        }

        return columns;
    }

    /// <summary>Rows that share atoms, directly or through others: the row space is the direct sum of these parts.</summary>
    public List<List<int>> Parts()
    {
        var owner = new int[Atoms];
        Array.Fill(owner, -1);
        var parent = Enumerable.Range(0, rows.Count).ToArray();
        for (var r = 0; r < rows.Count; r++)
            for (var a = 0; a < Atoms; a++)
            {
                if (rows[r][a] == 0) continue;
                if (owner[a] < 0) owner[a] = r;
                else parent[Root(r)] = Root(owner[a]);
            }

        return [.. Enumerable.Range(0, rows.Count).GroupBy(Root).Select(g => g.ToList())];

        int Root(int r)
        {
            while (parent[r] != r) r = parent[r];
            return r;
        }
    }

    private static void Eliminate(ulong[] row, ulong[] by, int at)
    {
        var factor = row[at];
        if (factor == 0) return;
        for (var i = 0; i < row.Length; i++)
            if (by[i] != 0) row[i] = PrimeField.Subtract(row[i], PrimeField.Multiply(factor, by[i]));
    }
}
