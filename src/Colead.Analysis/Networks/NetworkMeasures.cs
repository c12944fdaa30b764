namespace Colead.Analysis.Networks;

/// <summary>Everything that is computed of a network, without regard to what may be shown (see <see cref="NetworkRules"/>).</summary>
public sealed record NetworkMeasures
{
    /// <summary>Seed of the community runs unless another is given.</summary>
    public const ulong DefaultSeed = 1;

    /// <summary>Largest network for which the loss of each partner is followed into every distance; parts and pairs are found for
    /// any.</summary>
    public const int MostForEfficiencyOfLoss = 2_000;

    public required RelationshipNetwork Network { get; init; }

    public required ShortestPaths Paths { get; init; }

    public required Components Components { get; init; }

    public required CutStructure Cuts { get; init; }

    public required Triads Triads { get; init; }

    public required IReadOnlyList<int> Coreness { get; init; }

    /// <summary>Null where no degree threshold parts the partners.</summary>
    public required CorePeripheryFit? Core { get; init; }

    /// <summary>Null above <see cref="CorePeriphery.MostSearched"/> partners.</summary>
    public required CorePeripherySearch? CoreSearch { get; init; }

    /// <summary>Absent without ties and where any partner's sector is unknown.</summary>
    public required Figure ModularityBySector { get; init; }

    public required BestPartition Louvain { get; init; }

    public required BestPartition Leiden { get; init; }

    public required Ratings Trust { get; init; }

    public required Ratings Value { get; init; }

    public required Fragility Fragility { get; init; }

    /// <summary>What the loss of all cut-points at once would do; null without cut-points, and above <see cref="MostForEfficiencyOfLoss"/>
    /// partners.</summary>
    public required LossOfPartners? WithoutCutPoints { get; init; }

    /// <param name="network">Ties count where either reports them.</param>
    /// <param name="seed">First seed of the 20 runs of either community search.</param>
    /// <param name="threads">Most threads for shortest paths; the result does not depend on it.</param>
    /// <param name="progress">Told from any thread, now and then, what share of the work is done, 0..1.</param>
    public static NetworkMeasures Of(RelationshipNetwork network, ulong seed = DefaultSeed, int? threads = null,
        Action<double>? progress = null)
    {
        var ties = network.Any;
        var follow = network.Count <= MostForEfficiencyOfLoss;
        var searches = (follow ? 2.0 : 1.0) * Math.Max(1, network.Count);
        long done = 0;
        Action<int>? searched = progress is null ? null : more => progress(0.9 * Interlocked.Add(ref done, more) / searches);

        var paths = ShortestPaths.Of(ties, threads, searched);
        var cuts = CutStructure.Of(ties);
        var fragility = Fragility.Of(ties, follow ? paths : null, threads, searched);
        var result = new NetworkMeasures
        {
            Network = network,
            Paths = paths,
            Components = Components.Of(ties),
            Cuts = cuts,
            Triads = Triads.Of(ties),
            Coreness = Networks.Coreness.Of(ties),
            Core = CorePeriphery.Fit(ties),
            CoreSearch = CorePeriphery.Search(ties),
            ModularityBySector = OfSectors(network),
            Louvain = BestPartition.Of(ties, Networks.Louvain.Run, seed),
            Leiden = BestPartition.Of(ties, (graph, s) => Networks.Leiden.Run(graph, s), seed),
            Trust = Ratings.Trust(network),
            Value = Ratings.Value(network),
            Fragility = fragility,
            WithoutCutPoints = follow && cuts.CutPoints.Count > 0 ? Fragility.IfAllLeft(ties, cuts.CutPoints.ToHashSet()) : null,
        };
        progress?.Invoke(1);
        return result;
    }

    private static Figure OfSectors(RelationshipNetwork network)
    {
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        var sectors = new int[network.Count];
        for (var v = 0; v < network.Count; v++)
        {
            if (network.Partners[v].Sector is not { } sector) return Figure.Absent(Absence.NotComparable);
            labels.TryAdd(sector, labels.Count);
            sectors[v] = labels[sector];
        }

        return Modularity.Of(network.Any, sectors);
    }
}
