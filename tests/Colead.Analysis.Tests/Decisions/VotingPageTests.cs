using Colead.Analysis.Decisions;

namespace Colead.Analysis.Tests.Decisions;

/// <summary>The worked examples of docs/methods/voting.md, which are published ones; their sources stand there.</summary>
public class VotingPageTests
{
    [Fact]
    public void Consent()
    {
        var page = new MethodPage("voting", "consent");
        Ballot[] ballots = [.. Of(page.Number("consents"), 1), .. Of(page.Number("stands aside"), null)];
        var tally = ConsentCount.Of(ballots, new string?[ballots.Length],
            new((long)page.Number("voices"), (int)page.Number("quorum percent")));
        page.AssertShows("needed for the quorum", tally.Quorum.Needed);
        page.AssertShows("cast", tally.Quorum.Cast);
        page.AssertShows("passed", tally.Outcome == Outcome.Passed ? 1 : 0);
        Assert.Equal(Outcome.Passed, tally.Outcome);
    }

    [Fact]
    public void Consent_OneObjection()
    {
        var page = new MethodPage("voting", "objection");
        Ballot[] ballots = [.. Of(page.Number("consents"), 1), .. Of(page.Number("objects"), 0)];
        string?[] reasons = [.. ballots.Select(ballot => ballot.Marks[0] == 0 ? "The safeguards asked for are not in it." : null)];
        var electorate = new Electorate((long)page.Number("voices"), 50);
        var tally = ConsentCount.Of(ballots, reasons, electorate);
        page.AssertShows("passed", tally.Outcome == Outcome.Passed ? 1 : 0);
        Assert.Equal(Outcome.Objected, tally.Outcome);
        Ballot[] without = [.. ballots.Where(ballot => ballot.Marks[0] != 0)];
        page.AssertShows("passed without the objection", ConsentCount.Of(without, new string?[without.Length], electorate)
            .Outcome == Outcome.Passed ? 1 : 0);
    }

    [Fact]
    public void YesOrNo_TwoThirdsAsRobertsRulesCountThem()
    {
        var page = new MethodPage("voting", "yes-no");
        var (votes, members, abstain) = ((long)page.Number("votes"), (long)page.Number("members"), page.Number("abstain"));
        foreach (var (line, mark) in new[] { ("majority", PassMark.MoreThanHalf), ("two thirds", PassMark.TwoThirds),
            ("three quarters", PassMark.ThreeQuarters), ("everyone", PassMark.Everyone) })
        {
            page.AssertShows(line, mark.Needed(votes));
            var needed = mark.Needed(votes);
            Assert.Equal(Outcome.Passed, YesNoCount.Of([.. Of(needed, 1), .. Of(votes - needed, 0), .. Of(abstain, null)], mark,
                new(members, 0)).Outcome);
            Assert.NotEqual(Outcome.Passed, YesNoCount.Of([.. Of(needed - 1, 1), .. Of(votes - needed + 1, 0), .. Of(abstain, null)], mark,
                new(members, 0)).Outcome);
        }
    }

    [Fact]
    public void Score_TheCapitalOfTennessee()
    {
        var page = new MethodPage("voting", "score");
        var tally = ScoreCount.Of(4, 10, Tennessee(page), new(100, 50));
        page.AssertShows("totals", [.. tally.Totals.Select(total => (double)total)]);
        page.AssertShows("means", [.. Enumerable.Range(0, 4).Select(i => ScoreCount.Mean(tally, i).Value)]);
        page.AssertShows("chosen", Assert.Single(tally.Leading) + 1);
        Assert.Equal(Outcome.Chosen, tally.Outcome);
    }

    [Fact]
    public void Dots_AsSharesOfACompany()
    {
        var page = new MethodPage("voting", "dots");
        var weights = page.Numbers("weights");
        Ballot[] ballots = [.. new[] { "first", "second", "third" }.Select((line, i) => new Ballot((long)weights[i], Marks(page, line)))];
        var tally = DotCount.Of(4, (int)page.Number("dots"), ballots, new((long)weights.Sum(), 0));
        page.AssertShows("totals", [.. tally.Totals.Select(total => (double)total)]);
        page.AssertShows("chosen", Assert.Single(tally.Leading) + 1);
    }

    [Fact]
    public void Ranked_TheCapitalOfTennessee()
    {
        var page = new MethodPage("voting", "ranked");
        var tally = RankedCount.Of(4, Tennessee(page), new(100, 50));
        Assert.Equal(3, tally.Rounds.Count);
        foreach (var (line, round) in new[] { "first round", "second round", "third round" }.Zip(tally.Rounds)) page.AssertShows(line,
            [.. round.Votes.OfType<long>().Select(v => (double)v)]);
        page.AssertShows("gone", [.. tally.Rounds.SelectMany(round => round.Gone).Select(option => option + 1.0)]);
        page.AssertShows("chosen", Assert.Single(tally.Leading) + 1);
    }

    [Fact]
    public void Ranked_Alaska2022()
    {
        var page = new MethodPage("voting", "alaska");
        var first = page.Numbers("first round").Select(n => (long)n).ToArray();
        var (one, two) = ((long)page.Number("to the first"), (long)page.Number("to the second"));
        Ballot[] ballots = [new(first[0], [1, null, null]), new(first[1], [null, 1, null]), new(one, [2, null, 1]), new(two, [null, 2, 1]),
            new(first[2] - one - two, [null, null, 1])];
        var tally = RankedCount.Of(3, ballots, new(first.Sum(), 0));
        page.AssertShows("first round", [.. tally.Rounds[0].Votes.Select(v => (double)v!)]);
        page.AssertShows("final round", [.. tally.Rounds[1].Votes.OfType<long>().Select(v => (double)v)]);
        page.AssertShows("exhausted", tally.Rounds[1].Exhausted);
        page.AssertShows("chosen", Assert.Single(tally.Leading) + 1);
    }

    [Fact]
    public void ChooseOne_TheCapitalOfTennessee()
    {
        var page = new MethodPage("voting", "choose-one");
        var votes = page.Numbers("votes").Select(n => (long)n).ToArray();
        Ballot[] ballots = [.. votes.Select((weight, i) => new Ballot(weight,
            [.. Enumerable.Range(0, 4).Select(j => j == i ? 1 : (int?)null)]))];
        var tally = ChooseOneCount.Of(4, ballots, null, new(100, 50));
        Assert.Equal(Outcome.Chosen, tally.Outcome);
        page.AssertShows("chosen", Assert.Single(tally.Leading) + 1);
        var marked = ChooseOneCount.Of(4, ballots, PassMark.MoreThanHalf, new(100, 50));
        page.AssertShows("needed for more than half", marked.Needed!.Value);
        page.AssertShows("reaches it", marked.Outcome == Outcome.Chosen ? 1 : 0);
        Assert.Equal((Outcome.BelowPassMark, 0), (marked.Outcome, marked.Leading.Single()));
    }

    private static IEnumerable<Ballot> Of(double many, int? mark) => Enumerable.Repeat(new Ballot(1, [mark]), (int)many);

    private static Ballot[] Tennessee(MethodPage page)
    {
        var voters = page.Numbers("voters");
        return [.. new[] { "Memphis", "Nashville", "Chattanooga",
            "Knoxville" }.Select((city, i) => new Ballot((long)voters[i], Marks(page, "near " + city)))];
    }

    private static int?[] Marks(MethodPage page, string line) => [.. page.Numbers(line).Select(n => (int?)n)];
}
