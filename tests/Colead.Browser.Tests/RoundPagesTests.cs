using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Colead.Browser.Tests;

/// <summary>A coordinator prepares, opens and ends a round: every screen, on a phone and on a desk, with axe.</summary>
public class RoundPagesTests(Chromium chromium)
{
    [Fact]
    public async Task Pages_OfARound_AreSound()
    {
        await using var app = await Demonstrated.StartAsync();
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        var page = window.Page;
        await window.EnterAsync(app, await Demonstrated.CoordinatorAsync(app));
        var id = await app.DbAsync(db => db.Set<Partnership>().Select(p => p.Id).SingleAsync());
        await window.VisitAsync("rounds", RoundsLinks.Rounds(id));
        // The round that is being asked would have to be over for ninety days before another one of the same statements.
        var asked = await app.DbAsync(db => db.Set<Round>().Where(r => r.State == RoundState.Open)
            .Select(r => ValueTuple.Create(r.Id, r.Name)).SingleAsync());
        await page.GotoAsync(RoundsLinks.Cancel(id, asked.Item1));
        await page.GetByLabel("To be sure").FillAsync(asked.Item2);
        await window.PressAsync("Destroy the answers and cancel");
        await page.GetByText("The round is cancelled").WaitForAsync();
        await page.GotoAsync(RoundsLinks.Rounds(id));
        await page.GetByRole(AriaRole.Link, new() { Name = "Prepare a round" }).ClickAsync();
        await page.GetByLabel("Name of the round").FillAsync("Spring 2027");
        await window.PressAsync("Prepare it");
        await window.IsSoundAsync("round-draft");
        var round = long.Parse(new Uri(page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        await window.VisitAsync("round-contact", RoundsLinks.Contact(id, round));
        await window.VisitAsync("round-questionnaire", RoundsLinks.Questionnaire(id, round));
        await window.VisitAsync("round-who", RoundsLinks.Who(id, round));
        await window.VisitAsync("round-shown", RoundsLinks.Shown(id, round));
        await page.GetByText("Change who goes with whom").ClickAsync();
        await page.GetByText("Protect even more").ClickAsync();
        await page.GetByLabel("For averages").FillAsync("4");
        await page.Locator("#Fold select").First.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await window.PressAsync("Check again");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("round-shown-problems");
        await page.GotoAsync(RoundsLinks.Shown(id, round));
        await window.PressAsync("Decide on this");
        await window.VisitAsync("round-dates", RoundsLinks.Dates(id, round));
        await page.GetByLabel("Closes on").FillAsync("2020-01-01");
        await window.PressAsync("Save");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("round-dates-problems");
        await page.GotoAsync(RoundsLinks.Dates(id, round));
        await window.PressAsync("Save");
        await window.IsSoundAsync("round-ready");
        await window.VisitAsync("round-preview", RoundsLinks.Preview(id, round));
        await window.VisitAsync("round-preview-part", RoundsLinks.Preview(id, round) + "/1");
        await window.VisitAsync("round-preview-last", RoundsLinks.Preview(id, round) + "/8");
        await page.GotoAsync(RoundsLinks.Round(id, round));
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the round" }).ClickAsync();
        await window.IsSoundAsync("round-open-confirm");
        await window.PressAsync("Open it now");
        await page.GetByText("The round is open").WaitForAsync();
        await window.IsSoundAsync("round-open");
        await window.VisitAsync("rounds-one", RoundsLinks.Rounds(id));
        await window.VisitAsync("round-extend", RoundsLinks.Extend(id, round));
        await window.VisitAsync("round-cancel", RoundsLinks.Cancel(id, round));
        await window.PressAsync("Destroy the answers and cancel");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("round-cancel-problem");
        await window.VisitAsync("round-close", RoundsLinks.CloseEarly(id, round));
        await window.PressAsync("Close it now");
        await page.GetByText("The round is closed").WaitForAsync();
        await window.IsSoundAsync("round-closed");
    }

    [Fact]
    public async Task Pages_OfInstruments_AreSound()
    {
        await using var app = await Demonstrated.StartAsync();
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        var page = window.Page;
        await window.EnterAsync(app, await Demonstrated.CoordinatorAsync(app));
        var id = await app.DbAsync(db => db.Set<Partnership>().Select(p => p.Id).SingleAsync());
        await window.VisitAsync("instruments", InstrumentsLinks.Instruments(id));
        await page.SetInputFilesAsync("#Upload", new FilePayload { Name = "mine.json", MimeType = "application/json",
            Buffer = "{\n  \"id\": \"Mine!\",\n  \"version\": 1\n}"u8.ToArray() });
        await window.PressAsync("Bring it");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("instruments-problems");
        await window.VisitAsync("instrument", InstrumentsLinks.Instrument(id, "inventory-12"));
        await window.VisitAsync("instrument-welsh", InstrumentsLinks.Instrument(id, "inventory-12") + "?language=cy");
        await page.GotoAsync(InstrumentsLinks.Instruments(id));
        await window.PressAsync("Make the copy");
        await page.GetByText("It is yours to change").WaitForAsync();
        await window.IsSoundAsync("instrument-own");
        var own = long.Parse(new Uri(page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        await window.VisitAsync("instrument-about", InstrumentsLinks.InstrumentAbout(id, own));
        await window.VisitAsync("instrument-scale", InstrumentsLinks.InstrumentScale(id, own));
        await page.GetByLabel("Answers, in English").FillAsync("Yes");
        await window.PressAsync("Save");
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("instrument-scale-problems");
        await window.VisitAsync("instrument-dimension", InstrumentsLinks.InstrumentDimension(id, own, "vision"));
        await window.PressAsync("Add a statement");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).Last.ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("instrument-dimension-problems");
    }
}
