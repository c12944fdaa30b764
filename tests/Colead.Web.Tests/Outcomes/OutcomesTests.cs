using System.Globalization;
using Colead.Data.Outcomes;
using Colead.Data.Partnerships;
using Colead.Data.Threads;
using Colead.Web.Features.Outcomes;
using Colead.Web.Shared;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Thread = Colead.Data.Threads.Thread;

namespace Colead.Web.Tests.Outcomes;

public class OutcomesTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_ForEachRole_AndForAnotherPartnership_OpenOrAre404(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var (outcome, indicator) = await OutcomeAsync(app, partnership);
        var reading = await ReadingAsync(app, indicator, new(2026, 3, 1), 34);
        var p = partnership.Id;
        (string Path, Role Least)[] screens =
        [
            (OutcomesLinks.All(p), Role.Viewer), (OutcomesLinks.Outcome(p, outcome), Role.Viewer), (OutcomesLinks.Indicator(p, outcome, indicator), Role.Viewer),
            (OutcomesLinks.Reading(p, outcome, indicator, reading), Role.Member), (OutcomesLinks.Import(p, outcome, indicator), Role.Member),
            (OutcomesLinks.New(p), Role.Lead), (OutcomesLinks.Edit(p, outcome), Role.Lead), (OutcomesLinks.NewIndicator(p, outcome), Role.Lead), (OutcomesLinks.EditIndicator(p, outcome, indicator), Role.Lead), (OutcomesLinks.Story(p, outcome, indicator), Role.Lead),
        ];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var (path, least) in screens) Assert.Equal((path, role >= least ? 200 : 404), (path, (await visitor.GetAsync(path)).Status));
            using var stranger = await other.AsAsync(role);
            foreach (var (path, _) in screens) Assert.Equal((path, 404), (path, (await stranger.GetAsync(path)).Status));
            foreach (var (path, _) in screens.Where(s => s.Path != OutcomesLinks.All(p) && s.Path != OutcomesLinks.New(p)))
                Assert.Equal(404, (await stranger.GetAsync(path.Replace($"/partnerships/{p}/", $"/partnerships/{other.Id}/", StringComparison.Ordinal))).Status);
        }
        using var nobody = app.Visitor();
        foreach (var (path, _) in screens) Assert.Contains("/sign-in", (await nobody.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Lead_OfAnOrganisationThatNeitherSetNorOwnsIt_MayNotChangeIt(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomeAsync(app, partnership, owner: 1);
        using var lead = await partnership.AsAsync(Role.Lead); // of the first organisation
        foreach (var path in new[] { OutcomesLinks.Edit(partnership.Id, outcome), OutcomesLinks.NewIndicator(partnership.Id, outcome), OutcomesLinks.EditIndicator(partnership.Id, outcome, indicator), OutcomesLinks.Story(partnership.Id, outcome, indicator) })
            Assert.Equal(404, (await lead.GetAsync(path)).Status);
        foreach (var handler in new[] { "agree", "takeBack", "review", "end", "goOn" })
            Assert.Equal((handler, 404), (handler, (await lead.ForgeAsync("/account", $"{OutcomesLinks.Outcome(partnership.Id, outcome)}?handler={handler}", new() { ["ReviewOn"] = "2027-01-01", ["Note"] = "x" })).Status));
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Assert.Equal(404, (await viewer.ForgeAsync("/account", $"{OutcomesLinks.Indicator(partnership.Id, outcome, indicator)}?handler=read", new() { ["On"] = "2026-03-01", ["Value"] = "3" })).Status);
        using var member = await partnership.AsAsync(Role.Member);
        Assert.Equal(404, (await member.ForgeAsync("/account", $"{OutcomesLinks.Outcome(partnership.Id, outcome)}?handler=contribute", new() { ["Contribution"] = "x" })).Status);
        Assert.Equal(0, await app.DbAsync(db => db.OutcomeReviews.CountAsync(r => r.OutcomeId == outcome)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task New_SentTwice_MakesOneOutcome_OfItsThread_WithAnEntryInTheTrail(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var thread = new Thread { PartnershipId = partnership.Id, Title = "Nobody could say what we are for", About = "", Source = ThreadSource.Problem, FormKey = FormKey.New(), StartedBy = "x", StartedAt = app.Clock.GetUtcNow().UtcDateTime };
        await app.SaveAsync(db => db.Threads.Add(thread));
        using var lead = await partnership.AsAsync(Role.Lead);
        var form = await lead.GetAsync(OutcomesLinks.New(partnership.Id, thread.Id));
        Dictionary<string, string> Fields() => new() { ["Title"] = " Six in ten  know our aims ", ["Responsibility"] = "Joint", ["DueOn"] = "1/5/2027" };
        var first = await lead.SubmitAsync(form, Fields());
        var second = await lead.SubmitAsync(form, Fields());
        Assert.Equal(302, first.Status);
        Assert.Equal(first.Location, second.Location);
        var outcome = await app.DbAsync(db => db.Outcomes.Include(o => o.Partners).SingleAsync(o => o.PartnershipId == partnership.Id));
        Assert.Equal(("Six in ten know our aims", thread.Id, new DateOnly(2027, 5, 1)), (outcome.Title, outcome.ThreadId, outcome.DueOn));
        Assert.Equal(partnership.Organisations[0].Id, Assert.Single(outcome.Partners).OrganisationId);
        Assert.Single(await TrailAsync(app, partnership.Id, "set an outcome"));
        Assert.Equal("Nobody could say what we are for", (await lead.GetAsync(first.Location!)).Document.QuerySelector($"a[href='{Features.Threads.ThreadsLinks.Thread(partnership.Id, thread.Id)}']")?.TextContent);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task New_BadInput_SaysSoBesideTheFieldAndKeepsWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var answer = await coordinator.PostAsync(OutcomesLinks.New(partnership.Id), new() { ["Title"] = " ", ["Who"] = "Young carers", ["DueOn"] = "soon", ["Owners"] = Id(other.Organisations[0].Id), ["Responsibility"] = "Nobody" });
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer.ErrorOf("Title"));
        Assert.NotNull(answer.ErrorOf("DueOn"));
        Assert.NotNull(answer.ErrorOf("Owners"));
        Assert.NotNull(answer.ErrorOf("Responsibility"));
        Assert.Equal(("Young carers", "soon"), (answer.ValueOf("Who"), answer.ValueOf("DueOn")));
        Assert.False(await app.DbAsync(db => db.Outcomes.AnyAsync(o => o.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Edit_ByTwoAtOnce_ShowsTheSecondBoth_AndLetsThemChoose(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomeAsync(app, partnership);
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Lead);
        var path = OutcomesLinks.Edit(partnership.Id, outcome);
        var (pageOne, pageTwo) = (await one.GetAsync(path), await two.GetAsync(path));
        for (var times = 0; times < 2; times++) Assert.Equal(302, (await one.SubmitAsync(pageOne, new() { ["Where"] = "The north bank" })).Status); // a second click is the same press
        Assert.Single(await TrailAsync(app, partnership.Id, "changed an outcome"));
        var clash = await two.SubmitAsync(pageTwo, new() { ["Where"] = "The south bank" });
        Assert.Equal(409, clash.Status);
        Assert.Contains("The north bank", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The south bank", clash.ValueOf("Where"));
        Assert.Single(clash.Document.QuerySelectorAll(".clash tbody tr"));
        Assert.Equal("The north bank", (await app.DbAsync(db => db.Outcomes.SingleAsync(o => o.Id == outcome))).Where);
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Equal("The south bank", (await app.DbAsync(db => db.Outcomes.SingleAsync(o => o.Id == outcome))).Where);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Agree_IsEachOrganisationsOwn_AndAskedAgainWhenWhatItSaysChanges(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomeAsync(app, partnership);
        var path = OutcomesLinks.Outcome(partnership.Id, outcome);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.DoesNotContain("We agree", (await coordinator.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await coordinator.ForgeAsync("/account", path + "?handler=agree", new() { ["Version"] = "0" })).Status);
        var old = await lead.GetAsync(path);
        Assert.Equal(302, (await lead.SubmitAsync(old, [], "agree")).Status);
        Assert.Equal(302, (await lead.SubmitAsync(old, [], "agree")).Status);
        Assert.Single(await TrailAsync(app, partnership.Id, "agreed to an outcome"));
        Assert.Contains("✓ agreed on", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.PostAsync(OutcomesLinks.Edit(partnership.Id, outcome), new() { ["PublicValue"] = "Streets feel safer." })).Status);
        Assert.Contains("✓ agreed on", (await lead.GetAsync(path)).Text, StringComparison.Ordinal); // what they agreed to is the same
        Assert.Equal(302, (await coordinator.PostAsync(OutcomesLinks.Edit(partnership.Id, outcome), new() { ["Resources"] = "Twice as much" })).Status);
        Assert.Contains("not agreed yet", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        var stale = await lead.SubmitAsync(old, [], "agree"); // the page as it was before
        Assert.Equal(409, stale.Status);
        Assert.Contains("Read it again", stale.Text, StringComparison.Ordinal);
        Assert.Null((await app.DbAsync(db => db.OutcomePartners.SingleAsync(p => p.OutcomeId == outcome))).AgreedAt);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Contribution_IsTheOrganisationsOwn_AndSurvivesTwoWhoType(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomeAsync(app, partnership, owner: 1);
        var path = OutcomesLinks.Outcome(partnership.Id, outcome);
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(302, (await lead.PostAsync(path, new() { ["Contribution"] = "We lend the hall." }, "contribute")).Status);
        var own = await app.DbAsync(db => db.OutcomePartners.SingleAsync(p => p.OutcomeId == outcome && p.OrganisationId == partnership.Organisations[0].Id));
        Assert.Equal(("We lend the hall.", false), (own.Contribution, own.IsOwner));
        var (one, two) = (await lead.GetAsync(path), await lead.GetAsync(path));
        Assert.Equal(302, (await lead.SubmitAsync(one, new() { ["Contribution"] = "We lend the hall and a cook." }, "contribute")).Status);
        var clash = await lead.SubmitAsync(two, new() { ["Contribution"] = "We lend the yard." }, "contribute");
        Assert.Equal(409, clash.Status);
        Assert.Contains("We lend the hall and a cook.", clash.Text, StringComparison.Ordinal);
        Assert.Equal("We lend the yard.", clash.ValueOf("Contribution"));
        Assert.Equal(302, (await lead.SubmitAsync(clash, [], "contribute")).Status);
        Assert.Contains("We lend the yard.", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(OutcomesLinks.Outcome(partnership.Id, outcome), new() { ["Contribution"] = "" }, "contribute")).Status);
        Assert.False(await app.DbAsync(db => db.OutcomePartners.AnyAsync(p => p.OutcomeId == outcome && p.OrganisationId == partnership.Organisations[0].Id)));
    }

    /// <summary>Each letter looks at something real: it is missing, and there once that is put right.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Smart_EachLetter_TurnsWithWhatItLooksAt(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var lead = await partnership.AsAsync(Role.Lead);
        var made = await lead.PostAsync(OutcomesLinks.New(partnership.Id), new() { ["Title"] = "People know our aims", ["Responsibility"] = "One" });
        var id = await app.DbAsync(db => db.Outcomes.Where(o => o.PartnershipId == partnership.Id).Select(o => o.Id).SingleAsync());
        var path = made.Location!;
        async Task<string> StatesAsync() => string.Concat((await lead.GetAsync(path)).Document.QuerySelectorAll(".smart li").Select(li => li.ClassName switch { "there" => '+', "missing" => '-', _ => '?' }));
        Assert.Equal("---?-", await StatesAsync());
        var edit = OutcomesLinks.Edit(partnership.Id, id);
        await lead.PostAsync(edit, new() { ["Who"] = "Front-line staff", ["Where"] = "Harbour Vale" });
        Assert.Equal("---?-", await StatesAsync());
        await lead.PostAsync(edit, new() { ["WhatChanges"] = "They can name three shared aims" });
        Assert.Equal("+--?-", await StatesAsync());
        await lead.PostAsync(OutcomesLinks.NewIndicator(partnership.Id, id), new() { ["Name"] = "Can name three", ["Unit"] = "%", ["Direction"] = "Up", ["Target"] = "60", ["ShowsChange"] = "true" });
        Assert.Equal("+--?-", await StatesAsync()); // no baseline yet
        var indicator = await app.DbAsync(db => db.Indicators.Where(i => i.OutcomeId == id).Select(i => i.Id).SingleAsync());
        await lead.PostAsync(OutcomesLinks.EditIndicator(partnership.Id, id, indicator), new() { ["Baseline"] = "31", ["BaselineOn"] = "2026-01-01" });
        Assert.Equal("++-?-", await StatesAsync());
        await lead.PostAsync(edit, new() { ["Resources"] = "Two days a month from each" });
        Assert.Equal("++-?-", await StatesAsync()); // named, not agreed
        await lead.PostAsync(path, [], "agree");
        Assert.Equal("+++?-", await StatesAsync());
        await lead.PostAsync(edit, new() { ["DueOn"] = "2027-01-01" });
        await lead.PostAsync(path, [], "agree"); // a date is part of what is agreed
        Assert.Equal("+++?-", await StatesAsync()); // no review point
        await lead.PostAsync(path, new() { ["ReviewOn"] = "2026-12-01" }, "review");
        Assert.Equal("+++?+", await StatesAsync());
        await lead.PostAsync(OutcomesLinks.Indicator(partnership.Id, id, indicator), new() { ["On"] = "2026-07-01", ["Value"] = "33" }, "read");
        Assert.Equal("+++-+", await StatesAsync()); // at this pace far off
        await lead.PostAsync(OutcomesLinks.EditIndicator(partnership.Id, id, indicator), new() { ["PeersReached"] = "70", ["PeersSource"] = "Tyne Together" });
        Assert.Equal("+++++", await StatesAsync()); // others did it
        Assert.Contains("Tyne Together", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Contains("1 outcome, each clear", (await lead.GetAsync(OutcomesLinks.All(partnership.Id))).Heading, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("31 34", 44, Reach.Stretch, true), InlineData("31 34", 40, Reach.OnTheWay, true), InlineData("31 34", 90, Reach.FarOff, false), InlineData("31 30", 60, Reach.WrongWay, false)]
    [InlineData("31 61", 60, Reach.Reached, true), InlineData("31", 60, Reach.CannotSay, null), InlineData("31 31", 60, Reach.WrongWay, false)]
    public void Outlook_OfReadingsADayApart_SaysWhatTheTrendAllows(string values, int target, Reach reach, bool? within)
    {
        var indicator = new Indicator { Name = "Aims known", Target = target, TargetOn = new(2026, 1, 5), CreatedAt = default, FormKey = "x" };
        indicator.Readings.AddRange(values.Split(' ').Select((v, i) => new Reading { On = new DateOnly(2026, 1, 1).AddDays(i), Value = decimal.Parse(v, CultureInfo.InvariantCulture), EnteredBy = "x", EnteredAt = default }));
        var outlook = Outlook.Of(indicator, due: null);
        Assert.Equal((reach, within), (outlook.Reach, outlook.WithinReach));
        Assert.Equal(reach == Reach.CannotSay, outlook.Sentence.Contains("cannot say", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Reviews_AreAddedHeldAndTakenOut_AndAnOutcomeEndsAndGoesOn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomeAsync(app, partnership);
        using var lead = await partnership.AsAsync(Role.Lead);
        var path = OutcomesLinks.Outcome(partnership.Id, outcome);
        Assert.NotNull((await lead.PostAsync(path, new() { ["ReviewOn"] = "" }, "review")).ErrorOf("ReviewOn"));
        foreach (var day in new[] { "2027-01-10", "2027-01-10", "2027-02-10" }) Assert.Equal(302, (await lead.PostAsync(path, new() { ["ReviewOn"] = day }, "review")).Status);
        Assert.Equal(2, await app.DbAsync(db => db.OutcomeReviews.CountAsync(r => r.OutcomeId == outcome)));
        Assert.Equal(400, (await lead.PostAsync(path, new() { ["Note"] = " " }, "hold")).Status);
        Assert.Equal(302, (await lead.PostAsync(path, new() { ["Note"] = "Half way there." }, "hold")).Status);
        Assert.Equal(302, (await lead.PostAsync(path, [], "drop")).Status);
        Assert.Equal("Half way there.", (await app.DbAsync(db => db.OutcomeReviews.SingleAsync(r => r.OutcomeId == outcome))).Note);
        var over = await lead.GetAsync(path);
        for (var times = 0; times < 2; times++) Assert.Equal(302, (await lead.SubmitAsync(over, new() { ["Note"] = "We got there." }, "end")).Status);
        Assert.Contains("We got there.", (await lead.GetAsync(OutcomesLinks.All(partnership.Id))).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(path, [], "goOn")).Status);
        Assert.Null((await app.DbAsync(db => db.Outcomes.SingleAsync(o => o.Id == outcome))).EndedAt);
        Assert.Single(await TrailAsync(app, partnership.Id, "ended an outcome"));
    }

    internal static async Task<(long Outcome, long Indicator)> OutcomeAsync(TestApp app, TestPartnership partnership, int owner = 0, long? thread = null)
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var outcome = new Outcome { PartnershipId = partnership.Id, ThreadId = thread, Title = "Front-line staff know our aims", DueOn = new(2027, 5, 1), CreatedBy = "x", CreatedAt = now, FormKey = TestApp.NewEmail() };
        outcome.OwnedBy([partnership.Organisations[owner].Id]);
        var indicator = new Indicator { Name = "Can name three shared aims", Unit = "%", Direction = Direction.Up, Baseline = 31, BaselineOn = new(2026, 1, 1), Target = 60, ShowsChange = true, CreatedAt = now, FormKey = "x" };
        outcome.Indicators.Add(indicator);
        await app.SaveAsync(db => db.Outcomes.Add(outcome));
        return (outcome.Id, indicator.Id);
    }

    internal static async Task<long> ReadingAsync(TestApp app, long indicator, DateOnly day, decimal value)
    {
        var reading = new Reading { IndicatorId = indicator, On = day, Value = value, EnteredBy = "x", EnteredAt = app.Clock.GetUtcNow().UtcDateTime };
        await app.SaveAsync(db => db.Readings.Add(reading));
        return reading.Id;
    }

    internal static Task<List<string>> TrailAsync(TestApp app, long partnership, string act) =>
        app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership && e.Act == act).OrderBy(e => e.Id).Select(e => e.Detail).ToListAsync());

    internal static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
