using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Comparison;

public class PartialPoolingTests
{
    [Fact]
    public void Fit_EveryExpectedRound_MatchesR()
    {
        var compared = 0;
        foreach (var (set, rounds) in OracleComparisons.Sets)
            foreach (var round in rounds)
            {
                var data = new OracleComparisons(set, round);
                var expected = OracleFiles.Expected(set).GetProperty("rounds_detail").GetProperty(round).GetProperty("eb");
                for (var d = 0; d <= OracleComparisons.Overall; d++)
                {
                    var what = $"{set} {round} {OracleComparisons.Name(d)}";
                    var fit = PartialPooling.Fit(data.OrganisationMoments(d));
                    var e = expected.GetProperty(OracleComparisons.Name(d));
                    OracleFiles.AssertFigure(e.Number("mu"), fit.Mu, 1e-9, what + " mu");
                    OracleFiles.AssertFigure(e.Number("tau2"), fit.Tau2, 1e-9, what + " tau2");
                    OracleFiles.AssertFigure(e.Number("sigma2"), fit.Sigma2, 1e-9, what + " sigma2");
                    OracleFiles.AssertFigure(e.Number("var_mu"), fit.VarianceOfMu, 1e-9, what + " var_mu");
                    var rows = e.GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("group").GetString()!);
                    Assert.Equal(rows.Count, fit.GroupsWithValues);
                    for (var i = 0; i < fit.Groups.Count; i++)
                    {
                        var name = data.Organisations[i].Name;
                        var group = fit.Groups[i];
                        if (!rows.TryGetValue(name, out var row))
                        {
                            Assert.Equal(Absence.NoAnswers, group.ShrunkenMean.Why);
                            continue;
                        }

                        Assert.Equal(row.Number("n"), group.Count);
                        OracleFiles.AssertFigure(row.Number("mean"), group.Mean, 1e-9, what + name + " mean");
                        OracleFiles.AssertFigure(row.Number("B"), group.Reliability, 1e-9, what + name + " B");
                        OracleFiles.AssertFigure(row.Number("eb_mean"), group.ShrunkenMean, 1e-9, what + name + " eb_mean");
                        OracleFiles.AssertFigure(row.Number("eb_sd"), group.ShrunkenMeanSd, 1e-9, what + name + " eb_sd");
                        OracleFiles.AssertFigure(row.Number("gap"), group.Gap, 1e-9, what + name + " gap");
                        OracleFiles.AssertFigure(row.Number("gap_sd"), group.GapSd, 1e-9, what + name + " gap_sd");
                        OracleFiles.AssertFigure(row.Number("gap_lo"), Figure.Of(group.GapInterval!.Low), 1e-7, what + name + " gap_lo");
                        OracleFiles.AssertFigure(row.Number("gap_hi"), Figure.Of(group.GapInterval.High), 1e-7, what + name + " gap_hi");
                        OracleFiles.AssertFigure(row.Number("p_gap_positive"), group.ProbabilityPositive, 1e-7, what + name + " p");
                        compared++;
                    }
                }
            }

        Assert.Equal(215, compared);
    }

    [Fact] // Davies & Goldsmith's dyestuff: balanced, so moments and REML agree
    public void Fit_Dyestuff_MatchesLme4()
    {
        double[][] batches =
        [
            [1545, 1440, 1440, 1520, 1580], [1540, 1555, 1490, 1560, 1495], [1595, 1550, 1605, 1510, 1560],
            [1445, 1440, 1595, 1465, 1545], [1595, 1630, 1515, 1635, 1625], [1520, 1455, 1450, 1480, 1445],
        ];
        var published = OracleFiles.Published("lme4_dyestuff_shrinkage").GetProperty("computed");
        var fit = PartialPooling.Fit([.. batches.Select(b => Moments.Of(b))]);
        Assert.Equal(1764.05, fit.Tau2.Value, 1e-9);
        Assert.Equal(2451.25, fit.Sigma2.Value, 1e-9);
        Assert.Equal(1527.5, fit.Mu.Value, 1e-9);
        foreach (var (batch, i) in "ABCDEF".Select((b, i) => (b, i)))
            Assert.Equal(published.GetProperty("blup").Number(batch.ToString())!.Value, fit.Groups[i].Gap.Value, 1e-5);
        Assert.True(fit.MayShow);
    }

    [Fact]
    public void Fit_AnyGroups_KeepsItsAlgebra()
    {
        Check.One(Random, Prop.ForAll(Groups.ToArbitrary(), groups =>
        {
            var moments = Array.ConvertAll(groups, g => Moments.Of(g));
            var fit = PartialPooling.Fit(moments);
            if (!fit.IsDefined)
            {
                Assert.All(fit.Groups, g => Assert.False(g.Gap.IsDefined));
                return;
            }

            Assert.True(fit.Tau2.Value >= 0);
            var used = fit.Groups.Where(g => g.Count > 0).ToList();
            Assert.InRange(fit.Mu.Value, used.Min(g => g.Mean.Value) - 1e-9, used.Max(g => g.Mean.Value) + 1e-9);
            Assert.All(used, g =>
            {
                Assert.InRange(g.Reliability.Value, 0, 1);
                Assert.True(Math.Abs(g.Gap.Value) <= Math.Abs(g.Mean.Value - fit.Mu.Value) + 1e-12);
                Assert.InRange(g.ProbabilityPositive.Value, 0, 1);
                if (fit.NoDetectableDifference) Assert.Equal(0, g.Gap.Value);
            });

            // Groups in another order: the same figures in that order.
            var reversed = PartialPooling.Fit([.. moments.Reverse()]);
            for (var i = 0; i < moments.Length; i++)
                if (moments[i].Count > 0)
                    Assert.Equal(fit.Groups[i].Gap.Value, reversed.Groups[^(i + 1)].Gap.Value, 1e-9);

            // y = 10 − 2x: gaps turn and double, variances quadruple.
            var turned = PartialPooling.Fit(Array.ConvertAll(groups, g => Moments.Of(Array.ConvertAll(g, x => 10 - 2 * x))));
            Assert.Equal(4 * fit.Tau2.Value, turned.Tau2.Value, 1e-9);
            Assert.Equal(10 - 2 * fit.Mu.Value, turned.Mu.Value, 1e-9);
            for (var i = 0; i < moments.Length; i++)
                if (moments[i].Count > 0) Assert.Equal(-2 * fit.Groups[i].Gap.Value, turned.Groups[i].Gap.Value, 1e-9);
        }));
    }

    [Fact]
    public void Fit_NothingToPool_SaysWhy()
    {
        Assert.Equal(Absence.NoAnswers, PartialPooling.Fit([]).Mu.Why);
        Assert.Equal(Absence.NoAnswers, PartialPooling.Fit([default, default]).Mu.Why);
        Assert.Equal(Absence.TooFewGroups, PartialPooling.Fit([Moments.Of([1, 2, 3]), default]).Mu.Why);
        Assert.Equal(Absence.TooFewAnswers, PartialPooling.Fit([Moments.Of([1]), Moments.Of([2])]).Mu.Why);
        Assert.Equal(Absence.EveryoneAnsweredAlike, PartialPooling.Fit([Moments.Of([0.1, 0.1, 0.1]), Moments.Of([0.1, 0.1])]).Mu.Why);
    }

    [Fact]
    public void Fit_EachOrganisationOfOneMind_BelievesEveryGapWholly()
    {
        var fit = PartialPooling.Fit([Moments.Of([1, 1, 1]), Moments.Of([4, 4]), Moments.Of([5, 5, 5, 5])]);
        Assert.Equal(0, fit.Sigma2.Value);
        Assert.All(fit.Groups, g => Assert.Equal(1, g.Reliability.Value));
        Assert.False(fit.MayShow);
    }

    [Fact]
    public void Fit_AMillionEqualAnswersAndOneOther_StaysFinite()
    {
        var fit = PartialPooling.Fit([new(1_000_000, 12, 0), new(1_000_000, 12, 0), new(1_000_000, 12 - 11e-6, 121 - 121e-6)]);
        Assert.True(fit.NoDetectableDifference);
        Assert.InRange(fit.Mu.Value, 11.99, 12);
    }

    [Theory]
    [InlineData(0.951, Certainty.Likely)]
    [InlineData(0.04, Certainty.Likely)]
    [InlineData(0.8, Certainty.Possibly)]
    [InlineData(0.19, Certainty.Possibly)]
    [InlineData(0.79, Certainty.NoClearDifference)]
    [InlineData(0.5, Certainty.NoClearDifference)]
    public void Certainty_Probability_HasItsWord(double probability, Certainty word) => Assert.Equal(word, CertaintyWords.Of(probability));

    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 3);

    private static readonly Gen<double[][]> Groups =
        Gen.Choose(1, 5).Select(x => (double)x).ArrayOf().ArrayOf().Select(g => g.Take(12).ToArray());
}
