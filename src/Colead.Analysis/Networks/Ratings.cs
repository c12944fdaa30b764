using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Networks;

/// <summary>
/// Trust, or value, as partners rate one another. A relationship's score is the mean of its sub-scores, where at least two
/// are answered. Each rater counts once for each it rates.
/// </summary>
/// <remarks>Varda and others, the PARTNER survey: trust = openness, reliability, shared mission; value = power, resources,
/// involvement.</remarks>
public sealed class Ratings
{
    /// <summary>Fewest answered sub-scores.</summary>
    public const int FewestParts = 2;

    private readonly Figure[] scores;
    private readonly Moments[] received;
    private readonly Moments[] given;

    private Ratings(RelationshipNetwork network, Func<Relationship, IReadOnlyList<int?>?> parts)
    {
        Network = network;
        scores = [.. network.Relationships.Select(r => Score(parts(r)))];
        var to = new List<double>[network.Count];
        var from = new List<double>[network.Count];
        for (var v = 0; v < network.Count; v++) (to[v], from[v]) = ([], []);
        var all = new List<double>();
        var dyads = new Dictionary<(int, int), (double Sum, int Count)>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i].OrNull is not { } score) continue;
            var (rater, rated) = network.Arcs[i];
            from[rater].Add(score);
            to[rated].Add(score);
            all.Add(score);
            var pair = (Math.Min(rater, rated), Math.Max(rater, rated));
            var (sum, count) = dyads.GetValueOrDefault(pair);
            dyads[pair] = (sum + score, count + 1);
        }

        received = [.. to.Select(list => Moments.Of([.. list]))];
        given = [.. from.Select(list => Moments.Of([.. list]))];
        All = Moments.Of([.. all]);
        Dyads = Moments.Of([.. dyads.Values.Select(d => d.Sum / d.Count)]);
    }

    public RelationshipNetwork Network { get; }

    /// <summary>The score of each of the network's relationships, in their order. Absent below two answered sub-scores.</summary>
    public IReadOnlyList<Figure> Scores => scores;

    /// <summary>All scores.</summary>
    public Moments All { get; }

    /// <summary>Pairs, each the mean of its one or two directions.</summary>
    public Moments Dyads { get; }

    /// <summary>What others gave this partner: count, mean, spread.</summary>
    public Moments Received(int node) => received[node];

    /// <summary>What this partner gave others.</summary>
    public Moments Given(int node) => given[node];

    /// <summary>Mean of all scores as 0 (lowest option) to 100 (highest).</summary>
    public Figure Percent => All.MeanFigure.Select(m => 100 * (m - Network.RatingScale.Lowest) / Network.RatingScale.Range);

    /// <summary>
    /// The partner's trust in itself beside what others gave it, each rater once. Null where it did not say; meant for trust.
    /// </summary>
    public SelfAndOthers? SelfAndOthers(int node) =>
        Network.Partners[node].SelfTrust is { } self ? new SelfAndOthers(self, received[node]) : null;

    public static Ratings Trust(RelationshipNetwork network) => new(network, r => r.Trust);

    public static Ratings Value(RelationshipNetwork network) => new(network, r => r.Value);

    private static Figure Score(IReadOnlyList<int?>? parts)
    {
        int sum = 0, count = 0;
        foreach (var part in parts ?? [])
        {
            if (part is not { } x) continue;
            sum += x;
            count++;
        }

        return count >= FewestParts ? Figure.Of((double)sum / count) : Figure.Absent(Absence.TooFewAnswers);
    }
}
