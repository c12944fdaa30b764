using Colead.Analysis;
using Colead.Analysis.Publishing;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Publication = Colead.Analysis.Publishing.Publication;

namespace Colead.Tests.Inventory;

public class ProspectsTests(House house)
{
    public static TheoryData<Engine, bool> EveryWay => new() { { Engine.Sqlite, true }, { Engine.Sqlite, false },
        { Engine.Postgres, true }, { Engine.Postgres, false } };

    /// <summary>What the screen said before opening is what closing does, when people take part as the screen supposed.</summary>
    [Theory, MemberData(nameof(EveryWay))]
    public async Task Screen_BeforeOpening_SaysWhatClosingDoes(Engine engine, bool everyone)
    {
        var app = await house.OnAsync(engine);
        var partnership = await RosterAsync(app);
        var draft = await app.DraftRoundAsync(partnership, r => r.FoldsDecided = false);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(RoundsLinks.Shown(partnership.Id, draft.Id));
        var said = page.Document.QuerySelectorAll("table.prospects").SelectMany(table => table.QuerySelectorAll("tbody tr").Select(row => (
            Key: table.ParentElement!.QuerySelector("h2")!.TextContent.Trim() + ": " + Sorted(row.QuerySelector("th")!.TextContent),
            Outcome: row.QuerySelectorAll("td")[everyone ? 1 : 2].TextContent.Trim())))
                .ToDictionary(row => row.Key, row => row.Outcome, StringComparer.Ordinal);
        // the roster is made so that they occur
        foreach (var outcome in new[] { "Shown", "Withheld", everyone ? "Averages only" : "Withheld" }) Assert.Contains(outcome,
            said.Values);
        Assert.Equal(302, (await visitor.SubmitAsync(page, [])).Status);
        Assert.Equal(302, (await visitor.PostAsync(RoundsLinks.Open(partnership.Id, draft.Id), [])).Status);
        await AnswerAsync(app, draft.Id, everyone);
        Assert.Equal(302, (await visitor.PostAsync(RoundsLinks.CloseEarly(partnership.Id, draft.Id), [])).Status);

        var publication = PublicationJson.Read(await app.DbAsync(db => db.Set<StoredPublication>()
            .Where(p => p.RoundId == draft.Id && p.Part == PublicationPart.Figures).Select(p => p.Content).SingleAsync()));
        foreach (var (key, outcome) in said) Assert.True(outcome == DoneTo(publication, key),
            $"{key}: said {outcome}, done {DoneTo(publication, key)}");
        foreach (var group in publication.Members.Sectors.Concat(publication.Members.Levels).Concat(publication.Members.Organisations)
            .Concat(publication.Members.SectorLevels).Where(Shows))
            // nothing is shown of which the screen did not speak
            Assert.Contains(said, row => row.Value != "Withheld" && row.Key.EndsWith(NameOf(publication, group), StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Screen_WithoutOrganisations_NamesNone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await RosterAsync(app);
        var draft = await app.DraftRoundAsync(partnership, r => r.OrganisationRows = false);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(RoundsLinks.Shown(partnership.Id, draft.Id));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("h2"), heading => heading.TextContent.Trim() == "Organisations");
        Assert.Contains(page.Document.QuerySelectorAll("h2"), heading => heading.TextContent.Trim() == "Sectors");
    }

    private static string DoneTo(Publication publication, string key)
    {
        var (members, open) = (publication.Members, publication.Open);
        var view = key[..key.IndexOf(": ", StringComparison.Ordinal)];
        bool In(IEnumerable<PublishedGroup> groups) =>
            groups.Any(group => Shows(group) && key.EndsWith(": " + NameOf(publication, group), StringComparison.Ordinal));
        return view switch
        {
            "The whole partnership" => Say(members.All.Dimensions.All(d => d.Withheld is null),
                open.All.Dimensions.All(d => d.Withheld is null)),
            "Sectors" => Say(In(members.Sectors), In(open.Sectors)),
            "Levels" => Say(In(members.Levels), In(open.Levels)),
            "Organisations" => Say(In(members.Organisations), true),
            _ => Say(In(members.SectorLevels), true),
        };
    }

    private static string Say(bool members, bool open) => !members ? "Withheld" : open ? "Shown" : "Averages only";

    private static bool Shows(PublishedGroup group) => group.Dimensions.Count > 0 && group.Dimensions.All(d => d.Withheld is null);

    private static string NameOf(Publication publication, PublishedGroup group)
    {
        var sector = group.Sector is null ? null : Words.Say(Enum.Parse<Sector>(group.Sector, ignoreCase: true));
        var level = group.Level is null ? null : Words.Say(Enum.Parse<Level>(group.Level, ignoreCase: true));
        if (group.Unit is not null) return Sorted(string.Join(", ", publication.Units.Single(u => u.Id == group.Unit).Organisations));
        return level is null ? sector + " sector" : sector is null ? level : $"{sector}: {level.ToLowerInvariant()}";
    }

    private static string Sorted(string names) => string.Join(", ", names.Trim().Split(", ").Order(StringComparer.Ordinal));

    /// <summary>A roster in which something is shown whole, something in averages, and something not at all.</summary>
    private static async Task<TestPartnership> RosterAsync(TestApp app)
    {
        var partnership = await app.PartnershipAsync();
        await app.SaveAsync(db =>
        {
            foreach (var (name, sector, counts) in new[] { ("Alder Trust", Sector.Voluntary, new[] { 2, 1, 1, 3, 0 }),
                ("Birch Trust", Sector.Voluntary, [1, 2, 2, 1, 0]), ("Cedar Trust", Sector.Voluntary, [3, 2, 4, 9, 4]),
                ("Harbour Health", Sector.Public, [3, 4, 6, 12, 0]) })
            {
                var organisation = new Organisation { PartnershipId = partnership.Id, Name = $"{name} {partnership.Id}", Sector = sector };
                organisation.Join(new DateOnly(2026, 1, 5));
                for (var level = 0; level < counts.Length; level++)
                    for (var i = 0; i < counts[level]; i++) db.Set<Person>().Add(Someone(partnership, organisation, (Level)level, i));
            }
        });
        for (var i = 0; i < 24; i++) await partnership.PersonAsync($"Council {i}", null, 0, (Level)(i % 4));
        for (var i = 0; i < 6; i++) await partnership.PersonAsync($"Firm {i}", null, 2, (Level)(i % 2));
        return partnership;

        static Person Someone(TestPartnership partnership, Organisation organisation, Level level, int number)
        {
            var person = new Person { PartnershipId = partnership.Id, Name = $"{organisation.Name} {level} {number}", Email = null,
                EnteredBy = Writer.Unrecorded };
            person.PlaceIn(organisation, level, new DateOnly(2026, 2, 2), Writer.Unrecorded);
            return person;
        }
    }

    /// <summary>Everyone invited answers, or half of each organisation's level, rounded up.</summary>
    private static async Task AnswerAsync(TestApp app, long roundId, bool everyone)
    {
        var random = new SeededRandom(11);
        var strata = await app.DbAsync(db => db.Set<Invited>().Where(i => i.RoundId == roundId)
            .Select(i => new { Key = new { OrganisationId = (long?)i.OrganisationId, Level = (Level?)i.Level }, i.People }).ToListAsync());
        await app.DbAsync(async db =>
        {
            var key = app.Services.GetRequiredService<KeyFolder>()
                .Read(KeyUse.Round, (await db.Set<Round>().SingleAsync(r => r.Id == roundId)).Key!);
            var answers = strata.SelectMany(s => Enumerable.Range(0, everyone ? s.People : (s.People + 1) / 2)
                .Select(_ => new AnswerContent(false, [], s.Key.OrganisationId, null, s.Key.Level, true, ClosingRound.Bytes(random),
                    "[]"))).ToList();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await NewResponses.InsertAsync(db, key, roundId, answers);
            await transaction.CommitAsync();
            return answers.Count;
        });
    }
}
