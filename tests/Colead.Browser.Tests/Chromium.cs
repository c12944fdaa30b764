using Colead.Data.Accounts;
using Colead.Web.Features.Accounts;
using Colead.Web.Tests.Support;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Colead.Browser.Tests.Chromium))]

namespace Colead.Browser.Tests;

/// <summary>One real browser for all tests; each test has its own window.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(60_000); // a busy machine is slow, not wrong
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("COLEAD_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
    }

    public async Task<Window> OpenAsync(TestApp app, int width = 1280, bool script = true)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, BaseURL = $"http://localhost:{app.Address.Port}", JavaScriptEnabled = script, Locale = "en-GB" });
        context.SetDefaultTimeout(60_000);
        return new Window(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.CloseAsync();
        playwright?.Dispose();
        await Demonstrated.DropAsync();
        await TestDatabase.DropTemplatesAsync();
    }
}

/// <summary>A browser window that hears what the browser complains about.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public Window(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal)) complaints.Add(message.Text); };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public async Task EnterAsync(TestApp app, Account account)
    {
        await Page.GotoAsync(AccountsLinks.Enter(await app.SecretForAsync(account.Id)));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/enter/", StringComparison.Ordinal));
    }

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Goes to a page, which is to be sound.</summary>
    public async Task VisitAsync(string name, string path)
    {
        await Page.GotoAsync(path);
        await IsSoundAsync(name);
    }

    /// <summary>What every page promises: axe finds nothing, nothing scrolls sideways, the browser complains of nothing. Takes a picture when a folder for pictures is set.</summary>
    public async Task IsSoundAsync(string name)
    {
        await Page.WaitForLoadStateAsync();
        Assert.Empty((await ViolationsAsync()).Select(violation => name + ": " + violation));
        await FitsAsync(name);
        Assert.True(complaints.Count == 0, name + ": " + string.Join("; ", complaints));
        if (Environment.GetEnvironmentVariable("COLEAD_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{Page.ViewportSize!.Width}.png"), FullPage = true });
    }

    // axe's own package for Playwright opens two further pages for each check, for the sake of frames, which we have none of.
    private async Task<string[]> ViolationsAsync()
    {
        if (!await Page.EvaluateAsync<bool>("'axe' in window")) await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run({
                runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
                resultTypes: ['violations']
            })).violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).join(' | '))
            """);
    }

    public async Task FitsAsync(string name)
    {
        var (inner, scroll) = (await Page.EvaluateAsync<int>("document.documentElement.clientWidth"), await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(scroll <= inner, $"{name} scrolls sideways: {scroll} in {inner}");
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
