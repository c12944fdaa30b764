using System.Text.Json;
using Colead.Analysis.Reliability;
using Colead.Analysis.Scoring;
using static Colead.Analysis.Tests.OracleFiles;

namespace Colead.Analysis.Tests.Reliability;

/// <summary>Every required value of `icc` and `reliability` on the sets given.</summary>
public class ReliabilityOracleTests
{
    private const double ClosedForm = 1e-9, Quantile = 1e-7, Iterative = 1e-5;

    public static TheoryData<string, string> Rounds =>
        new() { { "s02_small12", "1" }, { "s03_five_orgs", "1" }, { "s04_two_rounds", "1" }, { "s04_two_rounds", "2" },
            { "s07_missing", "1" } };

    [Theory]
    [MemberData(nameof(Rounds))]
    public void IntraclassCorrelation_OracleSet_GivesItsValues(string set, string round)
    {
        var summary = RoundSummary.Of(Survey(set, round));
        var expected = Round(set, round).GetProperty("icc");
        var organisations = Enumerable.Range(0, summary.Structure.Organisations.Count)
            .Select(o => summary.Merge(s => s.Organisation == o)).ToList();
        foreach (var measure in expected.EnumerateObject())
        {
            var what = $"{set}/{round} {measure.Name}";
            var d = measure.Name == "overall" ? -1 : int.Parse(measure.Name[1..], System.Globalization.CultureInfo.InvariantCulture) - 1;
            var icc = IntraclassCorrelation.Of([.. organisations.Select(o => (d < 0 ? o.Overall : o.Scores[d]).ToMoments())]);
            var e = measure.Value;
            Assert.Equal(e.Number("k"), icc.Groups);
            Assert.Equal(e.Number("N"), icc.Count);
            Assert.Equal(e.GetProperty("computable").GetBoolean(), icc.IsComputable);
            AssertFigure(e.Number("msb"), icc.MeanSquareBetween, ClosedForm, what + " msb");
            AssertFigure(e.Number("msw"), icc.MeanSquareWithin, ClosedForm, what + " msw");
            AssertFigure(e.Number("n0"), icc.EffectiveGroupSize, ClosedForm, what + " n0");
            AssertFigure(e.Number("nbar"), icc.MeanGroupSize, ClosedForm, what + " nbar");
            AssertFigure(e.Number("F"), icc.F, ClosedForm, what + " F");
            AssertFigure(e.Number("p"), icc.P, Quantile, what + " p");
            AssertFigure(e.Number("icc1_n0"), icc.Icc1, ClosedForm, what + " icc1");
            AssertFigure(e.Number("icc2"), icc.Icc2, ClosedForm, what + " icc2");
        }
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void AlphaAndOmega_OracleSet_GiveItsValues(string set, string round)
    {
        var answers = Survey(set, round);
        var expected = Round(set, round).GetProperty("reliability");
        for (var d = 0; d < 7; d++)
        {
            var e = expected.GetProperty($"d{d + 1}");
            var what = $"{set}/{round} d{d + 1}";
            var covariance = Covariance.Of(answers, d);
            var names = answers.Instrument.Dimensions[d].Items.Select(i => i.Id).ToList();
            Assert.Equal(
                e.GetProperty("items_used").EnumerateArray().Select(i => i.GetString()!),
                covariance.ItemsUsed.Select(j => names[j]),
                StringComparer.Ordinal);
            Assert.Equal(names.Count - covariance.Items, covariance.ItemsDropped.Count);
            Assert.Equal(e.Number("n_listwise"), covariance.CompleteRows);

            var alpha = CronbachAlpha.Of(covariance);
            AssertFigure(e.Number("alpha"), alpha.Value, ClosedForm, what + " alpha");
            AssertNumber(e.Number("alpha_lo")!.Value, alpha.Interval!.Low, Quantile, what + " alpha_lo");
            AssertNumber(e.Number("alpha_hi")!.Value, alpha.Interval.High, Quantile, what + " alpha_hi");
            foreach (var item in alpha.Items)
            {
                AssertFigure(e.GetProperty("r_drop").Number(names[item.Item]), item.ItemTotal, ClosedForm, what + " r_drop");
                AssertFigure(e.GetProperty("alpha_if_deleted").Number(names[item.Item]), item.AlphaIfDeleted, ClosedForm, what
                    + " if deleted");
            }

            var omega = McDonaldOmega.Of(covariance);
            Assert.Equal(e.TryGetProperty("omega", out _), omega.Value.IsDefined);
            if (!omega.Value.IsDefined) continue;
            AssertFigure(e.Number("omega"), omega.Value, Iterative, what + " omega");
            Assert.Equal(e.GetProperty("omega_heywood").GetBoolean(), omega.Fit!.IsHeywood);
            AssertEach(e.GetProperty("omega_loadings"), omega.Fit.Loadings, what + " loading");
            AssertEach(e.GetProperty("omega_uniquenesses"), omega.Fit.Uniquenesses, what + " uniqueness");
        }
    }

    private static void AssertEach(JsonElement expected, IReadOnlyList<double> actual, string what)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Count);
        for (var j = 0; j < actual.Count; j++) AssertNumber(expected[j].GetDouble(), actual[j], Iterative, $"{what} {j}");
    }

    private static JsonElement Round(string set, string round) => Expected(set).GetProperty("rounds_detail").GetProperty(round);
}
