namespace Colead.Analysis.Networks;

/// <summary>
/// Modularity Q of a partition: the share of ties within communities, less what equal degrees would give by chance,
/// Q = sum over communities of (L_c/m − (D_c/2m)²), at most 1.
/// </summary>
/// <remarks>Newman &amp; Girvan 2004, Physical Review E 69:026113.</remarks>
public static class Modularity
{
    /// <param name="ties">An undirected graph.</param>
    /// <param name="labels">Community of each node, any numbers.</param>
    /// <returns>Absent without ties.</returns>
    public static Figure Of(Adjacency ties, IReadOnlyList<int> labels)
    {
        if (labels.Count != ties.Nodes) throw new ArgumentException("Every node needs one label.", nameof(labels));
        if (ties.Entries == 0) return Figure.Absent(Absence.TooFewTies);
        double total = ties.Entries;
        return Figure.Of(Numerator(ties, labels) / total / total);
    }

    /// <summary>(2m)²·Q, in whole numbers.</summary>
    internal static long Numerator(Adjacency ties, IReadOnlyList<int> labels)
    {
        var degreeOf = new Dictionary<int, long>();
        long within = 0;
        for (var v = 0; v < ties.Nodes; v++)
        {
            degreeOf[labels[v]] = degreeOf.GetValueOrDefault(labels[v]) + ties.Degree(v);
            foreach (var w in ties.Neighbours(v))
            {
                if (labels[w] == labels[v]) within++;
            }
        }

        return within * ties.Entries - degreeOf.Values.Sum(d => d * d);
    }
}

/// <summary>A division of the nodes into communities.</summary>
/// <param name="Labels">Community of each node, from 0, in the order of their first nodes.</param>
/// <param name="Communities">How many there are.</param>
/// <param name="Modularity">Absent without ties.</param>
/// <param name="Iterations">Passes over the whole graph.</param>
/// <param name="Converged">Whether the last pass found nothing to better.</param>
public sealed record Partition(IReadOnlyList<int> Labels, int Communities, Figure Modularity, int Iterations, bool Converged);

/// <summary>The best of several seeded runs, with what the others reached.</summary>
/// <param name="Best">The first of the runs with the highest modularity.</param>
/// <param name="Runs">Modularity of each run, in the order of the seeds; empty without ties.</param>
public sealed record BestPartition(Partition Best, IReadOnlyList<double> Runs)
{
    public Figure BestModularity => Best.Modularity;

    /// <summary>Middle value; the mean of the two middle ones for an even number of runs.</summary>
    public Figure MedianModularity
    {
        get
        {
            if (Runs.Count == 0) return Figure.Absent(Absence.TooFewTies);
            var sorted = Runs.Order().ToArray();
            return Figure.Of((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
        }
    }

    public Figure WorstModularity => Runs.Count == 0 ? Figure.Absent(Absence.TooFewTies) : Figure.Of(Runs.Min());

    /// <summary>Runs <paramref name="search"/> with the seeds from <paramref name="seed"/> on. The same whatever the number of
    /// threads.</summary>
    public static BestPartition Of(Adjacency ties, Func<Adjacency, ulong, Partition> search, ulong seed, int runs = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var partitions = new Partition[runs];
        Parallel.For(0, runs, r => partitions[r] = search(ties, seed + (ulong)r));
        if (!partitions[0].Modularity.IsDefined) return new(partitions[0], []);
        return new(partitions.MaxBy(p => p.Modularity.Value)!, [.. partitions.Select(p => p.Modularity.Value)]);
    }
}

/// <summary>
/// Louvain: nodes move to the neighbouring community of most gain until none gains; communities become nodes; again.
/// Its communities may be disconnected, so <see cref="Leiden"/> is the one to show.
/// </summary>
/// <remarks>Blondel, Guillaume, Lambiotte &amp; Lefebvre 2008, J. Stat. Mech. P10008.</remarks>
public static class Louvain
{
    /// <param name="ties">An undirected graph.</param>
    /// <param name="seed">Decides the order in which nodes are visited.</param>
    public static Partition Run(Adjacency ties, ulong seed)
    {
        var random = new SeededRandom(seed);
        var labels = Enumerable.Range(0, ties.Nodes).ToArray();
        var graph = CommunityGraph.Of(ties);
        var levels = 0;
        var converged = ties.Entries == 0;
        while (!converged)
        {
            levels++;
            var moves = new CommunityMoves(graph, Enumerable.Range(0, graph.Nodes).ToArray());
            var order = Enumerable.Range(0, graph.Nodes).ToArray();
            random.Shuffle(order.AsSpan());
            var movedAtAll = false;
            bool moved;
            do
            {
                moved = false;
                foreach (var v in order) moved |= moves.MoveToBest(v, mayLeaveForItself: false);
                movedAtAll |= moved;
            }
            while (moved); // modularity rises with each move, and there are finitely many partitions

            var count = CommunityMoves.Renumber(moves.Community);
            for (var v = 0; v < labels.Length; v++) labels[v] = moves.Community[labels[v]];
            converged = !movedAtAll;
            graph = graph.Fold(moves.Community, count);
        }

        var communities = CommunityMoves.Renumber(labels);
        return new(labels, communities, Modularity.Of(ties, labels), levels, converged);
    }
}
