using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Colead.Browser.Tests;

/// <summary>From a closed round to its publication, as a coordinator sees it.</summary>
public class PublishingPagesTests(Chromium chromium)
{
    [Fact]
    public async Task Comments_AreLookedAt_AndTheRoundIsPublished()
    {
        await using var app = await Demonstrated.StartAsync();
        var (partnership, round) =
            await app.DbAsync(async db => (await db.Set<Partnership>().Select(p => p.Id).SingleAsync(), await db.Set<Round>()
            .Where(r => r.State == RoundState.Open).Select(r => r.Id).SingleAsync()));
        using (var scope = app.Services.CreateScope()) Assert.True(await scope.ServiceProvider.GetRequiredService<ClosingOperations>()
            .CloseAsync(round));
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        var page = window.Page;
        await window.EnterAsync(app, await Demonstrated.CoordinatorAsync(app));
        await page.GotoAsync(RoundsLinks.Publish(partnership, round));
        await window.IsSoundAsync("publish-comments-wait");
        await page.GotoAsync(RoundsLinks.Comments(partnership, round));
        await window.IsSoundAsync("comments");
        var comments = page.Locator("li.comment");
        var count = await comments.CountAsync();
        for (var i = 0; i < count; i++) await comments.Nth(i)
            .GetByLabel(i == 0 ? "Release without some words" : i == 1 ? "Withhold" : "Release as it is").CheckAsync();
        var instead = comments.First.GetByLabel("What is released instead");
        await instead.FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.WaitForSelectorAsync(".govuk-error-summary");
        await window.IsSoundAsync("comments-problems");
        await page.Locator("li.comment").First.GetByLabel("What is released instead").FillAsync("Without the name");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.WaitForURLAsync("**/publish");
        await window.IsSoundAsync("publish");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByText("Published. Everyone in the partnership can read the findings now.").WaitForAsync();
        await window.IsSoundAsync("round-published");
    }
}
