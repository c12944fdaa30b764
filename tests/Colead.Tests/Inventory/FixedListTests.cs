using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;
using Colead.Parts.Findings;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

/// <summary>
/// The list of a round is the one that opened it. What is printed of it once told whether somebody had answered: a lead moved them, or
/// sent their link elsewhere, and read one more invited
/// where they had. And people who counted in one organisation were moved into another, beside a single colleague.
/// </summary>
public class FixedListTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "another level, organisation or address for somebody while the round is open",
        "to tell from what is printed of the list whether they had answered", "the same either way")]
    public async Task List_WhateverIsDoneToSomebodysPlace_IsPrintedTheSame_WhetherTheyAnsweredOrNot(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var way in new[] { "level", "organisation", "address" })
        {
            var seen = new List<(int?, string)>();
            foreach (var answered in new[] { true, false })
            {
                var p = await app.PartnershipAsync();
                for (var i = 0; i < 12; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), i % 2, Level.Frontline);
                var victim = await p.PersonAsync("The Only One", TestApp.NewEmail(), 0, Level.Board);
                var round = await app.OpenRoundAsync(p);
                var links = await app.LinksAsync(round);
                foreach (var (person, link) in links.Where(l => l.Key != victim || answered)) await AnswerAsync(app, link);
                using var lead = await p.AsAsync(Role.Lead);
                using var coordinator = await p.AsAsync(Role.Coordinator);
                var page = PartnershipsLinks.Person(p.Id, victim);
                if (way == "level")
                    Assert.Equal(302, (await lead.SubmitAsync(await lead.GetAsync(page), new() { ["Level"] = "Senior" }, "place")).Status);
                if (way == "organisation") await MoveAsync(app, p, victim, 0, 1);
                if (way == "address")
                {
                    var invitation = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == victim)
                        .Select(i => i.Id).SingleAsync());
                    Assert.Equal(302,
                        (await lead.PostAsync(InvitationsLinks.Invitation(p.Id, round.Id, invitation),
                        new() { ["Email"] = TestApp.NewEmail("mine") })).Status);
                }
                await app.CareAsync();
                // the attacker's own
                foreach (var (_, link) in (await app.LinksAsync(round)).Where(l => !links.ContainsValue(l.Value)))
                    await AnswerAsync(app, link);
                Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.CloseEarly(p.Id, round.Id), [])).Status);
                Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.Publish(p.Id, round.Id), [])).Status);
                var published = PublicationJson.Read(await coordinator.BytesAsync(FindingsLinks.File(p.Id, round.Id, "json"))).Members;
                seen.Add((published.All.Invited, string.Join(' ',
                    published.Organisations.Concat(published.Levels).Concat(published.Sectors)
                    .Select(g => g.Unit + g.Level + g.Sector + (g.Dimensions[0].Withheld is null)))));
            }
            Assert.NotNull(seen[0].Item1);
            Assert.Equal(seen[0], seen[1]);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "five people whose answers they know, moved beside one colleague after opening",
        "to have the colleague's organisation shown", "they count where they stood when it opened")]
    public async Task People_MovedAfterOpening_CountWhereTheyStood(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var known = new List<long>();
        for (var i = 0; i < 6; i++) known.Add(await p.PersonAsync($"Known {i}", TestApp.NewEmail(), 0));
        await p.PersonAsync("The Real One", TestApp.NewEmail(), 1);
        var round = await app.OpenRoundAsync(p);
        foreach (var person in known) await MoveAsync(app, p, person, 0, 1);
        await app.CareAsync();
        var places = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id)
            .Select(i => new { i.OrganisationId, i.Counts, i.Withdrawn }).ToListAsync());
        Assert.Equal(6, places.Count(i => i is { Counts: true, Withdrawn: false } && i.OrganisationId == p.Organisations[0].Id));
        Assert.Equal([(p.Organisations[0].Id, 6, 6), (p.Organisations[1].Id, 1, 1)],
            (await app.DbAsync(db => db.Set<Invited>().Where(i => i.RoundId == round.Id).OrderBy(i => i.OrganisationId).ToListAsync()))
                .Select(i => (i.OrganisationId, i.People, i.Counting)));
        foreach (var link in (await app.LinksAsync(round)).Values) await AnswerAsync(app, link);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.CloseEarly(p.Id, round.Id), [])).Status);
        var published = await app.DbAsync(db => db.Set<StoredPublication>()
            .Where(x => x.RoundId == round.Id && x.Part == PublicationPart.Figures)
            .Select(x => x.Content).SingleAsync());
        var unit = PublicationJson.Read(published).Units.Single(u => u.Organisations.Contains(p.Organisations[1].Name)).Id;
        Assert.All(PublicationJson.Read(published).Members.Organisations.Single(o => o.Unit == unit).Dimensions,
            cell => Assert.NotNull(cell.Withheld));
    }

    /// <summary>Who belongs to two organisations counts where they were confirmed, and nowhere else.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Person_OfTwoOrganisations_CountsForTheOneTheyStoodIn_Alone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        foreach (var chosen in new[] { 0, 1 })
        {
            var round = await TestRound.MakeAsync(app);
            using var person = new Respondent(app, await round.InviteAsync(alsoIn: 1));
            await person.StartAsync(new() { ["Organisation"] = round.Partnership.Organisations[chosen]
                .Id.ToString(System.Globalization.CultureInfo.InvariantCulture) });
            await person.AnswerAsync(1, new() { ["cv1"] = "5" });
            await person.SendAsync();
            Assert.Equal([(round.Partnership.Organisations[chosen].Id, chosen == 0)],
                (await round.ResponsesAsync()).Select(r => (r.OrganisationId!.Value, r.Counts)));
        }
    }

    /// <summary>Two dozen invited by one hand, and three others: nothing is told until those who count are enough.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "24 joiners of their own beside three people, four of them answering",
        "to tell from the weekly fifths whether one of the three answered", "nothing is told of them")]
    public async Task Progress_OfPeopleWhoDoNotCount_IsNotTold(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        var p = await app.PartnershipAsync();
        for (var i = 0; i < 3; i++) await p.PersonAsync($"Real {i}", TestApp.NewEmail(), 0);
        var round = await app.OpenRoundAsync(p);
        for (var i = 0; i < 24; i++) await p.PersonAsync($"Joiner {i}", TestApp.NewEmail(), 0);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        Assert.Equal(302,
            (await coordinator.SubmitAsync(await coordinator.GetAsync(InvitationsLinks.Invitations(p.Id, round.Id)), [],
                "joiners")).Status);
        Assert.Equal(27, await app.DbAsync(db => db.Set<Invitation>().CountAsync(i => i.RoundId == round.Id)));
        foreach (var link in (await app.LinksAsync(round)).OrderBy(l => l.Key).Take(8)) await AnswerAsync(app, link.Value);
        app.Clock.Move(ResponseProgress.Week + TimeSpan.FromMinutes(1));
        await app.CareAsync();
        using var again = await p.AsAsync(Role.Coordinator);
        var page = await again.GetAsync(InvitationsLinks.Progress(p.Id, round.Id));
        Assert.Equal("Too few people count to tell how many have answered", page.Heading);
        Assert.DoesNotContain("fifth", page.Document.QuerySelector("table")?.TextContent ?? "", StringComparison.Ordinal);
    }

    /// <summary>
    /// A sector of thirty beside an organisation of twenty-nine in it told of the one: 23 of 29 are under four fifths, 24 of 30 are not.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A lead", "the weekly fifths of an organisation of 29 beside one person alone in another of its sector",
        "to tell whether that person answered", "the same either way")]
    public async Task Progress_OfGroupsWithinEachOther_TellsNothingOfTheOneBetween(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        var seen = new List<string>();
        foreach (var answered in new[] { true, false })
        {
            var p = await app.PartnershipAsync();
            var alone = await p.PersonAsync("Alone", TestApp.NewEmail(), 1);
            foreach (var (number, organisation) in new[] { (29, 0), (24, 2) })
                for (var i = 0; i < number; i++) await p.PersonAsync($"Person {organisation} {i}", TestApp.NewEmail(), organisation);
            await app.DbAsync(db => db.Set<Organisation>().Where(o => o.PartnershipId == p.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.Sector, o => o.Id == p.Organisations[2].Id ? Sector.Public
                    : Sector.Voluntary)));
            var round = await app.OpenRoundAsync(p);
            var links = await app.LinksAsync(round);
            var others = links.Where(l => l.Key != alone).OrderBy(l => l.Key).Select(l => l.Value).ToList();
            foreach (var link in others.Take(23).Concat(others.TakeLast(10))) await AnswerAsync(app, link);
            if (answered) await AnswerAsync(app, links[alone]);
            app.Clock.Move(ResponseProgress.Week + TimeSpan.FromMinutes(1));
            await app.CareAsync();
            var told = await app.DbAsync(db => db.Set<RoundProgress>().Where(r => r.RoundId == round.Id).Select(r => r.Content)
                .SingleAsync());
            seen.Add(p.Organisations.Aggregate(told, (text, o) => text.Replace(o.Name, "one", StringComparison.Ordinal)));
        }
        Assert.Contains($"\"Band\":{(int)RateBand.FromThreeFifths}", seen[0], StringComparison.Ordinal);
        Assert.Equal(seen[0], seen[1]);
    }

    /// <summary>
    /// An address that is changed in the list, and not at the invitation: the link goes to the address it was made for, or nowhere.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "another address for somebody on the person's page, then a reminder, then \"send again\"",
        "to be sent that person's own link, which counts", "a new link, which does not")]
    public async Task Link_OfSomebodyWhoseAddressIsChangedInTheList_IsSentToNobodyElse(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var p = await app.PartnershipAsync();
        var victim = await p.PersonAsync("The Victim", "victim@example.org", 0);
        await p.PersonAsync("Other", "other@example.org", 0);
        var round = await app.OpenRoundAsync(p);
        await server.HasAsync(app, 2);
        var link = (await app.LinksAsync(round))[victim];
        using var lead = await p.AsAsync(Role.Lead);
        Assert.Equal(302,
            (await lead.SubmitAsync(await lead.GetAsync(PartnershipsLinks.Person(p.Id, victim)),
            new() { ["Email"] = "mine@example.org" })).Status);
        app.Clock.Move(TimeSpan.FromDays(4));
        using (var coordinator = await p.AsAsync(Role.Coordinator)) await coordinator.SubmitAsync(await coordinator.GetAsync(InvitationsLinks.Invitations(p.Id, round.Id)), [], "remind");
        await server.HasAsync(app, 3); // to the other alone
        using var again = await p.AsAsync(Role.Lead);
        var list = (await again.GetAsync(InvitationsLinks.Invitations(p.Id, round.Id))).Text;
        Assert.Contains("The address has changed since it was made", list, StringComparison.Ordinal);
        var invitation = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == victim)
            .Select(i => i.Id).SingleAsync());
        Assert.Equal(302,
            (await again.PostAsync(InvitationsLinks.Invitation(p.Id, round.Id, invitation),
            new() { ["Email"] = "mine@example.org" })).Status);
        await server.HasAsync(app, 5);
        Assert.DoesNotContain(server.Letters.Skip(2), letter => letter.Contains(link, StringComparison.Ordinal));
        Assert.Contains(server.Letters, letter => letter.StartsWith("To: victim@", StringComparison.Ordinal)
            && letter.Contains("was sent to another address", StringComparison.Ordinal));
        Assert.Equal([(true, true), (false, false)],
            (await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == victim).OrderBy(i => i.Id)
            .ToListAsync())).Select(i => (i.Counts, i.Replaced)));
    }

    /// <summary>
    /// Invented people who take a slip each, as is theirs: of an envelope that was for twelve who do not count twelve answers count for
    /// nothing.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A partner lead", "twelve invented people without an address, who each draw a slip",
        "to have their organisation shown with one real colleague in it", "it is not shown")]
    public async Task Slips_DrawnByInventedPeople_CountForNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        for (var i = 0; i < 10; i++) await AddAsync($"Real {i}");
        Assert.Equal(302,
            (await coordinator.SubmitAsync(await coordinator.GetAsync(PartnershipsLinks.List(p.Id, p.Organisations[0].Id)), [])).Status);
        for (var i = 0; i < 12; i++) await AddAsync($"Invented {i}");
        for (var i = 0; i < 12; i++) await p.PersonAsync($"Other {i}", TestApp.NewEmail(), 1);
        var round = await app.OpenRoundAsync(p);
        foreach (var link in (await app.LinksAsync(round)).Values) await AnswerAsync(app, link);
        var maker = new LinkMaker(app.Services.GetRequiredService<Colead.Storage.Keys.KeyFolder>()
            .Read(Colead.Storage.Keys.KeyUse.Round, round.Key!));
        // The worst draw: whoever took part drew slips that were meant to count, as far as there are any.
        var slips = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId == null)
            .OrderByDescending(i => i.Counts).Select(i => i.Id).ToListAsync());
        Assert.Equal(22, slips.Count);
        foreach (var slip in slips.Take(13))
        {
            using var respondent = new Respondent(app, AnswerLinks.Answer(maker.Secret(slip, 0).ToString()));
            await respondent.StartAsync(new() { ["Level"] = "Frontline" });
            await respondent.AnswerAsync(1, new() { ["cv1"] = "6", ["cv2"] = "7", ["cv3"] = "5", ["cv4"] = "6", ["cv5"] = "7",
                ["cv6"] = "6" });
            Assert.Equal(302, (await respondent.SendAsync()).Status);
        }
        Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.CloseEarly(p.Id, round.Id), [])).Status);
        var published =
            PublicationJson.Read(await app.DbAsync(db =>
            db.Set<StoredPublication>().Where(x => x.RoundId == round.Id && x.Part == PublicationPart.Figures).Select(x => x.Content)
                .SingleAsync()));
        var unit = published.Units.Single(u => u.Organisations.Contains(p.Organisations[0].Name)).Id;
        Assert.NotNull(published.Members.Organisations.Single(o => o.Unit == unit).Dimensions[0].Withheld);

        async Task AddAsync(string name) =>
            Assert.Equal(302,
                (await lead.PostAsync(PartnershipsLinks.AddPerson(p.Id, p.Organisations[0].Id),
                new() { ["Name"] = name, ["Level"] = "Frontline" })).Status);
    }

    /// <summary>Whoever takes links back knows that their people are silent: then neither fifths nor the exact number are told.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "invitations of many taken back after opening",
        "to tell from fifths and from the exact number what the others did", "neither is told")]
    public async Task Withdrawn_Many_TellNothingOfTheOthers(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine); // its clock is moved
        var p = await app.PartnershipAsync();
        var people = new List<long>();
        foreach (var (number, organisation) in new[] { (27, 0), (4, 1), (28, 2) })
            for (var i = 0; i < number; i++)
                people.Add(await p.PersonAsync($"Person {organisation} {i}", TestApp.NewEmail(), organisation));
        var round = await app.OpenRoundAsync(p);
        var links = await app.LinksAsync(round);
        var silent = people.Take(18).Concat(people.TakeLast(18)).ToList();
        await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && silent.Contains(i.PersonId!.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Withdrawn, true)));
        foreach (var person in people.Except(silent)) await AnswerAsync(app, links[person]);
        app.Clock.Move(ResponseProgress.Week + TimeSpan.FromMinutes(1));
        await app.CareAsync();
        using var coordinator = await p.AsAsync(Role.Coordinator);
        Assert.Equal("Too few people count to tell how many have answered",
            (await coordinator.GetAsync(InvitationsLinks.Progress(p.Id, round.Id))).Heading);
        Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.CloseEarly(p.Id, round.Id), [])).Status);
        Assert.Null(PublicationJson.Read(await app.DbAsync(db =>
            db.Set<StoredPublication>().Where(x => x.RoundId == round.Id && x.Part == PublicationPart.Figures).Select(x => x.Content)
            .SingleAsync())).Members.All.Answered);
    }

    /// <summary>More choose a place than the list has there: the last stand where it has one left, and count towards nothing.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Answers_MoreThanAPlaceHolds_StandElsewhere_AndTheListIsNoLonger(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        var random = new Colead.Analysis.SeededRandom(5);
        var organisation = round.Partnership.Organisations[0].Id;
        // Everybody says that they sit on the board of the first organisation, which has seven such places.
        foreach (var place in round.Places)
            Assert.True(await round.SendAsync(new(organisation, Level.Board, ClosingRound.Bytes(random), "A word"), by: place));
        Assert.True(await round.CloseAsync());
        var members = (await round.PublicationAsync()).Members;
        Assert.Equal(ClosingRound.People, members.All.Invited);
        Assert.All(members.Levels.Where(l => l.Level != "board").SelectMany(l => l.Dimensions), cell => Assert.NotNull(cell.Withheld));
    }

    private static async Task AnswerAsync(TestApp app, string link)
    {
        using var respondent = new Respondent(app, link);
        await respondent.StartAsync();
        await respondent.AnswerAsync(1, new() { ["cv1"] = "6", ["cv2"] = "7", ["cv3"] = "5", ["cv4"] = "6", ["cv5"] = "7", ["cv6"] = "6" });
        Assert.Equal(302, (await respondent.SendAsync()).Status);
    }

    private static Task<int> MoveAsync(TestApp app, TestPartnership p, long person, int from, int to) => app.DbAsync(async db =>
    {
        var (leaves, joins) = (p.Organisations[from].Id, p.Organisations[to].Id);
        foreach (var gone in await db.Set<Membership>().Where(m => m.PersonId == person && m.OrganisationId == leaves).ToListAsync())
            gone.End(new DateOnly(2026, 3, 3));
        (await db.Set<Person>().Include(x => x.Memberships).SingleAsync(x => x.Id == person))
            .PlaceIn((await db.Set<Organisation>().FindAsync(joins))!, Level.Frontline, new DateOnly(2026, 3, 3), Writer.Unrecorded);
        return await db.SaveChangesAsync();
    });
}
