using System.Text.RegularExpressions;
using Colead.Composition;
using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Actions.Reminding;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Tests.Outcomes;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Colead.Tests.Actions;

public class RemindersTests
{
    /// <summary>A mail server that is never reached: letters wait in the outbox, where they can be read.</summary>
    private static void WithMail(ColeadSettings settings) => settings.Mail =
        new MailSettings { Host = "127.0.0.1", Port = 1, Tls = false, From = "colead@example.org" };

    [Theory, ClassData(typeof(Engines))]
    public async Task Send_IsOneLetterAWeekForAnAddress_OnlyWhenSomethingIsDue(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine, WithMail);
        await AtTenInTheMorningAsync(app);
        var (partnership, second) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var today = app.Clock.Today();
        var email = TestApp.NewEmail("robin");
        var person = await partnership.PersonAsync("Robin Shore", email, 0);
        var twin = await second.PersonAsync("Robin Shore", email.ToUpperInvariant(), 0); // the same address in another partnership
        var far = await partnership.PersonAsync("Ana Reed", TestApp.NewEmail(), 0);
        var gone = await partnership.PersonAsync("Gone Away", TestApp.NewEmail(), 0);
        await app.DbAsync(async db =>
        {
            (await db.Set<Membership>().SingleAsync(m => m.PersonId == gone)).End(today);
            return await db.SaveChangesAsync();
        });
        await ActionsTests.ActionAsync(app, partnership, 0, "Book the hall", today.AddDays(-3), a => a.PersonId = person);
        await ActionsTests.ActionAsync(app, partnership, 0, "Invite the ferries", today.AddDays(7), a => a.PersonId = person);
        await ActionsTests.ActionAsync(app, partnership, 0, "Done long ago", today.AddDays(-9),
            a => { a.PersonId = person; a.Add(new ActionNote { Kind = ActionNoteKind.Done, Text = "", Who = "x", At = default,
            FormKey = "x" }); });
        await ActionsTests.ActionAsync(app, second, 0, "Write to schools", today, a => a.PersonId = twin);
        await ActionsTests.ActionAsync(app, partnership, 0, "Next month", today.AddDays(30), a => a.PersonId = far);
        await ActionsTests.ActionAsync(app, partnership, 0, "Nobody’s any more", today, a => a.PersonId = gone);
        Assert.Equal(1, await SendAsync(app));
        Assert.Equal(0, await SendAsync(app));
        var letter = await app.DbAsync(db => db.Outbox.AsNoTracking().SingleAsync());
        foreach (var expected in new[] { "Book the hall, was due on", "Invite the ferries, due on", "Write to schools", partnership.Name,
            second.Name }) Assert.Contains(expected, letter.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Done long ago", letter.Body, StringComparison.Ordinal);
        app.Clock.Move(TimeSpan.FromDays(6.9));
        Assert.Equal(0, await SendAsync(app));
        await AtTenInTheMorningAsync(app);
        app.Clock.Move(TimeSpan.FromDays(1));
        Assert.Equal(1, await SendAsync(app));
        Assert.Equal(2, await app.DbAsync(db => db.Outbox.CountAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Send_ByTwoServersAtOnce_AndAtNight_IsOnceAndNever(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine, WithMail);
        await AtTenInTheMorningAsync(app);
        var partnership = await app.PartnershipAsync();
        var person = await partnership.PersonAsync("Robin Shore", TestApp.NewEmail(), 0);
        await ActionsTests.ActionAsync(app, partnership, 0, "Book the hall", app.Clock.Today(), a => a.PersonId = person);
        app.Clock.Move(TimeSpan.FromHours(12));
        Assert.Equal(0, await SendAsync(app));
        app.Clock.Move(TimeSpan.FromHours(12));
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(app)));
        Assert.Equal(1, sent.Sum());
        Assert.Equal(1, await app.DbAsync(db => db.Outbox.CountAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Link_OpenedChangesNothing_OneClickStops_WithoutSigningInOrAFormToken(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine, WithMail);
        await AtTenInTheMorningAsync(app);
        var partnership = await app.PartnershipAsync();
        var email = TestApp.NewEmail("robin");
        var person = await partnership.PersonAsync("Robin Shore", email, 0);
        await ActionsTests.ActionAsync(app, partnership, 0, "Book the hall", app.Clock.Today(), a => a.PersonId = person);
        Assert.Equal(1, await SendAsync(app));
        var body = await app.DbAsync(db => db.Outbox.Select(m => m.Body).SingleAsync());
        var link = new Uri(body.Split('\n').Single(line => line.Contains("/reminders/", StringComparison.Ordinal))).PathAndQuery;
        using var scanner = app.Visitor();
        var page = await scanner.GetAsync(link);
        Assert.Equal((200, "Reminders of your actions"), (page.Status, page.Heading));
        Assert.False(await app.DbAsync(db => db.Set<ActionReminder>().AnyAsync(r => r.StoppedAt != null)));
        using var program = app.Visitor();
        for (var times = 0; times < 2; times++) Assert.Equal("You get no more reminders",
            (await program.SendAsync(link, new() { ["List-Unsubscribe"] = "One-Click" })).Heading);
        app.Clock.Move(TimeSpan.FromDays(8));
        Assert.Equal(0, await SendAsync(app));
        Assert.Equal("You get no more reminders", (await scanner.GetAsync(link)).Heading);
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "stopped reminders of actions"));
        Assert.Equal("Reminders of your actions", (await scanner.SubmitAsync(await scanner.GetAsync(link), [], "start")).Heading);
        Assert.Equal(1, await SendAsync(app));
        foreach (var wrong in new[] { link[..^4] + "AAAA", ActionsLinks.Stop("x"), ActionsLinks.Stop("****") })
            Assert.Equal("We do not know this link", (await program.SendAsync(wrong, [])).Heading);
    }

    /// <summary>Mail programs show a button of their own where a letter says so (RFC 8058).</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Letter_SaysInItsHead_WhereOneClickStopsIt_AndForgetsItOnceSent(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app =
            await TestApp.StartAsync(engine, settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = server.Port,
            Tls = false, From = "colead@example.org" });
        await AtTenInTheMorningAsync(app);
        var partnership = await app.PartnershipAsync();
        var person = await partnership.PersonAsync("Robin Shore", TestApp.NewEmail("robin"), 0);
        await ActionsTests.ActionAsync(app, partnership, 0, "Book the hall", app.Clock.Today(), a => a.PersonId = person);
        var here = app.Settings.Address!;
        app.Settings.Address = "https://colead.example/";
        Assert.Equal(1, await SendAsync(app));
        Assert.Contains(await app.DbAsync(db => db.Outbox.Select(m => m.StopAt!).SingleAsync()),
            await app.DbAsync(db => db.Outbox.Select(m => m.Body).SingleAsync()), StringComparison.Ordinal);
        await app.UntilAsync(async db => { await app.Services.GetRequiredService<MailSender>()
            .SendDueAsync(default); return await db.Outbox.AllAsync(m => m.SentAt != null); });
        Assert.Equal(("", null),
            await app.DbAsync(async db => await db.Outbox.Select(m => new ValueTuple<string, string?>(m.Body, m.StopAt)).SingleAsync()));
        var head = Regex.Replace(Assert.Single(server.Letters).Split("\n\n")[0], "\n[ \t]+", "", RegexOptions.None,
            TimeSpan.FromSeconds(1));
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", head, StringComparison.Ordinal);
        var link = Regex.Match(head, "List-Unsubscribe: ?<https://colead.example(?<path>/reminders/[^>]+)>", RegexOptions.None,
            TimeSpan.FromSeconds(1)).Groups["path"].Value;
        app.Settings.Address = here;
        using var program = app.Visitor();
        Assert.Equal("You get no more reminders", (await program.SendAsync(link, new() { ["List-Unsubscribe"] = "One-Click" })).Heading);
    }

    [Fact]
    public async Task Job_IsPlanned_EveryHour()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var scheduler = await app.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        Assert.NotNull(await scheduler.GetJobDetail(new JobKey("reminders of actions")));
        Assert.NotNull(await scheduler.GetJobDetail(new JobKey("night"))); // and the others still are
    }

    private static async Task<int> SendAsync(TestApp app)
    {
        using var scope = app.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Reminders>().SendAsync();
    }

    private static Task AtTenInTheMorningAsync(TestApp app)
    {
        var local = Dates.ToLondon(app.Clock.Now());
        app.Clock.Move(TimeSpan.FromHours(34) - local.TimeOfDay);
        return Task.CompletedTask;
    }
}
