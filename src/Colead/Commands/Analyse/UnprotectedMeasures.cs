using System.Text.Json;
using Colead.Analysis.Agreement;
using Colead.Analysis.Reliability;
using Colead.Analysis.Scoring;
using Colead.Analysis.Voice;
using Colead.Commands.Surveys;

namespace Colead.Commands.Analyse;

/// <summary>
/// Every measure over all answers, nothing withheld, as JSON: for analysts who hold the raw answers anyway. Names and
/// structure are those of docs/guide/command-line.md; null is a figure that must not be computed or shown.
/// </summary>
public static class UnprotectedMeasures
{
    public const string Warning =
        "Unprotected: computed from every answer, nothing withheld. Only for people who hold the raw answers anyway; "
        + "publish, share or store these figures and single people's answers can be worked out from them.";

    public static void Write(Utf8JsonWriter json, Survey survey, GroupBy by, Progress progress)
    {
        var units = Units.From(survey, by);
        json.WriteStartObject();
        json.WriteString("unprotected", Warning);
        json.WriteString("dataset", survey.Name);
        json.WriteNumber("n_rows", survey.Rows);
        json.WriteNumbers("rounds", [.. survey.Rounds.Select(r => (double)r.Number)]);
        json.WriteNumber("nu0", GroupMean.PriorDegreesOfFreedom);
        json.WriteStartArray("scale");
        json.WriteNumberValue(survey.Instrument.Scale.Lowest);
        json.WriteNumberValue(survey.Instrument.Scale.Highest);
        json.WriteEndArray();
        json.WriteStartObject("rounds_detail");
        var rounds = new List<UnprotectedRound>();
        foreach (var read in survey.Rounds)
        {
            progress.Report(FormattableString.Invariant($"Computing round {read.Number}"));
            var round = new UnprotectedRound(read, units);
            rounds.Add(round);
            json.WriteStartObject(FormattableString.Invariant($"{round.Number}"));
            WriteRound(json, round);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (rounds.Count > 1)
        {
            json.WriteStartObject("change");
            for (var i = 1; i < rounds.Count; i++) UnprotectedComparisons.WriteChange(json, rounds[i - 1], rounds[i]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRound(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteNumber("n", round.Table.Rows);
        WritePriors(json, round);
        WriteItems(json, round);
        WriteMeans(json, round);
        WriteAgreement(json, round);
        WriteAggregates(json, round);
        WriteIcc(json, round);
        WriteReliability(json, round);
        UnprotectedComparisons.WritePooling(json, round);
        UnprotectedComparisons.WriteUnitsAgainstRest(json, round);
        UnprotectedComparisons.WriteLevels(json, round);
        WriteResponse(json, round);
    }

    private static void WritePriors(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteStartObject("s02_pooled_within_org");
        for (var m = 0; m < round.Measures.Count; m++)
        {
            json.WriteStartObject(round.Measures[m]);
            json.WriteNumber("s02", round.Priors[m].Value);
            json.WriteNumber("df", round.Priors[m].DegreesOfFreedom);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteStartArray("items");
        for (var j = 0; j < round.Instrument.ItemCount; j++)
        {
            var counts = round.Overall.Items[j];
            var item = ItemResult.Of(counts, round.Scale);
            json.WriteStartObject();
            json.WriteString("item", round.Instrument.Items[j].Id);
            json.WriteNumber("n", item.Mean.Count);
            json.WriteNumber("n_skipped", item.Skipped);
            json.WriteNumber("n_dk", item.DontKnowCount);
            json.WriteStartArray("counts");
            foreach (var count in counts.Options) json.WriteNumberValue(count);
            json.WriteEndArray();
            json.WriteFigure("mean", item.Mean.Value);
            json.WriteFigure("sd", item.StandardDeviation);
            json.WriteFigure("pct_favourable", item.Favourable.Select(share => 100 * share));
            json.WriteFigure("norm_var", Polarisation.NormalisedVariance(counts, round.Scale));
            json.WriteFigure("leik_D", Polarisation.LeikD(counts));
            json.WriteFigure("tw_consensus", Polarisation.Consensus(counts, round.Scale));
            json.WriteFigure("vdE_A", Polarisation.AgreementA(counts));
            json.WriteFigure("vdE_polarisation", Polarisation.VanDerEijk(counts));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMeans(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteStartArray("means");
        foreach (var group in round.All)
        {
            json.FlushWhenLong();
            for (var m = 0; m < round.Measures.Count; m++)
            {
                var mean = GroupMean.Of(
                    group.Answers.Measure(m).ToMoments(), UnprotectedRound.Counts(m, round.Dimensions), group.Invited, round.Priors[m],
                        round.Scale);
                json.WriteStartObject();
                json.WriteString("group_type", group.View.Type);
                json.WriteString("group", group.Name);
                json.WriteString("measure", round.Measures[m]);
                json.WriteNumber("n", mean.Mean.Count);
                json.WriteCount("invited", mean.Invited);
                json.WriteFigure("mean", mean.Mean.Value);
                json.WriteFigure("sd", mean.StandardDeviation);
                json.WriteFigure("fpc", mean.FinitePopulationCorrection);
                json.WriteFigure("se_t", mean.Student?.StandardError);
                json.WriteFigure("t_lo", mean.Student?.Interval.Low);
                json.WriteFigure("t_hi", mean.Student?.Interval.High);
                json.WriteFigure("s2_mod", mean.Moderated?.Variance);
                json.WriteFigure("df_mod", mean.Moderated?.DegreesOfFreedom);
                json.WriteFigure("se_mod", mean.Moderated?.StandardError);
                json.WriteFigure("mod_lo", mean.Moderated?.Interval.Low);
                json.WriteFigure("mod_hi", mean.Moderated?.Interval.High);
                json.WriteFigure("bound_lo", mean.Bounds?.Low);
                json.WriteFigure("bound_hi", mean.Bounds?.High);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteAgreement(Utf8JsonWriter json, UnprotectedRound round)
    {
        IReadOnlyList<StratumSummary>[] complete = [.. Enumerable.Range(0, round.Dimensions).Select(round.CompleteIn)];
        json.WriteStartArray("agreement");
        for (var g = 0; g < round.Broad.Count; g++)
        {
            json.FlushWhenLong();
            for (var d = 0; d < round.Dimensions; d++)
            {
                var dimension = round.Instrument.Dimensions[d];
                var listwise = Agreement(round, complete[d][g], d);
                var available = Agreement(round, round.Broad[g].Answers, d);
                json.WriteStartObject();
                json.WriteString("group_type", round.Broad[g].View.Type);
                json.WriteString("group", round.Broad[g].Name);
                json.WriteString("dimension", dimension.Id);
                json.WriteNumber("n_listwise", complete[d][g].Respondents);
                json.WriteFigure("rwgj_uniform_listwise", listwise.Uniform);
                json.WriteFigure("rwgj_slight_listwise", listwise.SlightSkew);
                json.WriteFigure("rwgj_moderate_listwise", listwise.ModerateSkew);
                json.WriteFigure("mean_item_var_listwise", listwise.MeanItemVariance);
                json.WriteFigure("adm_listwise", listwise.AverageDeviation);
                json.WriteNumber("J_available", available.ItemsUsed);
                json.WriteFigure("rwgj_uniform_available", available.Uniform);
                json.WriteFigure("rwgj_slight_available", available.SlightSkew);
                json.WriteFigure("rwgj_moderate_available", available.ModerateSkew);
                json.WriteFigure("adm_available", available.AverageDeviation);
                json.WriteStartObject("rwg_items_raw");
                for (var j = 0; j < dimension.Items.Count; j++) json.WriteFigure(dimension.Items[j].Id, available.ItemRwg[j]);
                json.WriteEndObject();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static DimensionAgreement Agreement(UnprotectedRound round, StratumSummary group, int dimension)
    {
        var items = group.Items.Skip(round.Instrument.FirstItem(dimension)).Take(round.Instrument.Dimensions[dimension].Items.Count);
        return WithinGroupAgreement.Of([.. items], round.Scale, round.Instrument.SkewedNulls);
    }

    private static void WriteAggregates(Utf8JsonWriter json, UnprotectedRound round)
    {
        var levels = round.Summary.ByLevel();
        var invited = round.InvitedBy(levels.Count, s => s.Level);
        json.WriteStartObject("aggregates");
        for (var m = 0; m < round.Measures.Count; m++)
        {
            var headlines = Headlines.Of(
                round.Overall.Measure(m).ToMoments(),
                round.Summary.OrganisationMoments(m), // whatever stands beside another elsewhere in the output
                [.. levels.Select(l => l.Measure(m).ToMoments())],
                invited,
                UnprotectedRound.Counts(m, round.Dimensions),
                round.Priors[m],
                round.Scale);
            json.WriteStartObject(round.Measures[m]);
            json.WriteFigure("respondent_weighted", headlines.People.Mean.Value);
            json.WriteFigure("organisation_equal", headlines.Organisations.Mean.Value);
            json.WriteFigure("poststratified_by_level", headlines.Levels.Mean.Value);
            json.WriteFigure("poststratified_se", headlines.Levels.StandardError);
            json.WriteNames("levels_without_data", [.. headlines.LevelsWithoutData.Select(l => round.Structure.Levels[l])
                .Order(StringComparer.Ordinal)]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteIcc(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteStartObject("icc");
        for (var m = 0; m < round.Measures.Count; m++)
        {
            var icc = IntraclassCorrelation.Of(round.Units.MomentsOf(round.Summary, m));
            json.WriteStartObject(round.Measures[m]);
            json.WriteNumber("k", icc.Groups);
            json.WriteNumber("N", icc.Count);
            json.WriteBoolean("computable", icc.IsComputable);
            json.WriteFigure("msb", icc.MeanSquareBetween);
            json.WriteFigure("msw", icc.MeanSquareWithin);
            json.WriteFigure("n0", icc.EffectiveGroupSize);
            json.WriteFigure("nbar", icc.MeanGroupSize);
            json.WriteFigure("F", icc.F);
            json.WriteFigure("p", icc.P);
            json.WriteFigure("icc1_n0", icc.Icc1);
            json.WriteFigure("icc2", icc.Icc2);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteReliability(Utf8JsonWriter json, UnprotectedRound round)
    {
        json.WriteStartObject("reliability");
        for (var d = 0; d < round.Dimensions; d++)
        {
            var dimension = round.Instrument.Dimensions[d];
            var covariance = Covariance.Of(round.Summary.CrossProducts[d]);
            var alpha = CronbachAlpha.Of(covariance);
            string[] used = [.. covariance.ItemsUsed.Select(j => dimension.Items[j].Id)];
            json.WriteStartObject(dimension.Id);
            json.WriteNames("items_used", used);
            json.WriteNumber("k", used.Length);
            json.WriteNumber("n_listwise", covariance.CompleteRows);
            json.WriteBoolean("computable", alpha.Value.IsDefined);
            json.WriteFigure("alpha", alpha.Value);
            json.WriteFigure("alpha_multilevel", alpha.Value);
            json.WriteFigure("alpha_lo", alpha.Interval?.Low);
            json.WriteFigure("alpha_hi", alpha.Interval?.High);
            json.WriteStartObject("r_drop");
            foreach (var item in alpha.Items) json.WriteFigure(dimension.Items[item.Item].Id, item.ItemTotal);
            json.WriteEndObject();
            json.WriteStartObject("alpha_if_deleted");
            foreach (var item in alpha.Items) json.WriteFigure(dimension.Items[item.Item].Id, item.AlphaIfDeleted);
            json.WriteEndObject();
            if (McDonaldOmega.Of(covariance) is { Value.IsDefined: true, Fit: { } fit } omega)
            {
                json.WriteFigure("omega", omega.Value);
                json.WriteNumbers("omega_loadings", fit.Loadings);
                json.WriteNumbers("omega_uniquenesses", fit.Uniquenesses);
                json.WriteBoolean("omega_heywood", fit.IsHeywood);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, UnprotectedRound round)
    {
        if (round.Roster is null)
        {
            json.WriteNull("response");
            return;
        }

        json.WriteStartObject("response");
        WriteRates(json, round, "overall", ["all"], _ => 0);
        WriteRates(json, round, "sector", round.Structure.Sectors, s => round.Structure.SectorOf[s.Organisation]);
        WriteRates(json, round, "level", round.Structure.Levels, s => s.Level);
        WriteRates(json, round, round.Units.TypeName, round.Units.Names, s => round.Units.Of[s.Organisation]);
        json.WriteEndObject();
    }

    private static void WriteRates(Utf8JsonWriter json, UnprotectedRound round, string name, IReadOnlyList<string> names, Func<Stratum,
        int> groupOf)
    {
        var answered = round.Summary.MergeBy(names.Count, groupOf);
        var invited = round.InvitedBy(names.Count, groupOf)!;
        int[] strata = [.. Enumerable.Range(0, names.Count)
            .Where(g => invited[g] > 0 || answered[g].Respondents > 0)
            .OrderBy(g => names[g], StringComparer.Ordinal)];
        ResponseRate[] rates = [.. strata.Select(g => new ResponseRate(answered[g].Respondents, invited[g]))];
        json.WriteStartObject(name);
        json.WriteNames("strata", [.. strata.Select(g => names[g])]);
        json.WriteNumbers("invited", [.. rates.Select(r => (double)r.Invited)]);
        json.WriteNumbers("responded", [.. rates.Select(r => (double)r.Answered)]);
        json.WriteFigures("rate_by_stratum", [.. rates.Select(r => r.Rate)]);
        if (rates.Length > 1)
        {
            var indicator = Representativeness.Of(rates);
            json.WriteFigure("rate", indicator.Overall.Rate);
            json.WriteFigure("R", indicator.R);
            json.WriteFigure("R_adj", indicator.AdjustedR);
            json.WriteFigure("cv", indicator.CoefficientOfVariation);
            json.WriteFigures("partial_unconditional", indicator.Partial);
        }

        json.WriteEndObject();
    }
}
