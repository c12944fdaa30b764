using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Networks;

namespace Colead.Commands.Networks;

/// <summary>
/// A network's measures as JSON. Protected, the same keys hold null where a figure may not be shown. Numbers are written so that
/// reading them gives the same number; an absent figure is null.
/// </summary>
public static class NetworkJson
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string name, NetworkMeasures measures, bool unprotected)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout)) new Writer(json, measures, unprotected).Network(name);
        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length)) + "\n";
    }

    private sealed class Writer(Utf8JsonWriter json, NetworkMeasures m, bool unprotected)
    {
        private readonly RelationshipNetwork net = m.Network;
        private readonly NetworkDisclosure disclosure = NetworkRules.Disclosure(m.Network);
        private readonly bool whole = unprotected || NetworkRules.Disclosure(m.Network) != NetworkDisclosure.DensityOnly;
        private readonly bool single = unprotected || NetworkRules.Disclosure(m.Network) == NetworkDisclosure.All;
        private readonly bool core = unprotected || (NetworkRules.Disclosure(m.Network) != NetworkDisclosure.DensityOnly
            && NetworkRules.ShowsCore(m.Network, m.Core));
        private readonly bool communities = unprotected || (NetworkRules.Disclosure(m.Network) != NetworkDisclosure.DensityOnly
            && NetworkRules.ShowsCommunities(m.Network, m.Leiden.Best));

        public void Network(string name)
        {
            json.WriteStartObject();
            json.WriteString(unprotected ? "unprotected" : "protected", unprotected
                ? "Every measure, protected by nothing: for those who hold the raw relationships anyway."
                : "Only what may be shown; anything else is null.");
            json.WriteString("shown", unprotected ? "all" : disclosure switch
            {
                NetworkDisclosure.All => "all",
                NetworkDisclosure.Partial => "partial",
                _ => "density among respondents",
            });
            json.WriteString("network", name);
            json.WriteNumber("n", net.Count);
            Number("arcs", net.Out.Entries, whole);
            Number("edges_any", net.Any.Entries / 2, whole);
            Number("edges_mutual", net.Mutual.Entries / 2, whole);
            json.WriteNumber("n_responded", net.Respondents);
            Number("density_all", Density.AllArcs(net), whole);
            Number("density_respondents", Density.RespondentsArcs(net), shown: true);
            Number("density_undirected_any", Density.Undirected(net.Any), whole);
            Number("density_undirected_mutual", Density.Undirected(net.Mutual), whole);
            Number("reciprocity_arc", Reciprocity.OfArcs(net), whole);
            Number("reciprocity_dyad", Reciprocity.OfPairs(net), whole);
            Number("reciprocity_arc_both_responded", Reciprocity.OfArcsWhereBothResponded(net), whole);
            Number("degree_centralisation_in", DegreeCentralisation.Directed(net.In), whole);
            Number("degree_centralisation_out", DegreeCentralisation.Directed(net.Out), whole);
            Number("degree_centralisation_undirected", DegreeCentralisation.Undirected(net.Any), whole);
            Number("degree_centralisation_undirected_sna", DegreeCentralisation.Undirected(net.Any), whole);
            Number("betweenness_centralisation_undirected", m.Paths.BetweennessCentralisation, whole);
            Number("components", m.Components.Count, whole);
            Number("largest_component_share", m.Components.LargestShare, whole);
            Number("isolates", m.Components.Isolates, whole);
            Number("avg_path_length_within_components", m.Paths.AverageLengthWithinComponents, whole);
            Number("diameter_within_components", m.Paths.DiameterWithinComponents, whole);
            Number("transitivity", m.Triads.Transitivity, whole);
            Ids("cut_points", m.Cuts.CutPoints, single);
            Number("n_bridges", m.Cuts.Bridges.Count, whole);
            Core();
            Number("modularity_by_sector", m.ModularityBySector, whole);
            Runs("louvain", m.Louvain);
            Runs("leiden", m.Leiden);
            Number("leiden_best_partition_Q", m.Leiden.BestModularity, communities);
            Sectors();
            var (trust, value) = (Rated("trust", m.Trust), Rated("value", m.Value));
            Number("dyad_trust_mean", m.Trust.Dyads.MeanFigure, unprotected);
            Number("n_dyads", m.Trust.Dyads.Count, unprotected);
            Arcs();
            var (trustEffects, valueEffects) = (Effects("trust", m.Trust), Effects("value", m.Value));
            Nodes((trust, trustEffects), (value, valueEffects));
            FragilityOfNodes();
            json.WriteEndObject();
        }

        private void Core()
        {
            if (m.Core is { } fit && core)
            {
                json.WriteStartObject("core_periphery");
                json.WriteNumber("lip_min_Z", fit.LeastMisfitAnySize);
                json.WriteNumber("threshold_Z", fit.Misfit);
                json.WriteNumber("threshold_degree", fit.DegreeThreshold);
                Number("be_r", fit.Correlation, shown: true);
                Number("best_threshold_r", fit.BestCorrelation, shown: true);
                Ids("core_members", fit.Core, single);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("core_periphery");
            }

            if (net.Count > CorePeriphery.MostSearched) return;
            if (m.CoreSearch is { } search && core)
            {
                json.WriteStartObject("core_periphery_bruteforce");
                json.WriteNumber("best_r", search.BestCorrelation);
                Ids("best_core", search.BestCore, single);
                json.WriteNumber("min_Z_bruteforce", search.LeastMisfit);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("core_periphery_bruteforce");
            }
        }

        private void Runs(string key, BestPartition runs)
        {
            json.WriteStartObject(key);
            Number("best_Q", runs.BestModularity, communities);
            Number("median_Q", runs.MedianModularity, communities);
            Number("worst_Q", runs.WorstModularity, communities);
            json.WriteEndObject();
        }

        private void Sectors()
        {
            json.WriteStartObject("EI_sector_undirected");
            Index(ExternalInternal.OfTies(net));
            Number("expected_EI_random", ExternalInternal.Expected(net), whole);
            json.WriteStartObject("by_sector");
            foreach (var (sector, index) in ExternalInternal.BySector(net))
            {
                json.WriteStartObject(sector);
                Index(index);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("EI_sector_arcs");
            Index(ExternalInternal.OfArcs(net));
            json.WriteEndObject();
        }

        private void Index(ExternalInternal index)
        {
            Number("external", index.External, whole);
            Number("internal", index.Internal, whole);
            Number("EI", index.Index, whole);
        }

        private ProtectedRatings Rated(string key, Ratings ratings)
        {
            var safe = ProtectedRatings.Of(ratings, disclosure != NetworkDisclosure.DensityOnly);
            Number($"network_{key}", unprotected ? ratings.All.MeanFigure : safe.NetworkMean, whole);
            Number($"network_{key}_pct", unprotected ? ratings.Percent : safe.Percent, whole);
            return safe;
        }

        private void Arcs()
        {
            if (!whole)
            {
                json.WriteNull("arc_scores");
                return;
            }

            json.WriteStartArray("arc_scores");
            for (var i = 0; i < net.Relationships.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("from", net.Relationships[i].From);
                json.WriteString("to", net.Relationships[i].To);
                Number("trust", m.Trust.Scores[i], unprotected);
                Number("value", m.Value.Scores[i], unprotected);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        /// <summary>For those who hold the raw answers only.</summary>
        private RaterAndRated? Effects(string key, Ratings ratings)
        {
            var fit = unprotected ? RaterAndRated.Of(ratings, out _) : null;
            if (fit is null)
            {
                json.WriteNull(key + "_srm");
                return null;
            }

            json.WriteStartObject(key + "_srm");
            json.WriteNumber("mu", fit.Mean);
            json.WriteNumber("var_rater", fit.RaterVariance);
            json.WriteNumber("var_target", fit.RatedVariance);
            json.WriteNumber("var_residual", fit.ResidualVariance);
            json.WriteEndObject();
            return fit;
        }

        private void Nodes((ProtectedRatings Safe, RaterAndRated? Effects) trust, (ProtectedRatings Safe, RaterAndRated? Effects) value)
        {
            var inCore = m.Core?.Core.ToHashSet();
            json.WriteStartArray("nodes");
            for (var v = 0; v < net.Count; v++)
            {
                json.WriteStartObject();
                json.WriteString("id", net.Partners[v].Id);
                Number("in_degree", net.In.Degree(v), single);
                Number("out_degree", net.Out.Degree(v), single);
                Number("degree", net.Any.Degree(v), single);
                Number("in_strength", Figure.Of(net.InStrength(v)), single);
                Number("out_strength", Figure.Of(net.OutStrength(v)), single);
                Number("betweenness", Figure.Of(m.Paths.Betweenness(v)), single);
                Number("betweenness_norm", m.Paths.NormalisedBetweenness(v), single);
                Number("closeness_within_component", m.Paths.ClosenessWithinComponent(v), single);
                Number("closeness_wf", m.Paths.WassermanFaustCloseness(v), single);
                Number("harmonic", Figure.Of(m.Paths.Harmonic(v)), single);
                Number("harmonic_norm", m.Paths.HarmonicCloseness(v), single);
                Number("constraint", m.Triads.Constraint(v), single);
                Number("effective_size", m.Triads.EffectiveSize(v), single);
                Number("coreness", m.Coreness[v], single);
                Number("component", m.Components.Labels[v] + 1, single);
                Number("efficiency", m.Triads.Efficiency(v), single);
                Number("core", inCore is null ? null : inCore.Contains(v) ? 1 : 0, single && core);
                Number("leiden_best", m.Leiden.Best.Labels[v] + 1, single && communities);
                Number("EI", ExternalInternal.OfNode(net, v).Index, single);
                Rating("trust", m.Trust, trust.Safe, trust.Effects, v);
                Rating("value", m.Value, value.Safe, value.Effects, v);
                Number("self_trust", net.Partners[v].SelfTrust is { } self ? Figure.Of(self) : Figure.Absent(Absence.NoAnswers),
                    unprotected);
                var beside = m.Trust.SelfAndOthers(v);
                var interval = beside?.Interval();
                Number("self_minus_others", beside?.Difference ?? Figure.Absent(Absence.NoAnswers), unprotected);
                Number("self_gap_lo", interval is null ? Figure.Absent(Absence.TooFewAnswers) : Figure.Of(interval.Low), unprotected);
                Number("self_gap_hi", interval is null ? Figure.Absent(Absence.TooFewAnswers) : Figure.Of(interval.High), unprotected);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void Rating(string key, Ratings ratings, ProtectedRatings safe, RaterAndRated? effects, int v)
        {
            Number($"{key}_received", unprotected ? ratings.Received(v).MeanFigure : safe.Received(v), shown: true);
            Number($"{key}_received_n", ratings.Received(v).Count, unprotected);
            Number($"{key}_received_sd", ratings.Received(v).SampleStandardDeviation, unprotected);
            Number($"{key}_given", ratings.Given(v).MeanFigure, unprotected);
            Number($"{key}_target_blup", effects?.Effect(v) ?? Figure.Absent(Absence.NotComputed), unprotected);
        }

        private void FragilityOfNodes()
        {
            if (!single)
            {
                json.WriteNull("fragility");
                return;
            }

            json.WriteStartObject("fragility");
            json.WriteStartArray("nodes");
            for (var v = 0; v < net.Count; v++)
            {
                json.WriteStartObject();
                json.WriteString("id", net.Partners[v].Id);
                Loss(m.Fragility.IfLeft(v));
                if (m.Cuts.Pieces(v) > 1 && net.Count <= NetworkMeasures.MostForEfficiencyOfLoss) Ids("cut_off", m.Fragility.CutOff(v),
                    shown: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (m.WithoutCutPoints is { } all)
            {
                json.WriteStartObject("all_cut_points");
                Loss(all);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("all_cut_points");
            }

            json.WriteEndObject();
        }

        private void Loss(LossOfPartners loss)
        {
            json.WriteNumber("components", loss.Components);
            json.WriteNumber("pairs_parted", loss.PairsParted);
            Number("efficiency_now", loss.EfficiencyNow, shown: true);
            Number("efficiency", loss.Efficiency, shown: true);
            Number("efficiency_lost", loss.EfficiencyLost, shown: true);
            Number("avg_path_length", loss.AverageLength, shown: true);
        }

        private void Ids(string key, IReadOnlyList<int> members, bool shown)
        {
            if (!shown)
            {
                json.WriteNull(key);
                return;
            }

            json.WriteStartArray(key);
            foreach (var v in members) json.WriteStringValue(net.Partners[v].Id);
            json.WriteEndArray();
        }

        private void Number(string key, Figure figure, bool shown)
        {
            if (shown && figure.OrNull is { } number) json.WriteNumber(key, number);
            else json.WriteNull(key);
        }

        private void Number(string key, long? count, bool shown)
        {
            if (shown && count is { } number) json.WriteNumber(key, number);
            else json.WriteNull(key);
        }
    }
}
