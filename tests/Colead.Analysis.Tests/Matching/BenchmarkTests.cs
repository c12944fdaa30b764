using Colead.Analysis.Matching;
using Colead.Analysis.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Matching;

public class BenchmarkTests
{
    private static readonly Moments[] Twelve = [.. Enumerable.Range(1, 12).Select(i => new Moments(20, i / 4.0, 10))];

    [Fact]
    public void Type7_OneToTen_MatchesR()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        Assert.Equal(3.25, Quantile.Type7(x, 0.25));
        Assert.Equal(5.5, Quantile.Median(x));
        Assert.Equal(7.75, Quantile.Type7(x, 0.75));
        Assert.Equal(1, Quantile.Type7(x, 0));
        Assert.Equal(10, Quantile.Type7(x, 1));
        Assert.Equal(4, Quantile.Type7([4], 0.3));
        Assert.Throws<ArgumentException>(() => Quantile.Type7([], 0.5));
    }

    [Fact]
    public void Of_TwelvePartnerships_PlacesThemInQuarters()
    {
        var benchmark = Benchmark.Of(Twelve);
        Assert.Equal(1.625, benchmark.Median.Value);
        Assert.Equal(0.9375, benchmark.LowerQuartile.Value);
        Assert.Equal(100 * 0.5 / 12, benchmark.Places[0].Percentile.Value, 1e-12);
        Assert.Equal(100 * 11.5 / 12, benchmark.Places[11].Percentile.Value, 1e-12);
        Assert.Equal([3, 3, 3, 3], benchmark.Places.GroupBy(p => p.Band).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.Equal(Standing.Below, benchmark.Places[0].Standing);
        Assert.Equal(Standing.NotDistinguishable, benchmark.Places[5].Standing);
        Assert.Equal(Standing.Above, benchmark.Places[11].Standing);
    }

    [Fact]
    public void Of_Ties_ShareTheMiddleOfTheirPercentiles()
    {
        var benchmark = Benchmark.Of([.. Twelve.Take(10), new(20, 0.25, 10), new(20, 0.25, 10)]);
        foreach (var i in new[] { 0, 10, 11 }) Assert.Equal(100 * 1.5 / 12, benchmark.Places[i].Percentile.Value, 1e-12);
    }

    [Fact]
    public void Of_TooFewOrTooSmallOrOneTooLarge_IsAbsent()
    {
        Assert.Equal(Absence.TooFewGroups, Benchmark.Of(Twelve.AsSpan(0, 9)).Median.Why);
        Assert.Equal(Absence.TooFewGroups, Benchmark.Of([.. Twelve[..9], new(9, 3, 3)]).Median.Why);
        Assert.Equal(Absence.OneGroupDominates, Benchmark.Of([.. Twelve, new(241, 3, 100)]).Median.Why);
        Assert.True(Benchmark.Of([.. Twelve, new(240, 3, 100)]).IsDefined); // half is not more than half
        var small = Benchmark.Of([.. Twelve, new(9, 3, 3)]);
        Assert.Equal(12, small.Partnerships);
        Assert.Equal(Absence.TooFewAnswers, small.Places[12].Percentile.Why);
        Assert.Equal(QuartileBand.NotPlaced, small.Places[12].Band);
    }

    [Fact]
    public void Of_EveryPartnershipAlike_StatesNoPosition()
    {
        var benchmark = Benchmark.Of([.. Enumerable.Repeat(new Moments(20, 3, 0), 10)]);
        Assert.Equal(3, benchmark.Median.Value);
        Assert.All(benchmark.Places, p => Assert.Equal((50, Standing.NotDistinguishable), (p.Percentile.Value, p.Standing)));
    }

    [Fact]
    public void Of_AnyPartnerships_IsIndifferentToOrderAndScale()
    {
        var means = Gen.Choose(4, 20).Select(x => x / 4.0).Zip(Gen.Choose(10, 60)).ArrayOf(14).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20261121, 19), Prop.ForAll(means, m =>
        {
            Moments[] moments = [.. m.Select(x => new Moments(x.Item2, x.Item1, x.Item2 * 0.7))];
            var straight = Benchmark.Of(moments);
            var turned = Benchmark.Of([.. moments.Reverse().Select(x => new Moments(x.Count, 2 * x.Mean + 1, 4 * x.SumOfSquares))]);
            Assert.Equal(2 * straight.Median.Value + 1, turned.Median.Value, 1e-12);
            Assert.Equal(50, straight.Places.Average(p => p.Percentile.Value), 1e-9);
            for (var i = 0; i < moments.Length; i++)
            {
                Assert.Equal(straight.Places[i].Percentile.Value, turned.Places[^(i + 1)].Percentile.Value, 1e-9);
                Assert.Equal(straight.Places[i].Band, turned.Places[^(i + 1)].Band);
                // A stated position never contradicts the mean.
                if (straight.Places[i].Standing == Standing.Above) Assert.True(moments[i].Mean > straight.Median.Value);
                if (straight.Places[i].Standing == Standing.Below) Assert.True(moments[i].Mean < straight.Median.Value);
            }
        }));
    }

    [Fact]
    public void OfPublished_WithAndWithoutIntervals_StatesPositionsOnlyWithThem()
    {
        PublishedMean[] bare = [.. Enumerable.Range(1, 12).Select(i => new PublishedMean(20, Figure.Of(i / 4.0), null))];
        var bands = Benchmark.OfPublished(bare);
        Assert.Equal(1.625, bands.Median.Value);
        Assert.All(bands.Places, p => Assert.Equal(Standing.NotDistinguishable, p.Standing));
        PublishedMean[] measured =
            [.. bare.Select(p => p with { Interval = new(p.Mean.Value - 0.2, p.Mean.Value + 0.2, IntervalMethod.ModeratedTFinitePopulation,
            0.95) })];
        var positions = Benchmark.OfPublished(measured);
        Assert.Equal(Standing.Below, positions.Places[0].Standing);
        Assert.Equal(Standing.NotDistinguishable, positions.Places[6].Standing);
        Assert.Equal(Standing.Above, positions.Places[11].Standing);
        var withheld = Benchmark.OfPublished([.. bare, new(0, Figure.Absent(Absence.TooFewAnswers), null)]);
        Assert.Equal(QuartileBand.NotPlaced, withheld.Places[12].Band);
    }

    [Fact]
    public void RollUp_TenThousandPartnerships_BenchmarksThemAll()
    {
        var random = new SeededRandom(3);
        var partnerships = Enumerable.Range(0, 10_000).Select(p => new PublishedPartnership(
            $"P{p}",
            [.. Enumerable.Range(0, 8).Select(_ =>
            {
                var mean = 1 + random.Next(41) / 10.0;
                return new PublishedMean(10 + random.Next(200), Figure.Of(mean),
                    new(mean - 0.3, mean + 0.3, IntervalMethod.ModeratedTFinitePopulation, 0.95));
            })])).ToList();
        var network = NetworkRollUp.Of(partnerships);
        Assert.Equal(8, network.Dimensions.Count);
        Assert.All(network.Dimensions, b => Assert.Equal(10_000, b.Partnerships));
    }

    [Fact]
    public void RollUp_UnequalDimensions_IsRefused() => Assert.Throws<ArgumentException>(() => NetworkRollUp.Of([
        new("A", [new(10, Figure.Of(1), null)]), new("B", [])]));
}
