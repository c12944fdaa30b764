using System.Globalization;
using Colead.Parts.Actions;
using Colead.Parts.Partnerships;
using Colead.Tests.Outcomes;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Actions;

public class ActionsTests(House house)
{
    private static readonly DateOnly Day = new(2027, 3, 1);

    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_ForEachRole_AndForAnotherPartnership_OpenOrAre404(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var action = await ActionAsync(app, partnership, 0, "Film", Day);
        var p = partnership.Id;
        (string Path, Role Least)[] screens = [(ActionsLinks.All(p), Role.Viewer), (ActionsLinks.Map(p), Role.Viewer),
            (ActionsLinks.Action(p, action), Role.Viewer), (ActionsLinks.New(p), Role.Lead), (ActionsLinks.Edit(p, action), Role.Lead)];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var (path, least) in screens) Assert.Equal((path, role >= least ? 200 : 404),
                (path, (await visitor.GetAsync(path)).Status));
            using var stranger = await other.AsAsync(role);
            foreach (var (path, _) in screens) Assert.Equal((path, 404), (path, (await stranger.GetAsync(path)).Status));
            Assert.Equal(404, (await stranger.GetAsync(ActionsLinks.Action(other.Id, action))).Status);
            Assert.Equal(404, (await stranger.GetAsync(ActionsLinks.Edit(other.Id, action))).Status);
        }
        using var nobody = app.Visitor();
        foreach (var (path, _) in screens) Assert.Contains("/sign-in", (await nobody.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Lead_PlansForTheOwnOrganisationAndItsPeopleAlone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var own = await partnership.PersonAsync("Own Person", TestApp.NewEmail(), 0);
        var theirs = await partnership.PersonAsync("Other Person", TestApp.NewEmail(), 1);
        var theirAction = await ActionAsync(app, partnership, 1, "Theirs", Day);
        var (outcome, _) = await OutcomesTests.OutcomeAsync(app, other);
        using var lead = await partnership.AsAsync(Role.Lead);
        var form = await lead.GetAsync(ActionsLinks.New(partnership.Id));
        Assert.DoesNotContain("Other Person", form.Text, StringComparison.Ordinal);
        Dictionary<string, string> Fields(long person) => new() { ["Title"] = "Make the film", ["Person"] = Id(person),
            ["DueOn"] = "2027-03-01", ["Nature"] = "Transformational", ["Organisation"] = Id(partnership.Organisations[1].Id) };
        Assert.NotNull((await lead.SubmitAsync(form, Fields(theirs))).ErrorOf("Person"));
        // another partnership's outcome
        Assert.NotNull((await lead.SubmitAsync(form, new(Fields(own)) { ["Outcome"] = Id(outcome) }))
            .Document.QuerySelector(".govuk-error-summary"));
        var made = await lead.SubmitAsync(form, Fields(own));
        Assert.Equal(302, made.Status);
        Assert.Equal(made.Location, (await lead.SubmitAsync(form, Fields(own))).Location); // sent twice
        var action = await app.DbAsync(db => db.Set<PlannedAction>()
            .SingleAsync(a => a.PartnershipId == partnership.Id && a.Title == "Make the film"));
        // what was forged is not taken
        Assert.Equal((partnership.Organisations[0].Id, own, ActionNature.Transformational),
            (action.OrganisationId, action.PersonId, action.Nature));
        Assert.Equal(404, (await lead.GetAsync(ActionsLinks.Edit(partnership.Id, theirAction))).Status);
        Assert.Equal(404, (await lead.ForgeAsync("/account", ActionsLinks.Action(partnership.Id, theirAction),
            new() { ["Kind"] = "Done" })).Status);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Assert.Equal(404, (await viewer.ForgeAsync("/account", ActionsLinks.Action(partnership.Id, action.Id),
            new() { ["Kind"] = "Done" })).Status);
        Assert.Contains("Own Person", (await viewer.GetAsync(ActionsLinks.All(partnership.Id))).Text, StringComparison.Ordinal);
        Assert.Single(await OutcomesTests.TrailAsync(app, partnership.Id, "planned an action"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Coordinator_NamesSomeoneOfTheOwnerOrganisation_AndBadInputStays(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var person = await partnership.PersonAsync("Kit Lowe", TestApp.NewEmail(), 1);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var bad = await coordinator.PostAsync(ActionsLinks.New(partnership.Id),
            new() { ["Title"] = "", ["Person"] = Id(person), ["Organisation"] = Id(partnership.Organisations[0].Id), ["DueOn"] = "soon",
            ["About"] = "As agreed" });
        Assert.Equal(400, bad.Status);
        foreach (var field in new[] { "Title", "Person", "DueOn", "Nature" }) Assert.True(bad.ErrorOf(field) is not null, field);
        Assert.Equal(("As agreed", "soon"), (bad.ValueOf("About"), bad.ValueOf("DueOn")));
        Assert.Equal(302,
            (await coordinator.SubmitAsync(bad, new() { ["Title"] = "Film", ["Organisation"] = Id(partnership.Organisations[1].Id),
            ["DueOn"] = "1/3/2027", ["Nature"] = "Transactional" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Member_OfTheOrganisation_SaysHowItGoes_OthersDoNot(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var action = await ActionAsync(app, partnership, 0, "Film", Day);
        using var outsider = await partnership.AsAsync(Role.Member); // of no organisation
        Assert.DoesNotContain("Say how it goes", (await outsider.GetAsync(ActionsLinks.Action(partnership.Id, action))).Text,
            StringComparison.Ordinal);
        Assert.Equal(404, (await outsider.ForgeAsync("/account", ActionsLinks.Action(partnership.Id, action),
            new() { ["Kind"] = "Progress", ["Text"] = "x" })).Status);
        await partnership.GrantAsync(Role.Member, partnership.Organisations[0].Id);
        using var member = await partnership.AsAsync(Role.Member);
        var path = ActionsLinks.Action(partnership.Id, action);
        var page = await member.GetAsync(path);
        Assert.NotNull((await member.SubmitAsync(page, new() { ["Kind"] = "Blocked", ["Text"] = " " })).ErrorOf("Text"));
        for (var times = 0; times < 2; times++) Assert.Equal(302,
            (await member.SubmitAsync(page, new() { ["Kind"] = "Blocked", ["Text"] = "The hall is shut." })).Status);
        Assert.Equal(1, await app.DbAsync(db => db.Set<ActionNote>().CountAsync(n => n.ActionId == action)));
        Assert.Contains("Blocked", (await member.GetAsync(path)).Document.QuerySelector(".lede")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(404, (await member.GetAsync(ActionsLinks.Edit(partnership.Id, action))).Status);
        foreach (var (kind, state) in new[] { ("Freed", ActionState.Open), ("Done", ActionState.Done), ("Reopened", ActionState.Open),
            ("Dropped", ActionState.Dropped) })
        {
            Assert.Equal((kind, 302), (kind, (await member.PostAsync(path, new() { ["Kind"] = kind, ["Text"] = "So it is." })).Status));
            var now = await app.DbAsync(db => db.Set<PlannedAction>().SingleAsync(a => a.Id == action));
            Assert.Equal((state, state is ActionState.Done or ActionState.Dropped), (now.State, now.EndedAt is not null));
        }
        Assert.Equal(5, (await OutcomesTests.TrailAsync(app, partnership.Id, "said how an action goes")).Count);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task State_ChangedByTwoAtOnce_ShowsTheSecondBoth_ProgressOfTwoIsKeptTwice(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var action = await ActionAsync(app, partnership, 0, "Film", Day);
        using var one = await partnership.AsAsync(Role.Lead);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var path = ActionsLinks.Action(partnership.Id, action);
        var (a, b) = (await one.GetAsync(path), await two.GetAsync(path));
        Assert.Equal(302, (await one.SubmitAsync(a, new() { ["Kind"] = "Progress", ["Text"] = "Half filmed." })).Status);
        Assert.Equal(302, (await two.SubmitAsync(b, new() { ["Kind"] = "Progress", ["Text"] = "Cut begun." })).Status);
        var (c, d) = (await one.GetAsync(path), await two.GetAsync(path));
        Assert.Equal(302, (await one.SubmitAsync(c, new() { ["Kind"] = "Blocked", ["Text"] = "No camera." })).Status);
        var clash = await two.SubmitAsync(d, new() { ["Kind"] = "Done", ["Text"] = "Shown to all." });
        Assert.Equal(409, clash.Status);
        Assert.Contains("No camera.", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Shown to all.", clash.ValueOf("Text"));
        Assert.Equal(ActionState.Blocked, (await app.DbAsync(db => db.Set<PlannedAction>().SingleAsync(x => x.Id == action))).State);
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Equal(ActionState.Done, (await app.DbAsync(db => db.Set<PlannedAction>().SingleAsync(x => x.Id == action))).State);
        var late = await one.SubmitAsync(c, new() { ["Kind"] = "Blocked", ["Text"] = "Something else.", ["FormKey"] = "another" });
        Assert.Equal(409, late.Status); // what is done cannot be blocked
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Edit_OfTheCourse_NeedsAReason_AndTwoAtOnceSeeBoth(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var action = await ActionAsync(app, partnership, 0, "Film", Day);
        using var lead = await partnership.AsAsync(Role.Lead);
        var path = ActionsLinks.Edit(partnership.Id, action);
        Assert.Equal(302, (await lead.PostAsync(path, new() { ["CoProducedWith"] = "Young carers" })).Status); // no change of course
        Assert.NotNull((await lead.PostAsync(path, new() { ["DueOn"] = "2027-04-01" })).ErrorOf("Reason"));
        var (one, two) = (await lead.GetAsync(path), await lead.GetAsync(path));
        for (var times = 0; times < 2; times++) Assert.Equal(302,
            (await lead.SubmitAsync(one, new() { ["DueOn"] = "2027-04-01", ["Reason"] = "The hall is shut in March." })).Status);
        var page = await lead.GetAsync(ActionsLinks.Action(partnership.Id, action));
        Assert.Contains("The hall is shut in March. Due 1 April 2027 instead of 1 March 2027.", page.Text, StringComparison.Ordinal);
        var clash = await lead.SubmitAsync(two, new() { ["DueOn"] = "2027-05-01", ["Reason"] = "Exams." });
        Assert.Equal(409, clash.Status);
        Assert.Contains("1 April 2027", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("2027-05-01", clash.ValueOf("DueOn"));
        Assert.Equal(302, (await lead.SubmitAsync(clash, [])).Status);
        Assert.Equal(2, await app.DbAsync(db => db.Set<ActionNote>()
            .CountAsync(n => n.ActionId == action && n.Kind == ActionNoteKind.Changed)));
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal(302,
            (await coordinator.PostAsync(path, new() { ["Title"] = "Play", ["Organisation"] = Id(partnership.Organisations[1].Id),
            ["Reason"] = "They have a stage." })).Status);
        Assert.Contains($"They have a stage. Until now with {partnership.Organisations[0].Name}. Until now called “Film”.",
            (await lead.GetAsync(ActionsLinks.Action(partnership.Id, action))).Text, StringComparison.Ordinal);
        Assert.Equal(3, (await OutcomesTests.TrailAsync(app, partnership.Id, "changed an action’s course")).Count);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task ListAndMap_ShowStatesByOrganisationOutcomeAndMonth_AndTheBalanceInWords(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomesTests.OutcomeAsync(app, partnership);
        await ActionAsync(app, partnership, 0, "Long overdue", new(2026, 1, 5),
            a => (a.Nature, a.OutcomeId) = (ActionNature.Transformational, outcome));
        await ActionAsync(app, partnership, 1, "Still to come", new(2099, 1, 5));
        await ActionAsync(app, partnership, 2, "Put away", new(2099, 1, 5),
            a => a.Add(new ActionNote { Kind = ActionNoteKind.Dropped, Text = "x", Who = "x", At = default, FormKey = "d" }));
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var list = await viewer.GetAsync(ActionsLinks.All(partnership.Id));
        Assert.Equal("2 actions are under way, 1 of them late", list.Heading);
        Assert.Contains($"1 of 2 actions changes how you do things; 1 does more of what you do. {partnership.Organisations[1].Name} has none of the changing ones.", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Put away", list.Text, StringComparison.Ordinal);
        var late = await viewer.GetAsync(ActionsLinks.All(partnership.Id, show: "late"));
        Assert.Equal(1, late.Document.QuerySelectorAll("section:first-of-type tbody tr").Length);
        Assert.DoesNotContain("Long overdue", (await viewer.GetAsync(ActionsLinks.All(partnership.Id, partnership.Organisations[1].Id,
            "all"))).Text, StringComparison.Ordinal);
        var map = await viewer.GetAsync(ActionsLinks.Map(partnership.Id));
        Assert.Equal("3 actions by 3 organisations", map.Heading);
        Assert.Contains($"{partnership.Organisations[2].Name} has no part yet", map.Text, StringComparison.Ordinal);
        var cell = map.Document.QuerySelectorAll("tbody tr")
            .First(r => r.QuerySelector("th")!.TextContent == partnership.Organisations[0].Name).QuerySelector("td")!;
        Assert.Equal("Front-line staff know our aims", cell.GetAttribute("data-label"));
        Assert.Contains("Long overdue, Late", cell.TextContent, StringComparison.Ordinal);
        Assert.Contains("January 2099", map.Text, StringComparison.Ordinal);
        var ofOutcome = await viewer.GetAsync(Colead.Parts.Outcomes.OutcomesLinks.Outcome(partnership.Id, outcome));
        Assert.Contains("Long overdue", ofOutcome.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Still to come", ofOutcome.Text, StringComparison.Ordinal);
    }

    internal static async Task<long> ActionAsync(TestApp app, TestPartnership partnership, int organisation, string title, DateOnly due,
        Action<PlannedAction>? more = null)
    {
        var action = new PlannedAction { PartnershipId = partnership.Id, Title = title,
            OrganisationId = partnership.Organisations[organisation].Id, DueOn = due, CreatedBy = "x", CreatedAt = app.Clock.GetUtcNow()
            .UtcDateTime, FormKey = TestApp.NewEmail() };
        more?.Invoke(action);
        await app.SaveAsync(db => db.Set<PlannedAction>().Add(action));
        return action.Id;
    }

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
