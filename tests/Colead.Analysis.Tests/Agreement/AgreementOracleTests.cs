using System.Text.Json;
using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;
using static Colead.Analysis.Tests.OracleFiles;

namespace Colead.Analysis.Tests.Agreement;

/// <summary>Every required value of `agreement` and of `items`' spread on the sets given, and the distributions.</summary>
public class AgreementOracleTests
{
    private const double ClosedForm = 1e-9;

    public static TheoryData<string, string> Rounds =>
        new() { { "s02_small12", "1" }, { "s03_five_orgs", "1" }, { "s04_two_rounds", "1" }, { "s04_two_rounds", "2" },
            { "s07_missing", "1" } };

    [Theory]
    [MemberData(nameof(Rounds))]
    public void WithinGroupAgreement_OracleSet_GivesItsValues(string set, string round)
    {
        var summary = RoundSummary.Of(Survey(set, round));
        var compared = 0;
        foreach (var e in Round(set, round).GetProperty("agreement").EnumerateArray())
        {
            string group = e.GetProperty("group").GetString()!, type = e.GetProperty("group_type").GetString()!;
            var dimension = e.GetProperty("dimension").GetString()!;
            var d = OracleFiles.Instrument.Dimensions.ToList().FindIndex(x => x.Id == dimension);
            var structure = summary.Structure;
            var counts = summary.Merge(s => type switch
            {
                "overall" => true,
                "organisation" => structure.Organisations[s.Organisation].Name == group,
                "sector" => structure.Organisations[s.Organisation].Sector == group,
                "level" => structure.Levels[s.Level] == group,
                _ => throw new InvalidDataException(type),
            });
            var items = counts.Items.Skip(OracleFiles.Instrument.FirstItem(d)).Take(OracleFiles.Instrument.Dimensions[d].Items.Count)
                .ToList();
            var agreement = WithinGroupAgreement.Of(items, Scale.FivePoint, SkewedNulls.FivePoint);
            var what = $"{set}/{round} {group} {dimension}";
            Assert.Equal(e.Number("J_available"), agreement.ItemsUsed);
            AssertFigure(e.Number("rwgj_uniform_available"), agreement.Uniform, ClosedForm, what + " uniform");
            AssertFigure(e.Number("rwgj_slight_available"), agreement.SlightSkew, ClosedForm, what + " slight");
            AssertFigure(e.Number("rwgj_moderate_available"), agreement.ModerateSkew, ClosedForm, what + " moderate");
            AssertFigure(e.Number("adm_available"), agreement.AverageDeviation, ClosedForm, what + " adm");
            var raw = e.GetProperty("rwg_items_raw");
            for (var j = 0; j < items.Count; j++)
                AssertFigure(raw.Number($"{dimension}_{j + 1}"), agreement.ItemRwg[j], ClosedForm, what + " rwg");
            compared++;
        }

        Assert.True(compared >= 70);
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void Polarisation_OracleSet_GivesItsValues(string set, string round)
    {
        var all = RoundSummary.Of(Survey(set, round)).Merge(_ => true);
        var expected = Round(set, round).GetProperty("items");
        for (var j = 0; j < OracleFiles.Instrument.ItemCount; j++)
        {
            var e = expected[j];
            AssertPolarisation(e, all.Items[j], $"{set}/{round} {OracleFiles.Instrument.Items[j].Id}");
            Assert.Equal(e.GetProperty("counts").EnumerateArray().Select(c => c.GetInt64()), all.Items[j].Options.ToArray());
        }
    }

    public static TheoryData<string> Distributions => [.. Json("expected/x_distributions.json").EnumerateObject().Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Spread_OracleDistribution_GivesItsValues(string name)
    {
        var line = File.ReadLines(PathOf("extra/distributions.csv")).Single(l => l.StartsWith(name + ",", StringComparison.Ordinal));
        var item = new ItemCounts([.. line.Split(',')[1..].Select(c => long.Parse(c, System.Globalization.CultureInfo.InvariantCulture))],
            0, 0);
        var e = Json("expected/x_distributions.json").GetProperty(name);
        var scale = Scale.FivePoint;
        Assert.Equal(e.Number("n"), item.Valid);
        AssertFigure(e.Number("mean"), item.ToMoments(scale).MeanFigure, ClosedForm, name + " mean");
        AssertFigure(e.Number("var"), item.ToMoments(scale).SampleVariance, ClosedForm, name + " var");
        var uniform = WithinGroupAgreement.Rwg(item, scale, WithinGroupAgreement.NullVariance(scale, null, NullDistribution.Uniform));
        var slight = WithinGroupAgreement.Rwg(item, scale, WithinGroupAgreement.NullVariance(scale, SkewedNulls.FivePoint,
            NullDistribution.SlightSkew));
        AssertFigure(e.Number("rwg_uniform"), uniform, ClosedForm, name + " rwg");
        AssertFigure(e.Number("rwg_uniform_truncated"), WithinGroupAgreement.Display(uniform), ClosedForm, name + " rwg shown");
        AssertFigure(e.Number("rwg_slight"), WithinGroupAgreement.Display(slight), ClosedForm, name + " rwg slight");
        AssertFigure(e.Number("adm"), WithinGroupAgreement.AverageDeviation(item, scale), ClosedForm, name + " adm");
        AssertPolarisation(e, item, name);
    }

    private static void AssertPolarisation(JsonElement e, ItemCounts item, string what)
    {
        AssertFigure(e.Number("norm_var"), Polarisation.NormalisedVariance(item, Scale.FivePoint), ClosedForm, what + " norm_var");
        AssertFigure(e.Number("leik_D"), Polarisation.LeikD(item), ClosedForm, what + " leik_D");
        AssertFigure(e.Number("tw_consensus"), Polarisation.Consensus(item, Scale.FivePoint), ClosedForm, what + " consensus");
        AssertFigure(e.Number("vdE_A"), Polarisation.AgreementA(item), ClosedForm, what + " A");
        AssertFigure(e.Number("vdE_polarisation"), Polarisation.VanDerEijk(item), ClosedForm, what + " polarisation");
    }

    private static JsonElement Round(string set, string round) => Expected(set).GetProperty("rounds_detail").GetProperty(round);
}
