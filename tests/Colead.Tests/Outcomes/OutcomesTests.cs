using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Outcomes;
using Colead.Parts.Outcomes.Setting;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Outcomes;

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
            (OutcomesLinks.All(p), Role.Viewer), (OutcomesLinks.Outcome(p, outcome), Role.Viewer),
                (OutcomesLinks.Indicator(p, outcome, indicator), Role.Viewer),
            (OutcomesLinks.Reading(p, outcome, indicator, reading), Role.Member),
                (OutcomesLinks.Import(p, outcome, indicator), Role.Member),
            (OutcomesLinks.New(p), Role.Lead), (OutcomesLinks.Edit(p, outcome), Role.Lead),
                (OutcomesLinks.NewIndicator(p, outcome), Role.Lead), (OutcomesLinks.EditIndicator(p, outcome, indicator), Role.Lead),
                (OutcomesLinks.Story(p, outcome, indicator), Role.Lead),
        ];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var (path, least) in screens) Assert.Equal((path, role >= least ? 200 : 404),
                (path, (await visitor.GetAsync(path)).Status));
            using var stranger = await other.AsAsync(role);
            foreach (var (path, _) in screens) Assert.Equal((path, 404), (path, (await stranger.GetAsync(path)).Status));
            foreach (var (path, _) in screens.Where(s => s.Path != OutcomesLinks.All(p) && s.Path != OutcomesLinks.New(p)))
                Assert.Equal(404, (await stranger.GetAsync(path.Replace($"/partnerships/{p}/", $"/partnerships/{other.Id}/",
                    StringComparison.Ordinal))).Status);
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
        foreach (var path in new[] { OutcomesLinks.Edit(partnership.Id, outcome), OutcomesLinks.NewIndicator(partnership.Id, outcome),
            OutcomesLinks.EditIndicator(partnership.Id, outcome, indicator), OutcomesLinks.Story(partnership.Id, outcome, indicator) })
            Assert.Equal(404, (await lead.GetAsync(path)).Status);
        foreach (var handler in new[] { "agree", "takeBack", "review", "end", "goOn" })
            Assert.Equal((handler, 404),
                (handler, (await lead.ForgeAsync("/account", $"{OutcomesLinks.Outcome(partnership.Id, outcome)}?handler={handler}",
                new() { ["ReviewOn"] = "2027-01-01", ["Note"] = "x" })).Status));
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Assert.Equal(404,
            (await viewer.ForgeAsync("/account", $"{OutcomesLinks.Indicator(partnership.Id, outcome, indicator)}?handler=read",
            new() { ["On"] = "2026-03-01", ["Value"] = "3" })).Status);
        using var member = await partnership.AsAsync(Role.Member);
        Assert.Equal(404, (await member.ForgeAsync("/account", $"{OutcomesLinks.Outcome(partnership.Id, outcome)}?handler=contribute",
            new() { ["Contribution"] = "x" })).Status);
        Assert.Equal(0, await app.DbAsync(db => db.Set<OutcomeReview>().CountAsync(r => r.OutcomeId == outcome)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task New_SentTwice_MakesOneOutcome_OfItsThread_WithAnEntryInTheTrail(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var thread = new GoldenThread { PartnershipId = partnership.Id, Title = "Nobody could say what we are for", About = "",
            Source = ThreadSource.Problem, FormKey = FormKey.New(), StartedBy = "x", StartedAt = app.Clock.GetUtcNow().UtcDateTime };
        await app.SaveAsync(db => db.Set<GoldenThread>().Add(thread));
        using var lead = await partnership.AsAsync(Role.Lead);
        var form = await lead.GetAsync(OutcomesLinks.New(partnership.Id, thread.Id));
        Dictionary<string, string> Fields() => new() { ["Title"] = " Six in ten  know our aims ", ["Responsibility"] = "Joint",
            ["DueOn"] = "1/5/2027" };
        var first = await lead.SubmitAsync(form, Fields());
        var second = await lead.SubmitAsync(form, Fields());
        Assert.Equal(302, first.Status);
        Assert.Equal(first.Location, second.Location);
        var outcome = await app.DbAsync(db => db.Set<Outcome>().Include(o => o.Partners)
            .SingleAsync(o => o.PartnershipId == partnership.Id));
        Assert.Equal(("Six in ten know our aims", thread.Id, new DateOnly(2027, 5, 1)), (outcome.Title, outcome.ThreadId, outcome.DueOn));
        Assert.Equal(partnership.Organisations[0].Id, Assert.Single(outcome.Partners).OrganisationId);
        Assert.Single(await TrailAsync(app, partnership.Id, "set an outcome"));
        Assert.Equal("Nobody could say what we are for",
            (await lead.GetAsync(first.Location!))
                .Document.QuerySelector($"a[href='{Colead.Parts.Threads.ThreadsLinks.Thread(partnership.Id, thread.Id)}']")?.TextContent);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task New_BadInput_SaysSoBesideTheFieldAndKeepsWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (partnership, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var answer = await coordinator.PostAsync(OutcomesLinks.New(partnership.Id),
            new() { ["Title"] = " ", ["Who"] = "Young carers", ["DueOn"] = "soon", ["Owners"] = Id(other.Organisations[0].Id),
            ["Responsibility"] = "Nobody" });
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer.ErrorOf("Title"));
        Assert.NotNull(answer.ErrorOf("DueOn"));
        Assert.NotNull(answer.ErrorOf("Owners"));
        Assert.NotNull(answer.ErrorOf("Responsibility"));
        Assert.Equal(("Young carers", "soon"), (answer.ValueOf("Who"), answer.ValueOf("DueOn")));
        Assert.False(await app.DbAsync(db => db.Set<Outcome>().AnyAsync(o => o.PartnershipId == partnership.Id)));
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
        // a second click is the same press
        for (var times = 0; times < 2; times++) Assert.Equal(302, (await one.SubmitAsync(pageOne, new() { ["Where"] = "The north bank" }))
            .Status);
        Assert.Single(await TrailAsync(app, partnership.Id, "changed an outcome"));
        var clash = await two.SubmitAsync(pageTwo, new() { ["Where"] = "The south bank" });
        Assert.Equal(409, clash.Status);
        Assert.Contains("The north bank", clash.Document.QuerySelector(".clash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("The south bank", clash.ValueOf("Where"));
        Assert.Single(clash.Document.QuerySelectorAll(".clash tbody tr"));
        Assert.Equal("The north bank", (await app.DbAsync(db => db.Set<Outcome>().SingleAsync(o => o.Id == outcome))).Where);
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Equal("The south bank", (await app.DbAsync(db => db.Set<Outcome>().SingleAsync(o => o.Id == outcome))).Where);
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
        Assert.Equal(302, (await coordinator.PostAsync(OutcomesLinks.Edit(partnership.Id, outcome),
            new() { ["PublicValue"] = "Streets feel safer." })).Status);
        Assert.Contains("✓ agreed on", (await lead.GetAsync(path)).Text, StringComparison.Ordinal); // what they agreed to is the same
        Assert.Equal(302, (await coordinator.PostAsync(OutcomesLinks.Edit(partnership.Id, outcome),
            new() { ["Resources"] = "Twice as much" })).Status);
        Assert.Contains("not agreed yet", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        var stale = await lead.SubmitAsync(old, [], "agree"); // the page as it was before
        Assert.Equal(409, stale.Status);
        Assert.Contains("Read it again", stale.Text, StringComparison.Ordinal);
        Assert.Null((await app.DbAsync(db => db.Set<OutcomePartner>().SingleAsync(p => p.OutcomeId == outcome))).AgreedAt);
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
        var own = await app.DbAsync(db => db.Set<OutcomePartner>()
            .SingleAsync(p => p.OutcomeId == outcome && p.OrganisationId == partnership.Organisations[0].Id));
        Assert.Equal(("We lend the hall.", false), (own.Contribution, own.IsOwner));
        var (one, two) = (await lead.GetAsync(path), await lead.GetAsync(path));
        Assert.Equal(302, (await lead.SubmitAsync(one, new() { ["Contribution"] = "We lend the hall and a cook." }, "contribute")).Status);
        var clash = await lead.SubmitAsync(two, new() { ["Contribution"] = "We lend the yard." }, "contribute");
        Assert.Equal(409, clash.Status);
        Assert.Contains("We lend the hall and a cook.", clash.Text, StringComparison.Ordinal);
        Assert.Equal("We lend the yard.", clash.ValueOf("Contribution"));
        Assert.Equal(302, (await lead.SubmitAsync(clash, [], "contribute")).Status);
        Assert.Contains("We lend the yard.", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(OutcomesLinks.Outcome(partnership.Id, outcome), new() { ["Contribution"] = "" },
            "contribute")).Status);
        Assert.False(await app.DbAsync(db => db.Set<OutcomePartner>()
            .AnyAsync(p => p.OutcomeId == outcome && p.OrganisationId == partnership.Organisations[0].Id)));
    }

    /// <summary>Each letter looks at something real: it is missing, and there once that is put right.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Smart_EachLetter_TurnsWithWhatItLooksAt(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var lead = await partnership.AsAsync(Role.Lead);
        var made = await lead.PostAsync(OutcomesLinks.New(partnership.Id),
            new() { ["Title"] = "People know our aims", ["Responsibility"] = "One" });
        var id = await app.DbAsync(db => db.Set<Outcome>().Where(o => o.PartnershipId == partnership.Id).Select(o => o.Id).SingleAsync());
        var path = made.Location!;
        async Task<string> StatesAsync() => string.Concat((await lead.GetAsync(path)).Document.QuerySelectorAll(".smart li")
            .Select(li => li.ClassName switch { "there" => '+', "missing" => '-', _ => '?' }));
        Assert.Equal("---?-", await StatesAsync());
        var edit = OutcomesLinks.Edit(partnership.Id, id);
        await lead.PostAsync(edit, new() { ["Who"] = "Front-line staff", ["Where"] = "Harbour Vale" });
        Assert.Equal("---?-", await StatesAsync());
        await lead.PostAsync(edit, new() { ["WhatChanges"] = "They can name three shared aims" });
        Assert.Equal("+--?-", await StatesAsync());
        await lead.PostAsync(OutcomesLinks.NewIndicator(partnership.Id, id),
            new() { ["Name"] = "Can name three", ["Unit"] = "%", ["Direction"] = "Up", ["Target"] = "60", ["ShowsChange"] = "true" });
        Assert.Equal("+--?-", await StatesAsync()); // no baseline yet
        var indicator = await app.DbAsync(db => db.Set<Indicator>().Where(i => i.OutcomeId == id).Select(i => i.Id).SingleAsync());
        await lead.PostAsync(OutcomesLinks.EditIndicator(partnership.Id, id, indicator),
            new() { ["Baseline"] = "31", ["BaselineOn"] = "2026-01-01" });
        Assert.Equal("++-?-", await StatesAsync());
        await lead.PostAsync(edit, new() { ["Resources"] = "Two days a month from each" });
        Assert.Equal("++-?-", await StatesAsync()); // named, not agreed
        await lead.PostAsync(path, [], "agree");
        Assert.Equal("+++?-", await StatesAsync());
        await lead.PostAsync(edit, new() { ["DueOn"] = "2027-01-01" });
        await lead.PostAsync(path, [], "agree"); // a date is part of what is agreed
        Assert.Equal("+++?-", await StatesAsync()); // no review point
        Assert.Equal("1 outcome, not clear in every point yet", (await lead.GetAsync(OutcomesLinks.All(partnership.Id))).Heading);
        await lead.PostAsync(path, new() { ["ReviewOn"] = "2026-12-01" }, "review");
        Assert.Equal("+++?+", await StatesAsync());
        await lead.PostAsync(OutcomesLinks.Indicator(partnership.Id, id, indicator), new() { ["On"] = "2026-07-01", ["Value"] = "33" },
            "read");
        Assert.Equal("+++-+", await StatesAsync()); // at this pace far off
        await lead.PostAsync(OutcomesLinks.EditIndicator(partnership.Id, id, indicator),
            new() { ["PeersReached"] = "70", ["PeersSource"] = "Tyne Together" });
        Assert.Equal("+++++", await StatesAsync()); // others did it
        Assert.Contains("Tyne Together", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Contains("1 outcome, each clear", (await lead.GetAsync(OutcomesLinks.All(partnership.Id))).Heading,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("31 34", 44, Reach.Stretch, true), InlineData("31 34", 40, Reach.OnTheWay, true),
        InlineData("31 34", 90, Reach.FarOff, false), InlineData("31 30", 60, Reach.WrongWay, false)]
    [InlineData("31 61", 60, Reach.Reached, true), InlineData("31", 60, Reach.CannotSay, null),
        InlineData("31 31", 60, Reach.WrongWay, false)]
    [InlineData("31 34", 44, Reach.Stretch, false, 40), InlineData("31 34", 40, Reach.OnTheWay, true, 35),
        InlineData("31 34", 90, Reach.FarOff, true, 90), InlineData("31", 60, Reach.CannotSay, false, 50),
        InlineData("31", 60, Reach.CannotSay, true, 60)]
    public void Outlook_OfReadingsADayApart_SaysWhatTheTrendAllows_AndWhatOthersReached(string values, int target, Reach reach,
        bool? within, int? peers = null)
    {
        var indicator = new Indicator { Name = "Aims known", Target = target, PeersReached = peers, TargetOn = new(2026, 1, 5),
            CreatedAt = default, FormKey = "x" };
        indicator.Readings.AddRange(values.Split(' ').Select((v, i) => new Reading { On = new DateOnly(2026, 1, 1).AddDays(i),
            Value = decimal.Parse(v, CultureInfo.InvariantCulture), EnteredBy = "x", EnteredAt = default }));
        var outlook = Outlook.Of(indicator, due: null);
        Assert.Equal((reach, within), (outlook.Reach, outlook.WithinReach));
        Assert.Equal(reach == Reach.CannotSay && peers is null, outlook.Sentence.Contains("cannot say", StringComparison.Ordinal));
    }

    /// <summary>A date in the past is said to be past, and a review point helps only before the date.</summary>
    [Theory]
    [InlineData(null, "", "missing", "By when?"), InlineData("2027-05-01", "", "missing", "Choose a day before that"),
        InlineData("2027-05-01", "2027-05-01", "missing", "no review point lies before"),
     InlineData("2027-05-01", "2027-05-01 2027-03-01", "there", "2 review points"),
         InlineData("2027-05-01", "2026-05-01", "missing", "passed without a word"), InlineData("2026-05-01", "", "missing", "has passed"),
         InlineData("2026-05-01", "2026-04-01", "missing", "has passed")]
    public void Smart_TimeBased_LooksAtTheDateAndAtWhatLiesBeforeIt(string? due, string reviews, string state, string words)
    {
        var outcome = new Outcome { Title = "x", CreatedBy = "x", CreatedAt = default, FormKey = "x", DueOn = due is null ? null
            : DateOnly.Parse(due, CultureInfo.InvariantCulture) };
        outcome.Reviews.AddRange(reviews.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(r => new OutcomeReview { On = DateOnly.Parse(r, CultureInfo.InvariantCulture) }));
        var part = Smart.Of(outcome, new(2026, 11, 20)).Single(p => p.Letter == 'T');
        Assert.Equal(state == "there" ? SmartState.InPlace : SmartState.Missing, part.State);
        Assert.Contains(words, part.Sentence, StringComparison.Ordinal);
        outcome.End(new(2026, 11, 19, 9, 0, 0, DateTimeKind.Utc), "Done.");
        if (due is not null) Assert.Contains("is over since", Smart.Of(outcome, new(2026, 11, 20)).Single(p => p.Letter == 'T').Sentence,
            StringComparison.Ordinal);
    }

    /// <summary>Owners agree to a target too: where it becomes another, they are asked again, and a page of before agrees to
    /// nothing.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Agree_ToATarget_IsAskedAgainWhenTheTargetChanges(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, indicator) = await OutcomeAsync(app, partnership);
        var path = OutcomesLinks.Outcome(partnership.Id, outcome);
        var edit = OutcomesLinks.EditIndicator(partnership.Id, outcome, indicator);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        async Task<bool> AgreedAsync() => (await app.DbAsync(db => db.Set<OutcomePartner>().SingleAsync(p => p.OutcomeId == outcome)))
            .AgreedAt is not null;
        await lead.PostAsync(path, [], "agree");
        await coordinator.PostAsync(edit, new() { ["PeersReached"] = "70" });
        await coordinator.PostAsync(OutcomesLinks.Story(partnership.Id, outcome, indicator),
            new() { ["Story"] = "Slowly.", ["Confidence"] = "Low" });
        Assert.True(await AgreedAsync());
        var old = await lead.GetAsync(path);
        Assert.Equal(302, (await coordinator.PostAsync(edit, new() { ["Target"] = "90" })).Status);
        Assert.False(await AgreedAsync());
        Assert.Equal(409, (await lead.SubmitAsync(await ReadAsync(lead, path, old), [], "agree")).Status);
        Assert.Equal(302, (await lead.PostAsync(path, [], "agree")).Status);
        await coordinator.PostAsync(OutcomesLinks.NewIndicator(partnership.Id, outcome),
            new() { ["Name"] = "Without a target", ["Direction"] = "Up", ["ShowsChange"] = "true" });
        Assert.True(await AgreedAsync());
        await coordinator.PostAsync(OutcomesLinks.NewIndicator(partnership.Id, outcome),
            new() { ["Name"] = "With one", ["Direction"] = "Up", ["Target"] = "5", ["ShowsChange"] = "true" });
        Assert.False(await AgreedAsync());
    }

    /// <summary>The form of the page as it is now, with the version that was read before.</summary>
    private static async Task<Answer> ReadAsync(Visitor visitor, string path, Answer old)
    {
        var page = await visitor.GetAsync(path);
        var version = old.Document.QuerySelector("#owners input[name=Version]")!.GetAttribute("value")!;
        page.Document.QuerySelector("#owners input[name=Version]")!.SetAttribute("value", version);
        return page;
    }

    /// <summary>What was typed into a note is there again whatever stood in its way.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Notes_NotTaken_KeepWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomeAsync(app, partnership);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = OutcomesLinks.Outcome(partnership.Id, outcome);
        await lead.PostAsync(path, new() { ["ReviewOn"] = "2027-01-10" }, "review");
        static string? Typed(Answer page) => page.Document.QuerySelector("details[open] textarea[name=Note]")?.TextContent.Trim();
        var tooLong = new string('x', Outcome.TextLength + 1);
        foreach (var handler in new[] { "hold", "end" })
        {
            var refused = await lead.PostAsync(path, new() { ["Note"] = tooLong }, handler);
            Assert.Equal((handler, 400, tooLong), (handler, refused.Status, Typed(refused)));
            Assert.NotNull(refused.ErrorOf("Note"));
        }
        // Two hold the same review: the second sees the first, keeps what they typed, and chooses.
        var (one, two) = (await lead.GetAsync(path), await coordinator.GetAsync(path));
        for (var times = 0; times < 2; times++) Assert.Equal(302,
            (await lead.SubmitAsync(one, new() { ["Note"] = "Half way there." }, "hold")).Status);
        var clash = await coordinator.SubmitAsync(two, new() { ["Note"] = "Hardly begun." }, "hold");
        Assert.Equal((409, "Hardly begun."), (clash.Status, Typed(clash)));
        Assert.Contains("Half way there.", clash.Document.QuerySelector("#reviews")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(409, (await coordinator.SubmitAsync(two, [], "drop")).Status); // what was said is not thrown away
        Assert.Equal(302, (await coordinator.SubmitAsync(clash, [], "hold")).Status);
        Assert.Equal("Hardly begun.", (await app.DbAsync(db => db.Set<OutcomeReview>().SingleAsync(r => r.OutcomeId == outcome))).Note);
        // Two end it.
        var (three, four) = (await lead.GetAsync(path), await coordinator.GetAsync(path));
        Assert.Equal(302, (await lead.SubmitAsync(three, new() { ["Note"] = "We got there." }, "end")).Status);
        var late = await coordinator.SubmitAsync(four, new() { ["Note"] = "Nearly." }, "end");
        Assert.Equal((409, "Nearly."), (late.Status, Typed(late)));
        Assert.Contains("We got there.", late.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.SubmitAsync(late, [], "end")).Status);
        Assert.Equal("Nearly.", (await app.DbAsync(db => db.Set<Outcome>().SingleAsync(o => o.Id == outcome))).EndedNote);
    }

    /// <summary>Two of one organisation write its first sentence: the second does not write over one that they never saw.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Contribution_WrittenFirstByTwo_ShowsTheSecondWhatIsThere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (outcome, _) = await OutcomeAsync(app, partnership, owner: 1);
        using var lead = await partnership.AsAsync(Role.Lead);
        var path = OutcomesLinks.Outcome(partnership.Id, outcome);
        var (one, two) = (await lead.GetAsync(path), await lead.GetAsync(path));
        Assert.Equal(302, (await lead.SubmitAsync(one, new() { ["Contribution"] = "We lend the hall." }, "contribute")).Status);
        var clash = await lead.SubmitAsync(two, new() { ["Contribution"] = "We lend the yard." }, "contribute");
        Assert.Equal(409, clash.Status);
        Assert.Contains("We lend the hall.", clash.Text, StringComparison.Ordinal);
        Assert.Equal("We lend the yard.", clash.ValueOf("Contribution"));
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
        foreach (var day in new[] { "2027-01-10", "2027-01-10", "2027-02-10" }) Assert.Equal(302,
            (await lead.PostAsync(path, new() { ["ReviewOn"] = day }, "review")).Status);
        Assert.Equal(2, await app.DbAsync(db => db.Set<OutcomeReview>().CountAsync(r => r.OutcomeId == outcome)));
        Assert.Equal(400, (await lead.PostAsync(path, new() { ["Note"] = " " }, "hold")).Status);
        Assert.Equal(302, (await lead.PostAsync(path, new() { ["Note"] = "Half way there." }, "hold")).Status);
        Assert.Equal(302, (await lead.PostAsync(path, [], "drop")).Status);
        Assert.Equal("Half way there.", (await app.DbAsync(db => db.Set<OutcomeReview>().SingleAsync(r => r.OutcomeId == outcome))).Note);
        var over = await lead.GetAsync(path);
        for (var times = 0; times < 2; times++) Assert.Equal(302,
            (await lead.SubmitAsync(over, new() { ["Note"] = "We got there." }, "end")).Status);
        Assert.Contains("We got there.", (await lead.GetAsync(OutcomesLinks.All(partnership.Id))).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(path, [], "goOn")).Status);
        Assert.Null((await app.DbAsync(db => db.Set<Outcome>().SingleAsync(o => o.Id == outcome))).EndedAt);
        Assert.Single(await TrailAsync(app, partnership.Id, "ended an outcome"));
    }

    internal static async Task<(long Outcome, long Indicator)> OutcomeAsync(TestApp app, TestPartnership partnership, int owner = 0,
        long? thread = null)
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var outcome = new Outcome { PartnershipId = partnership.Id, ThreadId = thread, Title = "Front-line staff know our aims",
            DueOn = new(2027, 5, 1), CreatedBy = "x", CreatedAt = now, FormKey = TestApp.NewEmail() };
        outcome.OwnedBy([partnership.Organisations[owner].Id]);
        var indicator = new Indicator { Name = "Can name three shared aims", Unit = "%", Direction = Direction.Up, Baseline = 31,
            BaselineOn = new(2026, 1, 1), Target = 60, ShowsChange = true, CreatedAt = now, FormKey = "x" };
        outcome.Indicators.Add(indicator);
        await app.SaveAsync(db => db.Set<Outcome>().Add(outcome));
        return (outcome.Id, indicator.Id);
    }

    internal static async Task<long> ReadingAsync(TestApp app, long indicator, DateOnly day, decimal value)
    {
        var reading = new Reading { IndicatorId = indicator, On = day, Value = value, EnteredBy = "x", EnteredAt = app.Clock.GetUtcNow()
            .UtcDateTime };
        await app.SaveAsync(db => db.Set<Reading>().Add(reading));
        return reading.Id;
    }

    internal static Task<List<string>> TrailAsync(TestApp app, long partnership, string act) =>
        app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == partnership && e.Act == act).OrderBy(e => e.Id)
            .Select(e => e.Detail).ToListAsync());

    internal static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
