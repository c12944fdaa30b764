using Colead.Analysis.Networks;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Networks;

/// <summary>Attacks on trust and value: what is shown must not single out fewer than five raters.</summary>
public class ProtectedRatingsTests
{
    [Fact]
    public void Of_RandomNetworks_NoShownGroupHasFewRaters() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(20261121, 21),
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var ratings = Ratings.Trust(RandomNetwork(seed));
            var safe = ProtectedRatings.Of(ratings, receivedMeans: true);
            // Means of single partners, and the network's mean, are sums over these groups of ratings; every group that they
            // single out is a union of them. The enumeration takes all unions.
            var groups = Enumerable.Range(0, ratings.Network.Count).Where(safe.Shows).Select(v => RatersOf(ratings, [v])).ToList();
            if (safe.ShowsNetwork)
            {
                var rest = RatersOf(ratings, [.. Enumerable.Range(0, ratings.Network.Count).Where(v => !safe.Shows(v))]);
                if (rest.Count > 0) groups.Add(rest);
                Assert.NotEmpty(groups);
            }

            for (var union = 1; union < 1 << groups.Count; union++)
            {
                var raters = groups.Where((_, g) => (union >> g & 1) != 0).SelectMany(g => g).ToHashSet();
                Assert.True(raters.Count >= ProtectedRatings.FewestRaters);
            }
        }));

    [Fact]
    public void Of_StarWhoseCentreAloneIsRatedByMany_WithholdsTheCentreToo()
    {
        // The centre is rated by eleven and rates each of them: the network's mean less the centre's would be the centre's own ratings.
        var ratings = Ratings.Trust(Graphs.Oracle("n02_star12"));
        var safe = ProtectedRatings.Of(ratings, receivedMeans: true);
        Assert.True(safe.ShowsNetwork);
        Assert.DoesNotContain(Enumerable.Range(0, 12), safe.Shows);

        // The attack, were five raters alone enough: it gives the mean of what one partner said about the others.
        var (all, centre) = (ratings.All, ratings.Received(0));
        var found = (all.Count * all.Mean - centre.Count * centre.Mean) / (all.Count - centre.Count);
        Assert.Equal(ratings.Given(0).Mean, found, 9);
    }

    [Fact]
    public void Received_AlmostUnanimous_IsHeldAwayFromTheEnd()
    {
        var partners = Enumerable.Range(0, 7).Select(i => new Partner($"P{i}", null, true)).ToList();
        var network =
            RelationshipNetwork.Build(partners, [.. from i in Enumerable.Range(0, 7) from j in Enumerable.Range(0,
            7) where i != j select new Relationship($"P{i}", $"P{j}", Trust: [4, 4, 4])]);
        var safe = ProtectedRatings.Of(Ratings.Trust(network), receivedMeans: true);
        Assert.Equal(3.625, safe.Received(0).Value);
        Assert.Equal(3.625, safe.NetworkMean.Value);
    }

    [Fact]
    public void Received_FewerThanFiveRaters_IsWithheld()
    {
        var partners = Enumerable.Range(0, 12).Select(i => new Partner($"P{i}", null, true)).ToList();
        // P0 has four raters, P1 five, and P2 to P6 each one.
        var pairs = new[] { (2, 0), (3, 0), (4, 0), (5, 0), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 2), (8, 3), (9, 4), (10, 5),
            (11, 6) };
        var safe = ProtectedRatings.Of(
            Ratings.Trust(RelationshipNetwork.Build(partners,
                [.. pairs.Select(p => new Relationship($"P{p.Item1}", $"P{p.Item2}", Trust: [2, 3, null]))])), receivedMeans: true);
        Assert.Equal([1], Enumerable.Range(0, 12).Where(safe.Shows));
        Assert.Equal(2.5, safe.Received(1).Value);
        Assert.Equal(Absence.TooFewAnswers, safe.Received(0).Why);
        Assert.True(safe.ShowsNetwork);
    }

    private static HashSet<int> RatersOf(Ratings ratings, IReadOnlyCollection<int> rated) =>
        [.. ratings.Network.Arcs.Where((a, i) => rated.Contains(a.To) && ratings.Scores[i].IsDefined).Select(a => a.From)];

    private static RelationshipNetwork RandomNetwork(int seed)
    {
        var random = new SeededRandom((ulong)(uint)seed);
        var n = 2 + random.Next(11);
        var density = random.NextDouble();
        var partners = Enumerable.Range(0, n).Select(i => new Partner($"P{i}", null, true)).ToList();
        int? Part() => random.Next(5) is var x and > 0 ? x : null;
        var relationships = new List<Relationship>();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (i != j && random.NextDouble() < density) relationships.Add(new($"P{i}", $"P{j}", Trust: [Part(), Part(), Part()]));
            }
        }

        return RelationshipNetwork.Build(partners, relationships);
    }
}
