using Colead.Web.Features.Accounts;
using Colead.Web.Features.Demo;
using Colead.Web.Features.Inventory;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Colead.Browser.Tests;

/// <summary>A coordinator prepares, opens and ends a round: every screen, on a phone and on a desk, with axe.</summary>
public class RoundPagesTests(Chromium chromium)
{
    [Theory, InlineData(320), InlineData(1280)]
    public async Task Pages_OfARound_AreSound(int width)
    {
        await using var app = await PagesTests.DemonstrationAsync();
        await using var window = await chromium.OpenAsync(app, width);
        var page = window.Page;
        var account = await app.DbAsync(db => db.Users.SingleAsync(a => a.Email == Demonstration.CoordinatorEmail));
        await window.EnterAsync(AccountsLinks.Enter(await app.SecretForAsync(account.Id)));
        var id = await app.DbAsync(db => db.Partnerships.Select(p => p.Id).SingleAsync());
        await VisitAsync(window, "rounds", InventoryLinks.Rounds(id));
        await page.GetByRole(AriaRole.Link, new() { Name = "Prepare a round" }).ClickAsync();
        await page.GetByLabel("Name of the round").FillAsync("Spring 2027");
        await PressAsync(window, "Prepare it");
        await window.IsSoundAsync("round-draft");
        var round = long.Parse(new Uri(page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        await VisitAsync(window, "round-contact", InventoryLinks.Contact(id, round));
        await VisitAsync(window, "round-questionnaire", InventoryLinks.Questionnaire(id, round));
        await VisitAsync(window, "round-who", InventoryLinks.Who(id, round));
        await VisitAsync(window, "round-shown", InventoryLinks.Shown(id, round));
        await page.GetByText("Change who goes with whom").ClickAsync();
        await page.GetByText("Protect even more").ClickAsync();
        await page.GetByLabel("For averages").FillAsync("4");
        await page.Locator("#Fold select").First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await PressAsync(window, "Look again");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("round-shown-problems");
        await page.GotoAsync(InventoryLinks.Shown(id, round));
        await PressAsync(window, "Decide on this");
        await VisitAsync(window, "round-dates", InventoryLinks.Dates(id, round));
        await page.GetByLabel("Closes on").FillAsync("2020-01-01");
        await PressAsync(window, "Save");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("round-dates-problems");
        await page.GotoAsync(InventoryLinks.Dates(id, round));
        await PressAsync(window, "Save");
        await window.IsSoundAsync("round-ready");
        await VisitAsync(window, "round-preview", InventoryLinks.Preview(id, round));
        await VisitAsync(window, "round-preview-part", InventoryLinks.Preview(id, round) + "/1");
        await VisitAsync(window, "round-preview-last", InventoryLinks.Preview(id, round) + "/8");
        await page.GotoAsync(InventoryLinks.Round(id, round));
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the round" }).ClickAsync();
        await window.IsSoundAsync("round-open-confirm");
        await PressAsync(window, "Open it now");
        await page.GetByText("The round is open").WaitForAsync();
        await window.IsSoundAsync("round-open");
        await VisitAsync(window, "rounds-one", InventoryLinks.Rounds(id));
        await VisitAsync(window, "round-extend", InventoryLinks.Extend(id, round));
        await VisitAsync(window, "round-cancel", InventoryLinks.Cancel(id, round));
        await PressAsync(window, "Destroy the answers and cancel");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("round-cancel-problem");
        await VisitAsync(window, "round-close", InventoryLinks.CloseEarly(id, round));
        await PressAsync(window, "Close it now");
        await page.GetByText("The round is closed").WaitForAsync();
        await window.IsSoundAsync("round-closed");
    }

    [Theory, InlineData(320), InlineData(1280)]
    public async Task Pages_OfInstruments_AreSound(int width)
    {
        await using var app = await PagesTests.DemonstrationAsync();
        await using var window = await chromium.OpenAsync(app, width);
        var page = window.Page;
        var account = await app.DbAsync(db => db.Users.SingleAsync(a => a.Email == Demonstration.CoordinatorEmail));
        await window.EnterAsync(AccountsLinks.Enter(await app.SecretForAsync(account.Id)));
        var id = await app.DbAsync(db => db.Partnerships.Select(p => p.Id).SingleAsync());
        await VisitAsync(window, "instruments", InventoryLinks.Instruments(id));
        await page.SetInputFilesAsync("#Upload", new FilePayload { Name = "mine.json", MimeType = "application/json", Buffer = "{\n  \"id\": \"Mine!\",\n  \"version\": 1\n}"u8.ToArray() });
        await PressAsync(window, "Bring it");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("instruments-problems");
        await VisitAsync(window, "instrument", InventoryLinks.Instrument(id, "inventory-12"));
        await VisitAsync(window, "instrument-welsh", InventoryLinks.Instrument(id, "inventory-12") + "?language=cy");
        await page.GotoAsync(InventoryLinks.Instruments(id));
        await PressAsync(window, "Make the copy");
        await page.GetByText("It is yours to change").WaitForAsync();
        await window.IsSoundAsync("instrument-own");
        var own = long.Parse(new Uri(page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        await VisitAsync(window, "instrument-about", InventoryLinks.InstrumentAbout(id, own));
        await VisitAsync(window, "instrument-scale", InventoryLinks.InstrumentScale(id, own));
        await page.GetByLabel("Answers, in English").FillAsync("Yes");
        await PressAsync(window, "Save");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("instrument-scale-problems");
        await VisitAsync(window, "instrument-dimension", InventoryLinks.InstrumentDimension(id, own, "vision"));
        await PressAsync(window, "Add a statement");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Last.ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("instrument-dimension-problems");
    }

    private static Task PressAsync(Window window, string button) => window.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task VisitAsync(Window window, string name, string path)
    {
        await window.Page.GotoAsync(path);
        await window.IsSoundAsync(name);
    }
}
