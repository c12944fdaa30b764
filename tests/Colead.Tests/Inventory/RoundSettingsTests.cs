using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Texts;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

public class RoundSettingsTests(House house)
{
    private static readonly Func<long, long, string>[] Steps = [RoundsLinks.Contact, RoundsLinks.Questionnaire, RoundsLinks.Who,
        RoundsLinks.Shown, RoundsLinks.Dates, RoundsLinks.Open];

    [Theory, ClassData(typeof(Engines))]
    public async Task NewcomersWay_FromNameToOpen_NeedsOnlyADecisionAndADate(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 24; i++) await partnership.PersonAsync($"Person {i}", null, i % 3);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var made = await visitor.PostAsync(RoundsLinks.NewRound(partnership.Id), new() { ["Name"] = "Spring" });
        var page = await visitor.GetAsync(made.Location!);
        Assert.Contains("2 things are left", page.Text, StringComparison.Ordinal);
        Assert.Contains("24 people of all 3 organisations", page.Text, StringComparison.Ordinal);
        var id = long.Parse(made.Location!.Split('/')[^1], CultureInfo.InvariantCulture);
        Assert.Contains("Not ready", (await visitor.GetAsync(RoundsLinks.Open(partnership.Id, id))).Heading, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.PostAsync(RoundsLinks.Shown(partnership.Id, id), [])).Status);
        Assert.Equal(302, (await visitor.PostAsync(RoundsLinks.Dates(partnership.Id, id), [])).Status); // the suggestion as it stands
        Assert.Contains("Ready to open", (await visitor.GetAsync(made.Location!)).Text, StringComparison.Ordinal);
        var confirm = await visitor.GetAsync(RoundsLinks.Open(partnership.Id, id));
        Assert.Contains("24 people get a link", confirm.Text, StringComparison.Ordinal);
        foreach (var name in partnership.Organisations.Select(o => o.Name)) Assert.Contains(name, confirm.Text, StringComparison.Ordinal);
        Assert.Contains("5 and 10", confirm.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(confirm, [])).Status);
        Assert.Contains("People are answering", (await visitor.GetAsync(made.Location!)).Text, StringComparison.Ordinal);
        Assert.Equal(24, await app.DbAsync(db => db.Set<Invitation>().CountAsync(i => i.RoundId == id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Steps_OfAnOpenRound_ShowTheRoundAndRefuseChanges(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var draft = await app.DraftRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var pages = new List<Colead.Tests.Support.Answer>();
        foreach (var step in Steps) pages.Add(await visitor.GetAsync(step(partnership.Id, draft.Id)));
        Assert.Equal(302, (await visitor.SubmitAsync(pages[^1], [])).Status);
        foreach (var page in pages)
        {
            Assert.Equal(409, (await visitor.SubmitAsync(page, [])).Status);
            Assert.Equal(RoundsLinks.Round(partnership.Id, draft.Id), (await visitor.GetAsync(page.Path)).Location);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Steps_ByAnyoneButTheCoordinator_AreNotThere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var other = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership);
        foreach (var role in new[] { Role.Viewer, Role.Member, Role.Lead })
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var step in Steps)
            {
                Assert.Equal(404, (await visitor.GetAsync(step(partnership.Id, draft.Id))).Status);
                Assert.Equal(404, (await visitor.ForgeAsync("/account", step(partnership.Id, draft.Id), new() { ["Name"] = "x" })).Status);
            }
        }
        using var stranger = await other.AsAsync(Role.Coordinator);
        foreach (var step in Steps)
        {
            Assert.Equal(404, (await stranger.ForgeAsync("/account", step(other.Id, draft.Id), [])).Status);
            Assert.Equal(404, (await stranger.GetAsync(step(partnership.Id, draft.Id))).Status);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Steps_ByTwoAtOnce_TellTheSecond409AndKeepWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var draft = await app.DraftRoundAsync(partnership);
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var (first, second) = (await one.GetAsync(RoundsLinks.Contact(partnership.Id, draft.Id)),
            await two.GetAsync(RoundsLinks.Contact(partnership.Id, draft.Id)));
        var whoOfTwo = await two.GetAsync(RoundsLinks.Who(partnership.Id, draft.Id));
        Assert.Equal(302, (await one.SubmitAsync(first, new() { ["Name"] = "First" })).Status);
        var answer = await two.SubmitAsync(second, new() { ["Name"] = "Second" });
        Assert.Equal((409, "Second"), (answer.Status, answer.ValueOf("Name")));
        Assert.Equal(409, (await two.SubmitAsync(whoOfTwo, [])).Status);
        Assert.Equal("First", (await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id))).Name);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Contact_BadInput_SaysSoBesideTheField(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Contact(partnership.Id, draft.Id);
        foreach (var years in new[] { "0", "21", "-3", "six", "", "99999999999" })
        {
            var answer = await visitor.PostAsync(path, new() { ["Name"] = "", ["Contact"] = new string('x', 201), ["KeptYears"] = years });
            Assert.Equal(400, answer.Status);
            Assert.Contains("1 to 20", answer.ErrorOf("KeptYears"), StringComparison.Ordinal);
            Assert.NotNull(answer.ErrorOf("Name"));
            Assert.NotNull(answer.ErrorOf("Contact"));
            Assert.Equal(years, answer.ValueOf("KeptYears"));
        }
        Assert.Equal(302,
            (await visitor.PostAsync(path, new() { ["Name"] = " New  name ", ["Contact"] = "Jo Tide, jo@example.org",
            ["KeptYears"] = "3" })).Status);
        var round = await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id));
        Assert.Equal(("New name", "Jo Tide, jo@example.org", 3), (round.Name, round.Contact, round.KeptYears));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Questionnaire_Chosen_IsKeptByItsHashAndItsLanguages(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Questionnaire(partnership.Id, draft.Id);
        var page = await visitor.GetAsync(path);
        Assert.Contains("Welsh, awaiting review", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(page, new() { ["Instrument"] = "agreement-5", ["Language[cy]"] = "true" })).Status);
        var round = await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id));
        Assert.Equal(InstrumentFile.ContentHash(ShippedInstruments.Agreement5), round.InstrumentHash);
        Assert.Equal(["en", "cy"], round.Languages);
        Assert.Contains("in English and Welsh (awaiting review)", (await visitor.GetAsync(RoundsLinks.Round(partnership.Id,
            draft.Id))).Text, StringComparison.Ordinal);
        var forged = await visitor.PostAsync(path, new() { ["Instrument"] = "999999", ["Language[en]"] = "false",
            ["Language[cy]"] = "false" });
        Assert.Equal(400, forged.Status);
        Assert.NotNull(forged.ErrorOf("Instrument"));
        Assert.Equal("Choose at least one language", forged.ErrorOf("Languages"));
        Assert.Equal(400, (await visitor.PostAsync(path, new() { ["Language[xx]"] = "true" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Who_Changed_AsksThemAndAsksAnewWhatGoesTogether(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var other = await app.PartnershipAsync();
        for (var i = 0; i < 12; i++) await partnership.PersonAsync($"Person {i}", null, i % 3, (Level)(i % 2));
        var draft = await app.DraftRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Who(partnership.Id, draft.Id);
        var page = await visitor.GetAsync(path);
        Assert.Contains(partnership.Organisations[0].Name + " · 4 people", page.Text, StringComparison.Ordinal);
        Assert.Contains("Board · 6 people", page.Text, StringComparison.Ordinal);
        var fields = new Dictionary<string, string> { [$"Organisation[{partnership.Organisations[0].Id}]"] = "false",
            ["Level[Citizen]"] = "false", ["OpenLink"] = "true" };
        Assert.Equal(302, (await visitor.SubmitAsync(page, fields)).Status);
        var round = await app.DbAsync(db => db.Set<Round>().Include(r => r.Organisations).SingleAsync(r => r.Id == draft.Id));
        Assert.Equal((2, 5, false), (round.Organisations.Count, round.Levels.Count, round.FoldsDecided));
        Assert.NotNull(round.OpenLink);
        Assert.Contains("8 people of 2 organisations, and others by an open link",
            (await visitor.GetAsync(RoundsLinks.Round(partnership.Id, draft.Id))).Text, StringComparison.Ordinal);
        await visitor.PostAsync(path, []);
        // the link in letters stays as it is
        Assert.Equal(round.OpenLink, (await app.DbAsync(db => db.Set<Round>().AsNoTracking().SingleAsync(r => r.Id == draft.Id))).OpenLink);

        var forged = await visitor.PostAsync(path, new() { [$"Organisation[{other.Organisations[0].Id}]"] = "true" });
        Assert.Equal(400, forged.Status);
        Assert.NotNull(forged.ErrorOf("Organisation"));
        Assert.Equal(400, (await visitor.PostAsync(path, new() { ["Level[Emperor]"] = "true" })).Status);
        Assert.Equal(400, (await visitor.PostAsync(path, Words(level => $"Level[{level}]"))).Status);
        Assert.Equal(2, await app.DbAsync(db => db.Set<RoundOrganisation>().CountAsync(o => o.RoundId == draft.Id)));

        static Dictionary<string, string> Words(Func<Level, string> field) => Enum.GetValues<Level>()
            .ToDictionary(field, _ => "false", StringComparer.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_PastReversedOrWrong_AreRefusedBesideTheirField(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Dates(partnership.Id, draft.Id);
        string Day(int days) => app.Clock.Today().AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        async Task RefusedAsync(string field, Dictionary<string, string> fields)
        {
            var answer = await visitor.PostAsync(path, fields);
            Assert.Equal(400, answer.Status);
            Assert.True(answer.ErrorOf(field) is not null, field + ": " + answer.Text);
            foreach (var (name, value) in fields.Where(f => f.Key != "Opens")) Assert.Equal(value, answer.ValueOf(name));
        }
        await RefusedAsync("ClosesOn", new() { ["ClosesOn"] = Day(-1), ["ClosesTime"] = "17:00" });
        await RefusedAsync("ClosesOn", new() { ["Opens"] = "Date", ["OpensOn"] = Day(9), ["OpensTime"] = "09:00", ["ClosesOn"] = Day(9),
            ["ClosesTime"] = "08:59" });
        await RefusedAsync("OpensOn", new() { ["Opens"] = "Date", ["OpensOn"] = Day(-2), ["OpensTime"] = "09:00" });
        await RefusedAsync("ClosesOn", new() { ["ClosesOn"] = "31/2/2027", ["ClosesTime"] = "17:00" });
        await RefusedAsync("ClosesOn", new() { ["ClosesOn"] = Day(900), ["ClosesTime"] = "17:00" });
        await RefusedAsync("ClosesTime", new() { ["ClosesOn"] = Day(9), ["ClosesTime"] = "five" });
        await RefusedAsync("ClosesTime", new() { ["ClosesOn"] = "", ["ClosesTime"] = "" });
        await RefusedAsync("Opens", new() { ["Opens"] = "never" });
        Assert.Equal(302,
            (await visitor.PostAsync(path, new() { ["Opens"] = "Date", ["OpensOn"] = Day(3), ["OpensTime"] = "09:00",
            ["ClosesOn"] = Day(20), ["ClosesTime"] = "17:30" })).Status);
        var round = await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id));
        Assert.Equal(Dates.FromLondon(app.Clock.Today().AddDays(20), new TimeOnly(17, 30)), round.ClosesAt);
        Assert.Equal(Day(3), (await visitor.GetAsync(path)).ValueOf("OpensOn"));
    }

    [Fact]
    public void FromLondon_WhenTheClocksChange_IsWhatTheClocksShow()
    {
        Assert.Equal(new DateTime(2027, 1, 4, 9, 0, 0, DateTimeKind.Utc), Dates.FromLondon(new(2027, 1, 4), new(9, 0)));
        Assert.Equal(new DateTime(2027, 7, 5, 8, 0, 0, DateTimeKind.Utc), Dates.FromLondon(new(2027, 7, 5), new(9, 0)));
        Assert.Null(Dates.FromLondon(new(2027, 3, 28), new(1, 30))); // skipped
        // shown twice: the first
        Assert.Equal(new DateTime(2027, 10, 31, 0, 30, 0, DateTimeKind.Utc), Dates.FromLondon(new(2027, 10, 31), new(1, 30)));
        Assert.Equal(new DateTime(2027, 10, 31, 2, 0, 0, DateTimeKind.Utc), Dates.FromLondon(new(2027, 10, 31), new(2, 0)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Shown_Thresholds_MayBeRaisedNeverLowered(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 12; i++) await partnership.PersonAsync($"Person {i}", null, i % 3);
        var draft = await app.DraftRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Shown(partnership.Id, draft.Id);
        foreach (var (means, details, field) in new[] { ("4", "10", "MeansFrom"), ("5", "9", "DetailsFrom"), ("12", "11", "DetailsFrom"),
            ("-5", "10", "MeansFrom"), ("lots", "10", "MeansFrom"), ("5", "101", "DetailsFrom") })
        {
            var answer = await visitor.PostAsync(path, new() { ["MeansFrom"] = means, ["DetailsFrom"] = details });
            Assert.Equal(400, answer.Status);
            Assert.NotNull(answer.ErrorOf(field));
            Assert.Equal((means, details), (answer.ValueOf("MeansFrom"), answer.ValueOf("DetailsFrom")));
        }
        Assert.Equal(302, (await visitor.PostAsync(path, new() { ["MeansFrom"] = "8", ["DetailsFrom"] = "12" })).Status);
        var round = await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id));
        Assert.Equal((8, 12), (round.MeansFrom, round.DetailsFrom));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Shown_Folds_AreProposedChangedAndKeptWithinASector(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.SaveAsync(db =>
        {
            foreach (var name in new[] { "Alder Trust", "Birch Trust", "Cedar Trust" })
            {
                var organisation = new Organisation { PartnershipId = partnership.Id, Name = $"{name} {partnership.Id}",
                    Sector = Sector.Voluntary };
                organisation.Join(new DateOnly(2026, 1, 5));
                db.Set<Organisation>().Add(organisation);
            }
        });
        var trusts = await app.DbAsync(db => db.Set<Organisation>()
            .Where(o => o.PartnershipId == partnership.Id && o.Name.Contains("Trust")).OrderBy(o => o.Name).ToListAsync());
        foreach (var (trust, people) in trusts.Zip([4, 6, 14]))
            for (var i = 0; i < people; i++) await PersonAsync(app, partnership, trust.Id, $"{trust.Name} {i}");
        var draft = await app.DraftRoundAsync(partnership, r => r.FoldsDecided = false);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Shown(partnership.Id, draft.Id);
        var page = await visitor.GetAsync(path);
        Assert.Contains($"{trusts[0].Name} and {trusts[1].Name}", page.Text, StringComparison.Ordinal); // 4 and 6 make one of ten
        var fold = page.ValueOf($"fold-{trusts[0].Id}")!;
        Assert.NotEqual("0", fold);
        Assert.Equal((fold, "0"), (page.ValueOf($"fold-{trusts[1].Id}"), page.ValueOf($"fold-{trusts[2].Id}")));

        var alone = await visitor.SubmitAsync(page, new() { [$"Fold[{trusts[1].Id}]"] = "0" });
        Assert.Equal(400, alone.Status);
        Assert.Contains("Nobody else", alone.ErrorOf($"fold-{trusts[0].Id}"), StringComparison.Ordinal);
        // a council among charities
        var across = await visitor.SubmitAsync(page, new() { [$"Fold[{partnership.Organisations[0].Id}]"] = fold });
        Assert.Equal(400, across.Status);
        Assert.Contains("one sector", across.ErrorOf($"fold-{partnership.Organisations[0].Id}"), StringComparison.Ordinal);
        Assert.Equal(400, (await visitor.SubmitAsync(page, new() { ["Fold[999999]"] = fold })).Status);
        Assert.Equal(400, (await visitor.SubmitAsync(page, new() { ["Rows"] = "Everything" })).Status);
        Assert.False((await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id))).FoldsDecided);

        var tried = await visitor.SubmitAsync(page, new() { [$"Fold[{trusts[2].Id}]"] = fold }, "try");
        Assert.Equal(200, tried.Status);
        Assert.Contains($"{trusts[0].Name}, {trusts[1].Name} and {trusts[2].Name}", tried.Text, StringComparison.Ordinal);
        // only looked at
        Assert.False(await app.DbAsync(db => db.Set<RoundOrganisation>().AnyAsync(o => o.RoundId == draft.Id && o.Fold != null)));

        Assert.Equal(302, (await visitor.SubmitAsync(page, [])).Status);
        var kept = await app.DbAsync(db => db.Set<RoundOrganisation>().Where(o => o.RoundId == draft.Id && o.Fold != null)
            .Select(o => o.OrganisationId).Order().ToListAsync());
        Assert.Equal([trusts[0].Id, trusts[1].Id], kept);
        Assert.Equal(302, (await visitor.PostAsync(path, new() { ["Rows"] = "None" })).Status);
        var round = await app.DbAsync(db => db.Set<Round>().Include(r => r.Organisations).SingleAsync(r => r.Id == draft.Id));
        Assert.False(round.OrganisationRows);
        Assert.All(round.Organisations, o => Assert.Null(o.Fold));
        Assert.Contains("Organisations are not shown", (await visitor.GetAsync(path)).Heading, StringComparison.Ordinal);

        Assert.Equal(302, (await visitor.SubmitAsync(await visitor.GetAsync(path + "?proposal=true"), [])).Status);
        await app.DbAsync(async db =>
        {
            (await db.Set<Organisation>().FindAsync(trusts[0].Id))!.Sector = Sector.Private;
            return await db.SaveChangesAsync();
        });
        Assert.Contains("no longer of one sector", (await visitor.GetAsync(RoundsLinks.Round(partnership.Id, draft.Id))).Text,
            StringComparison.Ordinal);
        Assert.Contains("Not ready", (await visitor.GetAsync(RoundsLinks.Open(partnership.Id, draft.Id))).Heading,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Shown_WithNobodyInvited_SendsToWhoIsAsked(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership, r => r.FoldsDecided = false);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        Assert.Contains("Nobody is invited", (await visitor.GetAsync(RoundsLinks.Shown(partnership.Id, draft.Id))).Heading,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Decide on this", (await visitor.GetAsync(RoundsLinks.Shown(partnership.Id, draft.Id))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Opening_ThatWasMissed_IsToldAndNotMadeUpForBySurprise(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership);
        await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == draft.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.OpensAt, app.Clock.Now().AddHours(-1))));
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        Assert.Contains("It was to open on", (await visitor.GetAsync(RoundsLinks.Round(partnership.Id, draft.Id))).Text,
            StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.PostAsync(RoundsLinks.Contact(partnership.Id, draft.Id), [])).Status);
        Assert.Null((await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id))).OpensAt);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Preview_ShowsEveryPageInEachLanguage_AndSavesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership, r => r.Languages = ["en", "cy"]);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var path = RoundsLinks.Preview(partnership.Id, draft.Id);
        var instrument = ShippedInstruments.Inventory2;
        foreach (var tag in new[] { "en", "cy" })
        {
            Assert.Contains(instrument.Titles[tag], (await visitor.GetAsync($"{path}?lang={tag}")).Text, StringComparison.Ordinal);
            for (var number = 1; number <= instrument.Dimensions.Count; number++)
            {
                var page = await visitor.GetAsync($"{path}/{number}?lang={tag}");
                foreach (var item in instrument.Dimensions[number - 1].Items) Assert.Contains(item.Texts[tag], page.Text,
                    StringComparison.Ordinal);
                Assert.Contains("Nothing you choose here is saved", page.Text, StringComparison.Ordinal);
                Assert.Empty(page.Document.QuerySelectorAll("form"));
            }
            Assert.Equal(200, (await visitor.GetAsync($"{path}/{instrument.Dimensions.Count + 1}?lang={tag}")).Status);
        }
        Assert.Equal(404, (await visitor.GetAsync($"{path}/{instrument.Dimensions.Count + 2}")).Status);
        var plain = await visitor.GetAsync($"{path}?lang=xx");
        Assert.Contains(instrument.Titles["en"], plain.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("By the open link", plain.Text, StringComparison.Ordinal);
        var alsoOpen = await app.DraftRoundAsync(partnership, r => r.OpenLink = "preview-" + engine);
        var forCitizens = (await visitor.GetAsync(RoundsLinks.Preview(partnership.Id, alsoOpen.Id))).Text;
        foreach (var part in new[] { "By the open link", "Nobody asks for your name.",
            "Which organisation do you belong to?" }) Assert.Contains(part, forCitizens, StringComparison.Ordinal);
        Assert.False(await app.DbAsync(db => db.Drafts.AnyAsync(d => d.RoundId == draft.Id)));
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(404, (await lead.GetAsync(path)).Status);
        var other = await app.PartnershipAsync();
        using var stranger = await other.AsAsync(Role.Coordinator);
        Assert.Equal(404, (await stranger.GetAsync(RoundsLinks.Preview(other.Id, draft.Id))).Status);
    }

    private static Task PersonAsync(TestApp app, TestPartnership partnership, long organisationId, string name) => app.SaveAsync(db =>
    {
        var person = new Person { PartnershipId = partnership.Id, Name = name, Email = null, EnteredBy = Writer.Unrecorded };
        person.Memberships.Add(new Membership { OrganisationId = organisationId, Level = Level.Frontline,
            JoinedOn = new DateOnly(2026, 2, 2), PlacedBy = Writer.Unrecorded });
        db.Set<Person>().Add(person);
    });
}
