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
    /// One search from each node, eight at a time and in parallel. The result is the same to the last bit whatever the number
    /// of threads: nodes are dealt into fixed blocks, each adds up on its own, and the blocks are added in their order.
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
        var sums = Blocks.Run(n, threads, () => new EightSearches(ties), searched, (search, first, end, sum) =>
        {
            for (var s = first; s < end; s += EightSearches.Most)
            {
                var together = Math.Min(EightSearches.Most, end - s);
                sum.Diameter =
                    Math.Max(sum.Diameter, search.From(s, harmonic.AsSpan(s, together), farness.AsSpan(s, together),
                    reached.AsSpan(s, together)));
            }

            search.TakeBetweenness(sum.Betweenness);
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

    internal static int[] NewDistances(int nodes)
    {
        var distance = new int[nodes];
        Array.Fill(distance, -1);
        return distance;
    }
}
