using Colead.Parts.Mail;
using Colead.Storage.Outbox;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Mail;

public class MailTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Sender_WithARealServer_DeliversRefusesAndRetries(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        await PostAsync(app, "reader@example.org", "Tide tables – spring", "Dear reader,\n\nŵ and ŷ arrive whole.\n");
        await PostAsync(app, "refused@example.org", "Refused", "x");
        await PostAsync(app, "later@example.org", "Later", "x");
        var sender = app.Services.GetRequiredService<MailSender>();
        await UntilAsync(async () => { await sender.SendDueAsync(default); return await app.DbAsync(db =>
            db.Outbox.AllAsync(m => m.Attempts > 0 && (m.SentAt != null || m.Problem != null))); });
        Assert.Contains("ŵ and ŷ arrive whole.", Assert.Single(server.Letters), StringComparison.Ordinal);
        foreach (var header in new[] { "Message-Id: <colead-", "Auto-Submitted: auto-generated", "From: colead@example.org" })
            Assert.Contains(header, server.Letters[0], StringComparison.OrdinalIgnoreCase);
        var rows = await app.DbAsync(db => db.Outbox.AsNoTracking().OrderBy(m => m.Id).ToListAsync());
        Assert.Equal("", rows[0].Body);
        Assert.NotNull(rows[1].GivenUpAt);
        Assert.Null(rows[2].GivenUpAt);
        Assert.True(rows[2].DueAt > app.Clock.GetUtcNow().UtcDateTime);
        app.Clock.Move(TimeSpan.FromMinutes(2));
        await sender.SendDueAsync(default);
        Assert.Equal(2, (await app.DbAsync(db => db.Outbox.SingleAsync(m => m.Subject == "Later"))).Attempts);

        using var visitor = await app.SignedInAsync(await app.AccountAsync(isOperator: true));
        var page = await visitor.GetAsync(MailLinks.Mail());
        Assert.Contains("1 letter could not be delivered", page.Heading, StringComparison.Ordinal);
        Assert.Contains("refused@example.org", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(page, new() { ["To"] = "reader@example.org" })).Status);
        await UntilAsync(async () => { await sender.SendDueAsync(default); return server.Letters.Count == 2; });
    }

    /// <summary>A program that stops between claiming and sending leaves a letter that the next one sends.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Sender_AfterACrashInTheMiddle_SendsTheLetterLater(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await app.SaveAsync(db => db.Outbox.Add(new OutboxMessage { To = "reader@example.org", Subject = "Claimed", Body = "x",
            CreatedAt = now, DueAt = now + TimeSpan.FromMinutes(5), Attempts = 1 }));
        var sender = app.Services.GetRequiredService<MailSender>();
        Assert.Equal(0, await sender.SendDueAsync(default));
        app.Clock.Move(TimeSpan.FromMinutes(6));
        await UntilAsync(async () => { await sender.SendDueAsync(default); return server.Letters.Count == 1; });
        Assert.NotNull((await app.DbAsync(db => db.Outbox.SingleAsync())).SentAt);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Forgotten_ForAnyAddress_SaysTheSame_AndOnlyAnAccountGetsALink(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var account = await app.AccountAsync("grey heron on the sluice");
        using var visitor = app.Visitor();
        var known = await visitor.PostAsync("/forgotten", new() { ["Email"] = account.Email! });
        var unknown = await visitor.PostAsync("/forgotten", new() { ["Email"] = "nobody@example.org" });
        Assert.Equal(200, known.Status);
        Assert.Equal(known.Text, unknown.Text);
        await UntilAsync(async () => { await app.Services.GetRequiredService<MailSender>()
            .SendDueAsync(default); return server.Letters.Count > 0; });
        var letter = Assert.Single(server.Letters);
        Assert.Contains(account.Email!, letter, StringComparison.Ordinal);
        var link = letter.Split('\n')
            .Single(line => line.StartsWith("http", StringComparison.Ordinal))[(app.Settings.Address!.Length - 1)..].Trim();
        var reset = await visitor.PostAsync(link, new() { ["Password"] = "marsh samphire tide" });
        Assert.Equal((302, "/"), (reset.Status, reset.Location));
        using var thief = app.Visitor();
        var again = await thief.PostAsync(link, new() { ["Password"] = "another long one here" });
        var made = await thief.PostAsync("/reset?account=999999&token=x", new() { ["Password"] = "another long one here" });
        Assert.Equal(400, again.Status);
        Assert.Equal(again.Document.QuerySelector(".govuk-error-summary")!.TextContent,
            made.Document.QuerySelector(".govuk-error-summary")!.TextContent);
    }

    /// <summary>Nothing is looked up or written while the page is waited for: held up, it would be so for addresses with an account
    /// alone.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A stranger", "\"forgotten password\" for addresses with and without an account", "to tell them apart by the time it takes",
        "the page does the same for each")]
    public async Task Forgotten_WhileNobodyCanWrite_IsAnsweredForAnyAddress_AndWrittenLater(Engine engine)
    {
        using var server = new SmtpServer();
        await using var app = await TestApp.StartAsync(engine, server.Receive);
        var account = await app.AccountAsync("grey heron on the sluice");
        using var visitor = app.Visitor();
        var page = await visitor.GetAsync("/forgotten");
        await app.DbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            if (engine == Engine.Postgres) await db.Database.ExecuteSqlRawAsync("LOCK TABLE \"Outbox\" IN ACCESS EXCLUSIVE MODE");
            else await db.Outbox.Where(m => m.Id < 0).ExecuteDeleteAsync(); // holds the one place for writing
            foreach (var address in new[] { account.Email!, "nobody@example.org" })
            {
                var answer = await visitor.SubmitAsync(page, new() { ["Email"] = address }).WaitAsync(TimeSpan.FromSeconds(20));
                Assert.Equal(200, answer.Status);
            }
            await transaction.CommitAsync();
            return 0;
        });
        await server.HasAsync(app, 1);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Forgotten_WithoutAMailServer_SaysWhatToDoInstead(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var visitor = app.Visitor();
        Assert.Equal("Ask for a sign-in link", (await visitor.GetAsync("/forgotten")).Heading);
        using var keeper = await app.SignedInAsync(await app.AccountAsync(isOperator: true));
        Assert.Equal("No mail is sent", (await keeper.GetAsync(MailLinks.Mail())).Heading);
        using var other = await app.SignedInAsync(await app.AccountAsync());
        Assert.Equal(404, (await other.GetAsync(MailLinks.Mail())).Status);
    }

    private static async Task PostAsync(TestApp app, string to, string subject, string body)
    {
        using var scope = app.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<Outbox>().Post(to, subject, body);
        await scope.ServiceProvider.GetRequiredService<Colead.Storage.ColeadDb>().SaveChangesAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await reached()) return;
            await Task.Delay(100);
        }
        Assert.Fail("It did not happen within ten seconds.");
    }
}
