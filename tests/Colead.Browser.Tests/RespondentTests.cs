using Colead.Analysis.Instruments;
using Colead.Parts.Invitations;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Colead.Browser.Tests;

/// <summary>Everything a respondent sees, in a real browser.</summary>
public class RespondentTests(Chromium chromium)
{
    private const int FirstPageBytes = 60_000;
    private const int FurtherPageBytes = 10_000;

    /// <summary>The whole way on a small phone, with script off: link, seven parts, look over, send, thank-you.</summary>
    [Fact]
    public async Task WholeWay_OnAPhoneWithoutScript_IsOneAnswer()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        await using var window = await chromium.OpenAsync(app, width: 320, script: false);
        var page = window.Page;
        await page.GotoAsync(await round.InviteAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        foreach (var dimension in ShippedInstruments.Inventory12.Dimensions)
        {
            await Expect(page.Locator("h1")).ToHaveTextAsync(dimension.Names["en"]);
            await window.FitsAsync(dimension.Id);
            foreach (var item in dimension.Items) await page.GetByRole(AriaRole.Group, new() { Name = item.Texts["en"] })
                .Locator("input[value='8']").CheckAsync();
            if (dimension.Id == "vision") await page.GetByLabel("Anything to add about this?").FillAsync("We meet often.");
            await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        }
        await page.WaitForURLAsync("**/review");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Look it over before you send");
        await window.FitsAsync("review");
        await page.GoBackAsync();
        await page.GoForwardAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send my answers" }).DblClickAsync();
        await page.WaitForURLAsync("**/thanks");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Thank you. Your answers are in.");
        await page.ReloadAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Thank you. Your answers are in.");
        await page.GoBackAsync();
        Assert.Contains(await page.Locator("h1").InnerTextAsync(), new[] { "Thank you. Your answers are in.", "This link has been used" });
        Assert.All(Assert.Single(await round.ResponsesAsync()).Answers, code => Assert.Equal(8, code));
    }

    [Fact]
    public async Task Pages_All_AreSound()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app, r => (r.OpenLink, r.ClosesAt) = ("estuary",
            new DateTime(2031, 7, 1, 16, 0, 0, DateTimeKind.Utc)), folds: [1, 1, null]);
        var link = await round.InviteAsync(alsoIn: 1);
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        var page = window.Page;
        await window.VisitAsync("respond-start", link);
        await window.VisitAsync("respond-start-welsh", link + "?lang=cy");
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        for (var part = 1; part <= 7; part++)
        {
            await page.Locator($"fieldset:first-of-type input[value='{part + 3}']").CheckAsync(new() { Force = true });
            await window.IsSoundAsync($"respond-part-{part}");
            var small = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('main label:has(input), main button, main summary, header button:not(.unseen)')].filter(e => { const r = e.getBoundingClientRect(); return r.width < 44 || r.height < 44; }).map(e => e.textContent)");
            Assert.Empty(small);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        }
        await window.IsSoundAsync("respond-review");
        await window.VisitAsync("respond-back", link);
        await page.GotoAsync(link + "/2");
        await page.EvaluateAsync("document.querySelector('[name=_comment]').removeAttribute('maxlength')");
        await page.Locator("[name=_comment]").FillAsync(new string('x', 1001));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and continue" }).ClickAsync();
        await page.WaitForSelectorAsync("[role=alert]");
        await window.IsSoundAsync("respond-problem");
        await using (var other = await chromium.OnPhoneAndDeskAsync(app))
        {
            await other.Page.GotoAsync(link);
            await other.Page.GetByLabel("Short code").FillAsync("wrong");
            await other.Page.GetByRole(AriaRole.Button, new() { Name = "Go on here" }).ClickAsync();
            await other.Page.WaitForSelectorAsync("[role=alert]");
            await other.IsSoundAsync("respond-other-device");
        }
        await page.GotoAsync(link + "/review");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send my answers" }).ClickAsync();
        await window.IsSoundAsync("respond-thanks");
        await window.VisitAsync("respond-used", link);
        await window.VisitAsync("respond-unknown", AnswerLinks.Answer("mistyped"));
        await window.VisitAsync("respond-typed", AnswerLinks.AnswerTyped());
        await window.VisitAsync("respond-open", AnswerLinks.AnswerOpen("estuary"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await page.WaitForSelectorAsync("[role=alert]");
        await window.IsSoundAsync("respond-open-problem");
        await round.MoveToAsync(RoundState.Closed);
        await window.VisitAsync("respond-closed", link);
    }

    /// <summary>Names of options may be long: on a small phone they push what follows down, cover nothing and reach nowhere
    /// sideways.</summary>
    [Theory, InlineData("en"), InlineData("cy")]
    public async Task ChosenOptions_OnASmallPhone_CoverNothing(string language)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        await using var window = await chromium.OpenAsync(app, width: 320, script: false);
        var page = window.Page;
        await page.GotoAsync(await round.InviteAsync() + "?lang=" + language);
        await page.Locator("main form button").ClickAsync();
        await page.WaitForURLAsync("**/1");
        await window.FitsAsync("part in " + language);
        var first = page.Locator("fieldset").First;
        var lowest = await first.Locator("b").Last.BoundingBoxAsync();
        var below = await first.Locator(".other").BoundingBoxAsync();
        for (var option = 1; option <= 12; option++)
        {
            await first.Locator($"input[value='{option}']").CheckAsync(new() { Force = true });
            var name = await first.Locator(".scale input:checked ~ i").BoundingBoxAsync();
            Assert.True(name!.Y >= lowest!.Y + lowest.Height && name.Y + name.Height <= below!.Y, $"{language} {option} covers something");
        }
    }

    /// <summary>
    /// What the lowest and the highest option are called stands at these, and what a row of options is called stands at that row, however
    /// wide
    /// the window is: a name over another option is read as that option's.
    /// </summary>
    [Theory, InlineData("inventory-2"), InlineData("inventory-12"), InlineData("agreement-2")]
    public async Task Names_OfOptions_StandAtThem_AtEveryWidth(string instrument)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app, instrument: ShippedInstruments.Find(instrument));
        await using var window = await chromium.OpenAsync(app, width: 320);
        var page = window.Page;
        await page.GotoAsync(await round.InviteAsync());
        await page.Locator("main form button").ClickAsync();
        await page.WaitForURLAsync("**/1");
        foreach (var width in new[] { 320, 360, 370, 371, 390, 480, 619, 620, 800, 1280 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await window.FitsAsync($"{instrument} at {width}");
            var scale = page.Locator("fieldset").First.Locator(".scale");
            var rows = await scale.Locator("> div").AllAsync();
            foreach (var row in rows)
            {
                var (name, options) = (await BoxAsync(row.Locator("p")), await BoxesAsync(row.Locator("b")));
                var beside = name.X + name.Width <= options[0].X && Overlap(name.Y, name.Height, options[0].Y, options[0].Height);
                var above = name.Y + name.Height <= options[0].Y && name.X >= options[0].X - 1 && name.X + name.Width <= options[^1].X
                    + options[^1].Width + 1;
                Assert.True(beside || above, $"{instrument} at {width}: the name of a row stands elsewhere");
            }
            if (rows.Count > 0) continue;
            var all = await BoxesAsync(scale.Locator("b"));
            var (first, last) = (await BoxAsync(scale.Locator(".first")), await BoxAsync(scale.Locator(".last")));
            Assert.True(Math.Abs(first.X - all[0].X) < 2 && first.Y + first.Height <= all[0].Y,
                $"{instrument} at {width}: the lowest option's name stands elsewhere");
            var over = all[0].Y == all[^1].Y && last.Y + last.Height <= all[^1].Y;
            var under = last.Y >= all[^1].Y + all[^1].Height;
            Assert.True((over || under) && Math.Abs(last.X + last.Width - all[^1].X - all[^1].Width) < 2,
                $"{instrument} at {width}: the highest option's name stands elsewhere");
        }
        window.Widths = [320, 1280];
        await page.Locator("fieldset:first-of-type input[value='4']").CheckAsync(new() { Force = true });
        await window.IsSoundAsync("respond-" + instrument);

        static bool Overlap(float a, float high, float b, float tall) => a < b + tall && b < a + high;
        static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator at) => (await at.BoundingBoxAsync())!;
        static async Task<List<LocatorBoundingBoxResult>> BoxesAsync(ILocator at)
        {
            var boxes = new List<LocatorBoundingBoxResult>();
            foreach (var one in await at.AllAsync()) boxes.Add(await BoxAsync(one));
            return boxes;
        }
    }

    [Fact]
    public async Task Keyboard_ChoosesSavesAndSends()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app);
        await using var window = await chromium.OpenAsync(app);
        var page = window.Page;
        async Task TabToAsync(string selector)
        {
            for (var i = 0; i < 60 && !await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false",
                selector); i++) await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector), "Tab never came to "
                + selector);
        }

        await page.GotoAsync(await round.InviteAsync());
        await TabToAsync("main form button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/1");
        await TabToAsync("input[name=cv1]");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("cv2", await page.EvaluateAsync<string>("document.activeElement.name")); // one stop a statement
        await page.Keyboard.PressAsync("Enter"); // saves and goes forward, not back and not to Welsh
        await page.WaitForURLAsync("**/2");
        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Equal(3, Assert.Single(await round.DraftsAsync()).Answers[0]);
        await page.GotoAsync(page.Url.Replace("/2", "/review", StringComparison.Ordinal));
        await TabToAsync("main form button");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/thanks");
        Assert.Single(await round.ResponsesAsync());
    }

    /// <summary>Light enough for a weak signal: what a browser that knows nothing of us fetches, headers included.</summary>
    [Theory, InlineData("en"), InlineData("cy")]
    public async Task Bytes_OfAJourneyWithoutCache_StayWithinTheirLimits(string language)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await TestRound.MakeAsync(app, folds: [1, 1, null]);
        await using var window = await chromium.OpenAsync(app, width: 390);
        var page = window.Page;
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Network.enable");
        var (requests, bytes, hosts) = (0, 0d, new HashSet<string>(StringComparer.Ordinal));
        devtools.Event("Network.requestWillBeSent").OnEvent += (_, e) =>
        {
            requests++;
            hosts.Add(new Uri(e!.Value.GetProperty("request").GetProperty("url").GetString()!).Authority);
        };
        devtools.Event("Network.loadingFinished").OnEvent += (_, e) => bytes += e!.Value.GetProperty("encodedDataLength").GetDouble();
        async Task<(int Requests, double Bytes)> CountAsync(Func<Task> act)
        {
            (requests, bytes) = (0, 0);
            await act();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            return (requests, bytes);
        }

        var link = await round.InviteAsync();
        var first = await CountAsync(() => page.GotoAsync(link + "?lang=" + language));
        Assert.InRange(first.Requests, 2, 4); // the page, its style and perhaps its icon
        Assert.InRange(first.Bytes, 1_000, FirstPageBytes);
        var sizes = new List<double> { first.Bytes };
        await page.Locator("main form button").ClickAsync();
        await page.WaitForURLAsync("**/1");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        for (var part = 1; part <= 8; part++)
        {
            var further = await CountAsync(() => page.ReloadAsync());
            sizes.Add(further.Bytes);
            Assert.InRange(further.Bytes, 1_000, FurtherPageBytes);
            if (part == 8) break;
            await page.Locator("main [name=_go][value=next]").ClickAsync();
            await page.WaitForURLAsync(part < 7 ? $"**/{part + 1}" : "**/review");
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle); // else the next count takes the end of this page in
        }
        Assert.Equal([new Uri(page.Url).Authority], hosts);
        TestContext.Current.SendDiagnosticMessage(string.Join(' ', sizes));
    }
}
