using Colead.Analysis;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Organisation = Colead.Parts.Partnerships.Organisation;
using Publication = Colead.Analysis.Publishing.Publication;
using SealedPart = Colead.Parts.Rounds.StoredPublication;

namespace Colead.Tests.Support;

/// <summary>
/// A believable partnership of twelve organisations and 140 people, asked twice, a year apart. Boards see more than the front line, firms
/// see little shared vision, and two small firms are reported together. Made by code from a seed and published by the closing computation
/// itself.
/// </summary>
public static class SeededRounds
{
    /// <summary>People by level: board, senior, middle, front line, volunteer, citizen.</summary>
    private static readonly (string Name, Sector Sector, int[] People)[] Members =
    [
        ("Severn Bay Council", Sector.Public, [4, 4, 5, 8, 0, 3]),
        ("Bay Community Health", Sector.Public, [4, 3, 5, 8, 0, 2]),
        ("Severn Bay Police", Sector.Public, [2, 2, 3, 6, 0, 1]),
        ("Bay Schools", Sector.Public, [2, 2, 3, 4, 0, 1]),
        ("Good Larder", Sector.Voluntary, [2, 2, 3, 6, 1, 0]),
        ("Bay Carers", Sector.Voluntary, [2, 1, 2, 4, 1, 0]),
        ("Saltmarsh Youth", Sector.Voluntary, [2, 1, 2, 3, 1, 0]),
        ("Seafront Homes", Sector.Voluntary, [1, 1, 2, 3, 1, 0]),
        ("Bay Ferries", Sector.Private, [2, 2, 3, 4, 0, 0]),
        ("Quayside Inns", Sector.Private, [2, 1, 2, 3, 0, 0]),
        ("Bay Freight", Sector.Private, [1, 1, 1, 2, 0, 0]),
        ("Northgate Power", Sector.Private, [1, 1, 1, 0, 0, 0]),
    ];

    private static readonly string[] Written =
    [
        "We agree on what matters, but decisions still wait for one chief officer.",
        "Meetings are kinder than they were. Nobody is late and nobody is talked over.",
        "Ask the people on the wards. They see what the boards do not.",
        "=2+2 is easier than our data sharing agreement.",
        "The joint induction made the difference for new starters.",
        "Firms are asked for money, rarely for ideas.",
        "I would like to see what came of last year's answers.",
        "Volunteers hear of changes last.",
        "Money still follows history, not need.",
        "More time together outside of formal meetings, please.",
        "The shared outcomes page is the first thing I open on Mondays.",
        "Good will is there; the systems do not talk to each other.",
    ];

    private static readonly Lazy<(Publication First, Publication Second)> Both = new(Make);

    private static Instrument Instrument => ShippedInstruments.Inventory12;

    public static Publication First => Both.Value.First;
    public static Publication Second => Both.Value.Second;

    /// <summary>The partnership with both rounds published, comments of the second released.</summary>
    public static async Task<FindingsPartnership> FindingsAsync(this TestApp app)
    {
        var partnership = new Partnership
        {
            Name = "Severn Bay Together",
            Kind = PartnershipKind.Formal,
            Place = "Severn Bay",
            Purpose = "Fewer people in Severn Bay live with pain, worry or loneliness.",
            WhyNotAlone = "None of us sees the whole of anybody's day.",
            CreatedAt = new DateTime(2024, 9, 2, 9, 0, 0, DateTimeKind.Utc),
        };
        foreach (var (name, sector, _) in Members)
        {
            var organisation = new Organisation { Name = name, Sector = sector };
            organisation.Join(new DateOnly(2024, 9, 2));
            partnership.Organisations.Add(organisation);
        }
        await app.SaveAsync(db => db.Set<Partnership>().Add(partnership));
        var made = new TestPartnership(app, partnership);
        foreach (var role in Enum.GetValues<Role>()) await made.GrantAsync(role, role == Role.Lead ? partnership.Organisations[4].Id
            : null);
        var first = await app.RoundAsync(partnership, "Spring 2025", new DateTime(2025, 5, 12, 16, 0, 0, DateTimeKind.Utc), First);
        var second = await app.RoundAsync(partnership, "Spring 2026", new DateTime(2026, 5, 11, 16, 0, 0, DateTimeKind.Utc), Second,
            comments: true);
        return new(made, partnership, first, second);
    }

    /// <summary>A round with its sealed publication, as closing leaves it.</summary>
    public static async Task<long> RoundAsync(
        this TestApp app, Partnership partnership, string name, DateTime closed, Publication? publication, RoundState state =
            RoundState.Published, bool comments = false, Instrument? instrument = null)
    {
        instrument ??= Instrument;
        var file = ShippedInstruments.FileOf(instrument.Id);
        var hash = PublicationJson.Hash(file);
        await app.DbAsync(async db =>
        {
            if (await db.Set<StoredInstrument>().AnyAsync(i => i.Hash == hash)) return 0;
            db.Set<StoredInstrument>().Add(new StoredInstrument { Hash = hash, Content = file });
            try
            {
                return await db.SaveChangesAsync();
            }
            catch (DbUpdateException error) when (db.IsDuplicate(error))
            {
                return 0; // another test was first
            }
        });
        var round = new Round
        {
            PartnershipId = partnership.Id,
            Name = name,
            State = state,
            InstrumentHash = hash,
            Contact = "Ada Marsh, ada@example.org",
            CreatedAt = closed.AddDays(-40),
            OpenedAt = closed.AddDays(-21),
            ClosedAt = publication is null ? null : closed,
            PublishedAt = state == RoundState.Published ? closed.AddDays(3) : null,
        };
        round.Organisations.AddRange(partnership.Organisations.Select(o => new RoundOrganisation { OrganisationId = o.Id, Name = o.Name,
            Sector = o.Sector }));
        await app.SaveAsync(db => db.Set<Round>().Add(round));
        if (publication is null) return round.Id;
        var content = PublicationJson.Write(publication);
        await app.SaveAsync(db =>
        {
            db.Set<StoredPublication>().Add(Part(PublicationPart.Figures, content));
            if (comments)
            {
                var written = Written.Select((text, i) => new Comment(text, i < 10 ? "vision" : "action")).ToList();
                db.Set<StoredPublication>()
                    .Add(Part(PublicationPart.Comments, PublicationJson.Write(CommentRelease.Of(PublicationJson.Hash(content), written,
                    100, publication.Thresholds))));
            }
        });
        return round.Id;

        SealedPart Part(PublicationPart part, byte[] bytes) =>
            new() { RoundId = round.Id, Part = part, Content = bytes, Hash = PublicationJson.Hash(bytes), SealedAt = closed.AddMinutes(2) };
    }

    /// <summary>A publication of which nothing may be shown: four people answered.</summary>
    public static Publication Nothing()
    {
        var structure = new Structure([new("Tiny Trust", "voluntary"), new("Small Firm", "private")], Field.Levels);
        var random = new SeededRandom(4);
        var answers = RoundSummary.Of(new AnswerTable(Instrument, structure, [0, 0, 1, 1], [0, 3, 0, 3],
            [.. Enumerable.Range(0, 4).SelectMany(_ => Codes(random, _ => 6))]));
        return Publisher.Publish(new RoundToPublish { Answers = answers,
            Roster = new Roster(structure, new Dictionary<Stratum,
            int> { [new(0, 0)] = 2, [new(0, 3)] = 2, [new(1, 0)] = 2, [new(1, 3)] = 2 }) });
    }

    /// <summary>Twenty-four people without a roster, organisations or levels, as an imported file may have them.</summary>
    public static Publication Imported()
    {
        var structure = new Structure([new("all", "voluntary")], ["all"]);
        var random = new SeededRandom(24);
        var answers = RoundSummary.Of(new AnswerTable(ShippedInstruments.Agreement5, structure, new int[24], new byte[24],
            [.. Enumerable.Range(0, 24).SelectMany(_ => Codes(random, item => 2 + (item % 3), 5))]));
        return Publisher.Publish(new RoundToPublish { Answers = answers, Groupings = Groupings.None });
    }

    private static (Publication First, Publication Second) Make()
    {
        var structure = new Structure([.. Members.Select(m => new Colead.Analysis.Scoring.Organisation(m.Name,
            Enum.GetName(m.Sector)!.ToLowerInvariant()))], Field.Levels);
        var roster = new Roster(structure, (from o in Enumerable.Range(0, Members.Length) from l in Enumerable.Range(0, 6) where Members[o]
            .People[l] > 0 select (o, l)).ToDictionary(s => new Stratum(s.o, s.l), s => Members[s.o].People[s.l]));
        var folds = FoldProposal.Propose(roster, Thresholds.Standard);
        var before = Answer(structure, year: 0, seed: 2025);
        var first = Publisher.Publish(new RoundToPublish { Answers = before, Roster = roster, Folds = folds });
        var second = Publisher.Publish(new RoundToPublish
        {
            Answers = Answer(structure, year: 1, seed: 2026),
            Roster = roster,
            Folds = folds,
            OpenLink = OpenLink(structure),
            Before = new PublishedRound(Instrument, first),
        });
        return (first, second);
    }

    /// <summary>Five of six invited people answer.</summary>
    private static RoundSummary Answer(Structure structure, int year, ulong seed)
    {
        var random = new SeededRandom(seed);
        List<int> organisations = [];
        List<byte> levels = [];
        List<byte> codes = [];
        for (var o = 0; o < Members.Length; o++)
        {
            for (var level = 0; level < 6; level++)
            {
                for (var n = 0; n < Members[o].People[level]; n++)
                {
                    if (random.NextDouble() > 0.83) continue;
                    organisations.Add(o);
                    levels.Add((byte)level);
                    var (organisation, at) = (o, level);
                    codes.AddRange(Codes(random, item => Centre(organisation, at, item, year)));
                }
            }
        }
        return RoundSummary.Of(new AnswerTable(Instrument, structure, [.. organisations], [.. levels], [.. codes]));
    }

    private static RoundSummary OpenLink(Structure structure)
    {
        var random = new SeededRandom(17);
        return RoundSummary.Of(new AnswerTable(Instrument, structure, new int[17], [.. Enumerable.Repeat((byte)5, 17)],
            [.. Enumerable.Range(0, 17).SelectMany(_ => Codes(random, item => Centre(0, 5, item, 1) - 0.8))]));
    }

    /// <summary>How much of a statement someone there sees: what a findings page should find again.</summary>
    private static double Centre(int organisation, int level, int item, int year)
    {
        var dimension = DimensionOf(item);
        double[] heights = [7.2, 6.6, 5.4, 8.1, 6.3, 5.2, 6.7];
        var centre = heights[dimension];
        centre += level switch { 0 => 0.7, 1 => 0.3, 3 => -0.4, 4 => -0.2, _ => 0 };
        if (dimension == 2) centre += level switch { 0 => 1.3, 1 => 0.5, 3 => -1.1, _ => 0 };
        if (dimension == 0 && Members[organisation].Sector == Sector.Private) centre -= 2.4;
        if (dimension == 0) centre += 1.3 * year;
        if (dimension == 5) centre -= 0.5 * year;
        if (organisation == 4 && dimension == 3) centre -= 2.2;
        return centre + (((item * 7) % 5) - 2) * 0.25;
    }

    private static int DimensionOf(int item)
    {
        var dimension = 0;
        for (var left = item; left >= Instrument.Dimensions[dimension].Items.Count; dimension++) left -= Instrument.Dimensions[dimension]
            .Items.Count;
        return dimension;
    }

    private static byte[] Codes(SeededRandom random, Func<int, double> centre, int options = 12)
    {
        var codes = new byte[30];
        var person = Noise(random) * options / 12;
        for (var item = 0; item < codes.Length; item++)
        {
            var draw = random.NextDouble();
            if (draw < 0.03) continue;
            if (draw < (item == 23 ? 0.28 : 0.06)) codes[item] = Colead.Analysis.Instruments.Answer.DontKnowCode;
            else
            {
                var value = centre(item) + (1.1 * person) + (Noise(random) * 1.8 * options / 12);
                if (item == 25) value = random.NextDouble() < 0.5 ? options * 0.18 : options * 0.88; // a statement that splits people
                if (item == 15) value = (centre(item) * 0.3) + (options * 0.55) + (Noise(random) * 0.5); // one they see alike
                codes[item] = (byte)Math.Clamp((int)Math.Round(value), 1, options);
            }
        }
        return codes;
    }

    /// <summary>About normal, with a standard deviation of 1.</summary>
    private static double Noise(SeededRandom random) => 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
}

/// <summary>A partnership with findings: the lead is of the fifth organisation.</summary>
public sealed record FindingsPartnership(TestPartnership House, Partnership Partnership, long First, long Second)
{
    public long Id => Partnership.Id;

    public Task<Visitor> AsAsync(Role role) => House.AsAsync(role);
}
