namespace Colead.Analysis.Networks;

/// <summary>
/// Leiden for modularity: like Louvain, but before communities become nodes each is refined into well-connected parts, and
/// those become the nodes. Every community of the result is connected.
/// </summary>
/// <remarks>
/// Traag, Waltman &amp; van Eck 2019, Scientific Reports 9:5233. A node that is refined joins the part of most gain, ties broken
/// at random (their θ going to 0), so that all arithmetic is in whole numbers and the same on every machine. Iterations go
/// on from the partition reached, until one changes nothing.
/// </remarks>
public static class Leiden
{
    /// <param name="ties">An undirected graph.</param>
    /// <param name="seed">Decides the order of visits and equal choices.</param>
    /// <param name="maxIterations">Most passes from the whole graph; each starts from the partition that the last one reached.</param>
    public static Partition Run(Adjacency ties, ulong seed, int maxIterations = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxIterations, 1);
        var labels = Enumerable.Range(0, ties.Nodes).ToArray();
        if (ties.Entries == 0) return new(labels, labels.Length, Modularity.Of(ties, labels), 0, Converged: true);
        var random = new SeededRandom(seed);
        var quality = Modularity.Numerator(ties, labels);
        var iterations = 0;
        var converged = false;
        while (!converged && iterations < maxIterations)
        {
            iterations++;
            Iterate(ties, labels, random);
            SplitDisconnected(ties, labels);
            var reached = Modularity.Numerator(ties, labels);
            converged = reached == quality;
            quality = reached;
        }

        var communities = CommunityMoves.Renumber(labels);
        return new(labels, communities, Modularity.Of(ties, labels), iterations, converged);
    }

    private static void Iterate(Adjacency ties, int[] labels, SeededRandom random)
    {
        var graph = CommunityGraph.Of(ties);
        var nodeOf = Enumerable.Range(0, labels.Length).ToArray(); // where each original node now is
        var community = labels.ToArray();
        while (true)
        {
            MoveNodes(graph, community, random);
            var count = CommunityMoves.Renumber(community);
            for (var v = 0; v < labels.Length; v++) labels[v] = community[nodeOf[v]];
            if (count == graph.Nodes) return;
            var parts = Refine(graph, community, count, random);
            var partCount = CommunityMoves.Renumber(parts);
            if (partCount == graph.Nodes) return;
            var folded = new int[partCount];
            for (var v = 0; v < graph.Nodes; v++) folded[parts[v]] = community[v];
            for (var v = 0; v < nodeOf.Length; v++) nodeOf[v] = parts[nodeOf[v]];
            graph = graph.Fold(parts, partCount);
            community = folded;
        }
    }

    /// <summary>Visits nodes in random order, and again those whose neighbours went elsewhere, until none gains by moving.</summary>
    private static void MoveNodes(CommunityGraph graph, int[] community, SeededRandom random)
    {
        var moves = new CommunityMoves(graph, community);
        var order = Enumerable.Range(0, graph.Nodes).ToArray();
        random.Shuffle(order.AsSpan());
        var queue = new Queue<int>(order);
        var queued = new bool[graph.Nodes];
        Array.Fill(queued, true);
        while (queue.TryDequeue(out var v))
        {
            queued[v] = false;
            if (!moves.MoveToBest(v, mayLeaveForItself: true)) continue;
            foreach (var w in graph.Neighbours(v))
            {
                if (queued[w] || community[w] == community[v]) continue;
                queued[w] = true;
                queue.Enqueue(w);
            }
        }
    }

    /// <summary>
    /// Parts of each community: starting alone, a node that is well connected to its community joins the well-connected part of
    /// most gain among those it is tied to.
    /// </summary>
    private static int[] Refine(CommunityGraph graph, int[] community, int communities, SeededRandom random)
    {
        var n = graph.Nodes;
        var part = Enumerable.Range(0, n).ToArray();
        var strengthOf = graph.Strengths.ToArray();
        long[] within = new long[communities], cut = new long[n], weightTo = new long[n];
        for (var v = 0; v < n; v++)
        {
            within[community[v]] += graph.Strengths[v];
            var neighbours = graph.Neighbours(v);
            var weights = graph.Weights(v);
            for (var i = 0; i < neighbours.Length; i++)
            {
                if (community[neighbours[i]] == community[v]) cut[v] += weights[i];
            }
        }

        var alone = new bool[n];
        Array.Fill(alone, true);
        var order = Enumerable.Range(0, n).ToArray();
        random.Shuffle(order.AsSpan());
        var touched = new int[n];
        foreach (var v in order)
        {
            var all = within[community[v]];
            var strength = graph.Strengths[v];
            if (!alone[v] || !WellConnected(graph, cut[v], strength, all)) continue;
            var neighbours = graph.Neighbours(v);
            var weights = graph.Weights(v);
            var count = 0;
            for (var i = 0; i < neighbours.Length; i++)
            {
                if (community[neighbours[i]] != community[v]) continue;
                var p = part[neighbours[i]];
                if (weightTo[p] == 0) touched[count++] = p;
                weightTo[p] += weights[i];
            }

            int best = -1, equals = 0;
            long bestGain = 0;
            for (var i = 0; i < count; i++)
            {
                var p = touched[i];
                var gain = graph.Total * weightTo[p] - strength * strengthOf[p];
                if (gain < bestGain || !WellConnected(graph, cut[p], strengthOf[p], all)) continue;
                equals = gain == bestGain && best >= 0 ? equals + 1 : 1;
                if (equals == 1 || random.Next(equals) == 0) best = p;
                bestGain = gain;
            }

            if (best >= 0)
            {
                cut[best] += cut[v] - 2 * weightTo[best];
                strengthOf[best] += strength;
                part[v] = best;
                alone[best] = false; // its first node, which gave the part its number
                alone[v] = false;
            }

            for (var i = 0; i < count; i++) weightTo[touched[i]] = 0;
        }

        return part;
    }

    private static bool WellConnected(CommunityGraph graph, long cut, long strength, long all) =>
        graph.Total * cut >= strength * (all - strength);

    /// <summary>Makes each connected piece of a community a community: always a gain, and it keeps the promise whatever went
    /// before.</summary>
    private static void SplitDisconnected(Adjacency ties, int[] labels)
    {
        var pieces = new int[labels.Length];
        Array.Fill(pieces, -1);
        var queue = new int[labels.Length];
        for (var start = 0; start < labels.Length; start++)
        {
            if (pieces[start] >= 0) continue;
            var tail = 0;
            queue[tail++] = start;
            pieces[start] = start;
            for (var head = 0; head < tail; head++)
            {
                foreach (var w in ties.Neighbours(queue[head]))
                {
                    if (pieces[w] >= 0 || labels[w] != labels[start]) continue;
                    pieces[w] = start;
                    queue[tail++] = w;
                }
            }
        }

        pieces.CopyTo(labels, 0);
    }
}
