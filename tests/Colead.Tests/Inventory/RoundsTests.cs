using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

public class RoundsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task NewRound_WithAName_IsADraftOfTheInventoryForEveryone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        Assert.Contains("No round yet", (await visitor.GetAsync(RoundsLinks.Rounds(partnership.Id))).Heading, StringComparison.Ordinal);
        var made = await visitor.PostAsync(RoundsLinks.NewRound(partnership.Id), new() { ["Name"] = "  Spring   2027 " });
        Assert.Equal(302, made.Status);
        Assert.Equal("Spring 2027", (await visitor.GetAsync(made.Location!)).Heading);
        Assert.Contains("Being prepared", (await visitor.GetAsync(RoundsLinks.Rounds(partnership.Id))).Text, StringComparison.Ordinal);
        var round = await app.DbAsync(db => db.Set<Round>().Include(r => r.Organisations)
            .SingleAsync(r => r.PartnershipId == partnership.Id));
        Assert.Equal((RoundState.Draft, 5, 10, 3, 6), (round.State, round.MeansFrom, round.DetailsFrom, round.Organisations.Count,
            round.Levels.Count));
        Assert.Contains(partnership.Account(Role.Coordinator).Email!, round.Contact, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task NewRound_BadName_SaysSoBesideTheFieldAndMakesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        foreach (var name in new[] { "", "   ", new string('x', 121) })
        {
            var answer = await visitor.PostAsync(RoundsLinks.NewRound(partnership.Id), new() { ["Name"] = name });
            Assert.Equal(400, answer.Status);
            Assert.NotNull(answer.ErrorOf("Name"));
            Assert.Equal(name, answer.ValueOf("Name"));
        }
        Assert.False(await app.DbAsync(db => db.Set<Round>().AnyAsync(r => r.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Open_Draft_InvitesEachPersonOnceWithAnOwnLink(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 90; i++) await partnership.PersonAsync($"Person {i}", TestApp.NewEmail(), i % 3, (Level)(i / 3 % 6));
        var shared = await partnership.PersonAsync("Shared Person", TestApp.NewEmail(), 1, Level.Board, alsoIn: 0);
        await partnership.PersonAsync("Citizen", null, 2, Level.Citizen);
        var round = await app.OpenRoundAsync(partnership, r =>
        {
            r.Levels.Remove(Level.Citizen);
            r.Organisations.RemoveAll(o => o.OrganisationId == partnership.Organisations[2].Id);
        });
        var invitations = await app.DbAsync(db => db.Set<Invitation>().AsNoTracking().Where(i => i.RoundId == round.Id).ToListAsync());
        Assert.Equal(60 + 1 - 10, invitations.Count); // of the two organisations 30 each, five of them citizens
        Assert.DoesNotContain(invitations, i => i.Level == Level.Citizen || i.OrganisationId == partnership.Organisations[2].Id);
        Assert.Equal(partnership.Organisations[1].Id, invitations.Single(i => i.PersonId == shared).OrganisationId);
        Assert.Equal(invitations.Count, invitations.DistinctBy(i => i.PersonId).Count());
        var links = new LinkMaker(app.Services.GetRequiredService<KeyFolder>().Read(KeyUse.Round, round.Key!));
        Assert.All(invitations, i => Assert.Equal(links.Secret(i.Id, 0).Hash(), i.SecretHash));
        Assert.Equal(RoundState.Open, round.State);
        Assert.Contains(await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id).ToListAsync()),
            a => a.Act == "opened a round" && a.Detail.Contains("51 people", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Open_ByTwoAtOnce_InvitesOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 20; i++) await partnership.PersonAsync($"Person {i}", null, 0);
        var draft = await app.DraftRoundAsync(partnership);
        var openings = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var scope = app.Services.CreateScope();
            return await scope.ServiceProvider.GetRequiredService<RoundOperations>().OpenAsync(draft.Id, by: null);
        }));
        Assert.Single(openings, opening => opening.Done);
        Assert.Equal(20, await app.DbAsync(db => db.Set<Invitation>().CountAsync(i => i.RoundId == draft.Id)));
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id
            && a.Act == "opened a round")));
    }

    /// <summary>Opening fixes what respondents are promised, so a coordinator opens only what they have read.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Open_AfterSomebodyChangedTheDraft_ShowsItAgainFirst(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var draft = await app.DraftRoundAsync(partnership);
        using var one = await partnership.AsAsync(Role.Coordinator);
        var confirm = await one.GetAsync(RoundsLinks.Open(partnership.Id, draft.Id));
        Assert.Contains("6 years", confirm.Text, StringComparison.Ordinal);
        await app.DbAsync(async db =>
        {
            (await db.Set<Round>().SingleAsync(r => r.Id == draft.Id)).KeptYears = 2;
            return await db.SaveChangesAsync();
        });
        var again = await one.SubmitAsync(confirm, []);
        Assert.Equal(409, again.Status);
        Assert.Contains("2 years", again.Text, StringComparison.Ordinal);
        Assert.Equal(RoundState.Draft, (await app.DbAsync(db => db.Set<Round>().AsNoTracking().SingleAsync(r => r.Id == draft.Id))).State);
        Assert.Equal(302, (await one.SubmitAsync(again, [])).Status);
        Assert.Equal(RoundState.Open, (await app.DbAsync(db => db.Set<Round>().AsNoTracking().SingleAsync(r => r.Id == draft.Id))).State);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Open_FreezesNamesAndSectors(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var draft = await app.DraftRoundAsync(partnership);
        var id = partnership.Organisations[0].Id;
        await app.DbAsync(async db =>
        {
            var organisation = (await db.Set<Organisation>().FindAsync(id))!;
            (organisation.Name, organisation.Sector) = ("Renamed before opening", Sector.Private);
            return await db.SaveChangesAsync();
        });
        using (var scope = app.Services.CreateScope()) Assert.True((await scope.ServiceProvider.GetRequiredService<RoundOperations>()
            .OpenAsync(draft.Id, by: null)).Done);
        await app.DbAsync(async db =>
        {
            var organisation = (await db.Set<Organisation>().FindAsync(id))!;
            (organisation.Name, organisation.Sector) = ("Renamed while open", Sector.Voluntary);
            return await db.SaveChangesAsync();
        });
        var frozen = await app.DbAsync(db => db.Set<RoundOrganisation>().SingleAsync(o => o.RoundId == draft.Id && o.OrganisationId == id));
        Assert.Equal(("Renamed before opening", Sector.Private), (frozen.Name, frozen.Sector));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Open_DraftThatLacksSomething_SaysWhatAndStaysADraft(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var draft = await app.DraftRoundAsync(partnership, r => (r.ClosesAt, r.Contact) = (null, ""));
        using var scope = app.Services.CreateScope();
        var opening = await scope.ServiceProvider.GetRequiredService<RoundOperations>().OpenAsync(draft.Id, by: null);
        Assert.False(opening.Done);
        Assert.Equal([RoundStep.Who, RoundStep.Dates, RoundStep.Contact], opening.Missing.Select(m => m.Step));
        Assert.Equal(RoundState.Draft, (await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id))).State);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task InviteAll_TenThousandPeople_EachHasALink(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.DbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var organisation = (await db.Set<Organisation>().FindAsync(partnership.Organisations[0].Id))!;
            var people = Enumerable.Range(0, 10_000)
                .Select(i => new Person { PartnershipId = partnership.Id, Name = $"Person {i}", Email = null,
                EnteredBy = Writer.Unrecorded }).ToList();
            foreach (var person in people) person.PlaceIn(organisation, Level.Frontline, new DateOnly(2026, 2, 2), Writer.Unrecorded);
            await NewPeople.InsertAsync(db, people);
            await transaction.CommitAsync();
            return 0;
        });
        var round = await app.OpenRoundAsync(partnership);
        Assert.Equal(10_000, await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id).Select(i => i.SecretHash)
            .Distinct().CountAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Rounds_OfDrafts_AreTheCoordinatorsOwn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var other = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        var draft = await app.DraftRoundAsync(partnership);
        var open = await app.OpenRoundAsync(partnership);
        foreach (var role in new[] { Role.Viewer, Role.Member, Role.Lead })
        {
            using var visitor = await partnership.AsAsync(role);
            Assert.Equal("1 round", (await visitor.GetAsync(RoundsLinks.Rounds(partnership.Id))).Heading);
            Assert.Equal(404, (await visitor.GetAsync(RoundsLinks.Round(partnership.Id, draft.Id))).Status);
            Assert.Equal(200, (await visitor.GetAsync(RoundsLinks.Round(partnership.Id, open.Id))).Status);
            Assert.Equal(404, (await visitor.GetAsync(RoundsLinks.NewRound(partnership.Id))).Status);
        }
        using var stranger = await other.AsAsync(Role.Coordinator);
        Assert.Equal(404, (await stranger.GetAsync(RoundsLinks.Round(partnership.Id, open.Id))).Status);
        Assert.Equal(404, (await stranger.GetAsync(RoundsLinks.Round(other.Id,
            open.Id))).Status); // a forged number under one's own partnership
    }
}
