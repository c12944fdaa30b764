using Colead.Analysis.Agreement;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Agreement;

public class WithinGroupAgreementTests
{
    private static readonly Config Random = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20261121, 7);

    /// <summary>A dimension of 1..6 items on any scale.</summary>
    private static readonly Gen<long[][]> AnyDimension =
        Gen.Choose(2, 12).SelectMany(options => Gen.Choose(1, 6).SelectMany(items =>
            Gen.Choose(0, 9).Select(n => (long)n).ArrayOf(options).ArrayOf(items)));

    [Fact]
    public void Rwg_JamesDemareeAndWolf1984_GivesThePublishedValue()
    {
        Assert.Equal(0.75, Uniform(new ItemCounts([0, 1, 3, 1, 0], 0, 0)).Value, 1e-12); // 2 over n − 1 = 4
        var half = Figure.Of(0.5);
        var uniform = WithinGroupAgreement.NullVariance(Scale.FivePoint, null, NullDistribution.Uniform);
        Assert.Equal(0.75, WithinGroupAgreement.RwgJ(1, half, uniform).Value, 1e-12);
        Assert.Equal(0.9677, WithinGroupAgreement.RwgJ(10, half, uniform).Value, 5e-5);
        Assert.Equal(0.967741935483871, WithinGroupAgreement.RwgJ(10, half, uniform).Value, 1e-12);
    }

    [Fact]
    public void NullVariance_FivePoint_IsThePublishedTable()
    {
        double[] published = [2, 1.34, 0.90, 0.44];
        Assert.Equal(published, Enum.GetValues<NullDistribution>()
            .Select(s => WithinGroupAgreement.NullVariance(Scale.FivePoint, SkewedNulls.FivePoint, s).Value));
    }

    [Fact]
    public void Of_InstrumentWithoutSkewedNulls_ReportsTheUniformAlone()
    {
        var agreement = WithinGroupAgreement.Of([new ItemCounts([0, 0, 0, 0, 0, 0, 4, 4, 4, 0, 0, 0], 0, 0)], Scale.TwelvePoint, null);
        Assert.True(agreement.Uniform.IsDefined);
        Assert.Equal(Absence.NoNullDistribution, agreement.SlightSkew.Why);
        Assert.Equal(Absence.NoNullDistribution, agreement.ModerateSkew.Why);
        Assert.Equal(Absence.NoNullDistribution, agreement.HeavySkew.Why);
    }

    [Fact]
    public void Rwg_TwoCampsOnTwelvePoints_IsNegativeRawAndZeroShown()
    {
        var item = new ItemCounts([6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6], 0, 0);
        var raw = WithinGroupAgreement.Of([item], Scale.TwelvePoint, null).ItemRwg[0];
        Assert.Equal(1 - 33.0 / (143 / 12.0), raw.Value, 1e-12); // 12·5.5²/11 = 33
        Assert.Equal(0, WithinGroupAgreement.Display(raw).Value);
        Assert.Equal(5.5, WithinGroupAgreement.AverageDeviation(item, Scale.TwelvePoint).Value, 1e-12);
        Assert.False(WithinGroupAgreement.IsWithinCut(Figure.Of(5.5), Scale.TwelvePoint));
    }

    [Fact]
    public void Of_OnePersonOrNobody_IsAbsentNotZero()
    {
        foreach (var counts in new[] { Item(0, 0, 1, 0, 0), Item(0, 0, 0, 0, 0) })
        {
            var agreement = WithinGroupAgreement.Of([new ItemCounts(counts, 2, 1)], Scale.FivePoint, SkewedNulls.FivePoint);
            Assert.Equal(0, agreement.ItemsUsed);
            Assert.False(agreement.Uniform.IsDefined);
            Assert.False(agreement.AverageDeviation.IsDefined);
            Assert.False(agreement.ItemRwg[0].IsDefined);
            Assert.Equal(AgreementWord.NotShown, AgreementReference.Word(agreement, Scale.FivePoint));
        }
    }

    [Fact]
    public void Of_AMillionEqualAnswers_IsFullAgreement()
    {
        var agreement = WithinGroupAgreement.Of([new ItemCounts([0, 0, 0, 0, 1_000_000], 0, 0)], Scale.FivePoint, SkewedNulls.FivePoint);
        Assert.Equal(1, agreement.Uniform.Value);
        Assert.Equal(1, agreement.HeavySkew.Value);
        Assert.Equal(0, agreement.AverageDeviation.Value);
        Assert.Equal(AgreementWord.BroadAgreement, AgreementReference.Word(agreement, Scale.FivePoint));
    }

    [Fact]
    public void Of_OneDissenterAmongABillion_IsNotFlushedToZeroVariance()
    {
        var item = new ItemCounts([1, 0, 0, 0, 1_000_000_000], 0, 0);
        Assert.Equal(16e-9 / 2, 1 - Uniform(item).Value, 1e-15);
    }

    [Fact]
    public void Of_ItemWithOneAnswer_IsLeftOutOfTheOthers()
    {
        var full = new ItemCounts([0, 2, 3, 4, 1], 0, 0);
        var with = WithinGroupAgreement.Of([full, new ItemCounts([1, 0, 0, 0, 0], 9, 0), full], Scale.FivePoint, SkewedNulls.FivePoint);
        var without = WithinGroupAgreement.Of([full, full], Scale.FivePoint, SkewedNulls.FivePoint);
        Assert.Equal(2, with.ItemsUsed);
        Assert.Equal(10, with.FewestAnswers);
        Assert.Equal(without.Uniform, with.Uniform);
        Assert.Equal(without.AverageDeviation, with.AverageDeviation);
        Assert.Equal(Absence.TooFewAnswers, with.ItemRwg[1].Why);
    }

    [Fact]
    public void Of_AnyDimension_StaysInBoundsAndTurnsShiftsAndPermutes() =>
        Check.One(Random, Prop.ForAll(AnyDimension.ToArbitrary(), counts =>
        {
            var options = counts[0].Length;
            var skewed = new SkewedNulls(options * options / 20.0, options * options / 30.0, options * options / 60.0);
            DimensionAgreement Of(IEnumerable<long[]> items, int lowest) =>
                WithinGroupAgreement.Of([.. items.Select(i => new ItemCounts(i, 0, 0))], new Scale(lowest, lowest + options - 1), skewed);
            var straight = Of(counts, 1);
            var turned = Of(counts.Select(i => i.Reverse().ToArray()), 1);
            AssertSame(straight, turned, 1e-12);
            AssertSame(straight, Of(counts, -5), 1e-12);
            AssertSame(straight, Of(counts.Reverse(), 1), 1e-12);
            if (straight.ItemsUsed == 0) return;
            foreach (var figure in new[] { straight.Uniform, straight.SlightSkew, straight.ModerateSkew, straight.HeavySkew })
                Assert.InRange(figure.Value, 0, 1);
            Assert.True(straight.Uniform.Value >= straight.SlightSkew.Value);
            Assert.All(straight.ItemRwg.Where(r => r.IsDefined), r => Assert.True(r.Value <= 1));
            // No more than the two-person, two-ends case: s² = range²/2, mean deviation = range/2.
            var scale = new Scale(1, options);
            Assert.All(straight.ItemRwg.Where(r => r.IsDefined),
                r => Assert.True(r.Value >= 1 - scale.Range * scale.Range / 2.0 / scale.UniformVariance - 1e-9));
            Assert.InRange(straight.AverageDeviation.Value, 0, scale.Range / 2.0 + 1e-12);
        }));

    private static void AssertSame(DimensionAgreement a, DimensionAgreement b, double tolerance)
    {
        Assert.Equal(a.ItemsUsed, b.ItemsUsed);
        Assert.Equal(a.FewestAnswers, b.FewestAnswers);
        foreach (var (x, y) in new[] { (a.Uniform, b.Uniform), (a.SlightSkew, b.SlightSkew), (a.HeavySkew, b.HeavySkew),
            (a.AverageDeviation, b.AverageDeviation) })
        {
            Assert.Equal(x.IsDefined, y.IsDefined);
            if (x.IsDefined) Assert.Equal(x.Value, y.Value, tolerance);
        }
    }

    private static Figure Uniform(ItemCounts item) =>
        WithinGroupAgreement.Rwg(item, Scale.FivePoint, WithinGroupAgreement.NullVariance(Scale.FivePoint, null, NullDistribution.Uniform));

    private static long[] Item(params long[] counts) => counts;
}
