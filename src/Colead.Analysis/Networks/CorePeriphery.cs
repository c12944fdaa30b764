namespace Colead.Analysis.Networks;

/// <summary>
/// Core and periphery of an undirected graph. Misfit Z counts ties missing within the core plus ties within the periphery; the
/// core is everyone with at least so many ties that Z is least, of equal ones the smaller, so that equal degrees are never parted.
/// </summary>
/// <param name="LeastMisfitAnySize">Least Z over all cores whatsoever, equal degrees parted if need be.</param>
/// <param name="Misfit">Z of the core chosen.</param>
/// <param name="DegreeThreshold">Ties that make a core member.</param>
/// <param name="Correlation">
/// Fit r of the core chosen: Pearson's correlation over all pairs of "tied" with "at least one of the two is core", −1..1.
/// </param>
/// <param name="BestCorrelation">The highest such r of any degree threshold.</param>
/// <param name="Core">Its members, ascending.</param>
/// <remarks>Borgatti &amp; Everett 2000, Social Networks 21:375; Lip 2011, arXiv:1102.5511.</remarks>
public sealed record CorePeripheryFit(
    long LeastMisfitAnySize, long Misfit, int DegreeThreshold, Figure Correlation, Figure BestCorrelation, IReadOnlyList<int> Core);

/// <summary>The best of all 2ⁿ cores of a small graph.</summary>
/// <param name="BestCorrelation">Highest r, of equal ones from the smaller core, then the one of earlier members.</param>
/// <param name="BestCore">Its members, ascending.</param>
/// <param name="LeastMisfit">Least Z.</param>
public sealed record CorePeripherySearch(double BestCorrelation, IReadOnlyList<int> BestCore, long LeastMisfit);

public static class CorePeriphery
{
    /// <summary>Largest graph whose cores are all tried.</summary>
    public const int MostSearched = 15;

    /// <returns>Null where no threshold parts the nodes: no ties, or everyone has equally many (a complete graph).</returns>
    public static CorePeripheryFit? Fit(Adjacency ties)
    {
        var n = ties.Nodes;
        var degrees = ties.Degrees();
        var order = Enumerable.Range(0, n).OrderByDescending(v => degrees[v]).ThenBy(v => v).ToArray();
        long tieCount = ties.Entries / 2, degreeSum = 0, outer = tieCount;
        long leastAny = tieCount, least = long.MaxValue;
        int size = 0;
        Figure chosen = Figure.Absent(Absence.TooFewTies), best = chosen;
        var inCore = new bool[n];
        for (var k = 1; k < n; k++)
        {
            var v = order[k - 1];
            degreeSum += degrees[v];
            inCore[v] = true;
            foreach (var w in ties.Neighbours(v))
            {
                if (!inCore[w]) outer--;
            }

            var misfit = (long)k * (k - 1) / 2 + tieCount - degreeSum;
            leastAny = Math.Min(leastAny, misfit);
            if (degrees[order[k]] == degrees[v]) continue;
            var r = Correlation(n, tieCount, k, outer);
            if (r.IsDefined && !(best.IsDefined && best.Value >= r.Value)) best = r;
            if (misfit < least) (least, size, chosen) = (misfit, k, r);
        }

        return size == 0 ? null : new(leastAny, least, degrees[order[size - 1]], chosen, best, [.. order[..size].Order()]);
    }

    /// <summary>Tries every core of at least one node and not all.</summary>
    /// <returns>Null above <see cref="MostSearched"/> nodes and where no core gives a correlation.</returns>
    public static CorePeripherySearch? Search(Adjacency ties)
    {
        var n = ties.Nodes;
        if (n > MostSearched) return null;
        var rows = new int[n];
        for (var v = 0; v < n; v++)
        {
            foreach (var w in ties.Neighbours(v)) rows[v] |= 1 << w;
        }

        var tieCount = ties.Entries / 2;
        var (bestR, bestCore, least) = (double.NegativeInfinity, 0, long.MaxValue);
        for (var core = 1; core < (1 << n) - 1; core++)
        {
            int inner = 0, outer = 0, size = System.Numerics.BitOperations.PopCount((uint)core);
            for (var v = 0; v < n; v++)
            {
                if ((core >> v & 1) != 0) inner += System.Numerics.BitOperations.PopCount((uint)(rows[v] & core));
                else outer += System.Numerics.BitOperations.PopCount((uint)(rows[v] & ~core));
            }

            inner /= 2;
            outer /= 2;
            least = Math.Min(least, (long)size * (size - 1) / 2 - inner + outer);
            if (Correlation(n, tieCount, size, outer).OrNull is not { } r) continue;
            var closer = r - bestR;
            if (closer > 1e-12 || (closer > -1e-12 && Earlier(core, bestCore))) (bestR, bestCore) = (Math.Max(r, bestR), core);
        }

        return bestCore == 0 ? null : new(bestR, [.. Enumerable.Range(0, n).Where(v => (bestCore >> v & 1) != 0)], least);
    }

    private static bool Earlier(int core, int other)
    {
        int size = System.Numerics.BitOperations.PopCount((uint)core), otherSize = System.Numerics.BitOperations.PopCount((uint)other);
        // Of equally large sets the earlier is the one that holds the lowest member in which they differ.
        return size != otherSize ? size < otherSize : (core & (core ^ other) & -(core ^ other)) != 0;
    }

    /// <summary>Both variables are 0 or 1, so four counts give the correlation.</summary>
    private static Figure Correlation(int nodes, long ties, long core, long tiesInPeriphery)
    {
        double pairs = (double)nodes * (nodes - 1) / 2, outside = (double)(nodes - core) * (nodes - core - 1) / 2, ideal = pairs - outside;
        var variance = ties * (pairs - ties) * ideal * outside;
        return variance > 0
            ? Figure.Of((pairs * (ties - tiesInPeriphery) - ties * ideal) / Math.Sqrt(variance))
            : Figure.Absent(Absence.TooFewTies);
    }
}
