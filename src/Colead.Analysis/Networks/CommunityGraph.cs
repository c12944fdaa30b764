namespace Colead.Analysis.Networks;

/// <summary>
/// An undirected graph with whole-number weights, as community search folds it: nodes that belong together become one node,
/// ties within it a loop. Weights are counts of ties of the original graph, so gains of modularity are compared in whole
/// numbers, exactly.
/// </summary>
internal sealed class CommunityGraph
{
    private readonly int[] offsets;
    private readonly int[] targets;
    private readonly int[] weights;

    private CommunityGraph(int[] offsets, int[] targets, int[] weights, long[] strengths, long total)
    {
        this.offsets = offsets;
        this.targets = targets;
        this.weights = weights;
        Strengths = strengths;
        Total = total;
    }

    public int Nodes => offsets.Length - 1;

    /// <summary>Sum of the degrees of the original nodes that each node stands for.</summary>
    public long[] Strengths { get; }

    /// <summary>Sum of all degrees, 2m.</summary>
    public long Total { get; }

    public ReadOnlySpan<int> Neighbours(int node) => targets.AsSpan(offsets[node]..offsets[node + 1]);

    public ReadOnlySpan<int> Weights(int node) => weights.AsSpan(offsets[node]..offsets[node + 1]);

    public static CommunityGraph Of(Adjacency ties)
    {
        var weights = new int[ties.Entries];
        Array.Fill(weights, 1);
        return new(ties.Offsets.ToArray(), ties.Targets.ToArray(), weights, Array.ConvertAll(ties.Degrees(), d => (long)d), ties.Entries);
    }

    /// <summary>The graph whose nodes are the groups 0..<paramref name="groups"/> − 1 of <paramref name="groupOf"/>; no group is
    /// empty.</summary>
    public CommunityGraph Fold(int[] groupOf, int groups)
    {
        int[] start = new int[groups + 1], members = new int[Nodes];
        foreach (var g in groupOf) start[g + 1]++;
        for (var g = 0; g < groups; g++) start[g + 1] += start[g];
        var next = start[..groups];
        for (var v = 0; v < Nodes; v++) members[next[groupOf[v]]++] = v;

        var strengths = new long[groups];
        var foldedOffsets = new int[groups + 1];
        int[] foldedTargets = new int[targets.Length], foldedWeights = new int[targets.Length], place = new int[groups];
        Array.Fill(place, -1);
        var count = 0;
        for (var g = 0; g < groups; g++)
        {
            foldedOffsets[g] = count;
            for (var i = start[g]; i < start[g + 1]; i++)
            {
                var v = members[i];
                strengths[g] += Strengths[v];
                for (var e = offsets[v]; e < offsets[v + 1]; e++)
                {
                    var h = groupOf[targets[e]];
                    if (h == g) continue;
                    if (place[h] < foldedOffsets[g])
                    {
                        place[h] = count;
                        foldedTargets[count] = h;
                        foldedWeights[count++] = 0;
                    }

                    foldedWeights[place[h]] += weights[e];
                }
            }
        }

        foldedOffsets[groups] = count;
        return new(foldedOffsets, foldedTargets[..count], foldedWeights[..count], strengths, Total);
    }
}

/// <summary>Communities while nodes move between them, with the sums that the gain of a move needs.</summary>
internal sealed class CommunityMoves
{
    private readonly CommunityGraph graph;
    private readonly long[] strengthOf;
    private readonly int[] sizeOf;
    private readonly long[] weightTo;
    private readonly int[] touched;
    private readonly Stack<int> empty = new();
    private int touchedCount;

    /// <param name="graph">The graph.</param>
    /// <param name="community">Community of each node, each number below the number of nodes; changed by moves.</param>
    public CommunityMoves(CommunityGraph graph, int[] community)
    {
        this.graph = graph;
        Community = community;
        strengthOf = new long[graph.Nodes];
        sizeOf = new int[graph.Nodes];
        weightTo = new long[graph.Nodes];
        touched = new int[graph.Nodes];
        for (var v = 0; v < graph.Nodes; v++)
        {
            strengthOf[community[v]] += graph.Strengths[v];
            sizeOf[community[v]]++;
        }

        for (var c = graph.Nodes - 1; c >= 0; c--)
        {
            if (sizeOf[c] == 0) empty.Push(c);
        }
    }

    public int[] Community { get; }

    /// <summary>Moves a node to the community where modularity gains most; false where it is best off already.</summary>
    /// <param name="node">The node.</param>
    /// <param name="mayLeaveForItself">Whether it may found a community of its own.</param>
    public bool MoveToBest(int node, bool mayLeaveForItself)
    {
        var own = Community[node];
        var strength = graph.Strengths[node];
        var neighbours = graph.Neighbours(node);
        var weights = graph.Weights(node);
        touchedCount = 0;
        for (var i = 0; i < neighbours.Length; i++)
        {
            var c = Community[neighbours[i]];
            if (weightTo[c] == 0) touched[touchedCount++] = c;
            weightTo[c] += weights[i];
        }

        // 2m·(weight to the community) − strength·(strength of the community without the node) orders moves as modularity does.
        var best = own;
        var bestGain = graph.Total * weightTo[own] - strength * (strengthOf[own] - strength);
        if (mayLeaveForItself && bestGain < 0 && sizeOf[own] > 1) (best, bestGain) = (empty.Peek(), 0);
        for (var i = 0; i < touchedCount; i++)
        {
            var c = touched[i];
            var gain = graph.Total * weightTo[c] - strength * strengthOf[c];
            if (c != own && gain > bestGain) (best, bestGain) = (c, gain);
            weightTo[c] = 0;
        }

        if (best == own) return false;
        if (sizeOf[best] == 0) empty.Pop();
        strengthOf[own] -= strength;
        strengthOf[best] += strength;
        sizeOf[best]++;
        if (--sizeOf[own] == 0) empty.Push(own);
        Community[node] = best;
        return true;
    }

    /// <summary>Numbers communities 0, 1, … in the order of their first nodes, in place; returns how many.</summary>
    public static int Renumber(int[] community)
    {
        var number = new int[community.Length];
        Array.Fill(number, -1);
        var count = 0;
        for (var v = 0; v < community.Length; v++)
        {
            ref var n = ref number[community[v]];
            if (n < 0) n = count++;
            community[v] = n;
        }

        return count;
    }
}
