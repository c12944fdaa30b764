using System.Globalization;
using Colead.Analysis.Publishing;
using Colead.Kit.Forms;
using Colead.Parts.Actions;
using Colead.Parts.Decisions;
using Colead.Parts.Findings;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.ThreadPages;

/// <summary>The whole thread on one page: for members, and by link.</summary>
public class ThreadPagesTests(House house)
{
    /// <summary>Figures are copied from publications: each finding again, with its published change or why there is none.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Thread_OfAStatement_ShowsThePublishedChange_WithItsUncertainty_AndClaimsNoCause(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var member = await partnership.AsAsync(Role.Member);
        foreach (var item in SeededRounds.First.Members.All.Items.Where(i => i.Mean.IsNumber).Take(6))
        {
            var thread = await StartAsync(app, member, partnership, partnership.First, null, item.Item, null, null);
            var moments = (await member.GetAsync(ThreadsLinks.Thread(partnership.Id, thread))).Document.QuerySelectorAll(".line > li")
                .Select(TextOf).ToList();
            Assert.Contains($"{Say.Mean(item.Mean)} of 12", moments[0], StringComparison.Ordinal);
            var again = SeededRounds.Second.Members.All.Items.Single(i => i.Item == item.Item).Mean;
            var last = moments[^1];
            Assert.Contains($"{Say.Mean(again)} of 12", last, StringComparison.Ordinal);
            Assert.DoesNotMatch("because|thanks to|led to|due to", last.ToLowerInvariant());
            if (again.Change is { } change)
            {
                if (change is { Low: { } from, High: { } to })
                    Assert.Contains($"between {Say.Number(from)} and {Say.Number(to)}", last, StringComparison.Ordinal);
                Assert.Contains(change.Word switch
                {
                    null => "how sure that is cannot be said",
                    Colead.Analysis.Comparison.Certainty.NoClearDifference => "no clear change",
                    _ => $"{(change.Said > 0 ? "up" : "down")} {Say.Number(Math.Abs(change.Said))}",
                }, last, StringComparison.Ordinal);
            }
            else Assert.Contains("There is no change to show", last, StringComparison.Ordinal);
            // The statement's dimension as a whole stands beside it.
            var dimension = SeededRounds.Second.Instrument.Dimensions.First(d => d.Items.Contains(item.Item));
            var whole = SeededRounds.Second.Members.All.Dimensions.Single(d => d.Measure == dimension.Id);
            Assert.Contains($"as a whole: {Say.Mean(whole)}", last, StringComparison.Ordinal);
            if (whole.Change is { Low: { } low,
                High: { } high }) Assert.Contains($"the change likely lies between {Say.Number(low)} and {Say.Number(high)}", last,
                StringComparison.Ordinal);
        }
    }

    /// <summary>Every kind of finding that a publication has can be taken up, and each page says what later rounds published, or why they
    /// did not.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Thread_OfEveryKindOfFinding_FindsItAgain(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var member = await partnership.AsAsync(Role.Member);
        foreach (var finding in SeededRounds.First.Members.Findings.DistinctBy(f => f.Kind))
        {
            var thread = await StartAsync(app, member, partnership, partnership.First, finding.Kind.ToString(), finding.Measure,
                finding.First, finding.Second);
            var page = await member.GetAsync(ThreadsLinks.Thread(partnership.Id, thread));
            var found = page.Document.QuerySelectorAll(".line > li.a-finding").Select(TextOf).ToList();
            Assert.True(found.Count == 2, $"{finding.Kind}: {found.Count} findings");
            if (finding.Kind == FindingKind.Balance) Assert.Contains("nobody can say how sure", found[1], StringComparison.Ordinal);
            if (finding.Kind is not (FindingKind.LevelGap or FindingKind.SectorGap)) continue;
            var groups = finding.Kind == FindingKind.LevelGap ? SeededRounds.Second.Members.Levels : SeededRounds.Second.Members.Sectors;
            foreach (var change in groups.Where(g => (g.Level ?? g.Sector) == finding.First || (g.Level ?? g.Sector) == finding.Second)
                .Select(g => g.Dimensions.Single(d => d.Measure == finding.Measure).Change).OfType<PublishedChange>())
                Assert.Contains($"the change likely lies between {Say.Number(change.Low!.Value)} and {Say.Number(change.High!.Value)}",
                    found[1], StringComparison.Ordinal);
            var gap = (finding.Kind == FindingKind.LevelGap ? SeededRounds.Second.Members.LevelGaps
                : SeededRounds.Second.Members.SectorGaps)
                .Single(g => g.Measure == finding.Measure && (g.First == finding.First || g.Second == finding.First)
                    && (g.First == finding.Second || g.Second == finding.Second));
            Assert.Contains(gap.Word == Colead.Analysis.Comparison.Certainty.NoClearDifference ? "no clear difference"
                : $"the gap is {Say.Number(Math.Abs(gap.Points))} points", found[1], StringComparison.Ordinal);
        }
    }

    /// <summary>Each thread says what the next round published about it, or why there is nothing.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Thread_OfAProblem_ShowsItsDimension_OrWhyThereIsNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        GoldenThread Of(string? dimension, int year) => new()
        {
            PartnershipId = partnership.Id, Title = "No bus after five", About = "", Source = ThreadSource.Problem, Dimension = dimension,
                StartedBy = "x", StartedAt = new(year, 6, 1, 9, 0, 0, DateTimeKind.Utc), FormKey = FormKey.New(),
        };
        var (action, none, first) = (Of("action", 2025), Of(null, 2025), Of("action", 2024));
        await app.SaveAsync(db => db.Set<GoldenThread>().AddRange(action, none, first));
        using var viewer = await partnership.AsAsync(Role.Viewer);
        async Task<List<string>> FoundAsync(GoldenThread thread) =>
            [.. (await viewer.GetAsync(ThreadsLinks.Thread(partnership.Id, thread.Id))).Document.QuerySelectorAll(".line > li.a-finding")
            .Select(TextOf)];
        var change = SeededRounds.Second.Members.All.Dimensions.Single(d => d.Measure == "action").Change!;
        Assert.Contains(change is { Low: { } low, High: { } high } ? $"between {Say.Number(low)} and {Say.Number(high)}"
            : $"{(change.Points > 0 ? "up" : "down")} {Say.Number(Math.Abs(change.Points))}; how sure that is cannot be said",
            Assert.Single(await FoundAsync(action)), StringComparison.Ordinal);
        Assert.Contains("about no part of leading together in particular", Assert.Single(await FoundAsync(none)), StringComparison.Ordinal);
        var both = await FoundAsync(first);
        Assert.Equal(2, both.Count);
        Assert.Contains("no earlier round is published to compare with", both[0], StringComparison.Ordinal);
    }

    /// <summary>The next step leads to a door that is open to whoever reads.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Next_LeadsWhereTheReaderMayGo_AndNamesOwnersWhoAreStillToAgree(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (thread, _) = await Colead.Tests.Threads.ThreadsTests.StartedAsync(app, partnership, Role.Member);
        var now = app.Clock.GetUtcNow().UtcDateTime;
        await app.SaveAsync(db => db.Set<Proposal>()
            .Add(new Proposal { PartnershipId = partnership.Id, ThreadId = thread, Title = "Ask the bus company", Text = "",
            ProposedBy = "x", ProposedAt = now, FormKey = FormKey.New(), Method = DecisionMethod.Consent, State = ProposalState.Decided,
            ClosedAt = now }));
        async Task<(string Sentence, string? Href)> NextAsync(Role role)
        {
            using var visitor = await partnership.AsAsync(role);
            var card = (await visitor.GetAsync(ThreadsLinks.Thread(partnership.Id, thread))).Document.QuerySelector(".stack .card")!;
            var href = card.QuerySelector("a.govuk-button")?.GetAttribute("href");
            if (href is not null) Assert.Equal((role, href, 200), (role, href, (await visitor.GetAsync(href)).Status));
            return (TextOf(card), href);
        }
        foreach (var role in Enum.GetValues<Role>()) Assert.Contains("Say what should be different", (await NextAsync(role)).Sentence,
            StringComparison.Ordinal);
        var (outcome, _) = await Colead.Tests.Outcomes.OutcomesTests.OutcomeAsync(app, partnership, thread: thread);
        foreach (var role in Enum.GetValues<Role>())
            Assert.Contains($"{partnership.Organisations[0].Name} has still to agree to “Front-line staff know our aims”",
                (await NextAsync(role)).Sentence, StringComparison.Ordinal);
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(302, (await lead.PostAsync(OutcomesLinks.Outcome(partnership.Id, outcome), [], "agree")).Status);
        foreach (var role in Enum.GetValues<Role>()) Assert.Contains("needs somebody to do something", (await NextAsync(role)).Sentence,
            StringComparison.Ordinal);
    }

    /// <summary>A thread that went on for years is still read in two minutes: what waits comes first, and the rest is counted.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Thread_OfManyActions_NamesThoseThatWait_AndCountsTheRest(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (thread, _) = await Colead.Tests.Threads.ThreadsTests.StartedAsync(app, partnership, Role.Member);
        var now = app.Clock.GetUtcNow().UtcDateTime;
        PlannedAction Action(int n)
        {
            var action = new PlannedAction { PartnershipId = partnership.Id, ThreadId = thread, Title = $"Step {n:00}",
                OrganisationId = partnership.Organisations[0].Id, DueOn = DateOnly.FromDateTime(now).AddDays(n - 50), CreatedBy = "x",
                CreatedAt = now.AddDays(-100), FormKey = FormKey.New() };
            if (n < 39) action.Add(new ActionNote { Kind = ActionNoteKind.Done, Text = "Done.", Who = "x", At = now,
                FormKey = FormKey.New() });
            return action;
        }
        await app.SaveAsync(db => db.Set<PlannedAction>().AddRange(Enumerable.Range(0, 40).Select(Action)));
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var lines = (await viewer.GetAsync(ThreadsLinks.Thread(partnership.Id, thread))).Document.QuerySelectorAll(".a-action li")
            .Select(TextOf).ToList();
        Assert.Equal(10, lines.Count);
        Assert.Contains(lines, line => line.StartsWith("Step 39", StringComparison.Ordinal));
        Assert.Equal("And 31 other actions.", lines[^1]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Shared_ShowsTheOpenTierAlone_AndNoNames_UntilRevoked(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        // An organisation's gap is for members alone.
        var finding = SeededRounds.Second.Members.Findings.First(f => f.Kind == FindingKind.OrganisationGap);
        var thread = await StartAsync(app, coordinator, partnership, partnership.Second, finding.Kind.ToString(), finding.Measure,
            finding.First, finding.Second);
        await coordinator.PostAsync(ThreadsLinks.Talk(partnership.Id, thread), new() { ["Text"] = "Heron watch at dawn." });
        var members = await coordinator.GetAsync(ThreadsLinks.Thread(partnership.Id, thread));
        Assert.Contains(Say.Number(Math.Abs(finding.Points)), members.Text, StringComparison.Ordinal);

        var share = await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread));
        Assert.Equal("", share.ValueOf("Title")); // the thread's own title may say what only members read
        Assert.NotNull((await coordinator.SubmitAsync(share, new() { ["Title"] = "Seeing it alike" })).ErrorOf("For"));
        var made = await coordinator.SubmitAsync(share, new() { ["Title"] = "Seeing it alike", ["For"] = "Trustees" });
        var link = new Uri(made.ValueOf("link")!).PathAndQuery;
        Assert.DoesNotContain(link.Split('/')[^1], (await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread))).Body,
            StringComparison.Ordinal);

        using var nobody = app.Visitor();
        var outside = await nobody.GetAsync(link);
        Assert.Equal((200, "Seeing it alike"), (outside.Status, outside.Heading));
        Assert.Equal("noindex, nofollow", outside.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Contains("for the partnership alone", outside.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { "Heron", partnership.House.Account(Role.Coordinator).Name, Say.Number(Math.Abs(finding.Points))
            + " points", $"/partnerships/{partnership.Id.ToString(CultureInfo.InvariantCulture)}" })
            Assert.DoesNotContain(secret, outside.Body, StringComparison.Ordinal);

        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread)), [],
            "revoke")).Status);
        var gone = await nobody.GetAsync(link);
        Assert.Equal((404, "We do not know this link"), (gone.Status, gone.Heading));
        Assert.DoesNotContain("Seeing it alike", gone.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await nobody.GetAsync(ThreadsLinks.Shared("nonsense"))).Status);
        var acts = await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership.Id).Select(e => e.Act).ToListAsync());
        Assert.Contains("shared a thread by link", acts);
        Assert.Contains("revoked a thread's link", acts);
    }

    /// <summary>A form sent twice makes one link, and shows it both times.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Share_SentTwice_MakesOneLink(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (thread, _) = await Colead.Tests.Threads.ThreadsTests.StartedAsync(app, partnership, Role.Member);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var form = await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread));
        var links = (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => coordinator.SubmitAsync(form, new() { ["For"] = "Trustees" }))))
            .Select(page => page.ValueOf("link")!).ToList();
        Assert.Single(links.Distinct());
        Assert.Equal(1, await app.DbAsync(db => db.Set<ThreadLink>().CountAsync(l => l.ThreadId == thread)));
        var another = await coordinator.SubmitAsync(await coordinator.SubmitAsync(form, new() { ["For"] = "Trustees" }),
            new() { ["For"] = "The board" });
        Assert.NotEqual(links[0], another.ValueOf("link"));
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread)), [],
            "revoke")).Status);
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread)), [],
            "revoke")).Status);
        // a revoked link does not open again
        Assert.Equal(400, (await coordinator.SubmitAsync(form, new() { ["For"] = "Trustees" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Shared_OfAFindingOpenToAll_ShowsIt(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var item = SeededRounds.First.Open.All.Items.First(i => i.Mean.IsNumber);
        var thread = await StartAsync(app, coordinator, partnership, partnership.First, null, item.Item, null, null);
        var made = await coordinator.PostAsync(ThreadsLinks.Share(partnership.Id, thread), new() { ["For"] = "Everyone" });
        using var nobody = app.Visitor();
        Assert.Contains($"{Say.Mean(item.Mean)} of 12", (await nobody.GetAsync(new Uri(made.ValueOf("link")!).PathAndQuery)).Text,
            StringComparison.Ordinal);
    }

    private static async Task<long> StartAsync(TestApp app, Visitor visitor, FindingsPartnership partnership, long round, string? kind,
        string measure, string? first, string? second)
    {
        var started = await visitor.PostAsync(ThreadsLinks.New(partnership.Id, round, kind, measure, first, second),
            new() { ["Title"] = $"About {kind} {measure}" });
        Assert.Equal(302, started.Status);
        return await app.DbAsync(db => db.Set<GoldenThread>().Where(t => t.PartnershipId == partnership.Id).MaxAsync(t => t.Id));
    }

    private static string TextOf(AngleSharp.Dom.IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
