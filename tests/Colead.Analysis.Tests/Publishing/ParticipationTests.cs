using System.Text.Json;
using System.Text.Json.Nodes;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>How many answered: the total may tell nothing of a small group, nor may anything that the total could be worked out
/// from.</summary>
public class ParticipationTests
{
    private static readonly Instrument Instrument = RoundMaker.Instrument(2, 3, Scale.FivePoint);
    private static readonly ProtectionRules TotalAlways = new() { TotalNeedsRoom = false };

    /// <summary>40 of 41 answered, one group of five is withheld: four answered there, and everyone else did.</summary>
    [Fact]
    [Attack("A reader", "40 of 41 answers, a group of five withheld", "to tell that four answered there", "the number is not said")]
    public void Measured_FortyOfFortyOne_IsNotSaid()
    {
        var round = Round([(12, 12), (12, 12), (12, 12), (4, 5)]);
        Assert.Equal(40, Publisher.Publish(round, TotalAlways).Members.All.Answered);
        AssertCoarse(Publisher.Publish(round), CoarsePart.ThreeFifths);
    }

    /// <summary>20 of 45 answered: with two thirds of 10 to 19 each, nobody of the last third did.</summary>
    [Fact]
    [Attack("A reader", "20 of 45 answers, 10 to 19 twice", "to tell that nobody of a group answered", "the number is not said")]
    public void Measured_TwentyOfFortyFiveWithTenToNineteenTwice_IsNotSaid()
    {
        var round = Round([(10, 15), (10, 15), (0, 15)]);
        Assert.Equal(20, Publisher.Publish(round, TotalAlways).Members.All.Answered);
        AssertCoarse(Publisher.Publish(round), null);
    }

    /// <summary>
    /// Five organisations of 24 with 19 answers each, and 4 + 5 that all answered; while it was open 104 of 129 were told.
    /// </summary>
    [Fact]
    [Attack("A reader", "four fifths of 129 told, 10 to 19 five times", "to tell that everybody of two small groups answered",
        "the bands have no upper end, whatever the small groups did")]
    public void Bands_BesideAFifthOfEveryone_HaveNoEndWhereTheyLeaveNoRoom()
    {
        foreach (var (four, five) in new[] { (4, 4), (2, 4), (0, 0) })
        {
            var round = Round([.. Enumerable.Repeat((19, 24), 5), (four, 4), (five, 5)]);
            Assert.Contains("10-19", Bands(round));
            Assert.Equal(["10+"], Bands(round with { Told = new(new(104, 129), new Dictionary<int, ToldCount>()) }));
            Assert.Contains("10-19", Bands(round with { Told = new(new(78, 103), new Dictionary<int, ToldCount>()) }));
        }

        static List<string> Bands(RoundToPublish round) =>
            [.. Publisher.Publish(round).Members.Organisations.SelectMany(o => o.Dimensions).Select(d => d.People).OfType<string>()
                .Distinct()];
    }

    /// <summary>
    /// At most 53 were told, and the round closed at once: beside 50 in five organisations at most three of a group of four answered.
    /// </summary>
    [Fact]
    public void Bands_BesideTheMostToldOfEveryone_SayNoMoreThanTheThreshold()
    {
        foreach (var few in new[] { 0, 3 })
        {
            var round = Round([.. Enumerable.Repeat((10, 24), 5), (few, 4)]) with { Told =
                new(new(25, 53), new Dictionary<int, ToldCount>()) };
            Assert.All(Publisher.Publish(round).Members.Organisations.SelectMany(o => o.Dimensions).Where(d => d.Mean is not null),
                d => Assert.Equal("5+", d.People));
        }
    }

    /// <summary>27 of 45 were told of one organisation, and 27 answered there: the number would say how many of the others did.</summary>
    [Fact]
    public void Number_BesideAFifthOfAnOrganisation_IsSaidOnlyWhereItLeavesRoom()
    {
        var round = Round([(27, 45), (0, 4), (5, 5)]);
        Assert.NotNull(Publisher.Publish(round).Members.All.Answered);
        Assert.Null(Publisher.Publish(round with { Told =
            new(null, new Dictionary<int, ToldCount> { [0] = new(27, 44) }) }).Members.All.Answered);
        Assert.NotNull(Publisher.Publish(round with { Told =
            new(null, new Dictionary<int, ToldCount> { [0] = new(18, 44) }) }).Members.All.Answered);
        Assert.Null(Publisher.Publish(round with { Told =
            new(null, new Dictionary<int, ToldCount> { [0] = new(18, 29) }) }).Members.All.Answered);
    }

    [Fact]
    public void Publish_EveryoneAnswered_IsNotSaidOfAnybody()
    {
        var published = Publisher.Publish(Round([(20, 20), (20, 20), (20, 20)]));
        AssertCoarse(published, CoarsePart.ThreeFifths);
        Assert.All(published.Members.All.Dimensions, c => Assert.True(c is { AllAnswered: null, Low: not null, WorstLow: not null }));
    }

    [Fact]
    public void Publish_RoomEverywhere_SaysTheNumberAndWholePerCent()
    {
        var published = Publisher.Publish(Round([(25, 40), (26, 40), (27, 40), (3, 12)])).Members.All;
        Assert.Equal((81, 132), (published.Answered, published.Invited));
        Assert.All(published.Dimensions, c => Assert.Equal(("81", null), (c.People, c.PeoplePart)));
        Assert.Contains(published.Items.SelectMany(i => i.Shares!), s => s % 10 != 0);
    }

    /// <summary>Coarse bounds, intervals and shares are those of what is said.</summary>
    [Fact]
    public void Publish_NumberNotSaid_WorksWithThreeFifthsAndInTenths()
    {
        var round = Round([(12, 12), (12, 12), (12, 12), (4, 5)]);
        var all = Publisher.Publish(round).Members.All;
        foreach (var (cell, m) in all.Dimensions.Select((c, m) => (c, m)))
        {
            var moments = round.Answers.All().Scores[m].ToMoments();
            Assert.Equal(decimal.Floor(10 * (25 * cell.Mean!.Value + 16 * 1) / 41) / 10, cell.WorstLow);
            Assert.Equal(decimal.Ceiling(10 * (25 * cell.Mean.Value + 16 * 5) / 41) / 10, cell.WorstHigh);
            var prior = PooledVariance.WithinGroups([.. round.Answers.ByOrganisation().Take(3).Select(o => o.Scores[m].ToMoments())],
                Scale.FivePoint);
            var whole = GroupMean.Of(moments, Counted.DimensionScores, null, prior, Scale.FivePoint).Moderated!;
            var half = (whole.Interval.High - whole.Interval.Low) / 2 * Math.Sqrt(1 - 25.0 / 41);
            Assert.InRange((double)(cell.High - cell.Low)!.Value / 2, half - 0.001, half + 0.101); // both ends outward
        }

        Assert.All(all.Items, i =>
        {
            Assert.All(i.Shares!, s => Assert.Equal(0, s % 10));
            Assert.Equal((100, i.Shares![3] + i.Shares[4]), (i.Shares.Sum(), i.Favourable));
            Assert.True(i.DontKnow % 10 == 0 && i.Rwg * 10 % 1 == 0 && i.Polarisation * 10 % 1 == 0);
        });
        Assert.All(Publisher.Publish(Round([(8, 8), (8, 8), (8, 8), (2, 5)])).Members.All.Items,
            i => Assert.True(i is { Shares: null, DontKnow: null, Favourable: null, Rwg: null, Polarisation: null }));
    }

    /// <summary>For every small group each number from none to k − 1 fits everything printed; where the number was always said, some do
    /// not.</summary>
    [Fact]
    [Attack("A reader", "total, bands and list, 1,500 rounds",
        "to tell how many of a small group answered",
        "each of none to one too few is possible")]
    public void Attack_SmallGroups_MayEachHaveNoneToOneTooFew()
    {
        int asked = 0, said = 0, betrayed = 0;
        for (var seed = 1ul; seed <= 1500; seed++)
        {
            var (round, answered, invited) = Drawn(seed);
            var guarded = Reader.Of(Publisher.Publish(round), round, answered, invited);
            var naive = Reader.Of(Publisher.Publish(round, TotalAlways), round, answered, invited);
            said += guarded.Exact is null ? 0 : 1;
            foreach (var group in guarded.SmallGroups())
            {
                asked++;
                for (var x = 0L; x <= Math.Min(4, group.Invited); x++)
                {
                    Assert.True(guarded.Fits(group, x), $"round {seed}: {group.Cell} cannot be {x}");
                    if (!naive.Fits(group, x)) betrayed++;
                }
            }
        }

        Assert.True(asked > 1000 && said > 100 && betrayed > 200,
            $"{asked} groups, {said} totals said, {betrayed} betrayed without the rule");
    }

    /// <summary>However many of a small organisation answer, nothing is shown, withheld, banded or rounded differently; only figures of
    /// answers move, and the number itself where it is said.</summary>
    [Fact]
    [Attack("A reader", "published bytes while more of a small group answer, 250 rounds", "to see any choice change", "no choice changes")]
    public void Attack_SmallOrganisationAnswersMore_ChangesNoChoice()
    {
        int compared = 0, said = 0, differed = 0;
        for (var seed = 1ul; seed <= 250; seed++)
        {
            var random = new SeededRandom(seed);
            var structure = RoundMaker.Structure(6, 2, "public", "voluntary");
            var others = Enumerable.Range(0, 60 + random.Next(60)).Select(_ => Someone(random, 1 + random.Next(5), random.Next(2)))
                .ToList();
            var small = Enumerable.Range(0, 4).Select(_ => Someone(random, 0, random.Next(2))).ToList();
            var silent = random.Next(4) == 0 ? 0 : random.Next(6);
            var roster = RoundMaker.Roster(structure, others.Concat(small), s => s.Organisation == 0 ? 3 : silent);
            string? choices = null;
            (int, int)[]? status = null;
            for (var n = 0; n <= 4; n++)
            {
                var people = others.Concat(small.Take(n)).ToList();
                var published = Publisher.Publish(new() { Answers = RoundMaker.Summary(Instrument, structure, people), Roster = roster });
                var now = Choices(published);
                var sides = Sides(people, structure);
                if (status is not null && status.SequenceEqual(sides))
                {
                    Assert.Equal(choices, now);
                    compared++;
                    said += published.Members.All.Answered is null ? 0 : 1;
                }

                differed += choices is not null && choices != now ? 1 : 0;
                (choices, status) = (now, sides);
            }
        }

        Assert.True(compared > 500 && said > 100 && said < compared - 100 && differed < compared,
            $"{compared} compared, {said} with the number");
    }

    /// <summary>Thirty statements in whole per cent tell how many answered. In tenths every number near it remains.</summary>
    [Theory]
    [InlineData(36)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(140)]
    [Attack("A reader", "shares of thirty statements",
        "to tell how many answered",
        "every number within nine fits; with whole per cent the true one only")]
    public void Attack_ThirtyStatementsInPerCent_TellTheNumberOnlyInWholePerCent(int people)
    {
        var instrument = RoundMaker.Instrument(3, 10, Scale.FivePoint);
        var structure = RoundMaker.Structure(1, 1, "public");
        var random = new SeededRandom((ulong)people);
        var items = RoundMaker.Summary(instrument, structure, Enumerable.Range(0, people)
            .Select(_ => new Person(0, 0, RoundMaker.Answers(random, instrument, 2.4 + 1.2 * random.NextDouble(), 0)))).All().Items;
        var near = Enumerable.Range(people - 9, 19).ToList();
        var whole = near.Where(n => items.All(i => FitsWholePerCent(i, n))).ToList();
        Assert.Equal([people], whole);

        var told = 0;
        foreach (var item in items)
        {
            var cell = new PublishedCell { Measure = "x", Mean = Rounding.Mean(item.ToSums(Scale.FivePoint)) };
            var printed = ItemFigures.Of(cell, item, null, Fineness.Tens, instrument, 0);
            if (printed.Shares is null) continue;
            told++;
            foreach (var n in near.Where(n => n >= Participation.FewestForTens))
                Assert.True(FitsTens(printed, n, instrument),
                    $"{n} people do not fit {string.Join(' ', printed.Shares)}, mean {cell.Mean}, {printed.Rwg}, {printed.Polarisation}");
        }

        Assert.True(told >= 25, $"{told} statements told");
    }

    [Fact]
    public void Publish_WithoutRoster_NumberIsSaidOnlyWhereSmallGroupsKeepTheirRoom()
    {
        var wide = Round([(25, 25), (26, 26), (27, 27), (3, 3)]) with { Roster = null };
        Assert.Equal(81, Publisher.Publish(wide).Members.All.Answered);
        var narrow = Round([(10, 10), (10, 10), (3, 3)]) with { Roster = null };
        var published = Publisher.Publish(narrow).Members.All;
        Assert.True(published is { Answered: null, AnsweredPart: null, Withheld: Withheld.Protection, Invited: null });
        Assert.All(published.Dimensions, c => Assert.True(c is { People: null, PeoplePart: null, Mean: not null }));
    }

    private static void AssertCoarse(Publication publication, CoarsePart? part)
    {
        foreach (var tier in new[] { publication.Members, publication.Open })
        {
            Assert.Null(tier.All.Answered);
            Assert.Equal(part, tier.All.AnsweredPart);
            Assert.All(tier.All.Dimensions.Concat(tier.All.Items.Select(i => i.Mean)),
                c => Assert.Equal((null, part), (c.People, c.PeoplePart)));
        }

        var json = PublicationJson.Write(publication);
        Assert.Equal(json, PublicationJson.Write(PublicationJson.Read(json)));
    }

    /// <summary>Organisations of one sector and level: answered, of invited.</summary>
    private static RoundToPublish Round((int Answered, int Invited)[] organisations)
    {
        var random = new SeededRandom(7);
        var structure = RoundMaker.Structure(organisations.Length, 1, "public");
        var people = organisations.SelectMany((o, i) => Enumerable.Range(0, o.Answered).Select(_ => Someone(random, i, 0))).ToList();
        return new()
        {
            Answers = RoundMaker.Summary(Instrument, structure, people),
            Roster = new(structure, organisations.Select((o, i) => (o, i)).ToDictionary(o => new Stratum(o.i, 0), o => o.o.Invited)),
        };
    }

    private static Person Someone(SeededRandom random, int organisation, int level) =>
        new(organisation, level, RoundMaker.Answers(random, Instrument, 3, missing: 0));

    private static (RoundToPublish Round, Dictionary<Stratum, long> Answered, Dictionary<Stratum, long> Invited) Drawn(ulong seed)
    {
        var random = new SeededRandom(seed);
        var structure = RoundMaker.Structure(3 + random.Next(4), 1 + random.Next(3), "public", "voluntary");
        var share = 0.3 + 0.7 * random.NextDouble();
        var invited = new Dictionary<Stratum, long>();
        var people = new List<Person>();
        for (var o = 0; o < structure.Organisations.Count; o++)
        {
            var size = random.Next(4) == 0 ? 1 + random.Next(3) : 4 + random.Next(22);
            for (var l = 0; l < structure.Levels.Count; l++)
            {
                invited[new(o, l)] = size;
                for (var i = 0; i < size; i++)
                    if (random.NextDouble() < share) people.Add(Someone(random, o, l));
            }
        }

        var round = new RoundToPublish { Answers = RoundMaker.Summary(Instrument, structure, people),
            Roster = new(structure, invited.ToDictionary(i => i.Key, i => (int)i.Value)) };
        return (round, invited.Keys.ToDictionary(s => s, s => (long)people.Count(p => new Stratum(p.Organisation, p.Level) == s)), invited);
    }

    /// <summary>On which side of both thresholds every group but the first organisation lies.</summary>
    internal static (int, int)[] Sides(List<Person> people, Structure structure)
    {
        List<Func<Person, bool>> groups = [_ => true, .. Enumerable.Range(1, structure.Organisations.Count - 1)
            .Select(o => (Func<Person, bool>)(p => p.Organisation == o))];
        for (var l = 0; l < structure.Levels.Count; l++)
        {
            var level = l;
            groups.Add(p => p.Level == level);
            for (var s = 0; s < structure.Sectors.Count; s++)
            {
                var sector = s;
                if (l == 0) groups.Add(p => structure.SectorOf[p.Organisation] == sector);
                groups.Add(p => structure.SectorOf[p.Organisation] == sector && p.Level == level);
            }
        }

        return [.. groups.Select(g => people.Count(g)).Select(n => (n >= 5 ? 1 : 0, n >= 10 ? 1 : 0))];
    }

    /// <summary>A publication with every figure of answers taken out: what is left was chosen.</summary>
    private static string Choices(Publication publication)
    {
        var json = JsonNode.Parse(PublicationJson.Write(publication))!.AsObject();
        Strip(json);
        return json.ToJsonString();

        static void Strip(JsonNode? node)
        {
            if (node is JsonArray array)
                foreach (var item in array) Strip(item);
            if (node is not JsonObject of) return;
            foreach (var name in of.Select(p => p.Key).ToList())
                // rest on means
                if (name is "findings" or "gapWord" or "gap" or "gapDetectable" or "detectable" or "differ" or "broad" or "split" or "word" or "default") of.Remove(name);
                else if (name is "people" && of[name] is JsonValue v && v.GetValueKind() == JsonValueKind.String && v.GetValue<string>()
                    .All(char.IsAsciiDigit)) of[name] = "exact";
                else if (name is "sectorGaps" or "levelGaps") of[name] =
                    string.Join(' ', of[name]!.AsArray().Select(g => $"{g!["measure"]} {g["first"]} {g["second"]}"));
                else if (name is "balance" or "headlines") of.Remove(name);
                // whether nine in ten agree; how fine is told by "people" and "dontKnow"
                else if (name is "shares" or "favourable" or "rwg" or "rwgLow" or "polarisation" or "agreement") of.Remove(name);
                else if (name is not ("invited" or "lowest" or "highest" or "means" or "details" or "format") && of[name] is JsonValue n
                    && n.GetValueKind() == JsonValueKind.Number) of[name] = "figure";
                else Strip(of[name]);
        }
    }

    /// <summary>Could so many people have answered a statement whose shares are printed in whole per cent?</summary>
    private static bool FitsWholePerCent(ItemCounts item, int people)
    {
        int low = 0, high = 0;
        foreach (var option in item.Options)
        {
            var share = Rounding.Percent(option, item.Valid);
            var counts = Enumerable.Range(0, people + 1).Where(c => Rounding.Percent(c, people) == share).ToList();
            if (counts.Count == 0) return false;
            low += counts[0];
            high += counts[^1];
        }

        return low <= people && people <= high;
    }

    /// <summary>Are there answers of so many people that print a statement alike?</summary>
    private static bool FitsTens(PublishedItem printed, int people, Instrument instrument)
    {
        var counts = new long[5];
        return Try(0, people);

        bool Try(int option, long left)
        {
            if (option == 5)
            {
                if (left != 0) return false;
                var item = new ItemCounts(counts, 0, 0);
                if (Rounding.Mean(item.ToSums(Scale.FivePoint)) != printed.Mean.Mean) return false;
                var now = ItemFigures.Of(printed.Mean, item, null, Fineness.Tens, instrument, 0);
                return now.Shares is { } shares && shares.SequenceEqual(printed.Shares!)
                    && (now.Favourable, now.Rwg, now.Polarisation, now.Split) == (printed.Favourable, printed.Rwg, printed.Polarisation,
                        printed.Split); // whether people agree is a word
            }

            for (var n = 0L; n <= left; n++)
            {
                if (Math.Abs(10 * n - printed.Shares![option] * people / 10) > people) continue;
                counts[option] = n;
                if (Try(option + 1, left - n)) return true;
            }

            return false;
        }
    }

    /// <summary>
    /// A reader of the bands, the total and everybody's place on the list. Which groups are small they know too (more than a real reader
    /// does). The least and the greatest number of the others are found by linear programming over places, all printed bands of both tiers
    /// together.
    /// </summary>
    private sealed record Reader(long? Exact, bool Part, long Invited, IReadOnlyList<Reader.Small> Groups, long OtherSmall, long Least,
        long Most)
    {
        public sealed record Small(Cell Cell, long Invited, long Answered);

        public IEnumerable<Small> SmallGroups() => Groups;

        public bool Fits(Small group, long x)
        {
            var rest = OtherSmall - group.Answered + x;
            return Exact is { } total ? total - rest >= Least && total - rest <= Most : !Part || 5 * (Most + rest) >= 3 * Invited;
        }

        public static Reader Of(Publication published, RoundToPublish round, Dictionary<Stratum, long> answered, Dictionary<Stratum,
            long> invited)
        {
            published = PublicationJson.Read(PublicationJson.Write(published));
            var plan = Publisher.PlanOf(round);
            long N(Cell cell, Func<Stratum, bool>? of = null) =>
                answered.Where(s => plan.Belongs(s.Key, cell) && (of?.Invoke(s.Key) ?? true)).Sum(s => s.Value);
            var cells = plan.Planned.Where(c => c.Kind != ViewKind.All).ToList();
            var small = cells.Where(c => N(c) < 5).ToList();
            var strata = answered.Keys.Where(s => !small.Exists(c => plan.Belongs(s, c))).ToList();
            // Statements and the open tier count those who stand in no sector or level below ten.
            var smallForDetails = cells.Where(c => N(c) < (c.Kind is ViewKind.Sector or ViewKind.Level ? 10 : 5)).ToList();
            var rows = new List<(Func<Stratum, bool> In, double Low, double High)>();
            foreach (var cell in cells.Except(small))
            {
                // Nothing printed: still not small, as it would look otherwise.
                rows.Add((s => plan.Belongs(s, cell), Math.Min(N(cell, strata.Contains), 5.0), 1e6));
                foreach (var (people, details) in Printed(published, plan, cell))
                {
                    bool In(Stratum s) => plan.Belongs(s, cell) && !(details && smallForDetails.Exists(c => plan.Belongs(s, c)));
                    var start = PrintedCount.Least(people)!.Value;
                    rows.Add((In, N(cell, s => strata.Contains(s) && In(s)) >= start ? start : 0, CountBands.End(start)));
                }
            }

            long least = 0, most = 0;
            if (strata.Count > 0)
            {
                var simplex = new BoundedSimplex(
                    [.. rows.Select(r => strata.Select(s => r.In(s) ? 1.0 : 0).ToArray())], new double[strata.Count],
                        [.. strata.Select(s => (double)invited[s])],
                    [.. rows.Select(r => r.Low)], [.. rows.Select(r => r.High)], [.. strata.Select(s => (double)answered[s])]);
                Assert.True(simplex.Maximise([.. strata.Select(_ => 1.0)]));
                most = (long)Math.Floor(simplex.Solution.ToArray().Sum() + 1e-6);
                Assert.True(simplex.Maximise([.. strata.Select(_ => -1.0)]));
                least = (long)Math.Ceiling(simplex.Solution.ToArray().Sum() - 1e-6);
            }

            var all = published.Members.All;
            var others = answered.Where(s => !strata.Contains(s.Key)).Sum(s => s.Value);
            return new(
                all.Answered, all.AnsweredPart is not null, invited.Values.Sum(),
                [.. small.Select(c => new Small(c, invited.Where(s => plan.Belongs(s.Key, c)).Sum(s => s.Value), N(c)))], others, least,
                    most);
        }

        private static IEnumerable<(string People, bool Details)> Printed(Publication published, ReportingPlan plan, Cell cell)
        {
            foreach (var tier in new[] { published.Members, published.Open })
            {
                var group = cell.Kind switch
                {
                    ViewKind.Sector => tier.Sectors.SingleOrDefault(g => g.Sector == plan.Structure.Sectors[cell.First]),
                    ViewKind.Level => tier.Levels.SingleOrDefault(g => g.Level == plan.Structure.Levels[cell.First]),
                    ViewKind.Unit => tier.Organisations.SingleOrDefault(g => g.Unit == $"u{cell.First + 1}"),
                    _ => tier.SectorLevels.SingleOrDefault(g => g.Sector == plan.Structure.Sectors[cell.First]
                        && g.Level == plan.Structure.Levels[cell.Second]),
                };
                if (group is null) continue;
                foreach (var people in group.Dimensions.Select(c => c.People).OfType<string>().Distinct()) yield return (people,
                    tier == published.Open);
                foreach (var people in group.Items.Select(c => c.People).OfType<string>().Distinct()) yield return (people, true);
            }
        }
    }
}
