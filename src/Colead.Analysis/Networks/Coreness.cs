namespace Colead.Analysis.Networks;

/// <summary>
/// Coreness: the largest k for which a node belongs to a group in which everyone has at least k ties within the group.
/// 0 for isolates. Linear time.
/// </summary>
/// <remarks>Seidman 1983, Social Networks 5:269; Batagelj &amp; Zaveršnik 2003.</remarks>
public static class Coreness
{
    public static int[] Of(Adjacency ties)
    {
        var n = ties.Nodes;
        var degree = ties.Degrees();
        var most = n == 0 ? 0 : degree.Max();
        // Nodes sorted by remaining degree, with the start of each degree's bin, so that lowering one degree is a swap.
        var binStart = new int[most + 2];
        foreach (var d in degree) binStart[d + 1]++;
        for (var d = 0; d <= most; d++) binStart[d + 1] += binStart[d];
        int[] order = new int[n], place = new int[n];
        var next = binStart[..^1];
        for (var v = 0; v < n; v++)
        {
            place[v] = next[degree[v]]++;
            order[place[v]] = v;
        }

        for (var i = 0; i < n; i++)
        {
            var v = order[i];
            foreach (var w in ties.Neighbours(v))
            {
                if (degree[w] <= degree[v]) continue;
                var first = binStart[degree[w]]++;
                var moved = order[first];
                (order[first], order[place[w]]) = (w, moved);
                (place[moved], place[w]) = (place[w], first);
                degree[w]--;
            }
        }

        return degree;
    }
}
