using System.Text.Json;
using Colead.Analysis.Networks;
using static Colead.Analysis.Tests.OracleFiles;

namespace Colead.Analysis.Tests.Networks;

/// <summary>Every required value of the expected files.</summary>
public class OracleNetworkTests
{
    private const double Closed = 1e-9;
    private const double Quantile = 1e-7;
    private const double Searched = 1e-6;

    public static TheoryData<string> Names => ["n02_star12", "n05_partnership15", "n06_disconnected40"];

    [Theory]
    [MemberData(nameof(Names))]
    public void NetworkMeasures_OracleNetwork_MatchesNetworkLevel(string name)
    {
        var (m, x) = (NetworkMeasures.Of(Graphs.Oracle(name)), Expected(name));
        var net = m.Network;
        void Check(string key, Figure actual) => AssertFigure(x.Number(key), actual, Closed, $"{name} {key}");
        void Count(string key, long actual) => AssertNumber(x.Number(key)!.Value, actual, 0, $"{name} {key}");

        Count("n", net.Count);
        Count("arcs", net.Out.Entries);
        Count("edges_any", net.Any.Entries / 2);
        Count("edges_mutual", net.Mutual.Entries / 2);
        Count("n_responded", net.Respondents);
        Check("density_all", Density.AllArcs(net));
        Check("density_respondents", Density.RespondentsArcs(net));
        Check("density_undirected_any", Density.Undirected(net.Any));
        Check("density_undirected_mutual", Density.Undirected(net.Mutual));
        Check("reciprocity_arc", Reciprocity.OfArcs(net));
        Check("reciprocity_dyad", Reciprocity.OfPairs(net));
        Check("reciprocity_arc_both_responded", Reciprocity.OfArcsWhereBothResponded(net));
        Check("degree_centralisation_in", DegreeCentralisation.Directed(net.In));
        Check("degree_centralisation_out", DegreeCentralisation.Directed(net.Out));
        Check("degree_centralisation_undirected", DegreeCentralisation.Undirected(net.Any));
        Check("betweenness_centralisation_undirected", m.Paths.BetweennessCentralisation);
        Count("components", m.Components.Count);
        Check("largest_component_share", m.Components.LargestShare);
        Count("isolates", m.Components.Isolates);
        Check("avg_path_length_within_components", m.Paths.AverageLengthWithinComponents);
        Count("diameter_within_components", m.Paths.DiameterWithinComponents);
        Check("transitivity", m.Triads.Transitivity);
        Assert.Equal(Strings(x.GetProperty("cut_points")), m.Cuts.CutPoints.Select(v => net.Partners[v].Id));
        Count("n_bridges", m.Cuts.Bridges.Count);
        Check("modularity_by_sector", m.ModularityBySector);
        Check("network_trust", m.Trust.All.MeanFigure);
        Check("network_trust_pct", m.Trust.Percent);
        Check("network_value", m.Value.All.MeanFigure);
        Check("network_value_pct", m.Value.Percent);
        Check("dyad_trust_mean", m.Trust.Dyads.MeanFigure);
        Count("n_dyads", m.Trust.Dyads.Count);
        var scores = x.GetProperty("arc_scores").EnumerateArray().ToList();
        Assert.Equal(scores.Count, net.Relationships.Count);
        for (var i = 0; i < scores.Count; i++)
        {
            Assert.Equal(scores[i].GetProperty("from").GetString(), net.Relationships[i].From);
            Assert.Equal(scores[i].GetProperty("to").GetString(), net.Relationships[i].To);
            AssertFigure(scores[i].Number("trust"), m.Trust.Scores[i], Closed, $"{name} arc {i} trust");
            AssertFigure(scores[i].Number("value"), m.Value.Scores[i], Closed, $"{name} arc {i} value");
        }
    }

    /// <summary>
    /// Restricted maximum likelihood by lme4. Its own searchers end up to 3e-7 of a rating point from each other on these, so no more is
    /// asked.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void RaterAndRated_OracleNetwork_MatchesCrossedEffects(string name)
    {
        var (net, x) = (Graphs.Oracle(name), Expected(name));
        var nodes = x.GetProperty("nodes").EnumerateArray().ToList();
        foreach (var (key, ratings) in new[] { ("trust", Ratings.Trust(net)), ("value", Ratings.Value(net)) })
        {
            var fit = RaterAndRated.Of(ratings, out var why);
            if (!x.TryGetProperty(key + "_srm", out var expected))
            {
                Assert.Equal((null, Absence.TooFewAnswers), (fit, why));
                continue;
            }

            Assert.Equal(expected.Number("mu")!.Value, fit!.Mean, Searched);
            Assert.Equal(expected.Number("var_rater")!.Value, fit.RaterVariance, Searched);
            Assert.Equal(expected.Number("var_target")!.Value, fit.RatedVariance, Searched);
            Assert.Equal(expected.Number("var_residual")!.Value, fit.ResidualVariance, Searched);
            for (var v = 0; v < nodes.Count; v++)
            {
                Assert.Equal(nodes[v].Number(key + "_target_blup") is null, !fit.Effect(v).IsDefined);
                if (nodes[v].Number(key + "_target_blup") is { } effect) Assert.Equal(effect, fit.Effect(v).Value, Searched);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CorePeriphery_OracleNetwork_MatchesFitAndSearch(string name)
    {
        var net = Graphs.Oracle(name);
        var expected = Expected(name).GetProperty("core_periphery");
        var fit = CorePeriphery.Fit(net.Any)!;
        Assert.Equal(expected.Number("lip_min_Z"), fit.LeastMisfitAnySize);
        Assert.Equal(expected.Number("threshold_Z"), fit.Misfit);
        Assert.Equal(expected.Number("threshold_degree"), fit.DegreeThreshold);
        AssertFigure(expected.Number("be_r"), fit.Correlation, Closed, $"{name} be_r");
        AssertFigure(expected.Number("best_threshold_r"), fit.BestCorrelation, Closed, $"{name} best_threshold_r");
        Assert.Equal(Strings(expected.GetProperty("core_members")), fit.Core.Select(v => net.Partners[v].Id));
        if (!Expected(name).TryGetProperty("core_periphery_bruteforce", out var all))
        {
            Assert.Null(CorePeriphery.Search(net.Any));
            return;
        }

        var search = CorePeriphery.Search(net.Any)!;
        AssertNumber(all.Number("best_r")!.Value, search.BestCorrelation, Closed, $"{name} best_r");
        Assert.Equal(Strings(all.GetProperty("best_core")), search.BestCore.Select(v => net.Partners[v].Id));
        Assert.Equal(all.Number("min_Z_bruteforce"), search.LeastMisfit);
        Assert.Equal(search.LeastMisfit, fit.LeastMisfitAnySize);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Communities_OracleNetwork_ReachTheBestModularity(string name)
    {
        var (ties, x) = (Graphs.Oracle(name).Any, Expected(name));
        foreach (var (key, best) in new[] { ("leiden", BestPartition.Of(ties, (g, s) => Leiden.Run(g, s), 1)),
            ("louvain", BestPartition.Of(ties, Louvain.Run, 1)) })
        {
            var expected = x.GetProperty(key).Number("best_Q")!.Value;
            var reached = best.BestModularity.Value;
            Assert.True(reached >= expected - Math.Max(1e-12, expected < 0.3 ? 0.02 : 0.02 * expected),
                $"{name} {key}: {reached} of {expected}");
            AssertNumber(Modularity.Of(ties, best.Best.Labels).Value, reached, 1e-12, key);
            Assert.Equal(20, best.Runs.Count);
            Assert.True(best.WorstModularity.Value <= best.MedianModularity.Value && best.MedianModularity.Value <= reached);
            Assert.True(best.Best.Converged);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Modularity_OraclePartition_IsRecomputedExactly(string name)
    {
        var x = Expected(name);
        var labels = x.GetProperty("nodes").EnumerateArray().Select(v => v.GetProperty("leiden_best").GetInt32()).ToList();
        AssertFigure(x.Number("leiden_best_partition_Q"), Modularity.Of(Graphs.Oracle(name).Any, labels), Closed, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ExternalInternal_OracleNetwork_Matches(string name)
    {
        var (net, x) = (Graphs.Oracle(name), Expected(name));
        var ties = x.GetProperty("EI_sector_undirected");
        AssertIndex(ties, ExternalInternal.OfTies(net), name);
        AssertFigure(ties.Number("expected_EI_random"), ExternalInternal.Expected(net), Closed, name);
        AssertIndex(x.GetProperty("EI_sector_arcs"), ExternalInternal.OfArcs(net), name);
        var sectors = ExternalInternal.BySector(net);
        Assert.Equal(ties.GetProperty("by_sector").EnumerateObject().Select(s => s.Name).Order(StringComparer.Ordinal), sectors.Keys);
        foreach (var sector in ties.GetProperty("by_sector").EnumerateObject()) AssertIndex(sector.Value, sectors[sector.Name],
            $"{name} {sector.Name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NetworkMeasures_OracleNetwork_MatchesEveryNode(string name)
    {
        var m = NetworkMeasures.Of(Graphs.Oracle(name));
        var net = m.Network;
        var nodes = Expected(name).GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(nodes.Count, net.Count);
        for (var v = 0; v < net.Count; v++)
        {
            var x = nodes[v];
            void Check(string key, Figure actual, double tolerance = Closed) =>
                AssertFigure(x.Number(key), actual, tolerance, $"{name} node {v} {key}");
            Assert.Equal(x.GetProperty("id").GetString(), net.Partners[v].Id);
            Check("in_degree", Figure.Of(net.In.Degree(v)));
            Check("out_degree", Figure.Of(net.Out.Degree(v)));
            Check("degree", Figure.Of(net.Any.Degree(v)));
            Check("in_strength", Figure.Of(net.InStrength(v)));
            Check("out_strength", Figure.Of(net.OutStrength(v)));
            Check("betweenness", Figure.Of(m.Paths.Betweenness(v)));
            Check("betweenness_norm", m.Paths.NormalisedBetweenness(v));
            Check("closeness_within_component", m.Paths.ClosenessWithinComponent(v));
            Check("closeness_wf", m.Paths.WassermanFaustCloseness(v));
            Check("harmonic", Figure.Of(m.Paths.Harmonic(v)));
            Check("harmonic_norm", m.Paths.HarmonicCloseness(v));
            Check("constraint", m.Triads.Constraint(v));
            Check("effective_size", m.Triads.EffectiveSize(v));
            Check("efficiency", m.Triads.Efficiency(v));
            Check("coreness", Figure.Of(m.Coreness[v]));
            Check("component", Figure.Of(m.Components.Labels[v] + 1));
            Check("core", Figure.Of(m.Core!.Core.Contains(v) ? 1 : 0));
            Check("EI", ExternalInternal.OfNode(net, v).Index);
            foreach (var (key, ratings) in new[] { ("trust", m.Trust), ("value", m.Value) })
            {
                Check($"{key}_received", ratings.Received(v).MeanFigure);
                Check($"{key}_received_n", Figure.Of(ratings.Received(v).Count));
                Check($"{key}_received_sd", ratings.Received(v).SampleStandardDeviation);
                Check($"{key}_given", ratings.Given(v).MeanFigure);
            }

            var self = m.Trust.SelfAndOthers(v)!.Value;
            Check("self_minus_others", self.Difference);
            var interval = self.Interval();
            Check("self_gap_lo", interval is null ? Figure.Absent(Absence.TooFewAnswers) : Figure.Of(interval.Low), Quantile);
            Check("self_gap_hi", interval is null ? Figure.Absent(Absence.TooFewAnswers) : Figure.Of(interval.High), Quantile);
        }
    }

    private static void AssertIndex(JsonElement expected, ExternalInternal actual, string what)
    {
        Assert.Equal(expected.Number("external"), actual.External);
        Assert.Equal(expected.Number("internal"), actual.Internal);
        AssertFigure(expected.Number("EI"), actual.Index, Closed, what);
    }

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(s => s.GetString());
}
