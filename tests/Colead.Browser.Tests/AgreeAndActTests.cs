using Colead.Parts.Actions;
using Colead.Parts.Agreements;
using Colead.Parts.Budget;
using Colead.Parts.Decisions;
using Colead.Parts.Findings;
using Colead.Parts.Meetings;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Parts.Vision;
using Colead.Parts.Voice;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Colead.Browser.Tests;

/// <summary>From a finding to a decision, an outcome, actions, money and back: the screens of the demonstration, and one whole thread
/// walked by hand.</summary>
public class AgreeAndActTests(Chromium chromium)
{
    private static string? Pictures => Environment.GetEnvironmentVariable("COLEAD_SCREENSHOTS");

    private static (string Name, string Address)[] Screens(long p) =>
    [
        ("overview-going-on", PartnershipsLinks.Overview(p)), ("threads", ThreadsLinks.All(p)), ("thread", ThreadsLinks.Thread(p, 1)),
            ("thread-talk", ThreadsLinks.Talk(p, 1)), ("thread-new", ThreadsLinks.New(p)),
        ("thread-edit", ThreadsLinks.Edit(p, 1)), ("thread-share", ThreadsLinks.Share(p, 1)), ("vision", VisionLinks.Picture(p)),
            ("agreement", AgreementsLinks.Agreement(p)), ("decisions", DecisionsLinks.All(p)),
        ("decision", DecisionsLinks.Proposal(p, 1)), ("decision-open", DecisionsLinks.Proposal(p, 3)),
            ("decision-new", DecisionsLinks.New(p, thread: 1)), ("meetings", MeetingsLinks.Meetings(p)),
            ("meeting", MeetingsLinks.Meeting(p, 1)),
        ("meeting-next", MeetingsLinks.Meeting(p, 3)), ("voice", VoiceLinks.Voice(p)), ("outcomes", OutcomesLinks.All(p)),
            ("outcome", OutcomesLinks.Outcome(p, 1)), ("actions", ActionsLinks.All(p)), ("action-map", ActionsLinks.Map(p)),
        ("money", BudgetLinks.Money(p)), ("money-new", BudgetLinks.New(p)),
    ];

    [Fact]
    public async Task Screens_OfTheDemonstration_AreSound_OnADesk_OnAPhone_WithoutScript_AndOnPaper()
    {
        await using var app = await Demonstrated.StartAsync();
        var coordinator = await Demonstrated.CoordinatorAsync(app);
        var partnership = await app.DbAsync(db => db.Set<Partnership>().Select(p => p.Id).SingleAsync());
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        await window.EnterAsync(app, coordinator);
        foreach (var (name, address) in Screens(partnership)) await window.VisitAsync(name, address);
        await using var plain = await chromium.OpenAsync(app, 320, script: false);
        await plain.EnterAsync(app, coordinator);
        foreach (var (name, address) in Screens(partnership))
        {
            await plain.Page.GotoAsync(address);
            await plain.FitsAsync(name + " without script");
        }
        // On paper: the thread a board reads.
        await using var paper = await chromium.OpenAsync(app);
        await paper.EnterAsync(app, coordinator);
        await paper.Page.GotoAsync(ThreadsLinks.Thread(partnership, 1));
        await paper.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await paper.Page.SetViewportSizeAsync(700, 1000);
        await paper.FitsAsync("thread on paper");
        Assert.False(await paper.Page.Locator("header nav").IsVisibleAsync());
        Assert.False(await paper.Page.Locator(".tools").IsVisibleAsync());
        if (Pictures is { } folder) await paper.Page.PdfAsync(new() { Path = Path.Combine(folder, "thread.pdf"), Format = "A4" });
        // A tired coordinator prints it for a board: the low score, what was decided and done, and the better score stand on it.
        var text = await paper.Page.Locator("main").InnerTextAsync();
        Assert.Matches(@"(?s)5\.0 of 12.*decision.*outcome.*actions.*£4,200.*310 hours.*6\.3 of 12: up 1\.3; how sure that is cannot be said.*"
            + @"as a whole: 6\.3, up 1\.1, likely a real change", text);
    }

    [Fact]
    public async Task Thread_WalkedByHand_FromAFindingToDecisionOutcomeAndAction()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.FindingsAsync();
        await using var window = await chromium.OpenAsync(app);
        await window.EnterAsync(app, partnership.House.Account(Role.Coordinator));
        var page = window.Page;
        await page.GotoAsync(FindingsLinks.Home(partnership.Id, partnership.Second));
        await page.GetByRole(AriaRole.Link, new() { Name = "Take this up" }).First.ClickAsync();
        await page.GetByLabel("What should it be called?").FillAsync("Forms that get in the way");
        await window.PressAsync("Start the thread");
        await page.GetByLabel("What do you see?").FillAsync("Three forms for one bus pass.");
        await window.PressAsync("Add it");
        await Expect(page.Locator(".talk")).ToContainTextAsync("Three forms for one bus pass.");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the whole thread" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Propose something" }).ClickAsync();
        await page.Locator("#Title").FillAsync("One form for all bus passes");
        await page.Locator("#Text").FillAsync("The council keeps it; the others link to it.");
        await page.GetByLabel("Consent", new() { Exact = true }).CheckAsync();
        await page.Locator("main form button.govuk-button").First.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("One form for all bus passes");
        var (proposal, thread) =
            await app.DbAsync(async db => (await db.Set<Proposal>().Select(x => x.Id).SingleAsync(), await db.Set<GoldenThread>()
            .Select(x => x.Id).SingleAsync()));

        await page.GotoAsync(DecisionsLinks.OpenVoting(partnership.Id, proposal));
        await page.Locator("main form button.govuk-button").First.ClickAsync();
        using (var lead = await partnership.AsAsync(Role.Lead))
        {
            var ballot = await lead.GetAsync(DecisionsLinks.Vote(partnership.Id, proposal));
            Assert.Equal(302,
                (await lead.SubmitAsync(ballot,
                new() { ["Choice"] = ballot.Document.QuerySelector("input[type=radio]")!.GetAttribute("value")! })).Status);
        }
        await page.GotoAsync(DecisionsLinks.CloseVoting(partnership.Id, proposal));
        await page.Locator("main form button.govuk-button").First.ClickAsync();
        await page.GotoAsync(ThreadsLinks.Thread(partnership.Id, thread));
        await Expect(page.Locator(".line")).ToContainTextAsync("One form for all bus passes");

        await page.GotoAsync(OutcomesLinks.New(partnership.Id, thread));
        await page.Locator("#Title").FillAsync("A bus pass in one visit");
        await page.GetByLabel("Several organisations together").CheckAsync();
        await page.Locator("main form button.govuk-button").First.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("A bus pass in one visit");
        await page.GotoAsync(ActionsLinks.New(partnership.Id, thread: thread));
        await page.Locator("#Title").FillAsync("Bring the three forms to one table");
        await page.GetByLabel("Does what we do").CheckAsync();
        await page.Locator("#Organisation").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#DueOn").FillAsync("2027-03-01");
        await page.Locator("main form button.govuk-button").First.ClickAsync();

        await page.GotoAsync(ThreadsLinks.Thread(partnership.Id, thread));
        var line = page.Locator(".line");
        foreach (var words in new[] { "1 person", "One form for all bus passes", "A bus pass in one visit",
            "Bring the three forms to one table" }) await Expect(line).ToContainTextAsync(words);
        await window.IsSoundAsync("thread-walked");
    }
}
