using System.Runtime.InteropServices;

namespace Colead.Analysis.Networks;

/// <summary>
/// Who is tied to whom, as compressed rows: the neighbours of node v are a run of one array, ascending, without repeats
/// and without v itself. Nodes are 0..<see cref="Nodes"/> − 1. Memory is one integer a node and one an entry.
/// </summary>
public sealed class Adjacency
{
    private readonly int[] offsets;
    private readonly int[] targets;

    private Adjacency(int[] offsets, int[] targets)
    {
        this.offsets = offsets;
        this.targets = targets;
    }

    public int Nodes => offsets.Length - 1;

    /// <summary>Entries: arcs of a directed graph, twice the ties of an undirected one.</summary>
    public int Entries => targets.Length;

    public int Degree(int node) => offsets[node + 1] - offsets[node];

    /// <summary>Ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int node) => targets.AsSpan(offsets[node]..offsets[node + 1]);

    /// <summary>Start of each node's run in <see cref="Targets"/>; one longer than the number of nodes.</summary>
    public ReadOnlySpan<int> Offsets => offsets;

    public ReadOnlySpan<int> Targets => targets;

    public bool Contains(int from, int to) => Neighbours(from).BinarySearch(to) >= 0;

    public int[] Degrees()
    {
        var degrees = new int[Nodes];
        for (var v = 0; v < degrees.Length; v++) degrees[v] = Degree(v);
        return degrees;
    }

    /// <summary>The rows of the given arcs. Repeats count once.</summary>
    /// <exception cref="ArgumentException">A self-loop, or an end outside 0..<paramref name="nodes"/> − 1.</exception>
    public static Adjacency Directed(int nodes, ReadOnlySpan<(int From, int To)> arcs)
    {
        var offsets = new int[nodes + 1];
        foreach (var (from, to) in arcs)
        {
            if ((uint)from >= (uint)nodes || (uint)to >= (uint)nodes || from == to)
                throw new ArgumentException($"No such tie: {from} to {to} among {nodes} nodes.", nameof(arcs));
            offsets[from + 1]++;
        }

        for (var v = 0; v < nodes; v++) offsets[v + 1] += offsets[v];
        var targets = new int[arcs.Length];
        var next = offsets[..nodes];
        foreach (var (from, to) in arcs) targets[next[from]++] = to;
        return Compact(offsets, targets);
    }

    /// <summary>Both directions of the given ties; a tie given in both directions, or twice, counts once.</summary>
    /// <exception cref="ArgumentException">A self-loop, or an end outside 0..<paramref name="nodes"/> − 1.</exception>
    public static Adjacency Undirected(int nodes, ReadOnlySpan<(int From, int To)> ties)
    {
        var both = new (int From, int To)[2 * ties.Length];
        for (var i = 0; i < ties.Length; i++)
        {
            both[2 * i] = ties[i];
            both[2 * i + 1] = (ties[i].To, ties[i].From);
        }

        return Directed(nodes, both);
    }

    /// <summary>The same graph without the ties of <paramref name="removed"/>, which stay as isolates so that the rest keep their
    /// numbers.</summary>
    public Adjacency Without(IReadOnlySet<int> removed)
    {
        var arcs = new List<(int From, int To)>(Entries);
        for (var v = 0; v < Nodes; v++)
        {
            if (removed.Contains(v)) continue;
            foreach (var w in Neighbours(v))
            {
                if (!removed.Contains(w)) arcs.Add((v, w));
            }
        }

        return Directed(Nodes, CollectionsMarshal.AsSpan(arcs));
    }

    private static Adjacency Compact(int[] offsets, int[] targets)
    {
        int write = 0, start = 0;
        for (var v = 0; v < offsets.Length - 1; v++)
        {
            var end = offsets[v + 1];
            var run = targets.AsSpan(start..end);
            run.Sort();
            offsets[v] = write;
            for (var i = 0; i < run.Length; i++)
            {
                if (i == 0 || run[i] != run[i - 1]) targets[write++] = run[i];
            }

            start = end;
        }

        offsets[^1] = write;
        return new(offsets, write == targets.Length ? targets : targets[..write]);
    }
}
