using Colead.Parts.Findings;
using Colead.Parts.Partnerships;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.Playwright;

namespace Colead.Browser.Tests;

/// <summary>The screens of findings: with and without script, on a phone, on a desk, on paper, by keyboard.</summary>
public class FindingsPagesTests(Chromium chromium)
{
    private static (string Name, string Address)[] Screens(long p, long r) =>
    [
        ("findings-home", FindingsLinks.Home(p, r)), ("findings-levels", FindingsLinks.Levels(p, r)),
            ("findings-sectors", FindingsLinks.Sectors(p, r)),
        ("findings-organisations", FindingsLinks.Organisations(p, r)), ("findings-sector-levels", FindingsLinks.SectorLevels(p, r)),
            ("findings-statements", FindingsLinks.Statements(p, r)),
        ("findings-change", FindingsLinks.Change(p, r)), ("findings-comments", FindingsLinks.Comments(p, r)),
            ("findings-open-link", FindingsLinks.OpenLink(p, r)),
        ("findings-about", FindingsLinks.About(p, r)), ("findings-downloads", FindingsLinks.Downloads(p, r)),
            ("findings", FindingsLinks.All(p)),
    ];

    [Theory, InlineData(320), InlineData(1280)]
    public async Task Screens_WithScript_AreSoundAndDrawTheirPictures(int width)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.FindingsAsync();
        await using var window = await EnteredAsync(app, partnership, Role.Lead, width);
        foreach (var (name, address) in Screens(partnership.Id, partnership.Second))
        {
            await window.Page.GotoAsync(address);
            var figures = await window.Page.Locator("figure[data-picture]").CountAsync();
            if (figures > 0) await window.Page.Locator("figure[data-picture] .drawing svg").First.WaitForAsync();
            Assert.Equal(figures, await window.Page.Locator("figure[data-picture]:not([hidden]) .drawing svg").CountAsync());
            Assert.Equal(0, await window.Page.Locator(".drawing svg [fill='#fff'][stroke='#fff']").CountAsync()); // a mark that nobody sees
            await window.IsSoundAsync(name);
        }
        await window.Page.GotoAsync(PartnershipsLinks.Overview(partnership.Id));
        await window.IsSoundAsync("overview-with-findings");
    }

    [Theory, InlineData(320), InlineData(1280)]
    public async Task Screens_WithoutScript_ShowTheirTables(int width)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.FindingsAsync();
        await using var window = await EnteredAsync(app, partnership, Role.Member, width, script: false);
        foreach (var (name, address) in Screens(partnership.Id, partnership.Second))
        {
            await window.Page.GotoAsync(address);
            Assert.Equal(0, await window.Page.Locator("figure[data-picture]:visible").CountAsync());
            await window.FitsAsync(name);
            if (Pictures is { } folder) await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-plain-{width}.png"),
                FullPage = true });
        }
        await window.Page.GotoAsync(FindingsLinks.Home(partnership.Id, partnership.Second));
        Assert.Equal(7, await window.Page.Locator("#profile .strip .mark:not(.before):visible").CountAsync());
    }

    [Fact]
    public async Task Screens_OnPaper_KeepPicturesAndTables_WithinThePage()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.FindingsAsync();
        await using var window = await EnteredAsync(app, partnership, Role.Viewer, 1280);
        foreach (var (name, address) in Screens(partnership.Id, partnership.Second).Take(7))
        {
            await window.Page.GotoAsync(address);
            if (await window.Page.Locator("figure[data-picture]")
                .CountAsync() > 0) await window.Page.Locator("figure[data-picture] .drawing svg").First.WaitForAsync();
            await window.Page.EmulateMediaAsync(new() { Media = Media.Print });
            await window.Page.SetViewportSizeAsync(700, 1000); // about what A4 leaves between its margins
            await window.FitsAsync(name + " on paper");
            Assert.False(await window.Page.Locator("nav.screens").IsVisibleAsync());
            Assert.True(await window.Page.Locator("main table").First.IsVisibleAsync());
            if (Pictures is { } folder) await window.Page.PdfAsync(new() { Path = Path.Combine(folder, name + ".pdf"), Format = "A4",
                PrintBackground = false, Margin = new() { Top = "15mm", Bottom = "15mm", Left = "12mm", Right = "12mm" } });
            await window.Page.EmulateMediaAsync(new() { Media = Media.Screen });
            await window.Page.SetViewportSizeAsync(1280, 900);
        }
    }

    [Fact]
    public async Task Keyboard_FromTheHeadline_ReachesTheNextScreen()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.FindingsAsync();
        await using var window = await EnteredAsync(app, partnership, Role.Member, 1280);
        var page = window.Page;
        await page.GotoAsync(FindingsLinks.Home(partnership.Id, partnership.Second));
        await page.Locator("nav.screens a").First.FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + FindingsLinks.Levels(partnership.Id, partnership.Second));
        await page.Locator("details summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.Locator("details[open] table").First.IsVisibleAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "See where sectors see it differently" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**" + FindingsLinks.Sectors(partnership.Id, partnership.Second));
    }

    [Fact]
    public async Task Screens_OfLittle_AreSound()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.FindingsAsync();
        var nothing = await app.RoundAsync(partnership.Partnership, "Winter 2026", new DateTime(2026, 11, 2, 16, 0, 0, DateTimeKind.Utc),
            SeededRounds.Nothing());
        var imported = await app.RoundAsync(partnership.Partnership, "From the old survey", new DateTime(2026, 11, 3, 16, 0, 0,
            DateTimeKind.Utc), SeededRounds.Imported(), RoundState.Closed,
                instrument: Colead.Analysis.Instruments.ShippedInstruments.Agreement5);
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        await window.EnterAsync(app, partnership.House.Account(Role.Coordinator));
        foreach (var (name, address) in new[]
        {
            ("findings-nothing", FindingsLinks.Home(partnership.Id, nothing)),
                ("findings-nothing-about", FindingsLinks.About(partnership.Id, nothing)),
            ("findings-imported", FindingsLinks.Home(partnership.Id, imported)),
                ("findings-imported-statements", FindingsLinks.Statements(partnership.Id, imported)),
        })
        {
            await window.Page.GotoAsync(address);
            await window.Page.EvaluateAsync("document.fonts.ready");
            await window.IsSoundAsync(name);
        }
    }

    private static string? Pictures => Environment.GetEnvironmentVariable("COLEAD_SCREENSHOTS") is { Length: > 0 } folder ? folder : null;

    private async Task<Window> EnteredAsync(TestApp app, FindingsPartnership partnership, Role role, int width, bool script = true)
    {
        var window = await chromium.OpenAsync(app, width, script);
        await window.EnterAsync(app, partnership.House.Account(role));
        return window;
    }
}
