namespace Colead.Analysis.Tests.Disclosure;

/// <summary>
/// The attacker: knows who is in every published cell and how its figure weighs them, and tries every subset of up to
/// 14 people. Arithmetic modulo 10⁹ + 7, which is exact for 0/1 figures here: no determinant of a 14 × 14 matrix of zeros
/// and ones reaches it (Hadamard).
/// </summary>
internal sealed class PersonSpace
{
    private const ulong P = 1_000_000_007;
    private readonly int people;
    private readonly ulong[][] columns;

    public PersonSpace(int people, IEnumerable<ulong[]> figures)
    {
        this.people = people;
        var rows = new List<ulong[]>();
        var pivots = new List<int>();
        foreach (var figure in figures)
        {
            var row = (ulong[])figure.Clone();
            for (var r = 0; r < rows.Count; r++) Subtract(row, rows[r], row[pivots[r]]);
            var pivot = Array.FindIndex(row, x => x != 0);
            if (pivot < 0) continue;
            var scale = Power(row[pivot], P - 2);
            for (var i = 0; i < people; i++) row[i] = row[i] * scale % P;
            for (var r = 0; r < rows.Count; r++) Subtract(rows[r], row, rows[r][pivot]);
            rows.Add(row);
            pivots.Add(pivot);
        }

        var free = Enumerable.Range(0, people).Except(pivots).ToArray();
        columns = [.. Enumerable.Range(0, people).Select(_ => new ulong[free.Length])];
        for (var f = 0; f < free.Length; f++)
        {
            columns[free[f]][f] = 1;
            for (var r = 0; r < rows.Count; r++) columns[pivots[r]][f] = (P - rows[r][free[f]]) % P;
        }
    }

    public static ulong[] Indicator(int people, IEnumerable<int> members)
    {
        var row = new ulong[people];
        foreach (var i in members) row[i] = 1;
        return row;
    }

    /// <summary>Weighs every member with share/among/n, as a weighted mean of means does.</summary>
    public static void AddMean(ulong[] row, IReadOnlyCollection<int> members, int share, int among)
    {
        var each = (ulong)share * Power((ulong)members.Count * (ulong)among, P - 2) % P;
        foreach (var i in members) row[i] = (row[i] + each) % P;
    }

    /// <summary>A group of 1 to k − 1 people whose total follows from the figures (A3), as a bit set; 0 where there is none.</summary>
    public int ExposedGroup(int k)
    {
        var sums = new ulong[columns.Length == 0 ? 0 : columns[0].Length];
        for (var step = 1; step < 1 << people; step++)
        {
            // Gray code: one person comes or goes at a time.
            var changed = System.Numerics.BitOperations.TrailingZeroCount(step);
            var group = step ^ (step >> 1);
            var joins = (group >> changed & 1) == 1;
            var zero = true;
            for (var f = 0; f < sums.Length; f++)
            {
                sums[f] += joins ? columns[changed][f] : P - columns[changed][f];
                if (sums[f] >= P) sums[f] -= P;
                zero &= sums[f] == 0;
            }

            if (zero && System.Numerics.BitOperations.PopCount((uint)group) < k) return group;
        }

        return 0;
    }

    /// <summary>Does any combination of the figures touch only 1 to k − 1 people, whatever their weights?</summary>
    public bool TouchesFewerThan(int k) => Extend(0, k - 1, []);

    private bool Extend(int from, int left, List<(int Lead, ulong[] Row)> basis)
    {
        if (left == 0) return false;
        for (var i = from; i < people; i++)
        {
            var row = (ulong[])columns[i].Clone();
            foreach (var (lead, by) in basis) Subtract(row, by, row[lead]);
            var at = Array.FindIndex(row, x => x != 0);
            if (at < 0) return true;
            var scale = Power(row[at], P - 2);
            for (var f = 0; f < row.Length; f++) row[f] = row[f] * scale % P;
            basis.Add((at, row));
            var found = Extend(i + 1, left - 1, basis);
            basis.RemoveAt(basis.Count - 1);
            if (found) return true;
        }

        return false;
    }

    private static void Subtract(ulong[] row, ulong[] by, ulong factor)
    {
        if (factor == 0) return;
        for (var i = 0; i < row.Length; i++) row[i] = (row[i] + (P - factor) * by[i]) % P;
    }

    private static ulong Power(ulong x, ulong exponent)
    {
        ulong result = 1;
        for (x %= P; exponent > 0; exponent >>= 1, x = x * x % P)
            if ((exponent & 1) == 1) result = result * x % P;
        return result;
    }
}
