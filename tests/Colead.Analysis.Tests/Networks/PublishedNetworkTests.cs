using System.Text.Json;
using Colead.Analysis.Networks;
using static Colead.Analysis.Tests.OracleFiles;

namespace Colead.Analysis.Tests.Networks;

/// <summary>The networks that textbooks use.</summary>
public class PublishedNetworkTests
{
    private const double Closed = 1e-9;

    [Fact]
    public void Karate_EveryValue_IsAsPublished()
    {
        var (ties, x) = (Graphs.Karate, Published("zachary_karate").GetProperty("computed"));
        var (paths, triads) = (ShortestPaths.Of(ties), Triads.Of(ties));
        Assert.Equal(x.Number("n"), ties.Nodes);
        Assert.Equal(x.Number("m"), ties.Entries / 2);
        Assert.Equal(Numbers(x, "degree"), ties.Degrees().Select(d => (double)d));
        AssertFigure(x.Number("density"), Density.Undirected(ties), Closed, "density");
        AssertAll(Numbers(x, "betweenness"), paths.Betweenness, "betweenness");
        AssertAll(Numbers(x, "closeness"), v => paths.WassermanFaustCloseness(v).Value, "closeness");
        AssertAll(Numbers(x, "harmonic"), paths.Harmonic, "harmonic");
        AssertAll(Numbers(x, "constraint"), v => triads.Constraint(v).Value, "constraint");
        AssertAll(Numbers(x, "coreness"), v => Coreness.Of(ties)[v], "coreness");
        AssertFigure(x.Number("degree_centralization"), DegreeCentralisation.Undirected(ties), Closed, "degree centralisation");
        Assert.Equal([x.GetProperty("articulation").GetInt32() - 1], CutStructure.Of(ties).CutPoints);
        AssertFigure(x.Number("Qmax"), BestPartition.Of(ties, (g, s) => Leiden.Run(g, s), 1).BestModularity, Closed, "Leiden");
        Assert.True(BestPartition.Of(ties, Louvain.Run, 1).BestModularity.Value >= 0.98 * x.Number("Qmax"));

        var published = Published("zachary_karate").GetProperty("published");
        Assert.Equal(published.Number("betweenness_node1")!.Value, paths.Betweenness(0), 4);
        Assert.Equal(published.Number("node34")!.Value, paths.Betweenness(33), 4);
        Assert.Equal(published.Number("node33")!.Value, paths.Betweenness(32), 4);
        Assert.Equal(published.Number("node1_normalised")!.Value, paths.NormalisedBetweenness(0).Value, 4);
    }

    [Fact]
    public void Kite_EveryValue_IsAsPublished()
    {
        var (ties, x) = (Graphs.Kite, Published("krackhardt_kite").GetProperty("computed"));
        var (paths, triads) = (ShortestPaths.Of(ties), Triads.Of(ties));
        Assert.Equal(Numbers(x, "degree"), ties.Degrees().Select(d => (double)d));
        AssertAll(Numbers(x, "betweenness"), paths.Betweenness, "betweenness");
        AssertAll(Numbers(x, "betweenness_norm"), v => paths.NormalisedBetweenness(v).Value, "normalised betweenness");
        AssertAll(Numbers(x, "closeness_norm"), v => paths.WassermanFaustCloseness(v).Value, "closeness");
        AssertAll(Numbers(x, "harmonic"), paths.Harmonic, "harmonic");
        AssertAll(Numbers(x, "constraint"), v => triads.Constraint(v).Value, "constraint");
        Assert.Equal(Numbers(x, "articulation").Order().Select(a => (int)a - 1), CutStructure.Of(ties).CutPoints);
        Assert.Equal(14, paths.Betweenness(7), 9);
        Assert.Equal(0.643, paths.ClosenessWithinComponent(5).Value, 3);
        Assert.Equal(0.389, paths.NormalisedBetweenness(7).Value, 3);
    }

    [Fact]
    public void Florence_EveryValue_IsAsPublished()
    {
        var (ties, x) = (Graphs.Florence, Published("padgett_florentine_marriage").GetProperty("computed"));
        var fifteen = Adjacency.Undirected(15, [.. ties.Ties().Select(t => (WithoutPucci(t.From), WithoutPucci(t.To)))]);
        var (paths, paths15, triads) = (ShortestPaths.Of(ties), ShortestPaths.Of(fifteen), Triads.Of(ties));
        AssertFigure(x.Number("density16"), Density.Undirected(ties), Closed, "density");
        AssertFigure(x.Number("degree_centralization16"), DegreeCentralisation.Undirected(ties), Closed, "degree centralisation");
        AssertFigure(x.Number("betw_centralization16"), paths.BetweennessCentralisation, Closed, "betweenness centralisation");
        for (var v = 0; v < 16; v++)
        {
            var family = Graphs.Families[v];
            void Check(string key, Figure actual) => AssertFigure(x.GetProperty(key).Number(family), actual, Closed, $"{family} {key}");
            Check("degree", Figure.Of(ties.Degree(v)));
            Check("betweenness_raw", Figure.Of(paths.Betweenness(v)));
            Check("betweenness_norm_16", paths.NormalisedBetweenness(v));
            Check("harmonic", Figure.Of(paths.Harmonic(v)));
            Check("constraint", triads.Constraint(v));
            if (family == "Pucci") continue;
            Check("betweenness_norm_15_without_pucci", paths15.NormalisedBetweenness(WithoutPucci(v)));
            Check("closeness_norm_15", paths15.WassermanFaustCloseness(WithoutPucci(v)));
            Check("closeness_norm_15", paths.ClosenessWithinComponent(v));
        }

        Assert.Equal(x.GetProperty("articulation").EnumerateArray().Select(a => a.GetString()), CutStructure.Of(ties)
            .CutPoints.Select(v => Graphs.Families[v]));
    }

    [Fact]
    public void Star_Centralisation_IsOne()
    {
        var ties = Graphs.Star(12);
        var paths = ShortestPaths.Of(ties);
        Assert.Equal(1, DegreeCentralisation.Undirected(ties).Value, 12);
        Assert.Equal(1, paths.BetweennessCentralisation.Value, 12);
        Assert.Equal(10.0 / 11, DegreeCentralisation.Directed(ties).Value, 12);
        Assert.Equal(55, paths.Betweenness(0), 12);
        Assert.Equal([0], CutStructure.Of(ties).CutPoints);
        Assert.Equal(11, CutStructure.Of(ties).Bridges.Count);
        Assert.Equal([0], CorePeriphery.Fit(ties)!.Core);
        Assert.Equal(1, CorePeriphery.Fit(ties)!.Correlation.Value, 12);
    }

    [Fact]
    public void Complete_EveryMeasure_IsTheExtreme()
    {
        var ties = Graphs.Complete(8);
        var (paths, triads) = (ShortestPaths.Of(ties), Triads.Of(ties));
        Assert.Equal(1, Density.Undirected(ties).Value);
        Assert.Equal(1, triads.Transitivity.Value);
        Assert.Equal(0, DegreeCentralisation.Undirected(ties).Value);
        Assert.Equal(1, paths.AverageLengthWithinComponents.Value);
        Assert.Equal(1, paths.DiameterWithinComponents);
        Assert.Empty(CutStructure.Of(ties).CutPoints);
        Assert.Empty(CutStructure.Of(ties).Bridges);
        Assert.Null(CorePeriphery.Fit(ties));
        Assert.Null(CorePeriphery.Search(ties));
        for (var v = 0; v < 8; v++)
        {
            Assert.Equal(0, paths.Betweenness(v));
            Assert.Equal(1, paths.HarmonicCloseness(v).Value, 12);
            Assert.Equal(1, triads.EffectiveSize(v).Value, 12);
            Assert.Equal(7, Coreness.Of(ties)[v]);
        }
    }

    private static int WithoutPucci(int family) => family > 11 ? family - 1 : family;

    private static double[] Numbers(JsonElement x, string key) => [.. x.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];

    private static void AssertAll(double[] expected, Func<int, double> actual, string what)
    {
        for (var v = 0; v < expected.Length; v++) AssertNumber(expected[v], actual(v), Closed, $"{what} {v + 1}");
    }
}
