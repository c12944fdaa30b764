using Colead.Analysis.Reliability;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Reliability;

public class IntraclassCorrelationTests
{
    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 11);

    private static readonly Gen<double[][]> AnyGroups =
        Gen.Choose(4, 20).Select(x => x / 4.0).ArrayOf().ArrayOf();

    [Fact]
    public void Of_ShroutAndFleiss1979_GivesThePublishedValues()
    {
        double[][] targets = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
        var icc = Of(targets);
        var published = OracleFiles.Published("shrout_fleiss_1979").GetProperty("computed");
        Assert.Equal(11.24, icc.MeanSquareBetween.Value, 0.005);
        Assert.Equal(6.26, icc.MeanSquareWithin.Value, 0.005);
        OracleFiles.AssertFigure(published.Number("ICC1"), icc.Icc1, 1e-9, "ICC1");
        OracleFiles.AssertFigure(published.Number("ICC1k"), icc.Icc2, 1e-9, "ICC1k");
        // With equal groups the reliability of one group's mean is ICC(2).
        Assert.Equal(icc.Icc2.Value, icc.ReliabilityOfMean(4).Value, 1e-12);
        Assert.Equal(icc.Icc1.Value, icc.ReliabilityOfMean(1).Value, 1e-12);
    }

    [Fact]
    public void Of_Dyestuff_GivesThePublishedVarianceComponents()
    {
        // Davies 1947: six batches of five yields; between 11271.50, within 2451.25.
        double[][] batches =
        [
            [1545, 1440, 1440, 1520, 1580], [1540, 1555, 1490, 1560, 1495], [1595, 1550, 1605, 1510, 1560],
            [1445, 1440, 1595, 1465, 1545], [1595, 1630, 1515, 1635, 1625], [1520, 1455, 1450, 1480, 1445],
        ];
        var icc = Of(batches);
        Assert.Equal(11271.50, icc.MeanSquareBetween.Value, 1e-6);
        Assert.Equal(2451.25, icc.MeanSquareWithin.Value, 1e-6);
        Assert.Equal(1764.05 / (1764.05 + 2451.25), icc.Icc1.Value, 1e-9);
    }

    [Fact]
    public void Of_OneGroupOrOneScoreAGroup_IsAbsent()
    {
        Assert.Equal(Absence.TooFewGroups, Of([[1, 2, 3]]).Icc1.Why);
        Assert.Equal(Absence.TooFewGroups, Of([[1, 2, 3], []]).Icc1.Why);
        Assert.Equal(Absence.TooFewAnswers, Of([[1], [2], [3]]).Icc1.Why);
        Assert.Equal(Absence.NoAnswers, Of([]).Icc1.Why);
        Assert.Equal(Absence.NoAnswers, Of([[], []]).F.Why);
        Assert.False(Of([[1], [2]]).IsComputable);
    }

    [Fact]
    public void Of_ConstantData_IsAbsentNotARoundingRatio()
    {
        // 0.1 is not a binary fraction: naive sums leave crumbs whose ratio looks like an ICC.
        var constant = Of([[.. Enumerable.Repeat(0.1, 7)], [.. Enumerable.Repeat(0.1, 13)], [.. Enumerable.Repeat(0.1, 3)]]);
        Assert.Equal(0, constant.MeanSquareBetween.Value);
        Assert.Equal(0, constant.MeanSquareWithin.Value);
        foreach (var figure in new[] { constant.Icc1, constant.Icc2, constant.F, constant.P, constant.ReliabilityOfMean(5) })
            Assert.Equal(Absence.EveryoneAnsweredAlike, figure.Why);
    }

    [Fact]
    public void Of_GroupsDifferButAgreeWithin_HasIccOneAndNoF()
    {
        var icc = Of([[1, 1, 1], [5, 5]]);
        Assert.Equal(1, icc.Icc1.Value);
        Assert.Equal(1, icc.Icc2.Value);
        Assert.False(icc.F.IsDefined);
        Assert.False(icc.P.IsDefined);
    }

    [Fact]
    public void Of_EqualMeans_IsNegativeAndReliesOnNothing()
    {
        var icc = Of([[1, 5], [2, 4], [3, 3]]);
        Assert.Equal(-1, icc.Icc1.Value, 1e-12); // −1/(n0 − 1)
        Assert.Equal(Absence.EveryoneAnsweredAlike, icc.Icc2.Why);
        Assert.Equal(1, icc.P.Value, 1e-12);
        Assert.Equal(0, icc.ReliabilityOfMean(10).Value);
    }

    [Fact]
    public void Of_AnyGroups_StaysInBoundsAndRelabellingShiftAndScaleChangeNothing() =>
        Check.One(Random, Prop.ForAll(AnyGroups.ToArbitrary(), groups =>
        {
            var icc = Of(groups);
            Assert.Equal(groups.Count(g => g.Length > 0), icc.Groups);
            foreach (var other in new[]
            {
                Of([.. groups.Reverse()]),
                Of([.. groups, []]),
                Of([.. groups.Select(g => g.Select(x => 100 - 2 * x).ToArray())]),
            })
            {
                Assert.Equal(icc.Icc1.IsDefined, other.Icc1.IsDefined);
                Assert.Equal(icc.P.IsDefined, other.P.IsDefined);
                if (icc.Icc1.IsDefined) Assert.Equal(icc.Icc1.Value, other.Icc1.Value, 1e-9);
                if (icc.P.IsDefined) Assert.Equal(icc.P.Value, other.P.Value, 1e-9);
            }

            if (!icc.Icc1.IsDefined) return;
            Assert.True(icc.Icc1.Value <= 1);
            Assert.True(icc.EffectiveGroupSize.Value > 1 && icc.EffectiveGroupSize.Value <= icc.MeanGroupSize.Value + 1e-12);
            Assert.True(icc.Icc1.Value >= -1 / (icc.EffectiveGroupSize.Value - 1) - 1e-9);
            Assert.InRange(icc.ReliabilityOfMean(8).Value, 0, 1);
        }));

    private static IntraclassCorrelation Of(double[][] groups) =>
        IntraclassCorrelation.Of([.. groups.Select(g => Moments.Of(g))]);
}
