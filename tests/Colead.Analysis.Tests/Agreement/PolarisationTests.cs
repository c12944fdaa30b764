using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Agreement;

public class PolarisationTests
{
    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20261121, 9);

    private static readonly Gen<long[]> AnyCounts = Gen.Choose(2, 12).SelectMany(options =>
        Gen.Frequency((1, Gen.Constant(0L)), (2, Gen.Choose(0, 12).Select(n => (long)n))).ArrayOf(options));

    [Fact]
    public void VanDerEijk_AgrmtHelpPage_GivesThePublishedValue()
    {
        var item = Counts(30, 40, 210, 130, 530, 50, 10);
        Assert.Equal(0.6113333, Polarisation.AgreementA(item).Value, 5e-8);
        Assert.Equal(0.1943333, Polarisation.VanDerEijk(item).Value, 5e-8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(12)]
    public void AllMeasures_HalfAtEachEnd_AreAtTheirExtreme(int options)
    {
        var counts = new long[options];
        counts[0] = counts[^1] = 7;
        var item = Counts(counts);
        var scale = new Scale(1, options);
        Assert.Equal(1, Polarisation.NormalisedVariance(item, scale).Value, 1e-12);
        Assert.Equal(1, Polarisation.LeikD(item).Value, 1e-12);
        Assert.Equal(0, Polarisation.Consensus(item, scale).Value, 1e-12);
        Assert.True(Polarisation.IsSplit(item, scale));
        if (options == 2)
            Assert.Equal(Absence.TooFewOptions, Polarisation.AgreementA(item).Why);
        else
            Assert.Equal(-1, Polarisation.AgreementA(item).Value, 1e-12);
    }

    [Fact]
    public void AllMeasures_Uniform_TakeTheirKnownValues()
    {
        for (var options = 3; options <= 12; options++)
        {
            var item = Counts([.. Enumerable.Repeat(4L, options)]);
            var scale = new Scale(0, options - 1);
            Assert.Equal(0, Polarisation.AgreementA(item).Value, 1e-12);
            Assert.Equal(0.5, Polarisation.VanDerEijk(item).Value, 1e-12);
            Assert.Equal((options + 1) / (3.0 * (options - 1)), Polarisation.NormalisedVariance(item, scale).Value, 1e-12);
            Assert.False(Polarisation.IsSplit(item, scale));
        }
    }

    [Fact]
    public void AllMeasures_NobodyAnswered_AreAbsent()
    {
        var nobody = new ItemCounts([0, 0, 0, 0, 0], 5, 5);
        Assert.Equal(Absence.NoAnswers, Polarisation.NormalisedVariance(nobody, Scale.FivePoint).Why);
        Assert.Equal(Absence.NoAnswers, Polarisation.LeikD(nobody).Why);
        Assert.Equal(Absence.NoAnswers, Polarisation.Consensus(nobody, Scale.FivePoint).Why);
        Assert.Equal(Absence.NoAnswers, Polarisation.AgreementA(nobody).Why);
        Assert.Equal(Absence.NoAnswers, Polarisation.VanDerEijk(nobody).Why);
        Assert.False(Polarisation.IsSplit(nobody, Scale.FivePoint));
    }

    [Theory]
    [InlineData(true, 3, 3, 0, 3, 3)]
    [InlineData(true, 4, 0, 0, 0, 8)]
    [InlineData(false, 3, 0, 0, 0, 9)] // a quarter against three quarters is exactly as polarised as an even spread
    [InlineData(false, 2, 0, 2, 0, 8)] // a sixth at the low end
    [InlineData(false, 3, 3, 3, 3, 3)] // both ends full, but evenly spread
    public void IsSplit_FivePoints_NeedsBothEndsAndPolarisation(bool split, params int[] counts) =>
        Assert.Equal(split, Polarisation.IsSplit(Counts([.. counts.Select(c => (long)c)]), Scale.FivePoint));

    [Fact]
    public void IsSplit_TwelvePoints_CountsFourOptionsAtEachEnd()
    {
        Assert.True(Polarisation.IsSplit(Counts(0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 5), Scale.TwelvePoint));
        var outside = Counts(0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 5);
        Assert.True(Polarisation.VanDerEijk(outside).Value > 0.5);
        Assert.False(Polarisation.IsSplit(outside, Scale.TwelvePoint));
    }

    [Fact]
    public void AllMeasures_AnyCounts_StayInBoundsAndTurnShiftAndScale() =>
        Check.One(Random, Prop.ForAll(AnyCounts.ToArbitrary(), counts =>
        {
            var scale = new Scale(1, counts.Length);
            var straight = All(Counts(counts), scale);
            foreach (var (other, what) in new[]
            {
                (All(Counts([.. counts.Reverse()]), scale), "reversed"),
                (All(Counts(counts), new Scale(-3, counts.Length - 4)), "shifted"),
                (All(Counts([.. counts.Select(c => 3 * c)]), scale), "everyone three times"),
            })
                for (var m = 0; m < straight.Length; m++)
                {
                    Assert.Equal(straight[m].IsDefined, other[m].IsDefined);
                    if (straight[m].IsDefined) Assert.True(Math.Abs(straight[m].Value - other[m].Value) < 1e-12, what);
                }

            Assert.Equal(
                Polarisation.IsSplit(Counts(counts), scale),
                Polarisation.IsSplit(Counts([.. counts.Reverse()]), scale));
            if (counts.Sum() == 0) return;
            foreach (var figure in straight[..3]) Assert.InRange(figure.Value, 0, 1);
            if (counts.Length == 2) return;
            Assert.InRange(straight[3].Value, -1, 1);
            Assert.InRange(straight[4].Value, 0, 1);
            if (counts.Count(c => c > 0) == 1) Assert.Equal([0, 0, 1, 1, 0], straight.Select(f => f.Value));
        }));

    private static Figure[] All(ItemCounts item, Scale scale) =>
    [
        Polarisation.NormalisedVariance(item, scale), Polarisation.LeikD(item), Polarisation.Consensus(item, scale),
        Polarisation.AgreementA(item), Polarisation.VanDerEijk(item),
    ];

    private static ItemCounts Counts(params long[] counts) => new(counts, 0, 0);
}
