using Colead.Composition;
using Colead.Kit.Texts;
using Colead.Parts.Invitations;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

/// <summary>How people hear of an open round: by mail, on paper, by an open link; and what nobody may learn from it.</summary>
public class InvitingTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Opening_WithAMailServer_WritesToEveryoneWithAnAddressOnce(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Siân Môr", "sian@example.org", 0);
        await partnership.PersonAsync("Bob Low", "bob@example.org", 1);
        await partnership.PersonAsync("Paper Only", null, 1);
        var round = await app.OpenRoundAsync(partnership, r => r.Languages = ["en", "cy"]);
        Assert.Equal(2, await app.DbAsync(db => db.Set<RoundMessage>().CountAsync(m => m.RoundId == round.Id)));
        // no link is stored
        Assert.All(await app.DbAsync(db => db.Outbox.AsNoTracking().ToListAsync()),
            stored => Assert.Equal(("", true), (stored.Body, stored.Composed)));
        await SendAsync(app, () => server.Letters.Count == 2);
        var letter = server.Letters.Single(text => text.Contains("sian@example.org", StringComparison.Ordinal));
        Assert.Contains("Dear Siân Môr,", letter, StringComparison.Ordinal);
        Assert.Contains("Annwyl Siân Môr,", letter, StringComparison.Ordinal);
        Assert.Contains("Your name is not kept with your answers", letter, StringComparison.Ordinal);
        var link = LinkOf(letter);
        using var respondent = app.Visitor();
        Assert.Equal(200, (await respondent.GetAsync(link)).Status);

        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(InvitationsLinks.Invitations(partnership.Id, round.Id));
        Assert.Equal("3 people are invited", page.Heading); // who draws a slip is invited too
        Assert.DoesNotContain("Paper Only", page.Text, StringComparison.Ordinal);
        Assert.Contains("Everyone else: 1 slip", page.Text, StringComparison.Ordinal);
        Assert.Contains("Written to on", RowOf(page, "Bob Low"), StringComparison.Ordinal);
        Assert.DoesNotContain("not written to yet", page.Text, StringComparison.Ordinal);
        await visitor.ForgeAsync(page.Path, page.Path + "?handler=send", []);
        Assert.Equal(2, await app.DbAsync(db => db.Set<RoundMessage>().CountAsync(m => m.RoundId == round.Id)));
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
        await using var app =
            await TestApp.StartAsync(engine, settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = 1, Tls = false,
            From = "colead@example.org" });
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Paper Only", null, 0);
        var round = await app.OpenRoundAsync(partnership);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(InvitationsLinks.Invitations(partnership.Id, round.Id));
        Assert.DoesNotContain("Your test message", page.Text, StringComparison.Ordinal);
        await visitor.SubmitAsync(page, [], "test");
        await UntilAsync(app, () => app.DbAsync(db => db.Outbox.AllAsync(o => o.Problem != null)));
        Assert.Contains("Your test message: Will be tried again: The mail server could not be reached", (await visitor.GetAsync(page.Path))
            .Text, StringComparison.Ordinal);
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.DoesNotContain("Your test message", (await lead.GetAsync(page.Path)).Text, StringComparison.Ordinal);
    }

    /// <summary>A program that stops after opening, or between claiming a letter and sending it, leaves letters that the next one
    /// sends.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Letters_AfterACrash_AreAllSent(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 45; i++) await partnership.PersonAsync($"Person {i}", $"person{i}@example.org", i % 3);
        var round = await app.OpenRoundAsync(partnership);
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var claimed = await app.DbAsync(db => db.Outbox.Where(o => o.To == "person7@example.org" && o.SentAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.DueAt, now.AddMinutes(5)).SetProperty(o => o.Attempts, 1)));
        await SendAsync(app, () => server.Letters.Count >= 45 - claimed);
        app.Clock.Move(TimeSpan.FromMinutes(6));
        await SendAsync(app, () => Enumerable.Range(0, 45)
            .All(i => server.Letters.Any(letter => letter.Contains($"person{i}@example.org", StringComparison.Ordinal))));
        Assert.Equal(45, server.Letters.Select(LinkOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(45, await app.DbAsync(db => db.Set<RoundMessage>().CountAsync(m => m.RoundId == round.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Bounce_IsShownToCoordinatorAndLead_AndAnotherAddressGetsANewLink(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Ann Wrong", "refused@example.org", 0);
        await partnership.PersonAsync("Bob Right", "bob@example.org", 1);
        var round = await app.OpenRoundAsync(partnership);
        await UntilAsync(app, () => app.DbAsync(db => db.Outbox.AllAsync(o => o.SentAt != null || o.GivenUpAt != null)));
        var invitation = await app.DbAsync(db => db.Set<Invitation>().AsNoTracking()
            .SingleAsync(i => i.RoundId == round.Id && i.Person!.Name == "Ann Wrong"));
        var key = KeyOf(app, round);
        var tag = key.Tag(SealedAnswers.DraftTag, invitation.Id);
        await app.SaveAsync(db => db.Drafts.Add(new Draft { RoundId = round.Id, Tag = tag, Key = new byte[16], Content = new byte[285] }));
        using var lead = await partnership.AsAsync(Role.Lead);
        var page = await lead.GetAsync(InvitationsLinks.Invitations(partnership.Id, round.Id));
        Assert.Equal("1 invitation could not be delivered", page.Heading);
        Assert.Contains("No such mailbox", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob Right", page.Text, StringComparison.Ordinal);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Contains("No such mailbox", (await coordinator.GetAsync(page.Path)).Text, StringComparison.Ordinal);

        var person = await lead.GetAsync(InvitationsLinks.Invitation(partnership.Id, round.Id, invitation.Id));
        var old = AnswerLinks.Answer(new LinkMaker(key).Secret(invitation.Id, 0).ToString());
        foreach (var (bad, why) in new[] { ("", "Enter an e-mail address"), ("ann at home", "in the form name@example.org"),
            ("bob@example.org", "Someone else on the list") })
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
        using (var begins = new Respondent(app, fresh)) await begins.StartAsync(); // with nothing of what was saved by the old one
        Assert.False(await app.DbAsync(db => db.Set<Invitation>()
            .Where(i => i.RoundId == round.Id && i.Person!.Name == "Ann Wrong" && !i.Replaced).Select(i => i.Counts).SingleAsync()));
        Assert.Equal("2 people are invited", (await coordinator.GetAsync(page.Path)).Heading);
    }

    /// <summary>Sent only to the silent, they would tell every mail log who has not answered.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Who reads the mail log", "recipients of reminders", "to tell who answered", "everyone is reminded")]
    public async Task Reminders_GoToEveryone_ThankThose_AndAnybodyMayStopThem(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var partnership = await app.PartnershipAsync();
        foreach (var name in new[] { "ann", "bob", "cat" }) await partnership.PersonAsync(name, name + "@example.org", 0);
        var round = await app.OpenRoundAsync(partnership);
        await SendAsync(app, () => server.Letters.Count == 3);
        await AnswerAsync(app, round, "bob", 1);
        var path = InvitationsLinks.Invitations(partnership.Id, round.Id);
        using (var early = await partnership.AsAsync(Role.Coordinator))
        {
            Assert.Equal(302, (await early.ForgeAsync(path, path + "?handler=remind", [])).Status);
            Assert.Contains("None were sent now", (await early.GetAsync(path)).Text, StringComparison.Ordinal);
        }
        for (var (sent, left) = (3, 3); left > 0; left--)
        {
            app.Clock.Move(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
            using var coordinator = await partnership.AsAsync(Role.Coordinator);
            await coordinator.SubmitAsync(await coordinator.GetAsync(path), [], "remind");
            string[] expected = left == 3 ? ["To: ann@example.org", "To: bob@example.org", "To: cat@example.org"]
                : ["To: bob@example.org", "To: cat@example.org"];
            await SendAsync(app, () => server.Letters.Count == sent + expected.Length);
            var letters = server.Letters.Skip(sent).ToList();
            Assert.Equal(expected, letters.Select(letter => letter.Split('\n')[0]).Order(StringComparer.Ordinal));
            Assert.All(letters, letter => Assert.Contains("If you have answered already, thank you", letter, StringComparison.Ordinal));
            sent += letters.Count;
            if (left < 3) continue;
            var link = LinkOf(letters.Single(l => l.StartsWith("To: ann", StringComparison.Ordinal)));
            Assert.Equal(LinkOf(server.Letters.First(l => l.StartsWith("To: ann", StringComparison.Ordinal))), link);
            using var ann = app.Visitor();
            Assert.Equal(200, (await ann.PostAsync(link + "/no-reminders", [])).Status);
        }
        app.Clock.Move(TimeSpan.FromDays(4));
        using var last = await partnership.AsAsync(Role.Coordinator);
        Assert.Contains("Three have gone out", (await last.GetAsync(path)).Text, StringComparison.Ordinal);
        await last.ForgeAsync(path, path + "?handler=remind", []);
        Assert.Equal(0, await app.Services.GetRequiredService<MailSender>().SendDueAsync(default));
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(404, (await lead.ForgeAsync(path, path + "?handler=remind", [])).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Reminders_ByThemselves_GoOutEveryWeek(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("ann", "ann@example.org", 0);
        await app.OpenRoundAsync(partnership, r => r.RemindsByItself = true);
        await SendAsync(app, () => server.Letters.Count == 1);
        await app.UntilAsync(async db => !await db.Outbox.AnyAsync(m => m.SentAt == null && m.GivenUpAt == null));
        foreach (var (days, letters) in new[] { (3, 1), (5, 2), (1, 2), (6, 3), (7, 4), (7, 4), (7, 4) }) // three reminders, and no more
        {
            app.Clock.Move(TimeSpan.FromDays(days));
            while (Dates.ToLondon(app.Clock.GetUtcNow().UtcDateTime).Hour != 9) app.Clock.Move(TimeSpan.FromHours(1)); // by day
            using (var scope = app.Services.CreateScope()) await scope.ServiceProvider.GetRequiredService<HourlyCare>().ActAsync();
            await SendAsync(app, () => server.Letters.Count >= letters);
            // moved too early, the clock would take a letter from whoever is sending it
            await app.UntilAsync(async db => !await db.Outbox.AnyAsync(m => m.SentAt == null && m.GivenUpAt == null));
            Assert.Equal(letters, server.Letters.Count);
        }
    }

    /// <summary>Though nobody looks at the invitations: who left is not reminded and cannot answer, and a list that was never confirmed
    /// goes.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Care_EachHour_FollowsTheRoster_AndForgetsListsNotConfirmed(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var leaver = await partnership.PersonAsync("Lea Ver", TestApp.NewEmail(), 0);
        await partnership.PersonAsync("Sta Yer", TestApp.NewEmail(), 0);
        var round = await app.OpenRoundAsync(partnership);
        using (var visitor = await partnership.AsAsync(Role.Coordinator))
            await visitor.SubmitAsync(await visitor.GetAsync(PartnershipsLinks.Import(partnership.Id)), [],
                file: ("List", "list.csv", "Name,Level\nAna,Board\n"u8.ToArray()));
        await app.DbAsync(async db =>
        {
            (await db.Set<Membership>().SingleAsync(m => m.PersonId == leaver)).End(new DateOnly(2026, 3, 3));
            return await db.SaveChangesAsync();
        });
        app.Clock.Move(TimeSpan.FromMinutes(50));
        await CareAsync();
        Assert.Equal(1, await app.DbAsync(db => db.Set<RosterUpload>().CountAsync()));
        app.Clock.Move(TimeSpan.FromMinutes(20));
        await CareAsync();
        Assert.Equal(0, await app.DbAsync(db => db.Set<RosterUpload>().CountAsync()));
        Assert.Equal(["Lea Ver"], await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.Withdrawn)
            .Select(i => i.Person!.Name).ToListAsync()));

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
        var leaver = await partnership.PersonAsync("Lea Ver", TestApp.NewEmail(), 0);
        var answered = await partnership.PersonAsync("Ann Swered", TestApp.NewEmail(), 0);
        var moved = await partnership.PersonAsync("Mo Ved", TestApp.NewEmail(), 0);
        var round = await app.OpenRoundAsync(partnership);
        await AnswerAsync(app, round, "Ann Swered", 1);
        await partnership.PersonAsync("Jo Iner", TestApp.NewEmail(), 0);
        await partnership.PersonAsync("Other Joiner", TestApp.NewEmail(), 1);
        await app.DbAsync(async db =>
        {
            foreach (var gone in await db.Set<Membership>().Where(m => m.PersonId == leaver || m.PersonId == answered)
                .ToListAsync()) gone.End(new DateOnly(2026, 3, 3));
            (await db.Set<Membership>().SingleAsync(m => m.PersonId == moved)).Level = Level.Board;
            return await db.SaveChangesAsync();
        });
        using (var scope = app.Services.CreateScope()) await scope.ServiceProvider.GetRequiredService<HourlyCare>().ActAsync();
        var path = InvitationsLinks.Invitations(partnership.Id, round.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        var page = await lead.GetAsync(path);
        Assert.Contains("1 person has joined since", page.Text, StringComparison.Ordinal);
        Assert.Contains("Jo Iner", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.SubmitAsync(page, [], "joiners")).Status);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var all = await coordinator.GetAsync(path);
        Assert.Contains("Other Joiner", all.Text, StringComparison.Ordinal);
        await coordinator.SubmitAsync(all, [], "joiners");
        var invitations = await app.DbAsync(db => db.Set<Invitation>().AsNoTracking().Include(i => i.Person)
            .Where(i => i.RoundId == round.Id).ToListAsync());
        Assert.Equal(5, invitations.Count);
        using (var scope = app.Services.CreateScope()) await scope.ServiceProvider.GetRequiredService<HourlyCare>().ActAsync();
        invitations = await app.DbAsync(db => db.Set<Invitation>().AsNoTracking().Include(i => i.Person).Where(i => i.RoundId == round.Id)
            .ToListAsync());
        // alike, so nobody can tell
        Assert.Equal(["Ann Swered", "Lea Ver"], invitations.Where(i => i.Withdrawn).Select(i => i.Person!.Name)
            .Order(StringComparer.Ordinal));
        Assert.Equal(Level.Frontline, invitations.Single(i => i.PersonId == moved).Level); // the place they had when it opened
        // nobody confirmed them before
        Assert.Equal(["Jo Iner", "Other Joiner"], invitations.Where(i => !i.Counts).Select(i => i.Person!.Name)
            .Order(StringComparer.Ordinal));
        Assert.Equal((5, 3),
            await app.DbAsync(async db => (await db.Set<Invited>().Where(i => i.RoundId == round.Id).SumAsync(i => i.People),
            await db.Set<Invited>().Where(i => i.RoundId == round.Id).SumAsync(i => i.Counting))));
        var final = await coordinator.GetAsync(path);
        Assert.Equal(Masked("Lea Ver"), Masked("Ann Swered"));

        string Masked(string name) => System.Text.RegularExpressions.Regex.Replace(RowOf(final, name)
            .Replace(name, "", StringComparison.Ordinal), @"someone\d+@", "@", System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(5));
    }

    /// <summary>Slips are nobody's: an organisation's where five lie in its envelope, else its sector's, else all those left; printed again
    /// they are the same.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Who prints the slips", "the printed sheet, again and again",
        "to tell whose slip is whose",
        "they carry no name and no level, and print the same")]
    public async Task Slips_AreAsManyAsPeopleWithoutAnAddress_OfNoLevel_AndPrintedTheSame(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 6; i++) await partnership.PersonAsync($"Council {i}", null, 0, (Level)(i % 3));
        for (var i = 0; i < 3; i++) await partnership.PersonAsync($"Play {i}", null, 1);
        for (var i = 0; i < 2; i++) await partnership.PersonAsync($"Works {i}", null, 2);
        await partnership.PersonAsync("Ann Mail", TestApp.NewEmail(), 1);
        var round = await app.OpenRoundAsync(partnership, r => (r.Languages, r.OpenLink) = (["cy", "en"], "open" + partnership.Id));
        var slips = await app.DbAsync(db => db.Set<Invitation>().AsNoTracking().Where(i => i.RoundId == round.Id && i.PersonId == null)
            .ToListAsync());
        Assert.Equal([(null, 5), (partnership.Organisations[0].Id, 6)], slips.GroupBy(s => s.OrganisationId).OrderBy(g => g.Key)
            .Select(g => (g.Key, g.Count())));
        Assert.All(slips, slip => Assert.Null(slip.Level));

        var path = InvitationsLinks.Slips(partnership.Id, round.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var page = await coordinator.GetAsync(InvitationsLinks.Invitations(partnership.Id, round.Id));
        Assert.Equal(302, (await coordinator.GetAsync(path)).Status); // a look prints none
        string[] Codes(Colead.Tests.Support.Answer printed) => [.. printed.Document.QuerySelectorAll(".letter-code")
            .Select(code => string.Concat(code.QuerySelectorAll("span").Select(span => span.TextContent)))];
        Task<Colead.Tests.Support.Answer> PrintAsync(Visitor by, long? organisation, string sector = "") =>
            by.ForgeAsync(InvitationsLinks.Invitations(partnership.Id, round.Id), path,
                new() { ["Organisation"] = organisation?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
                    ["Sector"] = sector });
        var own = await PrintAsync(lead, partnership.Organisations[0].Id);
        Assert.Contains("Pa mor dda ydym ni'n arwain gyda'n gilydd?", own.Text, StringComparison.Ordinal);
        foreach (var name in new[] { "Council 1", "Play 1", "Board", "Senior" }) Assert.DoesNotContain(name,
            own.Document.QuerySelector(".slips")!.TextContent, StringComparison.Ordinal);
        var codes = Codes(own);
        Assert.Equal((6, 6), (codes.Length, codes.Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(codes, Codes(await PrintAsync(coordinator, partnership.Organisations[0].Id)));
        Assert.Equal(5, Codes(await PrintAsync(coordinator, null)).Length);
        foreach (var not in new[] { await PrintAsync(lead, null), await PrintAsync(lead, partnership.Organisations[1].Id),
            await PrintAsync(coordinator, partnership.Organisations[1].Id), await PrintAsync(coordinator, null, "Voluntary") })
            Assert.Equal(404, not.Status);
        Assert.Equal(3, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id
            && a.Act == "printed slips")));
        var reminders = await lead.ForgeAsync(InvitationsLinks.Invitations(partnership.Id, round.Id), path,
            new() { ["Organisation"] = partnership.Organisations[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["Reminder"] = "true" });
        Assert.Contains("If you have answered already, thank you", reminders.Text, StringComparison.Ordinal);
        Assert.Empty(Codes(reminders));

        using var drawn = new Respondent(app, AnswerLinks.Answer(codes[0]));
        Assert.Equal(400, (await drawn.Visitor.SubmitAsync(await drawn.OpenAsync(), [])).Status);
        await drawn.StartAsync(new() { ["Level"] = "Frontline" });
        await drawn.AnswerAsync(1, new() { ["cv1"] = "3" });
        Assert.Equal(drawn.Link + "/thanks", (await drawn.SendAsync()).Location);
        Assert.Equal("Mae'r ddolen hon wedi'i defnyddio", (await drawn.OpenAsync()).Heading);
        foreach (var role in new[] { Role.Member, Role.Viewer })
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var not in new[] { path, InvitationsLinks.Poster(partnership.Id, round.Id), page.Path,
                InvitationsLinks.Progress(partnership.Id, round.Id) }) Assert.Equal(404, (await visitor.GetAsync(not)).Status);
        }
        Assert.Contains("/open/open" + partnership.Id, (await lead.GetAsync(InvitationsLinks.Poster(partnership.Id, round.Id))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "progress, looked at after every answer", "to see an answer come", "fifths, once a week")]
    public async Task Progress_IsInFifths_OfTwentyFiveAndMore_CountedOnceAWeek(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 30; i++) await partnership.PersonAsync($"Council {i}", TestApp.NewEmail(), 0);
        for (var i = 0; i < 26; i++) await partnership.PersonAsync($"Play {i}", TestApp.NewEmail(), 1, Level.Volunteer);
        for (var i = 0; i < 4; i++) await partnership.PersonAsync($"Works {i}", TestApp.NewEmail(), 2, Level.Board);
        var round = await app.OpenRoundAsync(partnership, r => r.ClosesAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(60));
        var path = InvitationsLinks.Progress(partnership.Id, round.Id);
        await AnswerAsync(app, round, "Council", 18);
        async Task<Colead.Tests.Support.Answer> LookAsync(Role role)
        {
            using (var scope = app.Services.CreateScope()) await scope.ServiceProvider.GetRequiredService<HourlyCare>().ActAsync();
            using var visitor = await partnership.AsAsync(role);
            return await visitor.GetAsync(path);
        }
        Assert.Equal("Not counted yet", (await LookAsync(Role.Coordinator)).Heading);
        app.Clock.Move(ResponseProgress.Week);
        var first = await LookAsync(Role.Coordinator);
        Assert.Equal("One to two fifths have answered", first.Heading);
        Assert.Contains("three to four fifths", RowOf(first, partnership.Organisations[0].Name), StringComparison.Ordinal);
        // The private sector's four would follow from everyone and the two others, so the smaller of these is not told either.
        Assert.DoesNotContain(first.Document.QuerySelectorAll("table th[scope=row]"),
            row => row.TextContent is "Private" or "Voluntary" or "Board" or "Volunteer");
        await AnswerAsync(app, round, "Play", 26);
        app.Clock.Move(TimeSpan.FromDays(6));
        foreach (var role in new[] { Role.Coordinator, Role.Lead }) Assert.Equal(first.Document.QuerySelector("main")!.TextContent,
            (await LookAsync(role)).Document.QuerySelector("main")!.TextContent);
        app.Clock.Move(TimeSpan.FromDays(1));
        Assert.Equal("Three to four fifths have answered", (await LookAsync(Role.Coordinator)).Heading);
        await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.Person!.Name.StartsWith("Play"))
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Withdrawn, true)));
        app.Clock.Move(ResponseProgress.Week);
        Assert.Equal("Three to four fifths have answered", (await LookAsync(Role.Coordinator)).Heading); // withdrawing tells nothing
    }

    private static SealingKey KeyOf(TestApp app, Round round) => app.Services.GetRequiredService<KeyFolder>()
        .Read(KeyUse.Round, round.Key!);

    private static Task<int> AnswerAsync(TestApp app, Round round, string name, int people) => app.DbAsync(async db =>
    {
        var ids = await db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.Person!.Name.StartsWith(name)).OrderBy(i => i.Id)
            .Take(people).Select(i => i.Id).ToListAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await NewResponses.MarkAsync(db, round.Id, ids.Select(id => KeyOf(app, round).Tag(SealedAnswers.AnsweredTag, id)));
        await transaction.CommitAsync();
        return ids.Count;
    });

    private static string RowOf(Answer page, string name) => page.Document.QuerySelectorAll("table tbody tr")
        .First(row => row.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;

    private static string LinkOf(string letter) =>
        new Uri(letter.Split('\n').First(line => line.StartsWith("http", StringComparison.Ordinal)).Trim()).PathAndQuery;

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
