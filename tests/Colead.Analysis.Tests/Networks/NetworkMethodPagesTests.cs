using System.Globalization;
using Colead.Analysis.Networks;

namespace Colead.Analysis.Tests.Networks;

/// <summary>The worked examples of the pages on networks.</summary>
public class NetworkMethodPagesTests
{
    [Fact]
    public void RelationshipNetworks_Example_IsComputed()
    {
        var (page, net) = Network("relationship-networks");
        page.AssertShows("answered", net.Respondents);
        page.AssertShows("arcs reported", net.Out.Entries);
        page.AssertShows("ties", net.Any.Entries / 2);
        page.AssertShows("mutual ties", net.Mutual.Entries / 2);
        page.AssertShows("share answered", (double)net.Respondents / net.Count);
        Assert.Equal(NetworkDisclosure.Partial, NetworkRules.Disclosure(net));
    }

    [Fact]
    public void DensityAndReciprocity_Example_IsComputed()
    {
        var (page, net) = Network("network-density-and-reciprocity");
        page.AssertShows("density of all", Density.AllArcs(net));
        page.AssertShows("density among respondents", Density.RespondentsArcs(net));
        page.AssertShows("density of tied pairs", Density.Undirected(net.Any));
        page.AssertShows("density of mutual pairs", Density.Undirected(net.Mutual));
        page.AssertShows("reciprocity of arcs", Reciprocity.OfArcs(net));
        page.AssertShows("reciprocity of pairs", Reciprocity.OfPairs(net));
        page.AssertShows("reciprocity where both answered", Reciprocity.OfArcsWhereBothResponded(net));
    }

    [Fact]
    public void Centralisation_Example_IsComputed()
    {
        var (page, net) = Network("network-centralisation");
        page.AssertShows("centralisation of ties", DegreeCentralisation.Undirected(net.Any));
        page.AssertShows("centralisation of arcs received", DegreeCentralisation.Directed(net.In));
        page.AssertShows("centralisation of arcs given", DegreeCentralisation.Directed(net.Out));
        page.AssertShows("centralisation of betweenness", ShortestPaths.Of(net.Any).BetweennessCentralisation);
    }

    [Fact]
    public void KindRaters_Example_IsComputed()
    {
        var page = new MethodPage("kind-raters", "five-raters");
        string[] raters = ["Arts", "Baths", "Council", "Doctors", "Estates"];
        string[] rated = ["Museum", "Nursery", "Orchard", "Park", "Quay", "Riverside", "School"];
        var given = from rater in raters
                    from rating in page.Text(rater + " gives").Split(' ')
                    let parts = rating.Split(':')
                    where parts[1] != "-"
                    let score = int.Parse(parts[1], CultureInfo.InvariantCulture)
                    select new Relationship(rater, parts[0], Trust: [score, score, score]);
        var ratings = Ratings.Trust(RelationshipNetwork.Build([.. raters.Concat(rated)
            .Select(id => new Partner(id, null, Responded: true))], [.. given]));
        var fit = RaterAndRated.Of(ratings, out _)!;
        page.AssertShows("mean", fit.Mean);
        page.AssertShows("variance of raters", fit.RaterVariance);
        page.AssertShows("variance of rated", fit.RatedVariance);
        page.AssertShows("variance of the rest", fit.ResidualVariance);
        foreach (var name in new[] { "Park", "Quay" }) page.AssertShows("received by " + name,
            ratings.Received(ratings.Network.IndexOf(name)).MeanFigure);
        foreach (var name in new[] { "Park", "Quay", "Riverside" }) page.AssertShows("effect of " + name,
            fit.Effect(ratings.Network.IndexOf(name)));
    }

    [Fact]
    public void Betweenness_Example_IsComputed()
    {
        var (page, names, ties) = Graph("betweenness");
        var paths = ShortestPaths.Of(ties);
        foreach (var name in new[] { "Police", "Charity", "Council" }) page.AssertShows($"betweenness of {name}",
            paths.Betweenness(names.IndexOf(name)));
        page.AssertShows("normalised betweenness of Police", paths.NormalisedBetweenness(names.IndexOf("Police")));
    }

    [Fact]
    public void Closeness_Example_IsComputed()
    {
        var (page, names, ties) = Graph("network-closeness");
        var paths = ShortestPaths.Of(ties);
        foreach (var name in new[] { "Police", "School", "Housing" }) page.AssertShows($"harmonic closeness of {name}",
            paths.HarmonicCloseness(names.IndexOf(name)));
        foreach (var name in new[] { "Police", "School" }) page.AssertShows($"Wasserman-Faust closeness of {name}",
            paths.WassermanFaustCloseness(names.IndexOf(name)));
        page.AssertShows("closeness within component of School", paths.ClosenessWithinComponent(names.IndexOf("School")));
    }

    [Fact]
    public void PathsAndComponents_Example_IsComputed()
    {
        var (page, _, ties) = Graph("paths-and-components");
        var (paths, components) = (ShortestPaths.Of(ties), Components.Of(ties));
        page.AssertShows("components", components.Count);
        page.AssertShows("isolates", components.Isolates);
        page.AssertShows("largest share", components.LargestShare);
        page.AssertShows("mean path length", paths.AverageLengthWithinComponents);
        page.AssertShows("diameter", paths.DiameterWithinComponents);
        page.AssertShows("transitivity", Triads.Of(ties).Transitivity);
    }

    [Fact]
    public void CutPointsAndFragility_Example_IsComputed()
    {
        var (page, names, ties) = Graph("cut-points-and-fragility");
        var (cuts, fragility) = (CutStructure.Of(ties), Fragility.Of(ties, ShortestPaths.Of(ties)));
        var police = names.IndexOf("Police");
        var loss = fragility.IfLeft(police);
        Assert.Equal(page.Text("cut-points"), string.Join(' ', cuts.CutPoints.Select(v => names[v])));
        page.AssertShows("bridges", cuts.Bridges.Count);
        page.AssertShows("parts without Police", loss.Components);
        page.AssertShows("pairs parted without Police", loss.PairsParted);
        Assert.Equal(page.Text("cut off without Police"), string.Join(' ', fragility.CutOff(police).Select(v => names[v])));
        page.AssertShows("nearness now without Police", loss.EfficiencyNow);
        page.AssertShows("nearness then without Police", loss.Efficiency);
        page.AssertShows("nearness lost without Police", loss.EfficiencyLost);
        page.AssertShows("mean path length without Police", loss.AverageLength);
    }

    [Fact]
    public void StructuralHoles_Example_IsComputed()
    {
        var (page, names, ties) = Graph("structural-holes");
        var triads = Triads.Of(ties);
        page.AssertShows("constraint of Police", triads.Constraint(names.IndexOf("Police")));
        page.AssertShows("constraint of Council", triads.Constraint(names.IndexOf("Council")));
        page.AssertShows("effective size of Police", triads.EffectiveSize(names.IndexOf("Police")));
        page.AssertShows("efficiency of Police", triads.Efficiency(names.IndexOf("Police")));
        page.AssertShows("effective size of Council", triads.EffectiveSize(names.IndexOf("Council")));
    }

    [Fact]
    public void CoreAndPeriphery_Example_IsComputed()
    {
        var (page, names, ties) = Graph("core-and-periphery");
        var fit = CorePeriphery.Fit(ties)!;
        Assert.Equal(page.Text("core"), string.Join(' ', fit.Core.Select(v => names[v])));
        page.AssertShows("misfit", fit.Misfit);
        page.AssertShows("least misfit", fit.LeastMisfitAnySize);
        page.AssertShows("ties to be core", fit.DegreeThreshold);
        page.AssertShows("fit", fit.Correlation);
        page.AssertShows("coreness", [.. Coreness.Of(ties).Select(k => (double)k)]);
    }

    [Fact]
    public void Communities_Example_IsComputed()
    {
        var (page, _, ties) = Graph("communities");
        var best = BestPartition.Of(ties, (g, s) => Leiden.Run(g, s), 1).Best;
        page.AssertShows("communities", best.Communities);
        page.AssertShows("circles", [.. best.Labels.Select(l => l + 1.0)]);
        page.AssertShows("modularity", best.Modularity);
        page.AssertShows("modularity of one community", Modularity.Of(ties, new int[ties.Nodes]));
    }

    [Fact]
    public void ExternalInternal_Example_IsComputed()
    {
        var (page, names, ties) = Graph("e-i-index");
        var sectors = Words(page, "sectors");
        var net = RelationshipNetwork.Build([.. names.Zip(sectors, (n, s) => new Partner(n, s, true))],
            [.. ties.Ties().Select(t => new Relationship(names[t.From], names[t.To]))]);
        var index = ExternalInternal.OfTies(net);
        page.AssertShows("external", index.External);
        page.AssertShows("internal", index.Internal);
        page.AssertShows("index", index.Index);
        page.AssertShows("expected", ExternalInternal.Expected(net));
        page.AssertShows("index of Police", ExternalInternal.OfNode(net, names.IndexOf("Police")).Index);
        page.AssertShows("index of voluntary", ExternalInternal.BySector(net)["voluntary"].Index);
    }

    [Fact]
    public void TrustAndValue_Example_IsComputed()
    {
        var page = new MethodPage("trust-and-value", "hub");
        var net = Rated(page, page.Number("self trust of Hub"));
        var hub = net.IndexOf("Hub");
        var trust = Ratings.Trust(net);
        page.AssertShows("raters of Hub", trust.Received(hub).Count);
        page.AssertShows("received by Hub", trust.Received(hub).MeanFigure);
        page.AssertShows("percentage", trust.Percent);
        page.AssertShows("given by B", trust.Given(net.IndexOf("B")).MeanFigure);
        var self = trust.SelfAndOthers(hub)!.Value;
        page.AssertShows("self minus others", self.Difference);
        page.AssertShows("interval", self.Interval()!.Low, self.Interval()!.High);
        var safe = ProtectedRatings.Of(trust, receivedMeans: true);
        page.AssertShows("shown for Hub", safe.Received(hub));
        page.AssertShows("shown percentage", safe.Percent);

        var more = new MethodPage("trust-and-value", "hub-and-one-more");
        var net2 = Rated(more, null);
        var withheld = ProtectedRatings.Of(Ratings.Trust(net2), receivedMeans: true);
        more.AssertShows("hub is shown", withheld.Shows(net2.IndexOf("Hub")) ? 1 : 0);
        more.AssertShows("network is shown", withheld.ShowsNetwork ? 1 : 0);
        more.AssertShows("shown for the network", withheld.NetworkMean);
    }

    private static (MethodPage Page, RelationshipNetwork Network) Network(string name)
    {
        var page = new MethodPage(name, "six-partners");
        string[] silent = page.Has("silent") ? Words(page, "silent") : [];
        return (page, RelationshipNetwork.Build(
            [.. Words(page, "partners").Select(p => new Partner(p, null, !silent.Contains(p)))],
            [.. Words(page, "arcs").Select(a => a.Split('>')).Select(a => new Relationship(a[0], a[1]))]));
    }

    private static (MethodPage Page, List<string> Names, Adjacency Ties) Graph(string name)
    {
        var page = new MethodPage(name, "six-partners");
        var names = Words(page, "partners").ToList();
        return (page, names, Graphs.Named(names, Words(page, "ties")));
    }

    private static RelationshipNetwork Rated(MethodPage page, double? self)
    {
        var ratings = Words(page, "trust").Select(r => r.Split('>', ':', '/')).Select(r => new Relationship(
            r[0], r[1], Trust: [.. r.Skip(2).Select(x => x == "-" ? (int?)null : int.Parse(x, CultureInfo.InvariantCulture))])).ToList();
        return RelationshipNetwork.Build(
            [.. ratings.SelectMany(r => new[] { r.From, r.To }).Distinct()
                .Select(p => new Partner(p, null, true, p == "Hub" ? self : null))], ratings);
    }

    private static string[] Words(MethodPage page, string key) => page.Text(key).Split(' ');
}
