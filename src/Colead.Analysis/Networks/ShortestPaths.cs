using System.Runtime.CompilerServices;

namespace Colead.Analysis.Networks;

/// <summary>
/// Everything that rests on shortest paths in an undirected graph, ties unweighted (frequency is not distance), from one
/// breadth-first search from each node: betweenness, closeness, path lengths.
/// </summary>
public sealed class ShortestPaths
{
    private readonly double[] betweenness;
    private readonly double[] harmonic;
    private readonly long[] farness;
    private readonly int[] reached;

    private ShortestPaths(double[] betweenness, double[] harmonic, long[] farness, int[] reached, int diameter)
    {
        (this.betweenness, this.harmonic, this.farness, this.reached) = (betweenness, harmonic, farness, reached);
        DiameterWithinComponents = diameter;
        foreach (var r in reached) ConnectedPairs += r;
        foreach (var f in farness) TotalDistance += f;
        ConnectedPairs /= 2;
        TotalDistance /= 2;
    }

    public int Nodes => betweenness.Length;

    /// <summary>Pairs joined by some path.</summary>
    public long ConnectedPairs { get; }

    /// <summary>Sum of the distances of all connected pairs.</summary>
    public long TotalDistance { get; }

    /// <summary>The longest of all shortest paths within components; 0 without ties.</summary>
    public int DiameterWithinComponents { get; }

    /// <summary>Mean distance of the pairs that are connected. Absent without ties.</summary>
    public Figure AverageLengthWithinComponents =>
        ConnectedPairs == 0 ? Figure.Absent(Absence.TooFewTies) : Figure.Of((double)TotalDistance / ConnectedPairs);

    /// <summary>
    /// Betweenness: over all pairs of others, the share of their shortest paths that pass through the node. Not normalised.
    /// </summary>
    /// <remarks>Freeman 1977, Sociometry 40:35; Brandes 2001, Journal of Mathematical Sociology 25:163.</remarks>
    public double Betweenness(int node) => betweenness[node];

    /// <summary>Betweenness × 2/((n − 1)(n − 2)), 0..1. Absent below three nodes.</summary>
    public Figure NormalisedBetweenness(int node) =>
        Nodes < 3 ? Figure.Absent(Absence.TooFewParties) : Figure.Of(betweenness[node] * 2 / ((double)(Nodes - 1) * (Nodes - 2)));

    /// <summary>Sum of (max − normalised betweenness) over n − 1, 0..1 (a star). Absent below three nodes.</summary>
    public Figure BetweennessCentralisation
    {
        get
        {
            if (Nodes < 3) return Figure.Absent(Absence.TooFewParties);
            double highest = betweenness.Max(), sum = 0;
            foreach (var b in betweenness) sum += highest - b;
            return Figure.Of(sum * 2 / ((double)(Nodes - 1) * (Nodes - 1) * (Nodes - 2)));
        }
    }

    /// <summary>Sum of 1/distance to all others; nobody reached adds 0.</summary>
    /// <remarks>Marchiori &amp; Latora 2000; Rochat 2009.</remarks>
    public double Harmonic(int node) => harmonic[node];

    /// <summary>Harmonic closeness over n − 1, 0..1. Absent for a single node.</summary>
    public Figure HarmonicCloseness(int node) =>
        Nodes < 2 ? Figure.Absent(Absence.TooFewParties) : Figure.Of(harmonic[node] / (Nodes - 1));

    /// <summary>
    /// Closeness after Wasserman and Faust: the mean nearness of those reached, r/sum of distances, times the share of others
    /// reached, r/(n − 1). 0 for an isolate, absent for a single node.
    /// </summary>
    /// <remarks>Wasserman &amp; Faust 1994, section 5.2.2.</remarks>
    public Figure WassermanFaustCloseness(int node)
    {
        if (Nodes < 2) return Figure.Absent(Absence.TooFewParties);
        if (reached[node] == 0) return Figure.Of(0);
        double r = reached[node];
        return Figure.Of(r * r / ((double)farness[node] * (Nodes - 1)));
    }

    /// <summary>
    /// Closeness within the node's own component, r/sum of distances: misleading across components, kept for comparison with
    /// other programs. Absent for isolates.
    /// </summary>
    public Figure ClosenessWithinComponent(int node) =>
        reached[node] == 0 ? Figure.Absent(Absence.Isolated) : Figure.Of((double)reached[node] / farness[node]);

    /// <summary>Sum of distances to those reached.</summary>
    public long Farness(int node) => farness[node];

    /// <summary>How many others can be reached.</summary>
    public int Reached(int node) => reached[node];

    /// <summary>
    /// Mean over all pairs of 1/distance, unconnected pairs 0: how near everyone is to everyone, 0..1. Absent for a single node.
    /// </summary>
    /// <remarks>Latora &amp; Marchiori 2001, Physical Review Letters 87:198701.</remarks>
    public Figure GlobalEfficiency
    {
        get
        {
            if (Nodes < 2) return Figure.Absent(Absence.TooFewParties);
            double sum = 0;
            foreach (var h in harmonic) sum += h;
            return Figure.Of(sum / ((double)Nodes * (Nodes - 1)));
        }
    }

    /// <summary>
    /// One search from each node, in parallel. The result is the same to the last bit whatever the number of threads: nodes
    /// are dealt into fixed blocks, each adds up on its own, and the blocks are added in their order.
    /// </summary>
    /// <param name="ties">An undirected graph.</param>
    /// <param name="threads">Most threads to use; all processors unless given.</param>
    /// <param name="searched">Told from any thread how many more nodes have been searched from.</param>
    public static ShortestPaths Of(Adjacency ties, int? threads = null, Action<int>? searched = null)
    {
        var n = ties.Nodes;
        var harmonic = new double[n];
        var farness = new long[n];
        var reached = new int[n];
        var sums = Blocks.Run(n, threads, () => new BreadthFirst(ties), searched, (search, first, end, sum) =>
        {
            for (var s = first; s < end; s++) (harmonic[s], farness[s], reached[s]) = search.From(s, sum.Betweenness, ref sum.Diameter);
        }, () => new BlockSum(n));

        var betweenness = new double[n];
        var diameter = 0;
        foreach (var sum in sums)
        {
            for (var v = 0; v < n; v++) betweenness[v] += sum.Betweenness[v];
            diameter = Math.Max(diameter, sum.Diameter);
        }

        for (var v = 0; v < n; v++) betweenness[v] /= 2; // each pair was met from both its ends
        return new(betweenness, harmonic, farness, reached, diameter);
    }

    private sealed class BlockSum(int nodes)
    {
        public readonly double[] Betweenness = new double[nodes];
        public int Diameter;
    }

    /// <summary>One thread's search and its buffers.</summary>
    /// <remarks>
    /// Which neighbours are further out, as near, or nearer cannot be predicted, and asking it for every tie would cost more than
    /// the sums. So numbers of paths, and later what passes, are kept in <c>wave</c>, which is 0 except on one level: a node's whole
    /// row can then be added without asking.
    /// </remarks>
    private sealed class BreadthFirst(Adjacency ties)
    {
        /// <summary>Counts of paths above this go to the sums that cannot overflow.</summary>
        private const double MostPaths = 1e280;

        private readonly int[] distance = NewDistances(ties.Nodes);
        private readonly double[] wave = new double[ties.Nodes];
        private readonly int[] order = new int[ties.Nodes + 1];
        private readonly double[] paths = new double[ties.Nodes]; // by place in order
        private readonly double[] next = new double[ties.Nodes];  // by place in order
        private readonly int[] levels = new int[ties.Nodes + 2];

        /// <summary>Adds to <paramref name="betweenness"/> what paths from <paramref name="source"/> pass through each node.</summary>
        public (double Harmonic, long Farness, int Reached) From(int source, double[] betweenness, ref int diameter)
        {
            distance[source] = 0;
            order[0] = source;
            paths[0] = wave[source] = 1;
            levels[0] = 0;
            levels[1] = 1;
            var (last, most, harmonic, farness) = (0, 1.0, 0.0, 0L);
            while (true)
            {
                int start = levels[last], end = levels[last + 1], tail = Discover(start, end, last + 1);
                if (tail == end) break;
                levels[++last + 1] = tail;
                most = Math.Max(most, Sum(end, tail, paths));
                Pass(start, end, end, tail, paths);
                harmonic += (tail - end) / (double)last;
                farness += (tail - end) * (long)last;
            }

            var count = levels[last + 1];
            Pass(levels[last], count, 0, 0, paths);
            if (last > diameter) diameter = last;
            if (most > MostPaths) GatherWithExponents(count, betweenness);
            else Gather(last, betweenness);
            for (var i = 0; i < count; i++) distance[order[i]] = -1;
            return (harmonic, farness, count - 1);
        }

        /// <summary>Appends the unseen neighbours of a level to the order; returns its new end. No branch depends on what is found.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Discover(int start, int end, int level)
        {
            ReadOnlySpan<int> offsets = ties.Offsets, targets = ties.Targets;
            int[] distance = this.distance, order = this.order;
            var tail = end;
            for (var i = start; i < end; i++)
            {
                var v = order[i];
                foreach (var w in targets[offsets[v]..offsets[v + 1]])
                {
                    var d = distance[w];
                    var unseen = d >> 31; // all ones where the distance is still −1
                    order[tail] = w;
                    tail -= unseen;
                    distance[w] = (level & unseen) | (d & ~unseen);
                }
            }

            return tail;
        }

        /// <summary>For the nodes at these places of the order, the sum of the wave over their neighbours; returns the largest.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private double Sum(int start, int end, double[] sums)
        {
            ReadOnlySpan<int> offsets = ties.Offsets, targets = ties.Targets;
            double[] wave = this.wave;
            var order = this.order;
            double most = 0;
            for (var i = start; i < end; i++)
            {
                var v = order[i];
                double sum = 0;
                foreach (var w in targets[offsets[v]..offsets[v + 1]]) sum += wave[w];
                sums[i] = sum;
                most = Math.Max(most, sum);
            }

            return most;
        }

        /// <summary>Moves the wave from one level to another.</summary>
        private void Pass(int oldStart, int oldEnd, int newStart, int newEnd, double[] values)
        {
            for (var i = oldStart; i < oldEnd; i++) wave[order[i]] = 0;
            for (var i = newStart; i < newEnd; i++) wave[order[i]] = values[i];
        }

        /// <summary>Backwards, level by level: what passes through v is its paths times the sum, over neighbours w further out, of (1 + what passes w)/paths of w.</summary>
        private void Gather(int last, double[] betweenness)
        {
            if (last == 0) return;
            for (var i = levels[last]; i < levels[last + 1]; i++) next[i] = 1 / paths[i];
            Pass(0, 0, levels[last], levels[last + 1], next);
            for (var level = last - 1; level >= 1; level--)
            {
                int start = levels[level], end = levels[level + 1];
                Sum(start, end, next);
                for (var i = start; i < end; i++)
                {
                    var passing = paths[i] * next[i];
                    betweenness[order[i]] += passing;
                    next[i] = (1 + passing) / paths[i];
                }

                Pass(end, levels[level + 2], start, end, next);
            }

            Pass(levels[1], levels[2], 0, 0, next);
        }

        /// <summary>
        /// The same where the number of shortest paths would leave the range of a double (some 1,000 diamonds in a row): numbers of
        /// paths are counted again as fraction and exponent. Rare, so plain.
        /// </summary>
        private void GatherWithExponents(int count, double[] betweenness)
        {
            var fraction = new double[paths.Length];
            var exponent = new int[paths.Length];
            fraction[order[0]] = 1;
            for (var i = 0; i < count; i++)
            {
                var v = order[i];
                foreach (var w in ties.Neighbours(v))
                {
                    if (distance[w] != distance[v] + 1) continue;
                    var top = fraction[w] == 0 ? exponent[v] : Math.Max(exponent[v], exponent[w]);
                    var sum = Math.ScaleB(fraction[v], exponent[v] - top) + Math.ScaleB(fraction[w], exponent[w] - top);
                    var shift = Math.ILogB(sum);
                    (fraction[w], exponent[w]) = (Math.ScaleB(sum, -shift), top + shift);
                }
            }

            var passing = new double[paths.Length];
            for (var i = count - 1; i > 0; i--)
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

    internal static int[] NewDistances(int nodes)
    {
        var distance = new int[nodes];
        Array.Fill(distance, -1);
        return distance;
    }
}
