using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Scoring;

/// <summary>Constant, empty, single, extreme and huge data: a figure or a reason, never NaN and never a wrong zero.</summary>
public class NumericalTroubleTests
{
    private static readonly Instrument Twelve = new("twelve", "1", Scale.TwelvePoint, [.. Enumerable.Range(0, 7).Select(d =>
        new Dimension($"d{d}", [.. Enumerable.Range(0, d == 0 ? 6 : 4).Select(i => new Item($"d{d}_{i}"))]))]);

    private static readonly Structure One = new([new Organisation("Only", "public")], Field.Levels);

    [Fact]
    public void Of_Nobody_SaysSo()
    {
        var summary = RoundSummary.Of(new AnswerTable(Twelve, One, [], [], []));
        Assert.Equal(0, summary.StratumCount);
        var all = summary.All();
        Assert.Equal(Absence.NoAnswers, all.Overall.ToMoments().MeanFigure.Why);
        Assert.Equal(Absence.NoAnswers, all.IncompleteShare.Why);
        Assert.False(all.OftenIncomplete);
        Assert.Empty(all.Histogram(0).Scores);
        Assert.Empty(summary.CrossProducts[0].AnsweredItems);
        var prior = PooledVariance.WithinGroups(summary.OrganisationMoments(0), Scale.TwelvePoint);
        Assert.Equal(new PooledVariance(Scale.TwelvePoint.PriorVariance, 0), prior);
        var mean = GroupMean.Of(default, Counted.DimensionScores, 5, prior, Scale.TwelvePoint);
        Assert.Null(mean.Moderated);
        Assert.Null(mean.Bounds);
        Assert.Equal(Absence.NoAnswers, mean.FinitePopulationCorrection.Why);
        Assert.Equal(summary.Write(), RoundSummary.Read(summary.Write(), Twelve, One).Write());
        var headlines = Headlines.Of(default, [default], [default], [7], Counted.DimensionScores, prior, Scale.TwelvePoint);
        Assert.Equal(Absence.NoAnswers, headlines.Levels.Mean.Value.Why);
        Assert.Equal(Absence.NoAnswers, headlines.Organisations.Mean.Value.Why);
        Assert.Equal([0], headlines.LevelsWithoutData);
    }

    [Fact]
    public void Of_OnePersonAllMissing_CountsThePersonAndScoresNothing()
    {
        var summary = RoundSummary.Of(Alike(1, Answer.DontKnowCode)).All();
        Assert.Equal(1, summary.Respondents);
        Assert.All(summary.Items, i => Assert.Equal((0, 1), (i.Valid, i.DontKnow)));
        Assert.Equal(0, summary.Overall.Count);
        var item = ItemResult.Of(summary.Items[0], Scale.TwelvePoint);
        Assert.Equal(1, item.DontKnow.Value);
        Assert.True(item.ManyDoNotKnow);
        Assert.Equal(Absence.NoAnswers, item.Favourable.Why);
    }

    [Fact]
    public void GroupMean_OnePerson_TakesThePriorAlone()
    {
        var summary = RoundSummary.Of(Alike(1, 12));
        var prior = PooledVariance.WithinGroups(summary.OrganisationMoments(0), Scale.TwelvePoint);
        var mean = GroupMean.Of(summary.All().Measure(0).ToMoments(), Counted.DimensionScores, 3, prior, Scale.TwelvePoint);
        Assert.Equal(12, mean.Mean.Value.Value);
        Assert.Equal(Absence.TooFewAnswers, mean.StandardDeviation.Why);
        Assert.Null(mean.Student);
        Assert.Equal(Scale.TwelvePoint.PriorVariance, mean.Moderated!.Variance, 1e-12);
        Assert.Equal(4, mean.Moderated.DegreesOfFreedom);
        Assert.Equal(12, mean.Moderated.Interval.High);
    }

    [Fact]
    public void GroupMean_ShortRoster_RaisesItAndSaysSo()
    {
        var mean = GroupMean.Of(Moments.Of([2, 3, 4]), Counted.DimensionScores, 2, new PooledVariance(1, 5), Scale.FivePoint);
        Assert.True(mean.RosterWasShort);
        Assert.Equal(3, mean.Invited);
        Assert.True(mean.EveryoneAnswered);
        Assert.Null(mean.ShownInterval);
        Assert.Equal(mean.Mean.Value.Value, mean.Moderated!.Interval.Low);
    }

    [Fact]
    public void Of_AMillionEqualAnswers_HasExactlyNoVariance()
    {
        var summary = RoundSummary.Of(Alike(1_000_000, 7));
        var all = summary.All();
        for (var m = 0; m <= summary.OverallMeasure; m++)
        {
            var moments = all.Measure(m).ToMoments();
            Assert.Equal(1_000_000, moments.Count);
            Assert.Equal(7, moments.Mean);
            Assert.Equal(0, moments.SumOfSquares);
            Assert.Equal([1_000_000L], all.Histogram(m).Counts);
        }

        Assert.Equal(0, summary.CrossProducts[0].Complete().SampleCovariance()![0, 1]);
        var mean = GroupMean.Of(all.Overall.ToMoments(), Counted.OverallScores, 2_000_000,
            PooledVariance.WithinGroups([all.Overall.ToMoments()], Scale.TwelvePoint), Scale.TwelvePoint);
        Assert.Equal((7, 7), (mean.Moderated!.Interval.Low, mean.Moderated.Interval.High));
        Assert.Equal(summary.Write(), RoundSummary.Read(summary.Write(), Twelve, One).Write());
    }

    [Fact]
    public void Of_TwelvePointExtremes_ReachesTheLargestVariance()
    {
        var codes = new byte[2000 * Twelve.ItemCount];
        Array.Fill(codes, (byte)1, 0, codes.Length / 2);
        Array.Fill(codes, (byte)12, codes.Length / 2, codes.Length / 2);
        var summary = RoundSummary.Of(new AnswerTable(Twelve, One, new int[2000], new byte[2000], codes)).All();
        for (var m = 0; m <= Twelve.Dimensions.Count; m++)
            Assert.Equal(Scale.TwelvePoint.LargestVariance, summary.Measure(m).ToMoments().PopulationVariance.Value, 1e-12);
        Assert.Equal(6.5, summary.Overall.ToMoments().Mean, 1e-15);
    }

    [Fact]
    public void Moments_OneAnswerInAMillionDiffers_KeepsItsTinyVariance()
    {
        var item = new ItemCounts([999_999, 1, 0, 0, 0], 0, 0);
        Assert.Equal(999_999e-12, item.ToMoments(Scale.FivePoint).PopulationVariance.Value, 1e-18);
        // On any scale the same to the last digit, where sums of large squares would have rounded.
        Assert.Equal(item.ToMoments(Scale.FivePoint).SumOfSquares, item.ToMoments(new Scale(1_000_001, 1_000_005)).SumOfSquares);
    }

    [Fact]
    public void Moments_ThirdsAllAlike_RoundingIsNoVariance()
    {
        var moments = Moments.Of([.. Enumerable.Repeat(10.0 / 3, 999)]);
        Assert.Equal(0, moments.SampleVariance.Value);
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(12, 5)]
    [InlineData(7, 11)]
    public void Of_LongestInstrument_StaysExact(int dimensions, int items)
    {
        // Units grow with the least common multiple of the divisors: 27,720 for twelve items, its square overall.
        var instrument = new Instrument("long", "1", Scale.TwelvePoint, [.. Enumerable.Range(0, dimensions).Select(d =>
            new Dimension($"d{d}", [.. Enumerable.Range(0, items).Select(i => new Item($"d{d}_{i}"))]))]);
        var answers = RandomRound.Draw(instrument, One, 300, new SeededRandom(3));
        var summary = RoundSummary.Of(answers);
        var scorer = new PersonScores(instrument);
        var overall = new List<double>();
        for (var r = 0; r < answers.Rows; r++)
        {
            scorer.Score(answers.Row(r));
            if (scorer.HasOverall) overall.Add(scorer.Overall.Value);
        }

        var moments = summary.All().Overall.ToMoments();
        Assert.Equal(overall.Count, moments.Count);
        Assert.Equal(Moments.Of([.. overall]).SampleVariance.Value, moments.SampleVariance.Value, 1e-9);
        Assert.Equal(summary.Write(), RoundSummary.Read(summary.Write(), instrument, One).Write());
    }

    private static AnswerTable Alike(int rows, byte code)
    {
        var codes = new byte[rows * Twelve.ItemCount];
        Array.Fill(codes, code);
        return new AnswerTable(Twelve, One, new int[rows], new byte[rows], codes);
    }
}
