namespace Colead.Analysis.Networks;

/// <summary>
/// What holds an undirected graph together: nodes and ties whose loss would part it. One depth-first search with a stack
/// of its own, so that a chain of any length is no danger. Linear time.
/// </summary>
/// <remarks>Tarjan 1972, SIAM Journal on Computing 1:146; Hopcroft &amp; Tarjan 1973.</remarks>
public sealed class CutStructure
{
    private readonly int[] pieces;
    private readonly long[] pairsParted;

    private CutStructure(int[] pieces, long[] pairsParted, IReadOnlyList<(int, int)> bridges)
    {
        this.pieces = pieces;
        this.pairsParted = pairsParted;
        Bridges = bridges;
        CutPoints = [.. Enumerable.Range(0, pieces.Length).Where(v => pieces[v] > 1)];
    }

    /// <summary>Nodes without which others would lose touch, ascending.</summary>
    public IReadOnlyList<int> CutPoints { get; }

    /// <summary>Ties without which some would lose touch: (lower, higher) node, ascending.</summary>
    public IReadOnlyList<(int Low, int High)> Bridges { get; }

    /// <summary>Into how many parts the rest of its component falls without the node: 0 for an isolate, 1 for a node that is no
    /// cut-point.</summary>
    public int Pieces(int node) => pieces[node];

    /// <summary>Pairs of other nodes that are in touch (by any path) only through the node.</summary>
    public long PairsParted(int node) => pairsParted[node];

    public static CutStructure Of(Adjacency ties)
    {
        var n = ties.Nodes;
        int[] visit = new int[n], low = new int[n], parent = new int[n], next = ties.Offsets[..n].ToArray(), stack = new int[n];
        int[] below = new int[n], root = new int[n];
        // Of the parts that fall off under each node: how many, their nodes, and the pairs within them.
        int[] fallen = new int[n], fallenNodes = new int[n];
        var fallenSquares = new long[n];
        var bridges = new List<(int, int)>();
        var clock = 0;
        var offsets = ties.Offsets;
        var targets = ties.Targets;
        for (var start = 0; start < n; start++)
        {
            if (visit[start] != 0) continue;
            var depth = 0;
            stack[depth++] = start;
            parent[start] = -1;
            visit[start] = low[start] = ++clock;
            while (depth > 0)
            {
                var v = stack[depth - 1];
                if (next[v] < offsets[v + 1])
                {
                    var w = targets[next[v]++];
                    if (visit[w] == 0)
                    {
                        parent[w] = v;
                        visit[w] = low[w] = ++clock;
                        stack[depth++] = w;
                    }
                    else if (w != parent[v])
                    {
                        low[v] = Math.Min(low[v], visit[w]);
                    }

                    continue;
                }

                depth--;
                below[v]++;
                root[v] = start;
                if (parent[v] is var p and >= 0)
                {
                    below[p] += below[v];
                    low[p] = Math.Min(low[p], low[v]);
                    if (low[v] > visit[p]) bridges.Add((Math.Min(v, p), Math.Max(v, p)));
                    if (low[v] >= visit[p])
                    {
                        fallen[p]++;
                        fallenNodes[p] += below[v];
                        fallenSquares[p] += (long)below[v] * below[v];
                    }
                }
            }
        }

        var pieces = new int[n];
        var parted = new long[n];
        for (var v = 0; v < n; v++)
        {
            long others = below[root[v]] - 1, above = others - fallenNodes[v];
            pieces[v] = fallen[v] + (above > 0 ? 1 : 0);
            parted[v] = (others * others - above * above - fallenSquares[v]) / 2;
        }

        bridges.Sort();
        return new(pieces, parted, bridges);
    }
}
