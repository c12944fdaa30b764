namespace Colead.Analysis.Networks;

/// <summary>
/// Brandes' sums where the number of shortest paths would leave the range of a double (some 1,000 diamonds in a row): numbers of
/// paths are counted as fraction and exponent. Rare, so plain.
/// </summary>
internal static class ManyPaths
{
    /// <summary>Adds to <paramref name="betweenness"/> what paths from <paramref name="source"/> pass through each node.</summary>
    public static void Gather(Adjacency ties, int source, double[] betweenness)
    {
        int[] distance = ShortestPaths.NewDistances(ties.Nodes), order = new int[ties.Nodes], exponent = new int[ties.Nodes];
        double[] fraction = new double[ties.Nodes], passing = new double[ties.Nodes];
        (order[0], distance[source], fraction[source]) = (source, 0, 1);
        var tail = 1;
        for (var head = 0; head < tail; head++)
        {
            var v = order[head];
            foreach (var w in ties.Neighbours(v))
            {
                if (distance[w] < 0) (order[tail++], distance[w]) = (w, distance[v] + 1);
                if (distance[w] != distance[v] + 1) continue;
                var top = fraction[w] == 0 ? exponent[v] : Math.Max(exponent[v], exponent[w]);
                var sum = Math.ScaleB(fraction[v], exponent[v] - top) + Math.ScaleB(fraction[w], exponent[w] - top);
                var shift = Math.ILogB(sum);
                (fraction[w], exponent[w]) = (Math.ScaleB(sum, -shift), top + shift);
            }
        }

        for (var i = tail - 1; i > 0; i--)
        {
            var v = order[i];
            foreach (var w in ties.Neighbours(v))
            {
                if (distance[w] == distance[v] + 1)
                    passing[v] += Math.ScaleB(fraction[v] / fraction[w], exponent[v] - exponent[w]) * (1 + passing[w]);
            }

            betweenness[v] += passing[v];
        }
    }
}
