using System.Globalization;
using Colead.Analysis.Publishing;
using Colead.Parts.Findings;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Threads;

/// <summary>Starting threads, talking in them, and who may.</summary>
public class ThreadsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_AreForThosePermitted_AndMissingForAnyoneElse(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (thread, note) = await StartedAsync(app, partnership, Role.Member);
        (string Address, Role Least)[] screens =
        [
            (ThreadsLinks.All(partnership.Id), Role.Viewer),
            (ThreadsLinks.Thread(partnership.Id, thread), Role.Viewer),
            (ThreadsLinks.Talk(partnership.Id, thread), Role.Viewer),
            (ThreadsLinks.New(partnership.Id), Role.Member),
            (ThreadsLinks.Share(partnership.Id, thread), Role.Coordinator),
        ];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var (address, least) in screens) Assert.Equal((role, address, role >= least ? 200 : 404),
                (role, address, (await visitor.GetAsync(address)).Status));
            // Who started it, and coordinators, name it anew; nobody but its writer changes a note.
            Assert.Equal((role, role is Role.Member or Role.Coordinator ? 200 : 404),
                (role, (await visitor.GetAsync(ThreadsLinks.Edit(partnership.Id, thread))).Status));
            Assert.Equal((role, role == Role.Member ? 200 : 404),
                (role, (await visitor.GetAsync(ThreadsLinks.EditNote(partnership.Id, thread, note))).Status));
        }
        var other = await app.PartnershipAsync();
        using var stranger = await other.AsAsync(Role.Coordinator);
        using var nobody = app.Visitor();
        foreach (var address in screens.Select(s => s.Address).Append(ThreadsLinks.Edit(partnership.Id, thread))
            .Append(ThreadsLinks.EditNote(partnership.Id, thread, note)))
        {
            Assert.Equal((address, 404), (address, (await stranger.GetAsync(address)).Status));
            Assert.Contains("/sign-in", (await nobody.GetAsync(address)).Location, StringComparison.Ordinal);
        }
        // Under one's own partnership's address another's thread is missing too.
        foreach (var address in new[] { ThreadsLinks.Thread(other.Id, thread), ThreadsLinks.Talk(other.Id, thread),
            ThreadsLinks.Edit(other.Id, thread), ThreadsLinks.Share(other.Id, thread), ThreadsLinks.EditNote(other.Id, thread, note) })
            Assert.Equal((address, 404), (address, (await stranger.GetAsync(address)).Status));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Viewer_WhoForgesAForm_WritesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (thread, note) = await StartedAsync(app, partnership, Role.Member);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var form = "/account/password";
        Assert.Equal(404, (await viewer.ForgeAsync(form, ThreadsLinks.Talk(partnership.Id, thread), new() { ["Text"] = "I was here" }))
            .Status);
        Assert.Equal(404, (await viewer.ForgeAsync(form, ThreadsLinks.Talk(partnership.Id, thread) + "?handler=takeBack",
            new() { ["note"] = note.ToString(CultureInfo.InvariantCulture) })).Status);
        Assert.Equal(404, (await viewer.ForgeAsync(form, ThreadsLinks.New(partnership.Id), new() { ["Title"] = "Mine" })).Status);
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(404, (await lead.ForgeAsync(form, ThreadsLinks.Talk(partnership.Id, thread) + "?handler=takeBack",
            new() { ["note"] = note.ToString(CultureInfo.InvariantCulture) })).Status);
        Assert.Equal(1, await app.DbAsync(db => db.Set<ThreadNote>().CountAsync(n => n.ThreadId == thread && n.Text != "")));
        Assert.Equal(1, await app.DbAsync(db => db.Set<GoldenThread>().CountAsync(t => t.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Start_FromAFinding_KeepsItsIds_AndTheFindingSaysWhereItWasTakenUp(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var member = await partnership.AsAsync(Role.Member);
        var home = await member.GetAsync(FindingsLinks.Home(partnership.Id, partnership.Second));
        var start = home.Document.QuerySelector(".taken-up a")!.GetAttribute("href")!;
        var form = await member.GetAsync(start);
        Assert.Contains(home.Heading.TrimEnd('.'), form.Document.QuerySelector(".begins")!.TextContent, StringComparison.Ordinal);
        var started = await member.SubmitAsync(form, new() { ["Title"] = "Boards see what the front line does not" });
        Assert.Equal(302, started.Status);
        var thread = await app.DbAsync(db => db.Set<GoldenThread>().SingleAsync(t => t.PartnershipId == partnership.Id));
        var finding = SeededRounds.Second.Members.Findings[0];
        Assert.Equal((ThreadSource.Finding, partnership.Second, finding.Kind.ToString(), finding.Measure, finding.First, finding.Second),
            (thread.Source, thread.RoundId, thread.FindingKind, thread.Measure, thread.First, thread.Second));
        Assert.Contains("Boards see what the front line does not",
            (await member.GetAsync(FindingsLinks.Home(partnership.Id, partnership.Second)))
            .Document.QuerySelector(".taken-up")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(home.Heading.TrimEnd('.'), (await member.GetAsync(ThreadsLinks.Thread(partnership.Id, thread.Id))).Text,
            StringComparison.Ordinal);
        Assert.True(await app.DbAsync(db => db.AuditEntries.AnyAsync(e => e.PartnershipId == partnership.Id
            && e.Act == "started a thread")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Start_FromWhatWasNotPublished_IsMissing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        var closed = await app.RoundAsync(partnership.Partnership, "Not yet", new DateTime(2026, 11, 2, 16, 0, 0, DateTimeKind.Utc),
            SeededRounds.Second, RoundState.Closed);
        var other = await app.FindingsAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var finding = SeededRounds.Second.Members.Findings[0];
        foreach (var (round, kind, measure) in new[] { (closed, finding.Kind.ToString(), finding.Measure),
            (other.Second, finding.Kind.ToString(), finding.Measure), (partnership.Second, "Nonsense", "vision"),
            (partnership.Second, (string?)null, "nonsense"), (partnership.Second, nameof(FindingKind.LevelGap), "nonsense") })
            Assert.Equal((round, kind, 404),
                (round, kind, (await coordinator.GetAsync(ThreadsLinks.New(partnership.Id, round, kind, measure, finding.First,
                finding.Second))).Status));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Start_SentTwice_StartsOne_AndEmptyTitlesAreSaidSo(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var member = await partnership.AsAsync(Role.Member);
        var form = await member.GetAsync(ThreadsLinks.New(partnership.Id));
        var empty = await member.SubmitAsync(form, new() { ["Title"] = "  ", ["About"] = "Rides end at five." });
        Assert.Equal((400, "Rides end at five."), (empty.Status, empty.ValueOf("About")));
        Assert.NotNull(empty.ErrorOf("Title"));
        Dictionary<string, string> fields = new() { ["Title"] = "No bus after five", ["Dimension"] = "action" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => member.SubmitAsync(form, new(fields))));
        Assert.Single(answers.Select(a => (a.Status, a.Location)).Distinct());
        var thread = await app.DbAsync(db => db.Set<GoldenThread>().SingleAsync(t => t.PartnershipId == partnership.Id));
        Assert.Equal(("No bus after five", "action", ThreadSource.Problem), (thread.Title, thread.Dimension, thread.Source));
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(e => e.PartnershipId == partnership.Id
            && e.Act == "started a thread")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Talk_IsShownWithItsWriter_SentTwiceOnce_ChangedAndTakenBackOpenly(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (thread, _) = await StartedAsync(app, partnership, Role.Member);
        using var lead = await partnership.AsAsync(Role.Lead);
        var talk = ThreadsLinks.Talk(partnership.Id, thread);
        var form = await lead.GetAsync(talk);
        Assert.Equal(400, (await lead.SubmitAsync(form, new() { ["Text"] = " \n " })).Status);
        Dictionary<string, string> said = new() { ["Text"] = "<b>We</b> see it too.\nOn Fridays." };
        await Task.WhenAll(lead.SubmitAsync(form, new(said)), lead.SubmitAsync(form, new(said)));
        var page = await lead.GetAsync(talk);
        var notes = page.Document.QuerySelectorAll(".talk > li");
        Assert.Equal(2, notes.Length);
        Assert.Contains(partnership.Organisations[0].Name, notes[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>We</b> see it too.", notes[1].QuerySelector(".as-typed")!.TextContent, StringComparison.Ordinal);

        var own = await app.DbAsync(db => db.Set<ThreadNote>().Where(n => n.ThreadId == thread).OrderBy(n => n.Id).Select(n => n.Id)
            .LastAsync());
        var edit = ThreadsLinks.EditNote(partnership.Id, thread, own);
        var (first, second) = (await lead.GetAsync(edit), await lead.GetAsync(edit));
        Assert.Equal(302, (await lead.SubmitAsync(first, new() { ["Text"] = "We see it on Fridays." })).Status);
        var clash = await lead.SubmitAsync(second, new() { ["Text"] = "We see it on Mondays." });
        Assert.Equal((409, "We see it on Mondays."), (clash.Status, clash.ValueOf("Text")));
        Assert.Contains("We see it on Fridays.", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.SubmitAsync(clash, [])).Status); // having seen both, they choose theirs
        Assert.Contains("We see it on Mondays.", (await lead.GetAsync(talk)).Text, StringComparison.Ordinal);
        Assert.Contains("changed since", (await lead.GetAsync(talk)).Text, StringComparison.Ordinal);

        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var field = own.ToString(CultureInfo.InvariantCulture);
        var takeBack = await coordinator.GetAsync(talk);
        // pressed twice
        for (var times = 0; times < 2; times++) Assert.Equal(302,
            (await coordinator.SubmitAsync(takeBack, new() { ["Note"] = field }, "takeBack")).Status);
        var after = await lead.GetAsync(talk);
        Assert.DoesNotContain("Mondays", after.Text, StringComparison.Ordinal);
        Assert.Contains("Taken back.", after.Text, StringComparison.Ordinal);
        Assert.Equal("", await app.DbAsync(db => db.Set<ThreadNote>().Where(n => n.Id == own).Select(n => n.Text).SingleAsync()));
        Assert.Equal(404, (await lead.GetAsync(edit)).Status);
        var acts = await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership.Id).Select(e => e.Act).ToListAsync());
        Assert.Equal(2, acts.Count(a => a == "wrote in a thread"));
        Assert.Single(acts, "took out what someone wrote");
        Assert.Contains("changed what they wrote", acts);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Edit_ByTwo_ShowsTheSecondBoth_AndPuttingAwayEndsTheTalk(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (thread, _) = await StartedAsync(app, partnership, Role.Member);
        using var member = await partnership.AsAsync(Role.Member);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var edit = ThreadsLinks.Edit(partnership.Id, thread);
        var (one, two) = (await member.GetAsync(edit), await coordinator.GetAsync(edit));
        Assert.Equal(302, (await member.SubmitAsync(one, new() { ["Title"] = "No bus after six" })).Status);
        var clash = await coordinator.SubmitAsync(two, new() { ["Title"] = "No bus at night" });
        Assert.Equal((409, "No bus at night"), (clash.Status, clash.ValueOf("Title")));
        Assert.Contains("No bus after six", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        var (three, four) = (await member.GetAsync(edit), await coordinator.GetAsync(edit));
        Assert.Equal(302, (await member.SubmitAsync(three, new() { ["Dimension"] = "action" })).Status);
        var parts = await coordinator.SubmitAsync(four, new() { ["Dimension"] = "vision" });
        Assert.Equal(409, parts.Status);
        Assert.Single(parts.Document.QuerySelectorAll(".clash tbody tr"));
        Assert.Equal("No bus after six", await app.DbAsync(db => db.Set<GoldenThread>().Where(t => t.Id == thread).Select(t => t.Title)
            .SingleAsync()));
        var talk = await member.GetAsync(ThreadsLinks.Talk(partnership.Id, thread));
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(edit), [], "end")).Status);
        var late = await member.SubmitAsync(talk, new() { ["Text"] = "Too late?" });
        Assert.Equal("Too late?", late.ValueOf("Text")); // to copy
        Assert.Equal((400, 1), (late.Status, await app.DbAsync(db => db.Set<ThreadNote>().CountAsync(n => n.ThreadId == thread))));
        Assert.Contains("Put away", (await member.GetAsync(ThreadsLinks.All(partnership.Id))).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(edit), [], "end")).Status);
        Assert.Null(await app.DbAsync(db => db.Set<GoldenThread>().Where(t => t.Id == thread).Select(t => t.EndedAt).SingleAsync()));
    }

    /// <summary>A thread with one note in it.</summary>
    internal static async Task<(long Thread, long Note)> StartedAsync(TestApp app, TestPartnership partnership, Role by)
    {
        using var visitor = await partnership.AsAsync(by);
        var started = await visitor.PostAsync(ThreadsLinks.New(partnership.Id),
            new() { ["Title"] = "No bus after five", ["About"] = "Carers walk home." });
        Assert.Equal(302, started.Status);
        Assert.Equal(302, (await visitor.PostAsync(started.Location!, new() { ["Text"] = "Three of our volunteers stopped coming." }))
            .Status);
        var thread = await app.DbAsync(db => db.Set<GoldenThread>().Include(t => t.Notes)
            .SingleAsync(t => t.PartnershipId == partnership.Id));
        return (thread.Id, thread.Notes[0].Id);
    }
}
