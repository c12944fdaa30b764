using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Colead.Analysis.Networks;

/// <summary>
/// Breadth-first searches from eight nodes at once, each in a lane of a vector, with Brandes' sums. What takes time in a large
/// network is waiting for a neighbour's numbers; here one wait serves eight searches. One thread's buffers.
/// </summary>
/// <remarks>
/// Brandes 2001; searching from many nodes together after Then et al. 2014, Proceedings of the VLDB Endowment 8:449. Numbers of
/// paths, and later what passes, are kept in <c>wave</c>, which is 0 except on one level of each search: so a node's whole row
/// of neighbours is added up without asking which of them are further out, as near, or nearer.
/// </remarks>
internal sealed class EightSearches(Adjacency ties)
{
    /// <summary>Searches together.</summary>
    public const int Most = 8;

    /// <summary>Counts of paths above this go to the sums that cannot overflow.</summary>
    private const double MostPaths = 1e280;

    private readonly byte[] seen = new byte[ties.Nodes];  // a bit for each search that has come to the node
    private readonly byte[] found = new byte[ties.Nodes]; // the same for the next level alone
    private readonly List<int> levels = [];               // where each level starts among the visits
    private readonly Vector512<double>[] wave = new Vector512<double>[ties.Nodes];
    private readonly Vector512<double>[] paths = new Vector512<double>[ties.Nodes];
    private readonly Vector512<double>[] passing = new Vector512<double>[ties.Nodes]; // of all searches until taken
    private readonly Vector512<double>[] sums = new Vector512<double>[ties.Nodes];    // of one level, by place
    private readonly double[] manyPassing = new double[ties.Nodes];
    private int[] nodes = new int[2 * ties.Nodes]; // visits, level by level: a node comes once for each level that a search meets it on
    private byte[] lanes = new byte[2 * ties.Nodes];

    /// <summary>
    /// Searches from the nodes from <paramref name="first"/> on, as many as the spans are long, and adds up what their paths pass
    /// through; returns the longest distance.
    /// </summary>
    public int From(int first, Span<double> harmonic, Span<long> farness, Span<int> reached)
    {
        harmonic.Clear();
        farness.Clear();
        reached.Clear();
        Array.Clear(seen);
        levels.Clear();
        levels.Add(0);
        for (var lane = 0; lane < harmonic.Length; lane++)
        {
            (nodes[lane], lanes[lane]) = (first + lane, (byte)(1 << lane));
            seen[first + lane] = lanes[lane];
            paths[first + lane] = wave[first + lane] = Vector512<double>.One & Chosen(lanes[lane]);
        }

        levels.Add(harmonic.Length);
        var most = Vector512<double>.One;
        while (true)
        {
            int start = levels[^2], end = levels[^1], tail = Discover(start, end);
            if (tail == end) break;
            var distance = levels.Count - 1;
            levels.Add(tail);
            Sum(end, tail);
            Clear(start, end);
            var found = Spread(end, tail, ref most);
            for (var lane = 0; lane < harmonic.Length; lane++)
            {
                harmonic[lane] += found[lane] / (double)distance;
                farness[lane] += found[lane] * distance;
                reached[lane] += (int)found[lane];
            }
        }

        Clear(levels[^2], levels[^1]);
        if (Vector512.LessThanOrEqualAll(most, Vector512.Create(MostPaths))) Gather();
        else
            for (var lane = 0; lane < harmonic.Length; lane++) ManyPaths.Gather(ties, first + lane, manyPassing);
        return levels.Count - 2;
    }

    /// <summary>Moves what was found to pass through each node to <paramref name="betweenness"/>, lanes in their order.</summary>
    public void TakeBetweenness(Span<double> betweenness)
    {
        for (var v = 0; v < passing.Length; v++)
        {
            for (var lane = 0; lane < Most; lane++) betweenness[v] += passing[v][lane];
            betweenness[v] += manyPassing[v];
        }

        Array.Clear(passing);
        Array.Clear(manyPassing);
    }

    /// <summary>All bits of the lanes chosen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Chosen(byte lanes)
    {
        var bits = Vector512.Create(1L, 2, 4, 8, 16, 32, 64, 128);
        return Vector512.Equals(Vector512.Create((long)lanes) & bits, bits).AsDouble();
    }

    /// <summary>Appends the neighbours of a level that a search has not come to yet; returns the end of the new level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Discover(int start, int end)
    {
        MakeRoom(end + ties.Nodes + 1);
        ReadOnlySpan<int> offsets = ties.Offsets, targets = ties.Targets;
        var (nodes, lanes, seen, found) = (this.nodes, this.lanes, this.seen, this.found);
        var tail = end;
        for (var i = start; i < end; i++)
        {
            var v = nodes[i];
            int here = lanes[i];
            foreach (var w in targets[offsets[v]..offsets[v + 1]])
            {
                int before = found[w], now = before | (here & ~seen[w]);
                found[w] = (byte)now;
                nodes[tail] = w;
                tail += before == 0 & now != 0 ? 1 : 0;
            }
        }

        for (var i = end; i < tail; i++)
        {
            var w = nodes[i];
            lanes[i] = found[w];
            seen[w] |= found[w];
            found[w] = 0;
        }

        return tail;
    }

    private void MakeRoom(int visits)
    {
        if (nodes.Length >= visits) return;
        Array.Resize(ref nodes, visits + ties.Nodes);
        Array.Resize(ref lanes, nodes.Length);
    }

    /// <summary>For these visits, the sum of the wave over the node's neighbours, in the lanes that visit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(int start, int end)
    {
        ReadOnlySpan<int> offsets = ties.Offsets, targets = ties.Targets;
        var (wave, nodes) = (this.wave, this.nodes);
        for (var i = start; i < end; i++)
        {
            var v = nodes[i];
            var sum = Vector512<double>.Zero;
            foreach (var w in targets[offsets[v]..offsets[v + 1]]) sum += wave[w];
            sums[i - start] = sum & Chosen(lanes[i]);
        }
    }

    private void Clear(int start, int end)
    {
        for (var i = start; i < end; i++) wave[nodes[i]] = default;
    }

    /// <summary>The sums of a level are its numbers of paths, and the wave; returns how many nodes each search has found there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<long> Spread(int start, int end, ref Vector512<double> most)
    {
        var found = Vector512<long>.Zero;
        for (var i = start; i < end; i++)
        {
            var v = nodes[i];
            var (chosen, sum) = (Chosen(lanes[i]), sums[i - start]);
            wave[v] = sum;
            paths[v] = Vector512.ConditionalSelect(chosen, sum, paths[v]);
            most = Vector512.Max(most, sum);
            found -= chosen.AsInt64();
        }

        return found;
    }

    /// <summary>Backwards, level by level: what passes through v is its paths times the sum, over neighbours w further out, of (1 + what
    /// passes w)/paths of w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather()
    {
        for (var level = levels.Count - 2; level >= 1; level--)
        {
            int start = levels[level], end = levels[level + 1];
            if (level == levels.Count - 2) Array.Clear(sums, 0, end - start);
            else
            {
                Sum(start, end);
                Clear(end, levels[level + 2]);
            }

            for (var i = start; i < end; i++)
            {
                var v = nodes[i];
                var through = paths[v] * sums[i - start];
                passing[v] += through;
                wave[v] = (Vector512<double>.One + through) / paths[v] & Chosen(lanes[i]);
            }
        }

        if (levels.Count > 2) Clear(levels[1], levels[2]);
    }
}
