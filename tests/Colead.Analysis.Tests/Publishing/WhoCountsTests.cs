using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>
/// A partner lead puts invented colleagues beside real ones and answers for them. They do not count, and protection takes their answers as
/// known: so the lead learns no more of the real ones than if there were no invented ones. With the rule off each attack succeeds.
/// </summary>
public class WhoCountsTests
{
    private static readonly Instrument Instrument = RoundMaker.Instrument(7, 4, Scale.FivePoint);
    private static readonly Structure Structure = RoundMaker.Structure(6, 3, "public", "voluntary");
    private static readonly ProtectionRules EverybodyCounts = new() { CountedOnly = false };

    [Fact]
    [Attack("A partner lead", "nine invented board members, ten rounds",
        "to work out 28 answers of the real one by linear programming",
        "none; with everybody counting 26 or more")]
    public void Attack_NineInventedBesideOneRealBoardMember_RecoversTheirAnswersOnlyWhereEverybodyCounts()
    {
        for (var seed = 1ul; seed <= 10; seed++)
        {
            // The only board member is in the lead's organisation, who invents nine others.
            var (others, random) = Others(seed, levels: [1, 2]);
            var real = Someone(random, 0, 0);
            var invented = Enumerable.Range(0, 9).Select(_ => Someone(random, 0, 0)).ToList();
            var round = Round([.. others, real, .. invented], invented);
            Assert.True(Recovered(Publisher.Publish(round, EverybodyCounts).Members, "board", invented, real) >= 26);
            var published = Publisher.Publish(round);
            foreach (var tier in new[] { published.Members, published.Open })
            {
                var board = tier.Levels.Single(l => l.Level == "board");
                Assert.All(board.Dimensions.Concat(board.Items),
                    c => Assert.Equal(new PublishedCell { Measure = c.Measure, Withheld = Withheld.Protection }, c));
                Assert.Empty(Pinned(tier, published.Units, [.. others, real], invented, p => p == real));
            }
        }
    }

    [Fact]
    [Attack("A partner lead", "four invented colleagues, ten rounds",
        "to pin the real one's seven dimensions",
        "none; with everybody counting 7 of 7")]
    public void Attack_FourInventedBesideOneRealColleague_PinsTheirMeansOnlyWhereEverybodyCounts()
    {
        for (var seed = 1ul; seed <= 10; seed++)
        {
            var (others, random) = Others(seed, levels: [0, 1, 2]);
            others.RemoveAll(p => p.Organisation == 0);
            var real = Someone(random, 0, 1);
            var invented = Enumerable.Range(0, 4).Select(i => Someone(random, 0, i % 3)).ToList();
            var round = Round([.. others, real, .. invented], invented);
            var naive = Publisher.Publish(round, EverybodyCounts);
            Assert.Equal(7, Pinned(naive.Members, naive.Units, [.. others, real], invented, p => p == real).Count(m => m.Length == 2));
            var published = Publisher.Publish(round);
            Assert.Empty(Pinned(published.Members, published.Units, [.. others, real], invented, p => p == real));
        }
    }

    /// <summary>In the first round five colleagues are shown. In the second one of them answers, and four joiners whom nobody
    /// confirmed.</summary>
    [Fact]
    [Attack("A partner lead", "four joiners, two rounds, ten times",
        "to pin the real one's seven dimensions",
        "none; with everybody counting 7 of 7")]
    public void Attack_FourJoinersInASecondRound_PinNothing()
    {
        for (var seed = 1ul; seed <= 10; seed++)
        {
            var (others, random) = Others(seed, levels: [0, 1, 2]);
            others.RemoveAll(p => p.Organisation == 0);
            var colleagues = Enumerable.Range(0, 5).Select(i => Someone(random, 0, i % 3)).ToList();
            var first = Round([.. others, .. colleagues], []);
            var before = Publisher.Publish(first);
            var joiners = Enumerable.Range(0, 4).Select(_ => Someone(random, 0, 1)).ToList();
            var second = Round([.. others, colleagues[0], .. joiners], joiners) with { Before = new(Instrument, before) };
            var naive = Publisher.Publish(second, EverybodyCounts);
            Assert.Equal(7, Pinned(naive.Members, naive.Units, [.. others, colleagues[0]], joiners, p => p == colleagues[0])
                .Count(m => m.Length == 2));
            var published = Publisher.Publish(second);
            Assert.All(published.Members.Organisations.Single(o => o.Unit == "u1").Dimensions, c => Assert.NotNull(c.Withheld));
            Assert.Empty(Pinned(published.Members, published.Units, [.. others, colleagues[0]], joiners, p => p == colleagues[0]));
        }
    }

    [Fact]
    public void Publish_ThoseWhoCountAllAtAnEnd_DoesNotPrintTheMeanThatOthersPullAway()
    {
        for (var seed = 1ul; seed <= 5; seed++)
        {
            var (others, random) = Others(seed, levels: [0, 1, 2]);
            others.RemoveAll(p => p.Organisation == 0);
            Person At(int level, byte answer) =>
                new(0, level, [.. RoundMaker.Answers(random, Instrument, 3, 0).Select((c, i) => i < 4 ? answer : c)]);
            var top = Enumerable.Range(0, 12).Select(i => At(i % 3, 5)).ToList();
            var invented = Enumerable.Range(0, 12).Select(i => At(i % 3, 1)).ToList();
            var round = Round([.. others, .. top, .. invented], invented);
            Assert.Equal(3.0m, Publisher.Publish(round, EverybodyCounts).Members.Organisations[0].Dimensions[0].Mean);
            var cell = Publisher.Publish(round).Members.Organisations[0].Dimensions;
            Assert.Equal(new PublishedCell { Measure = "d1", Withheld = Withheld.Protection }, cell[0]);
            Assert.NotNull(cell[1].Mean);

            // An end that everybody lies at is told; one that only the known ones would keep others from is not.
            var both = Round([.. others, .. top,
                .. invented.Select(p => p with { Codes = [.. p.Codes.Select((c, i) => i < 4 ? (byte)5 : c)] })], []);
            var known = both with { Uncounted = RoundMaker.Summary(Instrument, Structure,
                invented.Select(p => p with { Codes = [.. p.Codes.Select((c, i) => i < 4 ? (byte)5 : c)] })) };
            Assert.Equal(4.5m, Publisher.Publish(known).Members.Organisations[0].Dimensions[0].AtLeast);
        }
    }

    /// <summary>Twelve who count and twelve known, on five points, where an end reaches to 1.5 (a sum of 18).</summary>
    [Theory]
    [InlineData(16, 40, true)] // those who count at the end, the whole a number
    // the whole at the end too, but the known are not: "at most 1.5" of all leaves those who count no more than 1.33
    [InlineData(13, 20, true)]
    [InlineData(15, 15, false)]
    [InlineData(30, 14, false)]
    [InlineData(40, 12, false)]
    public void GivesAwayAnEnd_CountedAndKnownSums(int counted, int known, bool betrays) =>
        Assert.Equal(betrays, CellFigures.GivesAwayAnEnd(new(24, counted + known, 0, 1), new(12, known, 0, 1), Scale.FivePoint));

    [Fact]
    public void Publish_ThoseWhoCountNearlyAllAlike_TellsNoShares()
    {
        var (others, random) = Others(3, levels: [0, 1, 2]);
        var alike = others.Select(p => p with { Codes = [3, .. p.Codes[1..]] }).ToList();
        var invented = Enumerable.Range(0, 20).Select(i => Someone(random, i % 6, i % 3) is var p ? p with { Codes = [2, .. p.Codes[1..]] }
            : p).ToList();
        var round = Round([.. alike, .. invented], invented);
        Assert.NotNull(Publisher.Publish(round, EverybodyCounts).Members.All.Items[0].Shares);
        Assert.True(Publisher.Publish(round).Members.All.Items[0] is { Mean.Mean: not null, Shares: null, Rwg: null, Favourable: null,
            Polarisation: null });
    }

    [Fact]
    public void Publish_Bands_AreOfPeopleWhoCount()
    {
        var (others, random) = Others(4, levels: [0]);
        others.RemoveAll(p => p.Organisation == 0);
        var real = Enumerable.Range(0, 8).Select(_ => Someone(random, 0, 0)).ToList();
        var joiners = Enumerable.Range(0, 5).Select(_ => Someone(random, 0, 0)).ToList();
        var published = Publisher.Publish(Round([.. others, .. real, .. joiners], joiners)).Members.Organisations[0].Dimensions[0];
        Assert.Equal("5-9", published.People);
        var score = real.Concat(joiners).Average(p => PublisherTests.Score(p.Codes[..4])!.Value);
        Assert.Equal(decimal.Round((decimal)score, 1, MidpointRounding.AwayFromZero), published.Mean);
    }

    [Fact]
    public void Publish_UncountedThatNobodyGave_IsRefused()
    {
        var (others, random) = Others(5, levels: [0]);
        Assert.Throws<ArgumentException>(() =>
            Publisher.Publish(Round(others, [.. Enumerable.Range(0, 99).Select(_ => Someone(random, 0, 0))])));
    }

    /// <summary>Sixty people in six organisations.</summary>
    private static (List<Person> People, SeededRandom Random) Others(ulong seed, int[] levels)
    {
        var random = new SeededRandom(seed);
        return ([.. Enumerable.Range(0, 84).Select(i => Someone(random, i % 6, levels[random.Next(levels.Length)]))], random);
    }

    private static Person Someone(SeededRandom random, int organisation, int level) =>
        new(organisation, level, RoundMaker.Answers(random, Instrument, 3, missing: 0));

    private static RoundToPublish Round(List<Person> people, List<Person> uncounted) => new()
    {
        Answers = RoundMaker.Summary(Instrument, Structure, people),
        Uncounted = uncounted.Count > 0 ? RoundMaker.Summary(Instrument, Structure, uncounted) : null,
        Roster = RoundMaker.Roster(Structure, people, _ => 2),
    };

    /// <summary>Statements on which only the real answer fits the level's printed mean.</summary>
    private static int Recovered(PublishedTier tier, string level, List<Person> invented, Person real)
    {
        var items = tier.Levels.Single(l => l.Level == level).Items;
        var recovered = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var known = invented.Sum(p => p.Codes[i]);
            var fits = Enumerable.Range(1, 5).Where(x => PublishedMean.Of((known + x) / 10.0, Scale.FivePoint) is var printed
                && (items[i].Mean is { } m ? printed.Form == MeanForm.Rounded && printed.Shown == (double)m
                    : printed.Form != MeanForm.Rounded)).ToList();
            if (fits is [var only] && only == real.Codes[i]) recovered++;
        }

        return recovered;
    }

    /// <summary>
    /// Columns in which the printed figures, with every count and every invented answer known, leave the mean of the people wanted less
    /// than a quarter of the range. By linear programming over the sums of people who stand in the same cells.
    /// </summary>
    private static List<string> Pinned(PublishedTier tier, IReadOnlyList<PublishedUnit> units, List<Person> counted, List<Person> known,
        Func<Person, bool> wanted)
    {
        var pinned = new List<string>();
        for (var column = 0; column < 7 + Instrument.ItemCount; column++)
        {
            var at = column;
            double Value(Person p) => at < 7 ? PublisherTests.Score(p.Codes[(4 * at)..(4 * at + 4)])!.Value : p.Codes[at - 7];
            PublishedCell? Of(PublishedGroup g) => at < 7 ? g.Dimensions[at] : g.Items.Count > 0 ? g.Items[at - 7] : null;
            var cells = new List<(PublishedCell Cell, Func<Person,
                bool> In)> { (at < 7 ? tier.All.Dimensions[at] : tier.All.Items[at - 7].Mean, _ => true) };
            foreach (var g in tier.Organisations.Concat(tier.Sectors).Concat(tier.Levels).Concat(tier.SectorLevels))
                if (Of(g) is { Withheld: null } cell)
                    cells.Add((cell, p => (g.Unit is null || units.Single(u => u.Id == g.Unit)
                        .Organisations.Contains(Structure.Organisations[p.Organisation].Name))
                        && (g.Sector is null || Structure.Organisations[p.Organisation].Sector == g.Sector)
                            && (g.Level is null || Structure.Levels[p.Level] == g.Level)));
            cells.RemoveAll(c => c.Cell.Withheld is not null);
            var classes = counted.GroupBy(p => (wanted(p), p.Organisation, p.Level)).ToList();
            var matrix = cells.Select(c => classes.Select(k => c.In(k.First()) ? 1.0 : 0).ToArray()).ToArray();
            var bounds = cells.Select(c =>
            {
                var n = counted.Count(c.In) + known.Count(c.In);
                var sum = known.Where(c.In).Sum(Value);
                var (low, high) = c.Cell switch
                {
                    { Mean: { } mean } => ((double)mean - 0.05, (double)mean + 0.05),
                    { AtMost: { } most } => (1.0, (double)most),
                    _ => ((double)c.Cell.AtLeast!.Value, 5.0),
                };
                return (Low: low * n - sum, High: high * n - sum);
            }).ToList();
            var simplex = new BoundedSimplex(
                matrix, [.. classes.Select(k => 1.0 * k.Count())], [.. classes.Select(k => 5.0 * k.Count())],
                    [.. bounds.Select(b => b.Low)], [.. bounds.Select(b => b.High)],
                [.. classes.Select(k => k.Sum(Value))]);
            var people = classes.Where(k => k.Key.Item1).Sum(k => k.Count());
            double Most(double sign)
            {
                var goal = classes.Select(k => k.Key.Item1 ? sign : 0).ToArray();
                Assert.True(simplex.Maximise(goal));
                return goal.Zip(simplex.Solution.ToArray(), (g, x) => g * x).Sum() / people;
            }

            if (Most(1) + Most(-1) < 1 - 1e-6) pinned.Add(at < 7 ? $"d{at + 1}" : Instrument.Items[at - 7].Id);
        }

        return pinned;
    }
}
