namespace Colead.Analysis.Networks;

/// <summary>
/// E–I index: ties across sectors less ties within, over both: −1 (all within) to 1 (all across). Ties of a partner whose sector
/// is unknown are left out. Absent without ties.
/// </summary>
/// <param name="External">Ties between sectors.</param>
/// <param name="Internal">Ties within a sector.</param>
/// <remarks>Krackhardt &amp; Stern 1988, Social Psychology Quarterly 51:123.</remarks>
public readonly record struct ExternalInternal(long External, long Internal)
{
    public Figure Index => External + Internal == 0
        ? Figure.Absent(Absence.TooFewTies)
        : Figure.Of((double)(External - Internal) / (External + Internal));

    /// <summary>Over ties of the undirected graph "either reports".</summary>
    public static ExternalInternal OfTies(RelationshipNetwork network)
    {
        var both = Count(network, network.Any);
        return new(both.External / 2, both.Internal / 2);
    }

    /// <summary>Over reported arcs.</summary>
    public static ExternalInternal OfArcs(RelationshipNetwork network) => Count(network, network.Out);

    /// <summary>A sector's ties to others and within itself, each tie once; sectors in ordinal order.</summary>
    public static IReadOnlyDictionary<string, ExternalInternal> BySector(RelationshipNetwork network)
    {
        var result = new SortedDictionary<string, ExternalInternal>(StringComparer.Ordinal);
        for (var v = 0; v < network.Count; v++)
        {
            if (network.Partners[v].Sector is not { } sector) continue;
            var sum = result.GetValueOrDefault(sector);
            var own = OfNode(network, v);
            result[sector] = new(sum.External + own.External, sum.Internal + own.Internal);
        }

        foreach (var (sector, sum) in result.ToList()) result[sector] = sum with { Internal = sum.Internal / 2 };
        return result;
    }

    /// <summary>Over one partner's ties.</summary>
    public static ExternalInternal OfNode(RelationshipNetwork network, int node) => OfNode(network, network.Any, node);

    /// <summary>
    /// The index that ties laid without regard to sectors would have: 2·(1 − sum n_s(n_s − 1)/(n(n − 1))) − 1. Absent below two
    /// partners of known sector.
    /// </summary>
    public static Figure Expected(RelationshipNetwork network)
    {
        var sizes = network.Partners.Where(p => p.Sector is not null).CountBy(p => p.Sector!, StringComparer.Ordinal)
            .Select(s => (double)s.Value).ToList();
        var n = sizes.Sum();
        return n < 2 ? Figure.Absent(Absence.TooFewParties) : Figure.Of(2 * (1 - sizes.Sum(s => s * (s - 1)) / (n * (n - 1))) - 1);
    }

    private static ExternalInternal Count(RelationshipNetwork network, Adjacency ties)
    {
        long external = 0, within = 0;
        for (var v = 0; v < network.Count; v++)
        {
            var own = OfNode(network, ties, v);
            external += own.External;
            within += own.Internal;
        }

        return new(external, within);
    }

    private static ExternalInternal OfNode(RelationshipNetwork network, Adjacency ties, int node)
    {
        if (network.Partners[node].Sector is not { } sector) return default;
        int external = 0, within = 0;
        foreach (var w in ties.Neighbours(node))
        {
            if (network.Partners[w].Sector is not { } other) continue;
            if (string.Equals(sector, other, StringComparison.Ordinal)) within++;
            else external++;
        }

        return new(external, within);
    }
}
