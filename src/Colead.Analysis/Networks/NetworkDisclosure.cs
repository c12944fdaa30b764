namespace Colead.Analysis.Networks;

/// <summary>How much of a network's measures may be shown, by the share of partners that told of their relationships.</summary>
/// <remarks>Costenbader &amp; Valente 2003, Social Networks 25:283; Kossinets 2006, Social Networks 28:247.</remarks>
public enum NetworkDisclosure
{
    /// <summary>Under half responded: density among respondents only.</summary>
    DensityOnly,

    /// <summary>Half to three quarters responded: said to be partial, measures and ranks of single partners hidden.</summary>
    Partial,

    /// <summary>At least three quarters responded.</summary>
    All,
}

/// <summary>The rules by which network figures are shown.</summary>
public static class NetworkRules
{
    public static NetworkDisclosure Disclosure(RelationshipNetwork network) =>
        4L * network.Respondents >= 3L * network.Count && network.Count > 0 ? NetworkDisclosure.All
        : 2L * network.Respondents >= network.Count && network.Count > 0 ? NetworkDisclosure.Partial
        : NetworkDisclosure.DensityOnly;

    /// <summary>Core and periphery are shown for at least 8 partners where the pattern fits, r ≥ 0.5.</summary>
    public static bool ShowsCore(RelationshipNetwork network, CorePeripheryFit? fit) =>
        network.Count >= 8 && fit?.Correlation.OrNull >= 0.5;

    /// <summary>Communities are shown for at least 15 partners where they part clearly, Q ≥ 0.3.</summary>
    public static bool ShowsCommunities(RelationshipNetwork network, Partition partition) =>
        network.Count >= 15 && partition.Modularity.OrNull >= 0.3;
}

/// <summary>
/// What may be said of trust or value: mean received by partners with enough raters, rounded, and the mean of the network.
/// </summary>
/// <remarks>
/// Ties are visible, so the number of raters is too, and the network's mean less the means shown gives the mean of the rest. That
/// rest must therefore be nobody's, or come from enough different raters; until it does the partner with the fewest raters
/// is withheld as well. Every group that the shown figures single out is then a union of groups of at least that many raters.
/// Raters know their own rating, so the protection against one another is one less. No spread, number, interval, dyad or
/// rating given is shown: each would be another equation.
/// </remarks>
public sealed class ProtectedRatings
{
    /// <summary>Fewest raters behind any figure.</summary>
    public const int FewestRaters = 5;

    private readonly Ratings ratings;
    private readonly bool[] shown;

    private ProtectedRatings(Ratings ratings, bool[] shown, bool showsNetwork)
    {
        this.ratings = ratings;
        this.shown = shown;
        ShowsNetwork = showsNetwork;
    }

    /// <summary>Whether the mean of all ratings is shown.</summary>
    public bool ShowsNetwork { get; }

    /// <summary>Whether the mean that this partner received is shown.</summary>
    public bool Shows(int node) => shown[node];

    /// <summary>Mean received, to one decimal and not nearer to an end of the scale than an eighth of it.</summary>
    public Figure Received(int node) => shown[node] ? Rounded(ratings.Received(node).Mean) : Figure.Absent(Absence.TooFewAnswers);

    /// <summary>Mean of all ratings, to one decimal and not nearer to an end of the scale than an eighth of it.</summary>
    public Figure NetworkMean => ShowsNetwork ? Rounded(ratings.All.Mean) : Figure.Absent(Absence.TooFewAnswers);

    /// <summary><see cref="NetworkMean"/> as 0..100, of the rounded mean, to a whole number.</summary>
    public Figure Percent => NetworkMean.Select(m =>
        Math.Round(100 * (m - ratings.Network.RatingScale.Lowest) / ratings.Network.RatingScale.Range, MidpointRounding.AwayFromZero));

    /// <param name="ratings">Trust or value.</param>
    /// <param name="receivedMeans">Whether means of single partners may be shown at all (see <see cref="NetworkDisclosure"/>).</param>
    public static ProtectedRatings Of(Ratings ratings, bool receivedMeans)
    {
        var network = ratings.Network;
        var ratersOf = new List<int>[network.Count];
        for (var v = 0; v < network.Count; v++) ratersOf[v] = [];
        for (var i = 0; i < ratings.Scores.Count; i++)
        {
            if (ratings.Scores[i].IsDefined) ratersOf[network.Arcs[i].To].Add(network.Arcs[i].From);
        }

        var shown = Array.ConvertAll(ratersOf, r => receivedMeans && r.Count >= FewestRaters);
        var rest = new HashSet<int>();
        for (var v = 0; v < network.Count; v++)
        {
            if (!shown[v]) rest.UnionWith(ratersOf[v]);
        }

        foreach (var v in Enumerable.Range(0, network.Count).Where(v => shown[v]).OrderBy(v => ratersOf[v].Count)
            .ThenBy(v => network.Partners[v].Id, StringComparer.Ordinal))
        {
            if (rest.Count is 0 or >= FewestRaters) break;
            shown[v] = false;
            rest.UnionWith(ratersOf[v]);
        }

        return new(ratings, shown, rest.Count == 0 ? shown.Contains(true) : rest.Count >= FewestRaters);
    }

    private Figure Rounded(double mean)
    {
        var scale = ratings.Network.RatingScale;
        return Figure.Of(Math.Clamp(Math.Round(mean, 1, MidpointRounding.AwayFromZero), scale.LowUnanimity, scale.HighUnanimity));
    }
}
