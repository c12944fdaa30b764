using Colead.Analysis.Comparison;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Comparison;

public class OwnViewTests
{
    [Fact] // Student's sleep data, paired, as printed by R's t.test
    public void CurrentAndDesired_Sleep_MatchesThePairedTest()
    {
        var paired = PairedRatings.Of(
            Array.ConvertAll(GapTests.Sleep1, x => (double?)x), Array.ConvertAll(GapTests.Sleep2, x => (double?)x));
        var gap = Assert.Single(CurrentAndDesired.Of([paired]));
        Assert.Equal(1.58, gap.Gap.Value, 1e-12);
        Assert.Equal(4.0621, gap.T.Value, 5e-5);
        Assert.Equal(0.002833, gap.P.Value, 5e-7);
        Assert.Equal(0.7001142, gap.Interval()!.Low, 5e-8);
        Assert.Equal(2.4598858, gap.Interval()!.High, 5e-8);
        Assert.Equal(gap.P, gap.AdjustedP);
    }

    [Fact]
    public void CurrentAndDesired_Ties_ShareTheSmallestRank()
    {
        PairedRatings Pair(double current, double desired) => PairedRatings.Of(
            [current - 1, current + 1, current, null, 5], [desired - 1, desired, desired + 1, 3, null]);
        var gaps = CurrentAndDesired.Of([Pair(2, 3), Pair(3, 5), Pair(2, 4), Pair(4, 4), default, Pair(4, 4.5)]);
        Assert.Equal([3, 1, 1, 5, 0, 4], gaps.Select(g => g.Rank));
        Assert.Equal(3, gaps[0].Count);
        Assert.Equal(Absence.NoAnswers, gaps[4].Gap.Why);
        Assert.Null(gaps[4].Quadrant);
    }

    [Fact]
    public void CurrentAndDesired_SplitAtTheMeans_NamesTheFourQuadrants()
    {
        PairedRatings Pair(double current, double desired) => new(new(9, current, 4), new(9, desired, 4), new(9, desired - current, 3));
        var gaps = CurrentAndDesired.Of([Pair(2, 5), Pair(4, 5), Pair(2, 3), Pair(4, 3)]);
        Assert.Equal(
            [Quadrant.ConcentrateHere, Quadrant.KeepItUp, Quadrant.LowPriority, Quadrant.PossibleOverkill],
            gaps.Select(g => g.Quadrant!.Value));
        Assert.Equal(15, gaps[0].Index.Value);
    }

    [Fact]
    public void CurrentAndDesired_EveryoneWishesTheSameStep_HasAGapAndNoTest()
    {
        var gap = CurrentAndDesired.Of([PairedRatings.Of([1, 2, 3], [2, 3, 4])])[0];
        Assert.Equal(1, gap.Gap.Value);
        Assert.Equal(Absence.EveryoneAnsweredAlike, gap.P.Why);
        Assert.Null(gap.Interval());
        Assert.Throws<ArgumentException>(() => PairedRatings.Of([1], [1, 2]));
    }

    [Fact]
    public void SelfAndOthers_FiveRatings_HasStudentsInterval()
    {
        var view = new SelfAndOthers(4.5, Moments.Of([3, 3.5, 4, 2.5, 3]));
        Assert.Equal(1.3, view.Difference.Value, 1e-12);
        Assert.Equal(2.7764451052 * Math.Sqrt(0.325 / 5), view.Interval()!.High - 1.3, 1e-9);
        Assert.True(view.MayShow);
        Assert.False(new SelfAndOthers(4, Moments.Of([3, 3, 3, 3])).MayShow);
        Assert.Null(new SelfAndOthers(4, Moments.Of([3])).Interval());
        Assert.Equal(Absence.NoAnswers, new SelfAndOthers(4, default).Difference.Why);
    }
}
