using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Colead.Web.Features.Inventory;
using Colead.Web.Features.Inventory.Inviting;
using Colead.Web.Features.Mail;
using Colead.Web.Features.Partnerships;
using Colead.Web.Hosting;
using Colead.Web.Shared;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Web.Tests.Inventory;

/// <summary>How people hear of an open round: by mail, on paper, by an open link; and what nobody may learn from it.</summary>
public class InvitingTests(House house)
{
    private static Action<ColeadSettings> Through(SmtpServer server) => settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = server.Port, Tls = false, From = "colead@example.org" };

    [Theory, ClassData(typeof(Engines))]
    public async Task Opening_WithAMailServer_WritesToEveryoneWithAnAddressOnce(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, Through(server));
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Siân Môr", "sian@example.org", 0);
        await partnership.PersonAsync("Bob Low", "bob@example.org", 1);
        await partnership.PersonAsync("Paper Only", null, 1);
        var round = await app.OpenRoundAsync(partnership, r => r.Languages = ["en", "cy"]);
        Assert.Equal(2, await app.DbAsync(db => db.RoundMessages.CountAsync(m => m.RoundId == round.Id)));
        await SendAsync(app, () => server.Letters.Count == 2);
        var letter = server.Letters.Single(text => text.Contains("sian@example.org", StringComparison.Ordinal));
        Assert.Contains("Dear Siân Môr,", letter, StringComparison.Ordinal);
        Assert.Contains("Annwyl Siân Môr,", letter, StringComparison.Ordinal);
        Assert.Contains("Your name is not kept with your answers", letter, StringComparison.Ordinal);
        var link = LinkOf(letter);
        using var respondent = app.Visitor();
        Assert.Equal(200, (await respondent.GetAsync(link)).Status);

        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(InventoryLinks.Invitations(partnership.Id, round.Id));
        Assert.Equal("3 people are invited", page.Heading);
        Assert.Contains("Needs a letter", RowOf(page, "Paper Only"), StringComparison.Ordinal);
        Assert.Contains("Written to on", RowOf(page, "Bob Low"), StringComparison.Ordinal);
        Assert.DoesNotContain("not written to yet", page.Text, StringComparison.Ordinal);
        await visitor.ForgeAsync(page.Path, page.Path + "?handler=send", []);
        Assert.Equal(2, await app.DbAsync(db => db.RoundMessages.CountAsync(m => m.RoundId == round.Id)));
        await visitor.SubmitAsync(page, [], "test");
        await SendAsync(app, () => server.Letters.Count == 3);
        Assert.Contains(partnership.Account(Role.Coordinator).Email!, server.Letters[^1], StringComparison.Ordinal);
        await UntilAsync(app, () => app.DbAsync(db => db.Outbox.AllAsync(o => o.SentAt != null)));
        Assert.Contains("Your test message: Written to on", (await visitor.GetAsync(page.Path)).Text, StringComparison.Ordinal);
    }

    /// <summary>A coordinator need not be the operator: how the test message went is told where it was asked for.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task TestMessage_ThatFails_SaysWhyToWhoeverAskedForIt(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine, settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = 1, Tls = false, From = "colead@example.org" });
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Paper Only", null, 0);
        var round = await app.OpenRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(InventoryLinks.Invitations(partnership.Id, round.Id));
        Assert.DoesNotContain("Your test message", page.Text, StringComparison.Ordinal);
        await visitor.SubmitAsync(page, [], "test");
        await UntilAsync(app, () => app.DbAsync(db => db.Outbox.AllAsync(o => o.Problem != null)));
        Assert.Contains("Your test message: Will be tried again: The mail server could not be reached", (await visitor.GetAsync(page.Path)).Text, StringComparison.Ordinal);
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.DoesNotContain("Your test message", (await lead.GetAsync(page.Path)).Text, StringComparison.Ordinal);
    }

    /// <summary>A program that stops after opening, or between claiming a letter and sending it, leaves letters that the next one sends.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Letters_AfterACrash_AreAllSent(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, Through(server));
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 45; i++) await partnership.PersonAsync($"Person {i}", $"person{i}@example.org", i % 3);
        var round = await app.OpenRoundAsync(partnership);
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var claimed = await app.DbAsync(db => db.Outbox.Where(o => o.To == "person7@example.org" && o.SentAt == null).ExecuteUpdateAsync(set => set.SetProperty(o => o.DueAt, now.AddMinutes(5)).SetProperty(o => o.Attempts, 1)));
        await SendAsync(app, () => server.Letters.Count >= 45 - claimed);
        app.Clock.Move(TimeSpan.FromMinutes(6));
        await SendAsync(app, () => Enumerable.Range(0, 45).All(i => server.Letters.Any(letter => letter.Contains($"person{i}@example.org", StringComparison.Ordinal))));
        Assert.Equal(45, server.Letters.Select(LinkOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(45, await app.DbAsync(db => db.RoundMessages.CountAsync(m => m.RoundId == round.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Bounce_IsShownToCoordinatorAndLead_AndAnotherAddressGetsANewLink(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, Through(server));
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Ann Wrong", "refused@example.org", 0);
        await partnership.PersonAsync("Bob Right", "bob@example.org", 1);
        var round = await app.OpenRoundAsync(partnership);
        await UntilAsync(app, () => app.DbAsync(db => db.Outbox.AllAsync(o => o.SentAt != null || o.GivenUpAt != null)));
        var invitation = await app.DbAsync(db => db.Invitations.AsNoTracking().SingleAsync(i => i.RoundId == round.Id && i.Person!.Name == "Ann Wrong"));
        await app.SaveAsync(db => db.Drafts.Add(new Draft { RoundId = round.Id, InvitationId = invitation.Id, Key = new byte[16], Language = "en", Answers = new byte[30], Comments = "[]" }));
        using var lead = await partnership.AsAsync(Role.Lead);
        var page = await lead.GetAsync(InventoryLinks.Invitations(partnership.Id, round.Id));
        Assert.Equal("1 invitation could not be delivered", page.Heading);
        Assert.Contains("No such mailbox", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob Right", page.Text, StringComparison.Ordinal);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Contains("No such mailbox", (await coordinator.GetAsync(page.Path)).Text, StringComparison.Ordinal);

        var person = await lead.GetAsync(InventoryLinks.Invitation(partnership.Id, round.Id, invitation.Id));
        var old = new Uri(person.ValueOf("link")!).PathAndQuery;
        foreach (var (bad, why) in new[] { ("", "Enter an e-mail address"), ("ann at home", "in the form name@example.org"), ("bob@example.org", "Someone else on the list") })
        {
            var refused = await lead.SubmitAsync(person, new() { ["Email"] = bad });
            Assert.Equal(400, refused.Status);
            Assert.Contains(why, refused.ErrorOf("Email"), StringComparison.Ordinal);
            Assert.Equal(bad, refused.ValueOf("Email"));
        }
        Assert.Equal(302, (await lead.SubmitAsync(person, new() { ["Email"] = "ann@example.org" })).Status);
        await SendAsync(app, () => server.Letters.Any(letter => letter.Contains("ann@example.org", StringComparison.Ordinal)));
        var fresh = LinkOf(server.Letters.Single(letter => letter.Contains("ann@example.org", StringComparison.Ordinal)));
        Assert.NotEqual(old, fresh);
        using var respondent = app.Visitor();
        Assert.Contains("newer link", (await respondent.GetAsync(old)).Heading, StringComparison.Ordinal);
        Assert.Equal(200, (await respondent.GetAsync(fresh)).Status);
        Assert.False(await app.DbAsync(db => db.Drafts.AnyAsync(d => d.RoundId == round.Id)));
        Assert.Equal("2 people are invited", (await coordinator.GetAsync(page.Path)).Heading);
    }

    /// <summary>Reminders go to those who have not answered; no page, not even the operator's, and no row that stays says to whom.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Reminders_GoToWhomHasNotAnswered_AndNobodySeesToWhom(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, Through(server));
        var partnership = await app.PartnershipAsync();
        foreach (var name in new[] { "ann", "bob", "cat" }) await partnership.PersonAsync(name, name + "@example.org", 0);
        await partnership.PersonAsync("gone", "gone@example.org", 1);
        var round = await app.OpenRoundAsync(partnership);
        await SendAsync(app, () => server.Letters.Count == 4);
        await app.DbAsync(db => db.Invitations.Where(i => i.RoundId == round.Id && i.Person!.Name == "bob").ExecuteUpdateAsync(set => set.SetProperty(i => i.Answered, true)));
        await app.DbAsync(db => db.People.Where(p => p.Name == "cat").ExecuteUpdateAsync(set => set.SetProperty(p => p.Email, "refused-cat@example.org")));
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = InventoryLinks.Invitations(partnership.Id, round.Id);
        Assert.Equal(302, (await coordinator.ForgeAsync(path, path + "?handler=remind", [])).Status);
        Assert.Contains("less than three days ago", (await coordinator.GetAsync(path)).Text, StringComparison.Ordinal);
        app.Clock.Move(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
        using var again = await partnership.AsAsync(Role.Coordinator);
        var before = await again.GetAsync(path);
        await again.SubmitAsync(before, [], "remind");
        await SendAsync(app, () => server.Letters.Count == 6);
        var reminded = server.Letters.Skip(4).Select(letter => letter.Split('\n')[0]).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["To: ann@example.org", "To: gone@example.org"], reminded);
        Assert.Equal(LinkOf(server.Letters.First(l => l.StartsWith("To: ann", StringComparison.Ordinal))), LinkOf(server.Letters.Last(l => l.StartsWith("To: ann", StringComparison.Ordinal))));
        await UntilAsync(app, async () => !await app.DbAsync(db => db.Outbox.AnyAsync(o => o.Quiet))); // neither the sent nor the refused stay
        var after = await again.GetAsync(path);
        Assert.Equal(PeopleOf(before).Replace("refused-", "", StringComparison.Ordinal), PeopleOf(after).Replace("refused-", "", StringComparison.Ordinal));
        Assert.DoesNotContain("could not be delivered", after.Text, StringComparison.Ordinal);
        using var keeper = await app.SignedInAsync(await app.AccountAsync(isOperator: true));
        Assert.Equal("Mail goes out", (await keeper.GetAsync(MailLinks.Mail())).Heading);
        await again.ForgeAsync(path, path + "?handler=remind", []);
        Assert.Equal(0, await app.Services.GetRequiredService<MailSender>().SendDueAsync(default));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Reminders_ByThemselves_GoOutEveryWeek(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, Through(server));
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("ann", "ann@example.org", 0);
        await app.OpenRoundAsync(partnership, r => r.RemindsByItself = true);
        await SendAsync(app, () => server.Letters.Count == 1);
        await app.UntilAsync(async db => !await db.Outbox.AnyAsync(m => m.SentAt == null && m.GivenUpAt == null));
        foreach (var (days, letters) in new[] { (3, 1), (5, 2), (1, 2), (6, 3) })
        {
            app.Clock.Move(TimeSpan.FromDays(days));
            while (Dates.ToLondon(app.Clock.GetUtcNow().UtcDateTime).Hour != 9) app.Clock.Move(TimeSpan.FromHours(1)); // by day
            using (var scope = app.Services.CreateScope()) await scope.ServiceProvider.GetRequiredService<HourlyCare>().ActAsync();
            await SendAsync(app, () => server.Letters.Count >= letters);
            await app.UntilAsync(async db => !await db.Outbox.AnyAsync(m => m.SentAt == null && m.GivenUpAt == null)); // moved too early, the clock would take a letter from whoever is sending it
            Assert.Equal(letters, server.Letters.Count);
        }
    }

    /// <summary>Though nobody looks at the invitations: who left is not reminded and cannot answer, and a list that was never confirmed goes.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Care_EachHour_FollowsTheRoster_AndForgetsListsNotConfirmed(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var leaver = await partnership.PersonAsync("Lea Ver", null, 0);
        await partnership.PersonAsync("Sta Yer", null, 0);
        var round = await app.OpenRoundAsync(partnership);
        using (var visitor = await partnership.AsAsync(Role.Coordinator))
            await visitor.SubmitAsync(await visitor.GetAsync(PartnershipsLinks.Import(partnership.Id)), [], file: ("List", "list.csv", "Name,Level\nAna,Board\n"u8.ToArray()));
        await app.DbAsync(async db =>
        {
            (await db.Memberships.SingleAsync(m => m.PersonId == leaver)).End(new DateOnly(2026, 3, 3));
            return await db.SaveChangesAsync();
        });
        app.Clock.Move(TimeSpan.FromMinutes(50));
        await CareAsync();
        Assert.Equal(1, await app.DbAsync(db => db.RosterUploads.CountAsync()));
        app.Clock.Move(TimeSpan.FromMinutes(20));
        await CareAsync();
        Assert.Equal(0, await app.DbAsync(db => db.RosterUploads.CountAsync()));
        Assert.Equal(["Lea Ver"], await app.DbAsync(db => db.Invitations.Where(i => i.RoundId == round.Id && i.Withdrawn).Select(i => i.Person!.Name).ToListAsync()));

        async Task CareAsync()
        {
            using var scope = app.Services.CreateScope();
            await scope.ServiceProvider.GetRequiredService<HourlyCare>().ActAsync();
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task JoinersAndLeavers_WhileOpen_AreInvitedAndWithdrawn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var leaver = await partnership.PersonAsync("Lea Ver", null, 0);
        var answered = await partnership.PersonAsync("Ann Swered", null, 0);
        var moved = await partnership.PersonAsync("Mo Ved", null, 0);
        var round = await app.OpenRoundAsync(partnership);
        await app.DbAsync(db => db.Invitations.Where(i => i.PersonId == answered).ExecuteUpdateAsync(set => set.SetProperty(i => i.Answered, true)));
        await partnership.PersonAsync("Jo Iner", null, 0);
        await partnership.PersonAsync("Other Joiner", null, 1);
        await app.DbAsync(async db =>
        {
            foreach (var gone in await db.Memberships.Where(m => m.PersonId == leaver || m.PersonId == answered).ToListAsync()) gone.End(new DateOnly(2026, 3, 3));
            (await db.Memberships.SingleAsync(m => m.PersonId == moved)).Level = Level.Board;
            return await db.SaveChangesAsync();
        });
        var path = InventoryLinks.Invitations(partnership.Id, round.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        var page = await lead.GetAsync(path);
        Assert.Contains("1 person has joined since", page.Text, StringComparison.Ordinal);
        Assert.Contains("Jo Iner", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.SubmitAsync(page, [], "joiners")).Status);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var all = await coordinator.GetAsync(path);
        Assert.Contains("Other Joiner", all.Text, StringComparison.Ordinal);
        await coordinator.SubmitAsync(all, [], "joiners");
        var invitations = await app.DbAsync(db => db.Invitations.AsNoTracking().Include(i => i.Person).Where(i => i.RoundId == round.Id).ToListAsync());
        Assert.Equal(5, invitations.Count);
        Assert.Equal(["Ann Swered", "Lea Ver"], invitations.Where(i => i.Withdrawn).Select(i => i.Person!.Name).Order(StringComparer.Ordinal)); // alike, so nobody can tell
        Assert.Equal(Level.Board, invitations.Single(i => i.PersonId == moved).Level);
        var final = await coordinator.GetAsync(path);
        Assert.Equal(RowOf(final, "Lea Ver").Replace("Lea Ver", "", StringComparison.Ordinal), RowOf(final, "Ann Swered").Replace("Ann Swered", "", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Paper_HoldsOwnPeopleOnly_InTheRoundsLanguages_AndTheSameLinksEveryTime(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Ann Own", null, 0);
        await partnership.PersonAsync("Bob Other", null, 1);
        var round = await app.OpenRoundAsync(partnership, r =>
        {
            r.Languages = ["cy", "en"];
            r.OpenLink = "open" + partnership.Id;
        });
        var other = await app.DbAsync(db => db.Invitations.Where(i => i.RoundId == round.Id && i.Person!.Name == "Bob Other").Select(i => i.Id).SingleAsync());
        using var lead = await partnership.AsAsync(Role.Lead);
        foreach (var path in new[] { InventoryLinks.Letters(partnership.Id, round.Id), InventoryLinks.Slips(partnership.Id, round.Id) })
        {
            var page = await lead.GetAsync(path);
            Assert.Equal(200, page.Status);
            Assert.Contains("Ann Own", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Bob Other", page.Text, StringComparison.Ordinal);
            Assert.Contains("Pa mor dda ydym ni'n arwain gyda'n gilydd?", page.Text, StringComparison.Ordinal);
            var code = string.Concat(page.Document.QuerySelectorAll(".letter-code span").Select(span => span.TextContent));
            Assert.Equal(26, code.Length);
            Assert.Equal(code, string.Concat((await lead.GetAsync(path)).Document.QuerySelectorAll(".letter-code span").Select(span => span.TextContent)));
            using var respondent = app.Visitor();
            Assert.Equal(200, (await respondent.GetAsync(InventoryLinks.Answer(code))).Status);
            Assert.Equal(404, (await lead.GetAsync(path + "?organisation=" + partnership.Organisations[1].Id)).Status);
            Assert.Equal(404, (await lead.GetAsync(path + "?invitation=" + other)).Status);
            Assert.Equal(404, (await lead.GetAsync(path + "?organisation=x")).Status);
        }
        Assert.Equal(404, (await lead.GetAsync(InventoryLinks.Invitation(partnership.Id, round.Id, other))).Status);
        Assert.Contains("/open/open" + partnership.Id, (await lead.GetAsync(InventoryLinks.Poster(partnership.Id, round.Id))).Text, StringComparison.Ordinal);
        Assert.Contains("This is a reminder", (await lead.GetAsync(InventoryLinks.Letters(partnership.Id, round.Id) + "?reminder=true")).Text, StringComparison.Ordinal);
        foreach (var role in new[] { Role.Member, Role.Viewer })
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var path in new[] { InventoryLinks.Letters(partnership.Id, round.Id), InventoryLinks.Slips(partnership.Id, round.Id), InventoryLinks.Poster(partnership.Id, round.Id), InventoryLinks.Invitations(partnership.Id, round.Id), InventoryLinks.Progress(partnership.Id, round.Id), InventoryLinks.Invitation(partnership.Id, round.Id, other) })
                Assert.Equal(404, (await visitor.GetAsync(path)).Status);
        }
        var draft = await app.DraftRoundAsync(partnership);
        Assert.Equal(404, (await lead.GetAsync(InventoryLinks.Letters(partnership.Id, draft.Id))).Status);
        var reminders = await lead.ForgeAsync(InventoryLinks.Invitations(partnership.Id, round.Id), InventoryLinks.Invitations(partnership.Id, round.Id) + "?handler=remind", []);
        Assert.Equal(404, reminders.Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Progress_IsExactForAll_InFifthsForTen_AndCountedOnceADay(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 20; i++) await partnership.PersonAsync($"Council {i}", null, 0);
        for (var i = 0; i < 10; i++) await partnership.PersonAsync($"Play {i}", null, 1, Level.Volunteer);
        for (var i = 0; i < 4; i++) await partnership.PersonAsync($"Works {i}", null, 2, Level.Board);
        var round = await app.OpenRoundAsync(partnership);
        await AnswerAsync(app, round, "Council", 12);
        var path = InventoryLinks.Progress(partnership.Id, round.Id);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var first = await coordinator.GetAsync(path);
        Assert.Equal("12 of 34 people have answered", first.Heading);
        Assert.Contains("three to four fifths", RowOf(first, partnership.Organisations[0].Name), StringComparison.Ordinal);
        // The private sector's four would follow from everyone and the two others, so the smaller of these is not told either.
        Assert.DoesNotContain(first.Document.QuerySelectorAll("table th[scope=row]"), row => row.TextContent is "Private" or "Voluntary" or "Board" or "Volunteer");
        Assert.Contains(first.Document.QuerySelectorAll("table th[scope=row]"), row => row.TextContent == "Public");
        using var lead = await partnership.AsAsync(Role.Lead);
        await AnswerAsync(app, round, "Play", 10);
        Assert.Equal(first.Document.QuerySelector("main")!.TextContent, (await lead.GetAsync(path)).Document.QuerySelector("main")!.TextContent);
        app.Clock.Move(TimeSpan.FromDays(1));
        using var next = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal("22 of 34 people have answered", (await next.GetAsync(path)).Heading);
        await app.DbAsync(db => db.Invitations.Where(i => i.RoundId == round.Id && i.Answered && i.Person!.Name == "Play 1").ExecuteUpdateAsync(set => set.SetProperty(i => i.Withdrawn, true)));
        app.Clock.Move(TimeSpan.FromDays(1));
        using var later = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal("22 of 34 people have answered", (await later.GetAsync(path)).Heading); // withdrawing tells nothing
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task WithoutMail_EverythingWorksByLinksAndLetters(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Ann", "ann" + partnership.Id + "@example.org", 0);
        var round = await app.OpenRoundAsync(partnership);
        Assert.False(await app.DbAsync(db => db.RoundMessages.AnyAsync(m => m.RoundId == round.Id)));
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var page = await coordinator.GetAsync(InventoryLinks.Invitations(partnership.Id, round.Id));
        Assert.Contains("sends no mail", page.Text, StringComparison.Ordinal);
        var person = await coordinator.GetAsync(page.Document.QuerySelector("table a")!.GetAttribute("href")!);
        using var respondent = app.Visitor();
        var link = new Uri(person.ValueOf("link")!).PathAndQuery;
        Assert.Equal(200, (await respondent.GetAsync(link)).Status);
        Assert.Equal(302, (await coordinator.SubmitAsync(person, [], "link")).Status);
        var renewed = await coordinator.GetAsync(person.Path);
        Assert.NotEqual(person.ValueOf("link"), renewed.ValueOf("link"));
        Assert.Contains("newer link", (await respondent.GetAsync(link)).Heading, StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.SubmitAsync(renewed, [], "withdraw")).Status);
        Assert.Contains("taken back", (await respondent.GetAsync(new Uri(renewed.ValueOf("link")!).PathAndQuery)).Heading, StringComparison.Ordinal);
    }

    private static Task<int> AnswerAsync(TestApp app, Round round, string name, int people) => app.DbAsync(async db =>
    {
        var ids = await db.Invitations.Where(i => i.RoundId == round.Id && i.Person!.Name.StartsWith(name)).OrderBy(i => i.Id).Take(people).Select(i => i.Id).ToListAsync();
        return await db.Invitations.Where(i => ids.Contains(i.Id)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Answered, true));
    });

    private static string RowOf(Answer page, string name) => page.Document.QuerySelectorAll("table tbody tr").First(row => row.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;

    private static string PeopleOf(Answer page) => page.Document.QuerySelectorAll("table")[^1].TextContent;

    private static string LinkOf(string letter) => new Uri(letter.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal)).Trim()).PathAndQuery;

    private static Task SendAsync(TestApp app, Func<bool> reached) => UntilAsync(app, () => Task.FromResult(reached()));

    private static async Task UntilAsync(TestApp app, Func<Task<bool>> reached)
    {
        for (var i = 0; i < 300; i++)
        {
            await app.Services.GetRequiredService<MailSender>().SendDueAsync(default);
            if (await reached()) return;
            await Task.Delay(100);
        }
        Assert.Fail("It did not happen in time.");
    }
}
