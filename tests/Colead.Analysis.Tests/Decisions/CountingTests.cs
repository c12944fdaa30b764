using Colead.Analysis.Decisions;

namespace Colead.Analysis.Tests.Decisions;

public class CountingTests
{
    /// <summary>
    /// City of Burlington, Vermont, 2009, from the second round of its report: Kiss 2,981, Wright 3,294, Montroll 2,554; after Montroll
    /// Kiss 4,313, Wright 4,061, 606 ballots exhausted of 8,980, of which 151 were so before.
    /// </summary>
    [Fact]
    public void Ranked_Burlington2009_EndsAsTheCityReported()
    {
        Ballot[] ballots = [new(2981, [1, null, null]), new(3294, [null, 1, null]), new(1332, [2, null, 1]), new(767, [null, 2, 1]),
            new(455, [null, null, 1]), new(151, [null, null, null])];
        var tally = RankedCount.Of(3, ballots, new(8980, 0));
        Assert.Equal([2981, 3294, 2554], tally.Rounds[0].Votes);
        Assert.Equal([4313, 4061, null], tally.Rounds[1].Votes);
        Assert.Equal(606, tally.Rounds[1].Exhausted + tally.Abstained);
        Assert.Equal((Outcome.Chosen, 0), (tally.Outcome, tally.Leading.Single()));
    }

    /// <summary>Robert's Rules as the California State Association of Parliamentarians explains them: of 81 votes cast a majority is 41, of
    /// 1,000 it is 501, not 510.</summary>
    [Theory, InlineData(81, 41), InlineData(1000, 501), InlineData(19, 10), InlineData(1, 1), InlineData(2, 2)]
    public void MoreThanHalf_IsMore_NotFiftyOnePerCent(long cast, long needed) => Assert.Equal(needed, PassMark.MoreThanHalf.Needed(cast));

    /// <summary>A question put to robertsrules.com's forum: 17 for, 8 against, some abstaining: two thirds of the votes cast are 17, so it
    /// passes.</summary>
    [Fact]
    public void TwoThirds_OfTheVotesCast_LeavesAbstentionsOut()
    {
        Assert.Equal(Outcome.Passed, YesNoCount.Of([new(17, [1]), new(8, [0]), new(5, [null])], PassMark.TwoThirds, new(40, 50)).Outcome);
        Assert.Equal(Outcome.NotPassed, YesNoCount.Of([new(16, [1]), new(9, [0]), new(5, [null])], PassMark.TwoThirds, new(40, 50))
            .Outcome);
    }

    /// <summary>The sum by which shareholders know how many they need: 401 of 1,000 shares elect 4 of 9 directors, shares × directors
    /// wanted / (directors + 1) + 1 (Cole 1950).</summary>
    [Fact]
    public void Dots_AMinorityThatPlacesThemWell_GetsItsShare()
    {
        const int Directors = 9;
        int?[] ours = [3, 2, 2, 2, 0, 0, 0, 0, 0, 0];
        int?[] theirs = [0, 0, 0, 0, 2, 2, 2, 1, 1, 1];
        var tally = DotCount.Of(10, Directors, [new(401, ours), new(599, theirs)], new(1000, 0));
        Assert.Equal(4, tally.Totals.Select((total, i) => (total, i)).OrderByDescending(t => t.total).Take(Directors).Count(t => t.i < 4));
        Assert.Equal([0], tally.Leading.Where(i => tally.Totals[i] == 1203));
    }

    [Theory, InlineData(11, 50, 6), InlineData(12, 50, 6), InlineData(3, 67, 3), InlineData(100, 1, 1), InlineData(7, 0, 0),
        InlineData(7, 100, 7)]
    public void Quorum_IsRoundedUpToWholeVoices(long voices, int percent, long needed) =>
        Assert.Equal(needed, new Electorate(voices, percent).Needed);

    [Fact]
    public void Quorum_CountsThoseWhoAbstain_AndMissedIsAResultOfItsOwn()
    {
        var electorate = new Electorate(10, 50);
        Assert.Equal(Outcome.Passed, YesNoCount.Of([.. Many(2, 1), .. Many(1, 0), .. Many(2, null)], PassMark.MoreThanHalf, electorate)
            .Outcome);
        var missed = YesNoCount.Of(Many(4, 1), PassMark.MoreThanHalf, electorate);
        Assert.Equal((Outcome.NoQuorum, 5, 4), (missed.Outcome, missed.Quorum.Needed, missed.Quorum.Cast));
        Assert.Equal([4, 0], missed.Totals);
        Assert.Equal(Outcome.NoQuorum, ConsentCount.Of(Many(4, 1), new string?[4], electorate).Outcome);
        Assert.Equal(Outcome.NoQuorum, RankedCount.Of(2, [new(4, [1, 2])], electorate).Outcome);
        Assert.Empty(RankedCount.Of(2, [new(4, [1, 2])], electorate).Leading);
    }

    [Fact]
    public void NothingCast_IsSaid_WithEveryMethod()
    {
        var electorate = new Electorate(3, 0);
        foreach (var ballots in new Ballot[][] { [], [new(1, [null, null])] })
        {
            Assert.Equal(Outcome.NothingCast, ScoreCount.Of(2, 5, ballots, electorate).Outcome);
            Assert.Equal(Outcome.NothingCast, DotCount.Of(2, 3, ballots, electorate).Outcome);
            Assert.Equal(Outcome.NothingCast, RankedCount.Of(2, ballots, electorate).Outcome);
            Assert.Equal(Outcome.NothingCast, ChooseOneCount.Of(2, ballots, null, electorate).Outcome);
        }
        Assert.Equal(Outcome.NothingCast, YesNoCount.Of([], PassMark.MoreThanHalf, electorate).Outcome);
        Assert.Equal(Outcome.NothingCast, ConsentCount.Of(Many(2, null), new string?[2], electorate).Outcome);
        Assert.Equal(Absence.NoAnswers, ScoreCount.Mean(ScoreCount.Of(2, 5, [], electorate), 0).Why);
    }

    [Fact]
    public void Ties_AreSaid_NeverBroken()
    {
        var electorate = new Electorate(20, 0);
        Assert.Equal(Outcome.Tied, YesNoCount.Of([.. Many(3, 1), .. Many(3, 0)], PassMark.MoreThanHalf, electorate).Outcome);
        Assert.Equal(Outcome.NotPassed, YesNoCount.Of([.. Many(3, 1), .. Many(3, 0)], PassMark.TwoThirds, electorate).Outcome);
        var choose = ChooseOneCount.Of(3, [new(2, [1, null, null]), new(2, [null, null, 1]), new(1, [null, 1, null])], null, electorate);
        Assert.Equal(Outcome.Tied, choose.Outcome);
        Assert.Equal([0, 2], choose.Leading);
        Assert.Equal(Outcome.Tied, ScoreCount.Of(2, 5, [new(1, [5, 0]), new(1, [0, 5])], electorate).Outcome);
        Assert.Equal(Outcome.Tied, DotCount.Of(2, 3, [new(1, [2, 1]), new(1, [1, 2])], electorate).Outcome);
        var last = RankedCount.Of(2, [new(2, [1, 2]), new(2, [2, 1])], electorate);
        Assert.Equal(Outcome.Tied, last.Outcome);
        Assert.False(last.TiedForLast);
    }

    /// <summary>B and C have 3 each in the second round; C had fewer in the first, so C goes.</summary>
    [Fact]
    public void Ranked_TieForLast_TheEarlierRoundTells()
    {
        Ballot[] ballots = [new(5, [1, null, null, null]), new(3, [null, 1, null, null]), new(2, [null, 2, 1, null]),
            new(1, [null, null, 2, 1])];
        var tally = RankedCount.Of(4, ballots, new(11, 0));
        Assert.Equal([[3], [2]], tally.Rounds.Take(2).Select(round => round.Gone));
        Assert.Equal(GoneBy.EarlierRound, tally.Rounds[1].By);
        Assert.Equal([5, 5, null, null], tally.Rounds[^1].Votes);
        Assert.Equal(Outcome.Tied, tally.Outcome);
        Assert.Equal([0, 1], tally.Leading);
    }

    [Fact]
    public void Ranked_TieForLast_OfThoseWhoTogetherHaveFewer_LetsAllGo()
    {
        var tally = RankedCount.Of(4, [new(4, [1, null, null, null]), new(3, [null, 1, null, null]), new(1, [null, 2, 1, null]),
            new(1, [null, 2, null, 1])], new(9, 0));
        Assert.Equal([2, 3], tally.Rounds[0].Gone);
        Assert.Equal(GoneBy.TogetherFewer, tally.Rounds[0].By);
        Assert.Equal((Outcome.Chosen, 1), (tally.Outcome, tally.Leading.Single()));
    }

    [Fact]
    public void Ranked_TieForLast_ThatDecides_IsSaidToBeATie()
    {
        var tally = RankedCount.Of(3, [new(4, [1, null, null]), new(3, [null, 1, 2]), new(3, [null, 2, 1])], new(10, 0));
        Assert.Equal(Outcome.Tied, tally.Outcome);
        Assert.True(tally.TiedForLast);
        Assert.Equal([1, 2], tally.Leading);
    }

    [Fact]
    public void Ranked_SkippedRanks_ArePassedOver() =>
        Assert.Equal([1, 3, 0], RankedCount.Of(3, [new(1, [4, 2, null]), new(2, [7, 1, null]), new(1, [9, null, null])], new(4, 0))
            .Rounds[0].Votes.Select(v => v!.Value));

    [Fact]
    public void Consent_OneObjection_StopsIt_WhateverTheWeights()
    {
        var tally = ConsentCount.Of([new(99, [1]), new(1, [0])], [null, "We cannot staff it."], new(100, 50));
        Assert.Equal(Outcome.Objected, tally.Outcome);
        Assert.Equal([99, 1], tally.Totals);
        Assert.Throws<ArgumentException>(() => ConsentCount.Of([new(1, [0])], [" "], new(1, 0)));
    }

    [Fact]
    public void Ballots_ThatBreakTheRules_AreRefused_NotCountedSomehow()
    {
        var electorate = new Electorate(10, 0);
        Assert.Throws<ArgumentException>(() => YesNoCount.Of([new(1, [2])], PassMark.MoreThanHalf, electorate));
        Assert.Throws<ArgumentException>(() => YesNoCount.Of([new(0, [1])], PassMark.MoreThanHalf, electorate));
        Assert.Throws<ArgumentException>(() => ScoreCount.Of(2, 5, [new(1, [6, 0])], electorate));
        Assert.Throws<ArgumentException>(() => ScoreCount.Of(2, 5, [new(1, [-1, 0])], electorate));
        Assert.Throws<ArgumentException>(() => DotCount.Of(2, 3, [new(1, [2, 2])], electorate));
        Assert.Throws<ArgumentException>(() => RankedCount.Of(2, [new(1, [1, 1])], electorate));
        Assert.Throws<ArgumentException>(() => RankedCount.Of(2, [new(1, [0, 1])], electorate));
        Assert.Throws<ArgumentException>(() => ChooseOneCount.Of(2, [new(1, [1, 1])], null, electorate));
        Assert.Throws<ArgumentException>(() => ChooseOneCount.Of(3, [new(1, [1, null])], null, electorate));
        Assert.Throws<ArgumentException>(() => ChooseOneCount.Of(2, [new(11, [1, null])], null, electorate));
    }

    private static Ballot[] Many(int many, int? mark) => [.. Enumerable.Repeat(new Ballot(1, [mark]), many)];
}
