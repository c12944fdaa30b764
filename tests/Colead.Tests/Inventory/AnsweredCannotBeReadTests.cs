using Colead.Composition;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage.Keys;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

/// <summary>Who has answered can be read from no page, file, letter or mail log: two worlds that differ in nothing but that look the same
/// to coordinator, lead and mail server.</summary>
public class AnsweredCannotBeReadTests
{
    private const int People = 30;

    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator, a lead, and who reads the mail log", "every page, file and letter of an open round",
        "to tell which of two people answered, and whether the fifth since the last count did",
        "nothing: all is the same to the letter")]
    public async Task Pages_Files_AndMail_AreTheSame_WhoeverHasAnswered_AndWhetherTheFifthHas(Engine engine)
    {
        var (database, partnership, round, invitations, links) = await OpenedAsync(engine, null);
        var (one, other) = (await database.CopyAsync(), await database.CopyAsync());
        await database.DisposeAsync();
        // Ten of the same group answer before the count, different people; then four, and in the other world a fifth.
        var first = await LiveAsync(one, [.. Enumerable.Range(0, 10)], [.. Enumerable.Range(20, 4)]);
        var second = await LiveAsync(other, [.. Enumerable.Range(5, 10)], [.. Enumerable.Range(16, 5)]);
        Assert.Contains(first.Pages.Keys, path => path.EndsWith("/progress", StringComparison.Ordinal));
        Assert.Contains(first.Pages.Keys, path => path.StartsWith("1 Lead", StringComparison.Ordinal)
            && path.EndsWith($"/invitations/{invitations[3]}", StringComparison.Ordinal));
        Assert.Contains(first.Pages, page => page.Value.Contains("One to two fifths have answered", StringComparison.Ordinal));
        Assert.Equal(first.Pages.Keys, second.Pages.Keys);
        foreach (var (path, body) in first.Pages) Assert.True(body == second.Pages[path],
            $"{path} differs: {Difference(body, second.Pages[path])}");
        Assert.Equal(2 * People, first.Mail.Count);
        Assert.Equal(first.Mail, second.Mail);

        async Task<(SortedDictionary<string, string> Pages, List<string> Mail)> LiveAsync(TestDatabase copy, int[] before, int[] after)
        {
            using var server = new SmtpServer();
            await using var app = await TestApp.OverAsync(copy, server.Receive);
            await server.HasAsync(app, People);
            await AnswerAsync(app, before);
            app.Clock.Move(ResponseProgress.Week + TimeSpan.FromMinutes(10));
            await CareAsync(app);
            var pages = Numbered(1, await Crawl.AllAsync(app, partnership, round, invitations, Role.Coordinator, Role.Lead));
            await AnswerAsync(app, after);
            await CareAsync(app);
            foreach (var (path, body) in Numbered(2, await Crawl.AllAsync(app, partnership, round, invitations, Role.Coordinator,
                Role.Lead))) pages[path] = body;
            var at = InvitationsLinks.Invitations(partnership.Id, round);
            using (var coordinator = await partnership.In(app)
                .AsAsync(Role.Coordinator)) await coordinator.SubmitAsync(await coordinator.GetAsync(at), [], "remind");
            await server.HasAsync(app, 2 * People);
            foreach (var (path, body) in Numbered(3, await Crawl.AllAsync(app, partnership, round, invitations, Role.Coordinator,
                Role.Lead))) pages[path] = body;
            return (pages, [.. server.Letters.Select(letter => string.Join(' ', letter.Split('\n')
                .Where(line => line.StartsWith("To: ", StringComparison.Ordinal)
                || line.StartsWith("Subject: ", StringComparison.Ordinal)))).Order(StringComparer.Ordinal)]);
        }

        async Task AnswerAsync(TestApp app, int[] people)
        {
            foreach (var i in people)
            {
                using var person = new Respondent(app, links[i]);
                await person.StartAsync();
                await person.AnswerAsync(1, new() { ["cv1"] = "3" });
                Assert.Equal(person.Link + "/thanks", (await person.SendAsync()).Location);
            }
        }
    }

    /// <summary>A link that is mailed is its owner's alone.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator and a lead", "every page, file, stored letter and the trail", "to find a mailed link", "0 of 30 links")]
    public async Task MailedLinks_AreOnNoPage_InNoFile_InNoStoredLetter_AndNotInTheTrail(Engine engine)
    {
        var (database, partnership, round, invitations, links) = await OpenedAsync(engine, null);
        using var server = new SmtpServer();
        await using var app = await TestApp.OverAsync(database, server.Receive);
        foreach (var sent in new[] { 0, People })
        {
            if (sent > 0) await server.HasAsync(app, sent);
            var seen = await Crawl.AllAsync(app, partnership, round, invitations, Role.Coordinator, Role.Lead);
            Assert.True(seen.Count > 60);
            var all = string.Concat(seen.Values.Select(body => body.Replace(" ", "", StringComparison.Ordinal)));
            Assert.All(links, link => Assert.DoesNotContain(link[3..], all, StringComparison.Ordinal));
        }
        // its owner has it
        Assert.All(links, link => Assert.Contains(server.Letters, letter => letter.Contains(link, StringComparison.Ordinal)));
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.All(links, link => Assert.Equal(0, files.CountOf(link[3..])));

        // Sent again to the same address: the same link, and the draft stays.
        using var person = new Respondent(app, links[2]);
        await person.StartAsync();
        await person.AnswerAsync(1, new() { ["_comment"] = "begun already" });
        using var coordinator = await partnership.In(app).AsAsync(Role.Coordinator);
        var page = InvitationsLinks.Invitation(partnership.Id, round, invitations[2]);
        Assert.Equal(302, (await coordinator.PostAsync(page, [])).Status);
        await server.HasAsync(app, People + 1);
        Assert.Contains(links[2], server.Letters[^1], StringComparison.Ordinal);
        Assert.Equal("begun already", (await person.OpenAsync("/1")).ValueOf("Comment"));

        // To another address, though the link was used: a fresh invitation that does not count; the old one is dead and its address is
        // told, without any link.
        await person.SendAsync();
        Assert.Equal(302, (await coordinator.PostAsync(page, new() { ["Email"] = "other@example.org" })).Status);
        await server.HasAsync(app, People + 3);
        var (told, fresh) = (server.Letters.Skip(People + 1).Single(l => l.StartsWith("To: p2@", StringComparison.Ordinal)),
            server.Letters.Skip(People + 1).Single(l => l.StartsWith("To: other@", StringComparison.Ordinal)));
        Assert.Contains("was sent to another address", told, StringComparison.Ordinal);
        Assert.DoesNotContain("/a/", told, StringComparison.Ordinal);
        using (var later = app.Visitor()) Assert.Equal(410, (await later.GetAsync(links[2])).Status);
        var link = fresh[fresh.IndexOf("/a/", StringComparison.Ordinal)..][..29];
        Assert.NotEqual(links[2], link);
        // fresh, whatever became of the old one
        using (var taker = app.Visitor()) Assert.Contains("ten minutes", (await taker.GetAsync(link)).Text, StringComparison.Ordinal);
        Assert.False(await app.DbAsync(db => db.Set<Invitation>()
            .Where(i => i.RoundId == round && !i.Replaced && i.Person!.Email == "other@example.org").Select(i => i.Counts).SingleAsync()));
        Assert.Equal(404, (await coordinator.GetAsync(page)).Status);
    }

    /// <summary>The coordinator's own letters: only where it was chosen before opening, and every download is in the trail.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task MailMerge_OnlyWhereChosen_EachDownloadInTheTrail(Engine engine)
    {
        foreach (var chosen in new[] { false, true })
        {
            var (database, partnership, round, _, links) = await OpenedAsync(engine, r => r.Ways = chosen ? [RoundWay.Merge]
                : [RoundWay.Mail]);
            await using var app = await TestApp.OverAsync(database);
            using var coordinator = await partnership.In(app).AsAsync(Role.Coordinator);
            var path = InvitationsLinks.Invitations(partnership.Id, round);
            for (var download = 1; download <= 2; download++)
            {
                var list = await coordinator.ForgeAsync(path, path + "?handler=merge", []);
                Assert.Equal(chosen ? 200 : 404, list.Status);
                Assert.Equal(chosen ? People : 0, links.Count(link => list.Body.Contains(link, StringComparison.Ordinal)));
                Assert.Equal(chosen ? download : 0,
                    await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.Act == "downloaded links for a mail merge")));
            }
            Assert.Equal(chosen, (await coordinator.GetAsync(path)).Text.Contains("Download the links", StringComparison.Ordinal));
            if (!chosen) continue;
            // Whoever changes an address in the list gets nobody's link by the coordinator's letters either.
            var person = await app.DbAsync(db => db.Set<Person>().OrderBy(x => x.Id).Select(x => x.Id).FirstAsync());
            using var lead = await partnership.In(app).AsAsync(Role.Lead);
            var edit = await lead.GetAsync(PartnershipsLinks.Person(partnership.Id, person));
            Assert.Equal(302, (await lead.SubmitAsync(edit, new() { ["Email"] = "mine@example.org" })).Status);
            var again = await coordinator.ForgeAsync(path, path + "?handler=merge", []);
            Assert.Equal(People - 1, links.Count(link => again.Body.Contains(link, StringComparison.Ordinal)));
        }
    }

    /// <summary>A round of thirty people of one organisation and level with addresses, just opened, its letters not yet sent.</summary>
    private static async Task<(TestDatabase, TestPartnership, long Round, IReadOnlyList<long> Invitations,
        IReadOnlyList<string> Links)> OpenedAsync(Engine engine, Action<Round>? set)
    {
        // A server that nobody answers at: letters are made, and wait.
        var app = await TestApp.StartAsync(engine, settings => settings.Mail = new MailSettings { Host = "127.0.0.1", Port = 1,
            Tls = false, From = "colead@example.org" });
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < People; i++) await partnership.PersonAsync($"Person {i}", $"p{i}@example.org", 0);
        var round = await app.OpenRoundAsync(partnership, set);
        var links = new LinkMaker(app.Services.GetRequiredService<KeyFolder>().Read(KeyUse.Round, round.Key!));
        var invitations = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id).OrderBy(i => i.Id)
            .Select(i => i.Id).ToListAsync());
        var database = await app.StopAsync();
        await using (var db = database.Engine.Open()) // what was tried in vain is tried anew
            await db.Outbox.ExecuteUpdateAsync(all => all.SetProperty(m => m.Attempts, 0)
                .SetProperty(m => m.DueAt, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).SetProperty(m => m.Problem, (string?)null));
        return (database, partnership, round.Id, invitations, [.. invitations.Select(i => AnswerLinks.Answer(links.Secret(i, 0)
            .ToString()))]);
    }

    private static SortedDictionary<string, string> Numbered(int number, SortedDictionary<string, string> pages) =>
        new(pages.ToDictionary(page => $"{number} {page.Key}", page => page.Value, StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return one[Math.Max(0, at - 60)..Math.Min(one.Length, at + 60)] + "  |  "
            + other[Math.Max(0, at - 60)..Math.Min(other.Length, at + 60)];
    }

    private static async Task CareAsync(TestApp app)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<Colead.Storage.ColeadDb>();
        foreach (var round in await db.Set<Round>().AsNoTracking().Include(r => r.Organisations)
            .ToListAsync()) await scope.ServiceProvider.GetRequiredService<ResponseProgress>().CountDueAsync(round);
    }
}
