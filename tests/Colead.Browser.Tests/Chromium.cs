using Colead.Parts.Accounts;
using Colead.Storage.Accounts;
using Colead.Tests.Support;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Colead.Browser.Tests.Chromium))]

namespace Colead.Browser.Tests;

/// <summary>One real browser for all tests; each test has its own window.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const int Phone = 320;
    private const int Desk = 1280;
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

    public async Task<Window> OpenAsync(TestApp app, int width = Desk, bool script = true)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = Window.Height },
            BaseURL = $"http://localhost:{app.Address.Port}", JavaScriptEnabled = script, Locale = "en-GB" });
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(Window.BringAxe); // once a window instead of half a megabyte a page
        return new Window(context, await context.NewPageAsync());
    }

    /// <summary>A phone's window, whose pages are to be sound on a desk too: a check looks at both widths, for one loading of the
    /// page.</summary>
    public async Task<Window> OnPhoneAndDeskAsync(TestApp app)
    {
        var window = await OpenAsync(app, Phone);
        window.Widths = [Phone, Desk];
        return window;
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
    public const int Height = 900;
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private int sending;
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    public static readonly string BringAxe = $"window.bringAxe = () => {{ {Axe} }};";

    public Window(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
            { if (message.Type == "error" && !message.Text.Contains("the server responded with a status of 4",
            StringComparison.Ordinal)) complaints.Add(message.Text); };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => Interlocked.Add(ref sending, IsForm(request) ? 1 : 0);
        page.RequestFinished += (_, request) => Interlocked.Add(ref sending, IsForm(request) ? -1 : 0);
        page.RequestFailed += (_, request) => Interlocked.Add(ref sending, IsForm(request) ? -1 : 0);

        static bool IsForm(IRequest request) => request.Method == "POST" && request.RedirectedFrom is null;
    }

    public IPage Page { get; }

    /// <summary>In which a check looks at a page, the first one last; without them as wide as it is.</summary>
    public int[]? Widths { get; set; }

    public async Task EnterAsync(TestApp app, Account account)
    {
        await Page.GotoAsync(AccountsLinks.Enter(await app.SecretForAsync(account.Id)));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/enter/", StringComparison.Ordinal),
            new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }

    /// <summary>Presses a button, and waits until what it sends was answered: whoever goes elsewhere before takes it back.</summary>
    public async Task PressAsync(string button)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Task.Delay(Begins);
        for (var waited = TimeSpan.Zero; Volatile.Read(ref sending) > 0 && waited < Longest; waited += Begins) await Task.Delay(Begins);
    }

    private static readonly TimeSpan Begins = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Goes to a page, which is to be sound.</summary>
    public async Task VisitAsync(string name, string path)
    {
        await Page.GotoAsync(path);
        await IsSoundAsync(name);
    }

    /// <summary>What every page promises: axe finds nothing, nothing scrolls sideways, the browser complains of nothing. Takes a picture
    /// when a folder for pictures is set.</summary>
    public async Task IsSoundAsync(string name)
    {
        await Page.WaitForLoadStateAsync();
        if (Widths is not { } widths)
        {
            await IsSoundAsItIsAsync(name);
            return;
        }
        foreach (var width in widths)
        {
            await Page.SetViewportSizeAsync(width, Height);
            await IsSoundAsItIsAsync($"{name} at {width}");
        }
        await Page.SetViewportSizeAsync(widths[0], Height);
    }

    private async Task IsSoundAsItIsAsync(string name)
    {
        Assert.Empty((await ViolationsAsync()).Select(violation => name + ": " + violation));
        await FitsAsync(name);
        Assert.True(complaints.Count == 0, name + ": " + string.Join("; ", complaints));
        if (Environment.GetEnvironmentVariable("COLEAD_SCREENSHOTS") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name.Split(' ')[0]}-{Page.ViewportSize!.Width}.png"),
                FullPage = true });
    }

    // axe's own package for Playwright opens two further pages for each check, for the sake of frames, which we have none of.
    private async Task<string[]> ViolationsAsync()
    {
        // without script nothing was brought
        if (!await Page.EvaluateAsync<bool>("('axe' in window) || ('bringAxe' in window && (bringAxe(), true))")) await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run({
                runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
                resultTypes: ['violations']
            })).violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).join(' | '))
            """);
    }

    public async Task FitsAsync(string name)
    {
        var (inner, scroll) = (await Page.EvaluateAsync<int>("document.documentElement.clientWidth"),
            await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.True(scroll <= inner, $"{name} scrolls sideways: {scroll} in {inner}");
    }

    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
