using Colead.Analysis.Instruments;
using Colead.Parts.Importing;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Colead.Browser.Tests;

/// <summary>A file of answers from another tool, from upload to closed round, on a phone and on a desk.</summary>
public class ElsewhereTests(Chromium chromium)
{
    [Fact]
    public async Task Screens_OfAFileOfAnswers_AreSound()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        await window.EnterAsync(app, partnership.Account(Role.Coordinator));
        var page = window.Page;
        await page.GotoAsync(ImportingLinks.BringAnswers(partnership.Id));
        await window.IsSoundAsync("answers-bring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the file" }).ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("answers-bring-problem");

        var head = "Id,Organisation,Level," + string.Join(',', ShippedInstruments.Inventory12.Items.Select((_, i) => $"Q{i + 1}"))
            + ",Any other comments\n";
        var rows = Enumerable.Range(1, 24)
            .Select(n => $"{n},{(n == 7 ? "The council" : partnership.Organisations[n % 3].Name)},{(n == 9 ? "Boss" : "Front line")},"
            + string.Join(',', Enumerable.Range(1, 30).Select(i => n == 11 && i == 4 ? "Loads" : n == 13 && i == 6 ? "14"
                : $"{((n + i) % 12) + 1}")) + $",{(n % 4 == 0 ? "We listen better than last year" : "")}\n");
        await UploadAsync(window, partnership, "plain.csv", System.Text.Encoding.UTF8.GetBytes(head + string.Concat(rows)));
        await window.IsSoundAsync("answers-match-unsure");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.WaitForURLAsync("**/confirm");
        await window.IsSoundAsync("answers-confirm-problems");

        var ids = ShippedInstruments.Agreement5.Items;
        var numbers = "Id,Organisation,Level," + string.Join(',', ids.Select(item => item.Id)) + "\n"
            + string.Concat(Enumerable.Range(1, 24)
            .Select(n => $"{n},{partnership.Organisations[n % 3].Name},Board,{string.Join(',', ids.Select((_, i) => ((n + i) % 5) + 1))}\n"));
        await UploadAsync(window, partnership, "numbers.csv", System.Text.Encoding.UTF8.GetBytes(numbers));
        await window.IsSoundAsync("answers-match-asked");

        await UploadAsync(window, partnership, "spring-2025.csv",
            await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Inventory", "Files", "limesurvey-6.10-export.csv")));
        await window.IsSoundAsync("answers-match");
        await page.GetByText("See which column is which statement").ClickAsync();
        await window.IsSoundAsync("answers-match-open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.WaitForURLAsync("**/confirm");
        await window.IsSoundAsync("answers-confirm");
        await page.GetByLabel("Name of the round").FillAsync("Spring 2025");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make this a closed round" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/import/", StringComparison.Ordinal));
        await Expect(page.Locator("main")).ToContainTextAsync("Closed");
        await window.IsSoundAsync("answers-closed");
    }

    private static async Task UploadAsync(Window window, TestPartnership partnership, string name, byte[] content)
    {
        await window.Page.GotoAsync(ImportingLinks.BringAnswers(partnership.Id));
        await window.Page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = name, MimeType = "text/csv", Buffer = content });
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Look at the file" }).ClickAsync();
        await window.Page.WaitForURLAsync(url => url.Contains("/import/", StringComparison.Ordinal));
    }
}
