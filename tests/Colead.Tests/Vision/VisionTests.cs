using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Parts.Vision;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Vision;

public class VisionTests(House house)
{
    private const string Secret = "Merge with the harbour trust";

    [Theory, ClassData(typeof(Engines))]
    public async Task OwnAim_TakenUp_StartsOneThread_UnlessItIsKeptToItself(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var lead = await partnership.AsAsync(Role.Lead);
        using var member = await partnership.AsAsync(Role.Member);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var hidden = (await lead.PostAsync(VisionLinks.WriteOwnAim(partnership.Id),
            new() { ["Name"] = Secret, ["Text"] = "", ["Visibility"] = "Itself" })).Location!;
        Assert.Null((await lead.GetAsync(hidden)).Document.QuerySelector("form[action*=takeUp]"));
        Assert.Equal(404, (await lead.ForgeAsync("/account/password", hidden + "?handler=takeUp", [])).Status);
        var open = (await lead.PostAsync(VisionLinks.WriteOwnAim(partnership.Id),
            new() { ["Name"] = "Fewer cars", ["Text"] = "By half.", ["Visibility"] = "Partnership" })).Location!;
        Assert.Equal(404, (await viewer.ForgeAsync("/account/password", open + "?handler=takeUp", [])).Status);
        var page = await member.GetAsync(open);
        var (one, two) = (await member.SubmitAsync(page, [], "takeUp"), await member.SubmitAsync(page, [], "takeUp"));
        Assert.Equal((302, 302), (one.Status, two.Status));
        var thread = await app.DbAsync(db => db.Set<GoldenThread>().SingleAsync(t => t.PartnershipId == partnership.Id));
        Assert.Equal(("Fewer cars", Colead.Parts.Threads.ThreadSource.Aim), (thread.Title, thread.Source));
        Assert.Contains("The thread about it", (await viewer.GetAsync(open)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SharedAim_ProposedAmendedAndAccepted_KeepsItsVersions(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var member = await partnership.AsAsync(Role.Member);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Dictionary<string, string> typed = new() { ["Name"] = " Nobody  eats alone ",
            ["Text"] = "Everyone in Estuary has somebody to eat with.", ["Why"] = "" };
        var form = await member.GetAsync(VisionLinks.NewAim(partnership.Id));
        var proposed = await member.SubmitAsync(form, typed);
        Assert.Equal(302, proposed.Status);
        Assert.Equal(proposed.Location, (await member.SubmitAsync(form, typed)).Location); // a second press is the same proposal
        var aim = await app.DbAsync(db => db.Set<SharedAim>().Include(a => a.Wordings).SingleAsync(a => a.PartnershipId == partnership.Id));
        Assert.Equal("Nobody eats alone", aim.Name);
        Assert.False(aim.IsCurrent);
        Assert.Contains("Proposed, not agreed yet", (await viewer.GetAsync(VisionLinks.Picture(partnership.Id))).Text,
            StringComparison.Ordinal);

        var first = VisionLinks.Wording(partnership.Id, aim.Id, aim.Wordings[0].Id);
        var decide = await coordinator.GetAsync(first);
        Assert.Equal(302, (await coordinator.SubmitAsync(decide, [], "accept")).Status);
        Assert.Equal(302, (await coordinator.SubmitAsync(decide, [], "accept")).Status); // pressed twice
        Assert.Equal(1, (await app.DbAsync(db => db.Set<SharedAim>().SingleAsync(a => a.Id == aim.Id))).Number);

        var better = await member.PostAsync(VisionLinks.Propose(partnership.Id, aim.Id),
            new() { ["Text"] = "Everyone over sixty in Estuary has somebody to eat with.", ["Why"] = "We cannot do it for all." });
        Assert.Equal(302, better.Status);
        var page = await viewer.GetAsync(VisionLinks.Aim(partnership.Id, aim.Id));
        Assert.Contains("over sixty", page.Document.QuerySelector(".difference ins")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll(".difference del"));
        Assert.Contains("We cannot do it for all.", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(better.Location!), [], "accept")).Status);
        page = await viewer.GetAsync(VisionLinks.Aim(partnership.Id, aim.Id));
        Assert.Contains("shared aim, version 2", page.Text, StringComparison.Ordinal);
        // what was can be read
        Assert.Contains("Everyone in Estuary has somebody", (await viewer.GetAsync(first)).Text, StringComparison.Ordinal);
        var trail = (await coordinator.GetAsync(PartnershipsLinks.Trail(partnership.Id))).Text;
        Assert.All(new[] { "proposed a shared aim", "proposed a wording", "accepted a wording" },
            act => Assert.Contains(act, trail, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Wording_Declined_NeedsAReasonThatAllRead(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var aim = await AimAsync(app, partnership, "Safe to get about");
        using var member = await partnership.AsAsync(Role.Member);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = (await member.PostAsync(VisionLinks.Propose(partnership.Id, aim), new() { ["Name"] = "Safe at night" })).Location!;
        var without = await coordinator.SubmitAsync(await coordinator.GetAsync(path), [], "decline");
        Assert.Equal(400, without.Status);
        Assert.NotNull(without.ErrorOf("Reason"));
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(path), new() { ["Reason"] = "By day matters too." },
            "decline")).Status);
        Assert.Contains("By day matters too.", (await member.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal("Safe to get about", (await app.DbAsync(db => db.Set<SharedAim>().SingleAsync(a => a.Id == aim))).Name);
        Assert.Equal(409, (await coordinator.ForgeAsync(VisionLinks.Picture(partnership.Id), path + "?handler=accept",
            new() { ["Seen"] = "1" })).Status);
        Assert.Contains("declined a wording", (await coordinator.GetAsync(PartnershipsLinks.Trail(partnership.Id))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Wording_InForceChangedMeanwhile_IsShownBeforeAnythingIsDone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var aim = await AimAsync(app, partnership, "Safe to get about");
        using var member = await partnership.AsAsync(Role.Member);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var one = (await member.PostAsync(VisionLinks.Propose(partnership.Id, aim), new() { ["Name"] = "Safe at night" })).Location!;
        var two = (await member.PostAsync(VisionLinks.Propose(partnership.Id, aim), new() { ["Name"] = "Safe by day" })).Location!;
        var typing = await member.GetAsync(VisionLinks.Propose(partnership.Id, aim));
        var reading = await coordinator.GetAsync(two);
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(one), [], "accept")).Status);

        var clash = await coordinator.SubmitAsync(reading, [], "accept");
        Assert.Equal(409, clash.Status);
        Assert.Contains("night", clash.Document.QuerySelector(".difference del")!.TextContent, StringComparison.Ordinal);
        var late = await member.SubmitAsync(typing, new() { ["Name"] = "Safe for all" });
        Assert.Equal(409, late.Status);
        Assert.Equal("Safe for all", late.ValueOf("Name"));
        Assert.Contains("night", late.Document.QuerySelector(".difference del")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(302, (await member.SubmitAsync(late, [])).Status); // having seen it, they may
        Assert.Equal(302, (await coordinator.SubmitAsync(clash, [], "accept")).Status);
        Assert.Equal("Safe by day", (await app.DbAsync(db => db.Set<SharedAim>().SingleAsync(a => a.Id == aim))).Name);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Wordings_AcceptedByTwoAtOnce_OneWins(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var aim = await AimAsync(app, partnership, "Safe to get about");
        using var member = await partnership.AsAsync(Role.Member);
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var first = await one.GetAsync((await member.PostAsync(VisionLinks.Propose(partnership.Id, aim),
            new() { ["Name"] = "Safe at night" })).Location!);
        var second = await two.GetAsync((await member.PostAsync(VisionLinks.Propose(partnership.Id, aim),
            new() { ["Name"] = "Safe by day" })).Location!);
        var answers = await Task.WhenAll(one.SubmitAsync(first, [], "accept"), two.SubmitAsync(second, [], "accept"));
        Assert.Equal([302, 409], answers.Select(a => a.Status).Order());
        var after = await app.DbAsync(db => db.Set<SharedAim>().Include(a => a.Wordings).SingleAsync(a => a.Id == aim));
        Assert.Equal(2, after.Number);
        Assert.Equal(1, after.Wordings.Count(w => w.State == WordingState.Proposed));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SharedAim_BadInputOrStranger_ChangesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var aim = await AimAsync(app, partnership, "Safe to get about");
        using var member = await partnership.AsAsync(Role.Member);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var lead = await partnership.AsAsync(Role.Lead);
        var bad = await member.PostAsync(VisionLinks.NewAim(partnership.Id), new() { ["Name"] = new string('x', 91), ["Text"] = "\u200B" });
        Assert.Equal(400, bad.Status);
        Assert.NotNull(bad.ErrorOf("Name"));
        Assert.NotNull(bad.ErrorOf("Text"));
        Assert.Equal(new string('x', 91), bad.ValueOf("Name"));
        Assert.Equal(400, (await member.PostAsync(VisionLinks.Propose(partnership.Id, aim), [])).Status); // nothing changed in it
        var wording = VisionLinks.Wording(partnership.Id, aim,
            (await app.DbAsync(db => db.Set<AimWording>().SingleAsync(w => w.SharedAimId == aim))).Id);
        foreach (var handler in new[] { "accept", "decline", "takeBack" })
            Assert.Equal(404, (await lead.ForgeAsync("/account", $"{wording}?handler={handler}", new() { ["Reason"] = "x" })).Status);
        Assert.Equal(404, (await lead.ForgeAsync("/account", VisionLinks.Aim(partnership.Id, aim) + "?handler=end",
            new() { ["Why"] = "x", ["Seen"] = "1" })).Status);
        Assert.Equal(404, (await viewer.ForgeAsync("/account", VisionLinks.NewAim(partnership.Id),
            new() { ["Name"] = "x", ["Text"] = "x" })).Status);
        Assert.Equal(1, await app.DbAsync(db => db.Set<SharedAim>().CountAsync(a => a.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SharedAim_PutAway_LeavesThePictureAndStaysReadable(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var aim = await AimAsync(app, partnership, "Safe to get about");
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.NotNull((await coordinator.PostAsync(VisionLinks.Aim(partnership.Id, aim), [], "end")).ErrorOf("Why"));
        Assert.Equal(302, (await coordinator.PostAsync(VisionLinks.Aim(partnership.Id, aim),
            new() { ["Why"] = "The council does it now." }, "end")).Status);
        var picture = await coordinator.GetAsync(VisionLinks.Picture(partnership.Id));
        Assert.Empty(picture.Document.QuerySelectorAll(".fits"));
        Assert.Contains("The council does it now.", (await coordinator.GetAsync(VisionLinks.Aim(partnership.Id, aim))).Text,
            StringComparison.Ordinal);
        Assert.Equal(404, (await coordinator.GetAsync(VisionLinks.Propose(partnership.Id, aim))).Status);
    }

    /// <summary>An aim that an organisation keeps to itself is for its own people; nobody else, whoever runs the partnership, reads it or
    /// finds it counted.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task OwnAim_KeptToItself_IsNowhereForAnyoneElse(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var shared = await AimAsync(app, partnership, "Safe to get about");
        var organisation = partnership.Organisations[0].Id;
        using var lead = await partnership.AsAsync(Role.Lead);
        var path = (await lead.PostAsync(VisionLinks.WriteOwnAim(partnership.Id),
            new() { ["Name"] = Secret, ["Text"] = "", ["Visibility"] = "Itself" })).Location!;
        var own = (await app.DbAsync(db => db.Set<OwnAim>().SingleAsync(a => a.OrganisationId == organisation))).Id;
        Assert.Equal(302, (await lead.PostAsync(VisionLinks.Fit(partnership.Id, own),
            new() { ["Lines[0].Word"] = "Conflicts", ["Lines[0].Why"] = "Because of " + Secret })).Status);
        Assert.Contains(Secret, (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Contains(Secret, (await lead.GetAsync(VisionLinks.Aim(partnership.Id, shared))).Text, StringComparison.Ordinal);

        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var stranger = await partnership.AsAsync(Role.Member);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        await partnership.GrantAsync(Role.Member, organisation);
        using var colleague = await partnership.AsAsync(Role.Member);
        await partnership.GrantAsync(Role.Lead, partnership.Organisations[1].Id);
        using var otherLead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(200, (await colleague.GetAsync(path)).Status);
        foreach (var visitor in new[] { coordinator, stranger, viewer, otherLead })
        {
            Assert.Equal(404, (await visitor.GetAsync(path)).Status);
            foreach (var open in new[] { VisionLinks.Picture(partnership.Id), VisionLinks.OwnAims(partnership.Id, organisation),
                VisionLinks.Aim(partnership.Id, shared) })
            {
                var page = await visitor.GetAsync(open);
                Assert.Equal(200, page.Status);
                Assert.DoesNotContain(Secret, page.Body, StringComparison.Ordinal);
            }
        }
        // The picture is the same for the organisation itself: nothing of it, nor of what was said of it.
        var seen = (await lead.GetAsync(VisionLinks.Picture(partnership.Id))).Document.QuerySelectorAll(".fits tbody tr")[0].TextContent;
        Assert.Contains("Not said", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, (await coordinator.GetAsync(PartnershipsLinks.Trail(partnership.Id))).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await otherLead.GetAsync(VisionLinks.Fit(partnership.Id, own))).Status);
        Assert.Equal(404, (await otherLead.GetAsync(VisionLinks.EditOwnAim(partnership.Id, own))).Status);
        Assert.Equal(404, (await coordinator.GetAsync(VisionLinks.EditOwnAim(partnership.Id, own))).Status);
        // Shown to the partnership and then hidden again, the trail names neither its old nor its new words.
        Assert.Equal(302, (await lead.PostAsync(VisionLinks.EditOwnAim(partnership.Id, own), new() { ["Visibility"] = "Partnership" }))
            .Status);
        Assert.Equal(200, (await viewer.GetAsync(path)).Status);
        Assert.DoesNotContain(Secret, (await coordinator.GetAsync(PartnershipsLinks.Trail(partnership.Id))).Body, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Fit_IsSaidByItsOwnLead_AndShowsInThePicture(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await AimAsync(app, partnership, "Safe to get about");
        await AimAsync(app, partnership, "Nobody eats alone");
        using var lead = await partnership.AsAsync(Role.Lead);
        var form = await lead.GetAsync(VisionLinks.Fit(partnership.Id));
        var without = await lead.SubmitAsync(form, new() { ["Lines[0].Word"] = "Conflicts", ["Lines[1].Word"] = "Supports" });
        Assert.Equal(400, without.Status);
        Assert.Contains("Say in a sentence what conflicts", without.Text, StringComparison.Ordinal);
        Assert.Contains("Say in a sentence what it helps you with", without.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await lead.SubmitAsync(form, new() { ["Lines[0].Word"] = "Perhaps" })).Status);
        Assert.Equal(400, (await lead.SubmitAsync(form, new() { ["Lines[0].Word"] = "7" })).Status);
        Dictionary<string, string> said = new() { ["Lines[0].Word"] = "Conflicts", ["Lines[0].Why"] = "Our vans need the road.",
            ["Lines[1].Word"] = "Supports", ["Lines[1].Why"] = "We cook." };
        Assert.Equal(302, (await lead.SubmitAsync(form, said)).Status);
        Assert.Equal(302, (await lead.SubmitAsync(form, said)).Status); // pressed twice
        Assert.Equal(2, await app.DbAsync(db => db.Set<Fit>().CountAsync(f => f.OrganisationId == partnership.Organisations[0].Id)));
        var page = await lead.GetAsync(VisionLinks.Picture(partnership.Id));
        var cells = page.Document.QuerySelectorAll(".fits tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim());
        Assert.Equal(["Conflicts", "Supports"], cells);
        Assert.Equal("Nobody owns “Safe to get about”", page.Heading);
        Assert.Contains("Safe to get about", page.Document.QuerySelector("#unowned")!.TextContent, StringComparison.Ordinal);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal(404, (await coordinator.GetAsync(VisionLinks.Fit(partnership.Id))).Status); // nobody speaks for another
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(e => e.PartnershipId == partnership.Id
            && e.Act == "said how shared aims fit")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Fit_SaidByTwoOfOneOrganisation_TheSecondSeesTheFirstAndChooses(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await AimAsync(app, partnership, "Safe to get about");
        using var one = await partnership.AsAsync(Role.Lead);
        await partnership.GrantAsync(Role.Lead, partnership.Organisations[0].Id);
        using var two = await partnership.AsAsync(Role.Lead);
        var (pageOne, pageTwo) = (await one.GetAsync(VisionLinks.Fit(partnership.Id)), await two.GetAsync(VisionLinks.Fit(partnership.Id)));
        Assert.Equal(302,
            (await one.SubmitAsync(pageOne, new() { ["Lines[0].Word"] = "Supports", ["Lines[0].Why"] = "Our drivers are safer." })).Status);
        var clash = await two.SubmitAsync(pageTwo, new() { ["Lines[0].Word"] = "Conflicts", ["Lines[0].Why"] = "Slower rounds." });
        Assert.Equal(409, clash.Status);
        Assert.Contains("Our drivers are safer.", clash.Text, StringComparison.Ordinal);
        Assert.Contains("Slower rounds.", clash.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(FitWord.Supports, (await FitAsync(app, partnership)).Word);
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Equal(FitWord.Conflicts, (await FitAsync(app, partnership)).Word);
    }

    /// <summary>A partner spoke of certain words: where they read differently later, its word is marked until it speaks again.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Fit_OfASharedAimRewordedLater_SaysSo_UntilItIsSaidAnew(Engine engine)
    {
        const string mark = "of an earlier wording";
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var aim = await AimAsync(app, partnership, "Safe to get about");
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var read = await lead.GetAsync(VisionLinks.Fit(partnership.Id));
        Dictionary<string, string> said = new() { ["Lines[0].Word"] = "Neutral" };
        Assert.Equal(302, (await lead.SubmitAsync(read, new(said))).Status);
        string[] screens = [VisionLinks.Picture(partnership.Id), VisionLinks.Aim(partnership.Id, aim),
            VisionLinks.OwnAims(partnership.Id, partnership.Organisations[0].Id)];
        foreach (var screen in screens) Assert.DoesNotContain(mark, (await coordinator.GetAsync(screen))
            .Document.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        var typing = await lead.GetAsync(VisionLinks.Fit(partnership.Id));
        await RewordAsync(coordinator, partnership, aim, "Safe to get about at night");
        foreach (var screen in screens) Assert.Contains(mark, (await coordinator.GetAsync(screen))
            .Document.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 shared aim was reworded since you spoke", (await lead.GetAsync(VisionLinks.Picture(partnership.Id))).Text,
            StringComparison.Ordinal);

        // Whoever typed against the old words sees the new ones before anything is kept, and what they typed stays.
        var clash = await lead.SubmitAsync(typing, new() { ["Lines[0].Word"] = "Conflicts", ["Lines[0].Why"] = "Our vans need the road." });
        Assert.Equal(409, clash.Status);
        Assert.Contains("since version 1, which you spoke of", clash.Text, StringComparison.Ordinal);
        Assert.Contains("at night", clash.Document.QuerySelector(".difference ins")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Our vans need the road.", clash.Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((FitWord.Neutral, 1), await FitAsync(app, partnership) is var before ? (before.Word, before.Number) : default);
        Assert.Equal(302, (await lead.SubmitAsync(clash, [])).Status);
        Assert.Equal((FitWord.Conflicts, 2), await FitAsync(app, partnership) is var after ? (after.Word, after.Number) : default);

        // The same word, said again of the new words, is said of them.
        await RewordAsync(coordinator, partnership, aim, "Safe at night");
        var again = await lead.GetAsync(VisionLinks.Fit(partnership.Id));
        Assert.Contains("since version 2, which you spoke of", again.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.SubmitAsync(again, [])).Status);
        foreach (var screen in screens) Assert.DoesNotContain(mark, (await coordinator.GetAsync(screen))
            .Document.QuerySelector("main table")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>What an organisation keeps to itself later leaves the thread that it began, and that thread's links.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task OwnAim_KeptToItselfLater_TakesItsWordsOutOfItsThread(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var nobody = app.Visitor();
        var path = (await lead.PostAsync(VisionLinks.WriteOwnAim(partnership.Id),
            new() { ["Name"] = Secret, ["Text"] = "Before the lease ends.\nOr after.", ["Visibility"] = "Everyone" })).Location!;
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(path), [], "takeUp")).Status);
        var own = await app.DbAsync(db => db.Set<OwnAim>().SingleAsync(a => a.OrganisationId == partnership.Organisations[0].Id));
        Assert.Equal("Before the lease ends.\nOr after.", own.Text); // lines stay lines
        var thread = ThreadsLinks.Thread(partnership.Id, own.ThreadId!.Value);
        // its name may be for the partnership alone
        Assert.Equal("", (await coordinator.GetAsync(ThreadsLinks.Share(partnership.Id, own.ThreadId.Value))).ValueOf("Title"));
        var link = new Uri((await coordinator.PostAsync(ThreadsLinks.Share(partnership.Id, own.ThreadId.Value),
            new() { ["For"] = "Trustees", ["Title"] = Secret })).ValueOf("link")!).PathAndQuery;
        // shown to everyone, also by link
        Assert.Equal(Secret, (await nobody.GetAsync(link)).Document.QuerySelector(".line h3")!.TextContent);
        await lead.PostAsync(VisionLinks.EditOwnAim(partnership.Id, own.Id), new() { ["Visibility"] = "Partnership" });
        Assert.Contains(Secret, (await coordinator.GetAsync(thread)).Document.QuerySelector(".line h3")!.TextContent,
            StringComparison.Ordinal);
        Assert.Equal("Something a partner wants", (await nobody.GetAsync(link)).Document.QuerySelector(".line h3")!.TextContent);

        var form = await lead.GetAsync(VisionLinks.EditOwnAim(partnership.Id, own.Id));
        Assert.Contains("its words go from there too", form.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.SubmitAsync(form, new() { ["Visibility"] = "Itself" })).Status);
        foreach (var (visitor, address) in new[] { (coordinator, thread), (coordinator, ThreadsLinks.All(partnership.Id)),
            (coordinator, ThreadsLinks.Talk(partnership.Id, own.ThreadId.Value)), (nobody, link) })
        {
            var page = await visitor.GetAsync(address);
            Assert.Equal((address, 200), (address, page.Status));
            Assert.DoesNotContain(Secret, page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Before the lease ends.", page.Body, StringComparison.Ordinal);
        }
        Assert.Equal("An aim of " + partnership.Organisations[0].Name, (await coordinator.GetAsync(thread)).Heading);
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(e => e.PartnershipId == partnership.Id
            && e.Act == "took an own aim out of its thread" && !e.Detail.Contains(Secret))));
        Assert.Contains("The thread about it", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task OwnAim_EditedByTwo_TheSecondSeesTheDifference_AndPutAwayIsReadable(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var one = await partnership.AsAsync(Role.Lead);
        await partnership.GrantAsync(Role.Lead, partnership.Organisations[0].Id);
        using var two = await partnership.AsAsync(Role.Lead);
        Dictionary<string, string> typed = new() { ["Name"] = "Fewer cars in town", ["Text"] = "", ["Visibility"] = "Partnership" };
        var form = await one.GetAsync(VisionLinks.WriteOwnAim(partnership.Id));
        var bad = await one.SubmitAsync(form, new() { ["Name"] = "" });
        Assert.NotNull(bad.ErrorOf("Name"));
        Assert.NotNull(bad.ErrorOf("Visibility"));
        await one.SubmitAsync(form, typed);
        await one.SubmitAsync(form, typed);
        var own = (await app.DbAsync(db => db.Set<OwnAim>().SingleAsync(a => a.OrganisationId == partnership.Organisations[0].Id))).Id;
        var (pageOne, pageTwo) = (await one.GetAsync(VisionLinks.EditOwnAim(partnership.Id, own)),
            await two.GetAsync(VisionLinks.EditOwnAim(partnership.Id, own)));
        Assert.Equal(302, (await one.SubmitAsync(pageOne, new() { ["Name"] = "No cars in town" })).Status);
        var clash = await two.SubmitAsync(pageTwo, new() { ["Name"] = "Fewer vans in town" });
        Assert.Equal(409, clash.Status);
        Assert.Contains("No cars", clash.Document.QuerySelector(".difference del")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Fewer vans in town", clash.ValueOf("Name"));
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Equal(302, (await two.SubmitAsync(await two.GetAsync(VisionLinks.EditOwnAim(partnership.Id, own)), [], "end")).Status);
        Assert.Contains("Put away on", (await one.GetAsync(VisionLinks.OwnAim(partnership.Id, own))).Text, StringComparison.Ordinal);
        var trail = await app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership.Id).OrderBy(e => e.Id)
            .Select(e => e.Act).ToListAsync());
        Assert.Equal(["wrote an own aim", "changed an own aim", "changed an own aim", "put an own aim away"], trail);
    }

    /// <summary>Every screen for every role, and for someone who has every right in another partnership.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_AreForWhomTheyAre(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var elsewhere = await app.PartnershipAsync();
        var aim = await AimAsync(app, partnership, "Safe to get about");
        var wording = (await app.DbAsync(db => db.Set<AimWording>().SingleAsync(w => w.SharedAimId == aim))).Id;
        var own = new OwnAim { OrganisationId = partnership.Organisations[0].Id, Name = "Fewer cars", Text = "",
            Visibility = AimVisibility.Partnership, WrittenAt = app.Clock.GetUtcNow().UtcDateTime };
        await app.SaveAsync(db => db.Set<OwnAim>().Add(own));
        var id = partnership.Id;
        Dictionary<string, Role[]> screens = new()
        {
            [VisionLinks.Picture(id)] = Enum.GetValues<Role>(),
            [VisionLinks.Aim(id, aim)] = Enum.GetValues<Role>(),
            [VisionLinks.Wording(id, aim, wording)] = Enum.GetValues<Role>(),
            [VisionLinks.OwnAims(id, own.OrganisationId)] = Enum.GetValues<Role>(),
            [VisionLinks.OwnAim(id, own.Id)] = Enum.GetValues<Role>(),
            [VisionLinks.NewAim(id)] = [Role.Member, Role.Lead, Role.Coordinator],
            [VisionLinks.Propose(id, aim)] = [Role.Member, Role.Lead, Role.Coordinator],
            [VisionLinks.WriteOwnAim(id)] = [Role.Lead],
            [VisionLinks.EditOwnAim(id, own.Id)] = [Role.Lead],
            [VisionLinks.Fit(id)] = [Role.Lead],
            [VisionLinks.Fit(id, own.Id)] = [Role.Lead],
        };
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            using var foreigner = await elsewhere.AsAsync(role);
            foreach (var (path, roles) in screens)
            {
                Assert.Equal((path, role, roles.Contains(role) ? 200 : 404), (path, role, (await visitor.GetAsync(path)).Status));
                Assert.Equal(404, (await foreigner.GetAsync(path)).Status);
                // The same thing by an address within one's own partnership.
                var moved = path.Replace($"/partnerships/{id}/", $"/partnerships/{elsewhere.Id}/", StringComparison.Ordinal);
                if (path.Any(char.IsDigit) && path[^1] is >= '0' and <= '9') Assert.Equal((moved, 404),
                    (moved, (await foreigner.GetAsync(moved)).Status));
            }
        }
    }

    private static async Task<long> AimAsync(TestApp app, TestPartnership partnership, string name)
    {
        var aim = new SharedAim { PartnershipId = partnership.Id, Name = name, ProposedAt = app.Clock.GetUtcNow().UtcDateTime };
        var wording = new AimWording { Name = name, Text = "What it means.", Why = "", Who = "Sam Rivers", At = aim.ProposedAt,
            BasedOn = 0 };
        aim.Wordings.Add(wording);
        aim.Accept(wording, "Sam Rivers", null, aim.ProposedAt);
        await app.SaveAsync(db => db.Set<SharedAim>().Add(aim));
        return aim.Id;
    }

    private static async Task RewordAsync(Visitor coordinator, TestPartnership partnership, long aim, string name)
    {
        var proposed = await coordinator.PostAsync(VisionLinks.Propose(partnership.Id, aim), new() { ["Name"] = name });
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(proposed.Location!), [], "accept")).Status);
    }

    private static Task<Fit> FitAsync(TestApp app, TestPartnership partnership) =>
        app.DbAsync(db => db.Set<Fit>().SingleAsync(f => f.OrganisationId == partnership.Organisations[0].Id));
}
