using System.Collections.Frozen;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Networks;

/// <summary>An organisation in the network.</summary>
/// <param name="Id">Its name, unique in the network.</param>
/// <param name="Sector">Its sector; null where unknown.</param>
/// <param name="Responded">Whether it told of its own relationships. One that did not is kept as a node, without arcs from it.</param>
/// <param name="SelfTrust">How far it holds itself to be trusted, on the rating scale; null where not said.</param>
public sealed record Partner(string Id, string? Sector, bool Responded, double? SelfTrust = null);

/// <summary>A relationship that <paramref name="From"/> reports with <paramref name="To"/>.</summary>
/// <param name="Frequency">How often they work together, in the survey's own steps; null where not said.</param>
/// <param name="Kind">For instance information, cooperation, coordination, collaboration.</param>
/// <param name="Trust">Sub-scores on the rating scale, null where not answered (openness, reliability, shared mission).</param>
/// <param name="Value">Sub-scores on the rating scale, null where not answered (power, resources, involvement).</param>
public sealed record Relationship(
    string From,
    string To,
    double? Frequency = null,
    string? Kind = null,
    IReadOnlyList<int?>? Trust = null,
    IReadOnlyList<int?>? Value = null);

public enum NetworkFault
{
    EmptyId,
    DuplicatePartner,
    SelfTrustOutsideScale,
    UnknownFrom,
    UnknownTo,
    SelfLoop,
    DuplicateRelationship,
    /// <summary>A relationship reported by an organisation that is marked as not having responded.</summary>
    FromDidNotRespond,
    RatingOutsideScale,
    NegativeFrequency,
}

/// <summary>What is wrong, and where: the place in the list of partners or, for faults of relationships, in theirs.</summary>
public sealed record NetworkProblem(NetworkFault Fault, int Index, string Message)
{
    public bool OfPartner => Fault is NetworkFault.EmptyId or NetworkFault.DuplicatePartner or NetworkFault.SelfTrustOutsideScale;
}

/// <summary>
/// Organisations and the relationships they report. An arc i → j says that i reports a relationship with j; <see cref="Any"/>
/// ties two organisations where either reports it, <see cref="Mutual"/> where both do.
/// </summary>
public sealed class RelationshipNetwork
{
    private readonly FrozenDictionary<string, int> index;
    private readonly double[] inStrength;
    private readonly double[] outStrength;

    private RelationshipNetwork(
        IReadOnlyList<Partner> partners, IReadOnlyList<Relationship> relationships, (int From, int To)[] arcs, FrozenDictionary<string,
            int> index, Scale ratingScale)
    {
        Partners = partners;
        Relationships = relationships;
        RatingScale = ratingScale;
        this.index = index;
        Arcs = arcs;
        Out = Adjacency.Directed(partners.Count, arcs);
        In = Adjacency.Directed(partners.Count, Array.ConvertAll(arcs, a => (a.To, a.From)));
        Any = Adjacency.Undirected(partners.Count, arcs);
        Mutual = Adjacency.Directed(partners.Count, Array.FindAll(arcs, a => Out.Contains(a.To, a.From)));
        Respondents = partners.Count(p => p.Responded);
        inStrength = new double[partners.Count];
        outStrength = new double[partners.Count];
        for (var i = 0; i < arcs.Length; i++)
        {
            outStrength[arcs[i].From] += relationships[i].Frequency ?? 0;
            inStrength[arcs[i].To] += relationships[i].Frequency ?? 0;
        }
    }

    /// <summary>The scale of trust and value in the survey that the two come from: 1 to 4.</summary>
    public static Scale FourPoint { get; } = new(1, 4);

    public IReadOnlyList<Partner> Partners { get; }

    /// <summary>In the order given.</summary>
    public IReadOnlyList<Relationship> Relationships { get; }

    /// <summary>The ends of <see cref="Relationships"/>, as places in <see cref="Partners"/>.</summary>
    public IReadOnlyList<(int From, int To)> Arcs { get; }

    public Scale RatingScale { get; }

    public int Count => Partners.Count;

    /// <summary>How many organisations told of their relationships.</summary>
    public int Respondents { get; }

    public Adjacency Out { get; }

    public Adjacency In { get; }

    public Adjacency Any { get; }

    public Adjacency Mutual { get; }

    /// <summary>Sum of the frequencies that others report with this partner; those not said add nothing.</summary>
    public double InStrength(int node) => inStrength[node];

    /// <summary>Sum of the frequencies that this partner reports; those not said add nothing.</summary>
    public double OutStrength(int node) => outStrength[node];

    /// <summary>The place of a partner, or −1.</summary>
    public int IndexOf(string id) => index.GetValueOrDefault(id, -1);

    /// <summary>Builds a network, or says everything that is wrong with the lists.</summary>
    /// <param name="partners">Ids are compared to the letter.</param>
    /// <param name="relationships">At most one from each organisation to each other.</param>
    /// <param name="ratingScale">Scale of the sub-scores and of self trust; <see cref="FourPoint"/> unless given.</param>
    /// <param name="network">Null where there are problems.</param>
    public static IReadOnlyList<NetworkProblem> TryBuild(
        IReadOnlyList<Partner> partners, IReadOnlyList<Relationship> relationships, out RelationshipNetwork? network, Scale? ratingScale =
            null)
    {
        var scale = ratingScale ?? FourPoint;
        var problems = new List<NetworkProblem>();
        var index = new Dictionary<string, int>(partners.Count, StringComparer.Ordinal);
        for (var i = 0; i < partners.Count; i++)
        {
            var partner = partners[i];
            if (string.IsNullOrWhiteSpace(partner.Id)) problems.Add(new(NetworkFault.EmptyId, i, "A partner has no id."));
            else if (!index.TryAdd(partner.Id, i)) problems.Add(new(NetworkFault.DuplicatePartner, i, $"'{partner.Id}' is listed twice."));
            if (partner.SelfTrust is { } self && !(self >= scale.Lowest && self <= scale.Highest))
                problems.Add(new(NetworkFault.SelfTrustOutsideScale, i,
                    $"Self trust must lie between {scale.Lowest} and {scale.Highest}."));
        }

        var arcs = new List<(int From, int To)>(relationships.Count);
        var seen = new HashSet<(int, int)>(relationships.Count);
        for (var i = 0; i < relationships.Count; i++)
        {
            var r = relationships[i];
            if (!index.TryGetValue(r.From, out var from)) problems.Add(new(NetworkFault.UnknownFrom, i,
                $"'{r.From}' is not among the partners."));
            if (!index.TryGetValue(r.To, out var to)) problems.Add(new(NetworkFault.UnknownTo, i, $"'{r.To}' is not among the partners."));
            if (Outside(r.Trust, scale) || Outside(r.Value, scale))
                problems.Add(new(NetworkFault.RatingOutsideScale, i,
                    $"Ratings must be whole numbers from {scale.Lowest} to {scale.Highest}."));
            if (r.Frequency is { } frequency && !(frequency >= 0 && double.IsFinite(frequency)))
                problems.Add(new(NetworkFault.NegativeFrequency, i, "A frequency must be 0 or more."));
            if (!index.ContainsKey(r.From) || !index.ContainsKey(r.To)) continue;
            if (from == to) problems.Add(new(NetworkFault.SelfLoop, i, $"'{r.From}' reports a relationship with itself."));
            else if (!seen.Add((from, to))) problems.Add(new(NetworkFault.DuplicateRelationship, i,
                $"'{r.From}' to '{r.To}' is reported twice."));
            else if (!partners[from].Responded) problems.Add(new(NetworkFault.FromDidNotRespond, i,
                $"'{r.From}' is marked as not having responded, yet reports a relationship."));
            else arcs.Add((from, to));
        }

        network = problems.Count == 0
            ? new([.. partners], [.. relationships], [.. arcs], index.ToFrozenDictionary(StringComparer.Ordinal), scale)
            : null;
        return problems;
    }

    /// <exception cref="ArgumentException">The lists hold a problem; the message is the first one's.</exception>
    public static RelationshipNetwork Build(IReadOnlyList<Partner> partners, IReadOnlyList<Relationship> relationships,
        Scale? ratingScale = null)
    {
        var problems = TryBuild(partners, relationships, out var network, ratingScale);
        return network ?? throw new ArgumentException(problems[0].Message);
    }

    private static bool Outside(IReadOnlyList<int?>? parts, Scale scale) =>
        parts is not null && parts.Any(p => p is { } x && (x < scale.Lowest || x > scale.Highest));
}
