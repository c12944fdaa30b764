namespace Colead.Analysis.Networks;

/// <summary>What the network would lose if a partner, or several, left.</summary>
/// <param name="Components">Connected parts of what remains.</param>
/// <param name="PairsParted">Pairs of those who remain that are in touch now, by whatever path, and would not be.</param>
/// <param name="Efficiency">
/// Mean nearness (1/distance, unconnected 0) of the pairs that remain, 0..1. Absent below two remaining, or where not asked for.
/// </param>
/// <param name="EfficiencyNow">The same pairs' mean nearness with everyone present.</param>
/// <param name="AverageLength">Mean distance of the pairs that would still be connected. Absent without any, or where not asked
/// for.</param>
public sealed record LossOfPartners(int Components, long PairsParted, Figure Efficiency, Figure EfficiencyNow, Figure AverageLength)
{
    /// <summary>Share of present nearness that would be lost, 0..1. Absent where there is none to lose.</summary>
    public Figure EfficiencyLost => Efficiency.IsDefined && EfficiencyNow is { IsDefined: true, Value: > 0 }
        ? Figure.Of(Math.Max(0, 1 - Efficiency.Value / EfficiencyNow.Value))
        : Figure.Absent(Absence.TooFewTies);
}

/// <summary>
/// "What if this partner left?", for every partner at once, in about the time of some searches from every node instead of one
/// for every pair of a node and a partner lost.
/// </summary>
/// <remarks>
/// From a source, the distances that the loss of v changes are those of nodes all of whose shortest paths pass v, that is of v's
/// descendants in the dominator tree of the shortest paths; only they are searched again (Cooper, Harvey &amp; Kennedy 2001 for the
/// tree). Efficiency: Latora &amp; Marchiori 2001.
/// </remarks>
public sealed class Fragility
{
    private readonly Adjacency ties;
    private readonly LossOfPartners[] losses;

    private Fragility(Adjacency ties, LossOfPartners[] losses)
    {
        this.ties = ties;
        this.losses = losses;
    }

    public LossOfPartners IfLeft(int node) => losses[node];

    /// <summary>
    /// Who would be cut off from the rest if the node left: of what its component falls into, all parts but the largest (of
    /// equal ones the one of the earliest node stays). Ascending; empty for a node that is no cut-point.
    /// </summary>
    public IReadOnlyList<int> CutOff(int node)
    {
        var without = Components.Of(ties, new HashSet<int> { node });
        var parts = ties.Neighbours(node).ToArray().Select(w => without.Labels[w]).Distinct().ToList();
        if (parts.Count < 2) return [];
        var main = parts.OrderByDescending(p => without.Sizes[p]).ThenBy(p => p).First();
        var lost = parts.Where(p => p != main).ToHashSet();
        return [.. Enumerable.Range(0, ties.Nodes).Where(v => lost.Contains(without.Labels[v]))];
    }

    /// <summary>What the loss of several at once would do, by searching what remains.</summary>
    public static LossOfPartners IfAllLeft(Adjacency ties, IReadOnlySet<int> leaving)
    {
        var rest = ties.Without(leaving);
        var (now, after) = (ShortestPaths.Of(ties), ShortestPaths.Of(rest));
        double harmonicNow = 0, harmonicAfter = 0;
        long connectedNow = 0;
        var labels = Components.Of(ties).Labels;
        var inTouch = new Dictionary<int, long>();
        for (var v = 0; v < ties.Nodes; v++)
        {
            if (leaving.Contains(v)) continue;
            harmonicNow += now.Harmonic(v);
            harmonicAfter += after.Harmonic(v);
            connectedNow += inTouch.GetValueOrDefault(labels[v]);
            inTouch[labels[v]] = inTouch.GetValueOrDefault(labels[v]) + 1;
        }

        foreach (var v in leaving) harmonicNow -= NearnessToOthers(ties, v, leaving);
        double n = ties.Nodes - leaving.Count;
        var components = Components.Of(ties, leaving).Count;
        return n < 2
            ? new(components, 0, Figure.Absent(Absence.TooFewParties), Figure.Absent(Absence.TooFewParties),
                Figure.Absent(Absence.TooFewTies))
            : new(components, connectedNow - after.ConnectedPairs, Figure.Of(harmonicAfter / (n * (n - 1))),
                Figure.Of(Math.Max(0, harmonicNow) / (n * (n - 1))), after.AverageLengthWithinComponents);
    }

    /// <param name="ties">An undirected graph.</param>
    /// <param name="paths">Its shortest paths, or null to leave nearness and lengths absent: parts and pairs alone take linear
    /// time.</param>
    /// <param name="threads">Most threads to use; the result does not depend on it.</param>
    /// <param name="searched">Told from any thread how many more nodes have been searched from.</param>
    public static Fragility Of(Adjacency ties, ShortestPaths? paths, int? threads = null, Action<int>? searched = null)
    {
        var n = ties.Nodes;
        var cuts = CutStructure.Of(ties);
        var components = Components.Of(ties).Count;
        var losses = new LossOfPartners[n];
        var nearnessLost = new double[n];
        var lengthAdded = new long[n];
        if (paths is not null)
        {
            foreach (var sum in Blocks.Run(n, threads, () => new LossSearch(ties), searched, (search, first, end, sum) =>
            {
                for (var s = first; s < end; s++) search.From(s, sum.Nearness, sum.Length);
            }, () => (Nearness: new double[n], Length: new long[n])))
            {
                for (var v = 0; v < n; v++)
                {
                    nearnessLost[v] += sum.Nearness[v];
                    lengthAdded[v] += sum.Length[v];
                }
            }
        }

        double total = 0, pairs = (double)(n - 1) * (n - 2);
        for (var v = 0; v < n && paths is not null; v++) total += paths.Harmonic(v);
        for (var v = 0; v < n; v++)
        {
            var parts = components - 1 + cuts.Pieces(v);
            var parted = cuts.PairsParted(v);
            if (paths is null || n < 3)
            {
                var why = n < 3 ? Absence.TooFewParties : Absence.NotComputed;
                losses[v] = new(parts, parted, Figure.Absent(why), Figure.Absent(why), Figure.Absent(why));
                continue;
            }

            var now = total - 2 * paths.Harmonic(v);
            var connected = paths.ConnectedPairs - paths.Reached(v) - parted;
            // Distances are met from both ends.
            var length = paths.TotalDistance - paths.Farness(v) + lengthAdded[v] / 2;
            losses[v] = new(
                parts,
                parted,
                Figure.Of(Math.Max(0, now - nearnessLost[v]) / pairs),
                Figure.Of(Math.Max(0, now) / pairs),
                connected == 0 ? Figure.Absent(Absence.TooFewTies) : Figure.Of((double)length / connected));
        }

        return new(ties, losses);
    }

    /// <summary>Sum of 1/distance from a leaving node to those who stay: it counts in their nearness now but not among their
    /// pairs.</summary>
    private static double NearnessToOthers(Adjacency ties, int source, IReadOnlySet<int> leaving)
    {
        var distance = ShortestPaths.NewDistances(ties.Nodes);
        var queue = new Queue<int>([source]);
        distance[source] = 0;
        double sum = 0;
        while (queue.TryDequeue(out var v))
        {
            if (!leaving.Contains(v)) sum += 1.0 / distance[v];
            foreach (var w in ties.Neighbours(v))
            {
                if (distance[w] >= 0) continue;
                distance[w] = distance[v] + 1;
                queue.Enqueue(w);
            }
        }

        return sum;
    }
}
