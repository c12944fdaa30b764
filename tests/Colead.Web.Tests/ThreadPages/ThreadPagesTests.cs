using System.Globalization;
using Colead.Analysis.Publishing;
using Colead.Data.Partnerships;
using Colead.Web.Features.Findings;
using Colead.Web.Features.Threads;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Tests.ThreadPages;

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
            var moments = (await member.GetAsync(ThreadsLinks.Thread(partnership.Id, thread))).Document.QuerySelectorAll(".line > li").Select(TextOf).ToList();
            Assert.Contains($"{Say.Mean(item.Mean)} of 12", moments[0], StringComparison.Ordinal);
            var again = SeededRounds.Second.Members.All.Items.Single(i => i.Item == item.Item).Mean;
            var last = moments[^1];
            Assert.Contains($"{Say.Mean(again)} of 12", last, StringComparison.Ordinal);
            Assert.DoesNotMatch("because|thanks to|led to|due to", last.ToLowerInvariant());
            if (again.Change is { } change)
            {
                Assert.Contains($"between {Say.Number(change.Low!.Value)} and {Say.Number(change.High!.Value)}", last, StringComparison.Ordinal);
                Assert.Contains(change.Word == Colead.Analysis.Comparison.Certainty.NoClearDifference ? "no clear change" : $"{(change.Points > 0 ? "up" : "down")} {Say.Number(Math.Abs(change.Points))}", last, StringComparison.Ordinal);
            }
            else Assert.Contains("There is no change to show", last, StringComparison.Ordinal);
        }
    }

    /// <summary>Every kind of finding that a publication has can be taken up, and each page says what later rounds published, or why they did not.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Thread_OfEveryKindOfFinding_FindsItAgain(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var member = await partnership.AsAsync(Role.Member);
        foreach (var finding in SeededRounds.First.Members.Findings.DistinctBy(f => f.Kind))
        {
            var thread = await StartAsync(app, member, partnership, partnership.First, finding.Kind.ToString(), finding.Measure, finding.First, finding.Second);
            var page = await member.GetAsync(ThreadsLinks.Thread(partnership.Id, thread));
            var found = page.Document.QuerySelectorAll(".line > li.a-finding").Select(TextOf).ToList();
            Assert.True(found.Count == 2, $"{finding.Kind}: {found.Count} findings");
            if (finding.Kind is not (FindingKind.LevelGap or FindingKind.SectorGap)) continue;
            var gap = (finding.Kind == FindingKind.LevelGap ? SeededRounds.Second.Members.LevelGaps : SeededRounds.Second.Members.SectorGaps)
                .Single(g => g.Measure == finding.Measure && (g.First == finding.First || g.Second == finding.First) && (g.First == finding.Second || g.Second == finding.Second));
            Assert.Contains(gap.Word == Colead.Analysis.Comparison.Certainty.NoClearDifference ? "no clear difference" : $"the gap is {Say.Number(Math.Abs(gap.Points))} points", found[1], StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Shared_ShowsTheOpenTierAlone_AndNoNames_UntilRevoked(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        // An organisation's gap is for members alone.
        var finding = SeededRounds.Second.Members.Findings.First(f => f.Kind == FindingKind.OrganisationGap);
        var thread = await StartAsync(app, coordinator, partnership, partnership.Second, finding.Kind.ToString(), finding.Measure, finding.First, finding.Second);
        await coordinator.PostAsync(ThreadsLinks.Talk(partnership.Id, thread), new() { ["Text"] = "Heron watch at dawn." });
        var members = await coordinator.GetAsync(ThreadsLinks.Thread(partnership.Id, thread));
        Assert.Contains(Say.Number(Math.Abs(finding.Points)), members.Text, StringComparison.Ordinal);

        var share = await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread));
        Assert.Equal("", share.ValueOf("Title")); // the thread's own title may say what only members read
        Assert.NotNull((await coordinator.SubmitAsync(share, new() { ["Title"] = "Seeing it alike" })).ErrorOf("For"));
        var made = await coordinator.SubmitAsync(share, new() { ["Title"] = "Seeing it alike", ["For"] = "Trustees" });
        var link = new Uri(made.ValueOf("link")!).PathAndQuery;
        Assert.DoesNotContain(link.Split('/')[^1], (await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread))).Body, StringComparison.Ordinal);

        using var nobody = app.Visitor();
        var outside = await nobody.GetAsync(link);
        Assert.Equal((200, "Seeing it alike"), (outside.Status, outside.Heading));
        Assert.Equal("noindex, nofollow", outside.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Contains("for the partnership alone", outside.Text, StringComparison.Ordinal);
        foreach (var secret in new[] { "Heron", partnership.House.Account(Role.Coordinator).Name, Say.Number(Math.Abs(finding.Points)) + " points", $"/partnerships/{partnership.Id.ToString(CultureInfo.InvariantCulture)}" })
            Assert.DoesNotContain(secret, outside.Body, StringComparison.Ordinal);

        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, thread)), [], "revoke")).Status);
        var gone = await nobody.GetAsync(link);
        Assert.Equal((404, "We do not know this link"), (gone.Status, gone.Heading));
        Assert.DoesNotContain("Seeing it alike", gone.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await nobody.GetAsync(ThreadsLinks.Shared("nonsense"))).Status);
        var acts = await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership.Id).Select(e => e.Act).ToListAsync());
        Assert.Contains("shared a thread by link", acts);
        Assert.Contains("revoked a thread's link", acts);
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
        Assert.Contains($"{Say.Mean(item.Mean)} of 12", (await nobody.GetAsync(new Uri(made.ValueOf("link")!).PathAndQuery)).Text, StringComparison.Ordinal);
    }

    private static async Task<long> StartAsync(TestApp app, Visitor visitor, FindingsPartnership partnership, long round, string? kind, string measure, string? first, string? second)
    {
        var started = await visitor.PostAsync(ThreadsLinks.New(partnership.Id, round, kind, measure, first, second), new() { ["Title"] = $"About {kind} {measure}" });
        Assert.Equal(302, started.Status);
        return await app.DbAsync(db => db.Threads.Where(t => t.PartnershipId == partnership.Id).MaxAsync(t => t.Id));
    }

    private static string TextOf(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
