using Colead.Analysis.Decisions;
using FsCheck;
using FsCheck.Fluent;

namespace Colead.Analysis.Tests.Decisions;

/// <summary>What holds of every method, whatever the ballots: their order, the options' order and the form of a weight never
/// matter.</summary>
public class CountingPropertyTests
{
    private const int Highest = 5;

    public static TheoryData<string> Methods => ["consent", "yes-no", "two-thirds", "score", "dots", "ranked", "choose-one",
        "choose-one-majority"];

    [Theory, MemberData(nameof(Methods))]
    public void Ballots_InAnyOrder_GiveTheSameResult(string method) => ForAll(method, (random, options, ballots, electorate) =>
    {
        var shuffled = ballots.ToArray();
        random.Shuffle<Ballot>(shuffled);
        AssertSame(Count(method, options, ballots, electorate), Count(method, options, shuffled, electorate));
    });

    [Theory, MemberData(nameof(Methods))]
    public void Weight_CountsAsSoManyEqualBallots(string method) => ForAll(method, (_, options, ballots, electorate) =>
    {
        Ballot[] copies = [.. ballots.SelectMany(ballot => Enumerable.Repeat(ballot with { Weight = 1 }, (int)ballot.Weight))];
        AssertSame(Count(method, options, ballots, electorate), Count(method, options, copies, electorate));
    });

    [Theory, MemberData(nameof(Methods))]
    public void Options_InAnotherOrder_AreCountedAlike(string method) => ForAll(method, (random, options, ballots, electorate) =>
    {
        var moved = Enumerable.Range(0, options).ToArray();
        random.Shuffle<int>(moved);
        Ballot[] other = [.. ballots.Select(ballot => ballot with { Marks = [.. moved.Select(i => ballot.Marks[i])] })];
        var (expected, actual) = (Count(method, options, ballots, electorate), Count(method, options, other, electorate));
        Assert.Equal(expected.Outcome, actual.Outcome);
        Assert.Equal(expected.Leading, actual.Leading.Select(i => moved[i]).Order());
        Assert.Equal(expected.Rounds.Select(round => round.Exhausted), actual.Rounds.Select(round => round.Exhausted));
        if (options > 1) Assert.Equal(moved.Select(i => expected.Totals[i]), actual.Totals);
    });

    [Theory, MemberData(nameof(Methods))]
    public void AllWeights_Multiplied_ChangeNoOutcome(string method) => ForAll(method, (_, options, ballots, electorate) =>
    {
        var (expected, actual) = (Count(method, options, ballots, electorate),
            Count(method, options, [.. ballots.Select(b => b with { Weight = 7 * b.Weight })],
            electorate with { Voices = 7 * electorate.Voices }));
        Assert.Equal(expected.Leading, actual.Leading);
        // a quorum of whole voices is rounded up
        if (expected.Quorum.IsMet == actual.Quorum.IsMet) Assert.Equal(expected.Outcome, actual.Outcome);
    });

    [Fact]
    public void Ranked_InEveryRound_EveryBallotIsSomewhere() => ForAll("ranked", (_, options, ballots, electorate) =>
    {
        var tally = RankedCount.Of(options, ballots, electorate);
        Assert.All(tally.Rounds, round => Assert.Equal(tally.Counted, round.Votes.Sum(v => v ?? 0) + round.Exhausted));
        for (var r = 1; r < tally.Rounds.Count; r++)
        {
            Assert.True(tally.Rounds[r].Exhausted >= tally.Rounds[r - 1].Exhausted);
            // who stays in loses nothing
            for (var i = 0; i < options; i++) Assert.True(tally.Rounds[r].Votes[i] is null || tally.Rounds[r]
                .Votes[i] >= tally.Rounds[r - 1].Votes[i]);
        }
    });

    private static Tally Count(string method, int options, IReadOnlyList<Ballot> ballots, Electorate electorate) => method switch
    {
        "consent" => ConsentCount.Of(ballots, [.. ballots.Select(_ => "a reason")], electorate),
        "yes-no" => YesNoCount.Of(ballots, PassMark.MoreThanHalf, electorate),
        "two-thirds" => YesNoCount.Of(ballots, PassMark.TwoThirds, electorate),
        "score" => ScoreCount.Of(options, Highest, ballots, electorate),
        "dots" => DotCount.Of(options, Highest, ballots, electorate),
        "ranked" => RankedCount.Of(options, ballots, electorate),
        "choose-one" => ChooseOneCount.Of(options, ballots, null, electorate),
        _ => ChooseOneCount.Of(options, ballots, PassMark.MoreThanHalf, electorate),
    };

    private static void ForAll(string method, Action<SeededRandom, int, Ballot[], Electorate> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(2026, 1123),
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), (ulong seed) =>
        {
            var random = new SeededRandom(seed);
            var options = method is "consent" or "yes-no" or "two-thirds" ? 1 : 2 + random.Next(4);
            Ballot[] ballots = [.. Enumerable.Range(0, random.Next(12))
                .Select(_ => new Ballot(1 + random.Next(3), Marks(method, options, random)))];
            property(random, options, ballots, new(ballots.Sum(b => b.Weight) + random.Next(4), 10 * random.Next(11)));
        }));

    private static int?[] Marks(string method, int options, SeededRandom random)
    {
        if (random.Next(6) == 0) return new int?[options];
        switch (method)
        {
            case "consent" or "yes-no" or "two-thirds":
                return [random.Next(2)];
            case "score":
                return [.. Enumerable.Range(0, options).Select(_ => random.Next(4) == 0 ? (int?)null : random.Next(Highest + 1))];
            case "dots":
                var left = Highest;
                return [.. Enumerable.Range(0, options).Select(_ =>
                {
                    var placed = random.Next(left + 1);
                    left -= placed;
                    return (int?)placed;
                })];
            case "ranked":
                var ranks = Enumerable.Range(1, options + 2).ToArray();
                random.Shuffle<int>(ranks);
                return [.. ranks.Take(options).Select(rank => rank > options ? (int?)null : rank)];
            default:
                var chosen = random.Next(options);
                return [.. Enumerable.Range(0, options).Select(i => i == chosen ? 1 : (int?)null)];
        }
    }

    private static void AssertSame(Tally expected, Tally actual)
    {
        Assert.Equal((expected.Outcome, expected.Quorum, expected.Counted, expected.Abstained, expected.Needed),
            (actual.Outcome, actual.Quorum, actual.Counted, actual.Abstained, actual.Needed));
        Assert.Equal(expected.Leading, actual.Leading);
        Assert.Equal(expected.Totals, actual.Totals);
        Assert.Equal(expected.Rounds.Select(Written), actual.Rounds.Select(Written));
    }

    private static string Written(CountingRound round) =>
        $"{string.Join(' ', round.Votes)} | {round.Exhausted} | {string.Join(' ', round.Gone)} | {round.By}";
}
