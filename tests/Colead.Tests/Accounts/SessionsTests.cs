using Colead.Parts.Accounts;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Accounts;

/// <summary>Being signed in is a row on the server: whoever copied the cookie goes out with its owner.</summary>
public class SessionsTests(House house)
{
    private const string Password = "grey heron on the sluice";

    [Theory, ClassData(typeof(Engines))]
    [Attack("Who copied a cookie", "it, after its owner signed out", "to go on", "it has ended on every server")]
    public async Task SignOut_EndsTheSession_ForACopyOfTheCookieToo_OnEveryServer(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        await using var another = await app.AnotherAsync();
        using var visitor = await app.SignedInAsync(await app.AccountAsync());
        using var thief = visitor.Thief();
        using var elsewhere = thief.At(another.Address);
        Assert.Equal(200, (await thief.GetAsync(AccountsLinks.You())).Status);
        Assert.Equal(200, (await elsewhere.GetAsync(AccountsLinks.You())).Status);
        using var copy = thief.Thief();
        using var copyElsewhere = copy.At(another.Address);
        Assert.Equal(302, (await visitor.PostAsync(AccountsLinks.SignOut(), [])).Status);
        Assert.Equal(302, (await thief.GetAsync(AccountsLinks.You())).Status);
        app.Clock.Move(SessionsSeen.LookAgain);
        Assert.Equal(302, (await copyElsewhere.GetAsync(AccountsLinks.You())).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task List_EndsOneOrAll_AndNobodyElses(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var account = await app.AccountAsync();
        using var here = await app.SignedInAsync(account);
        using var library = await app.SignedInAsync(account);
        using var phone = await app.SignedInAsync(account);
        using var other = await app.SignedInAsync(await app.AccountAsync());
        var list = await here.GetAsync(AccountsLinks.SignedIn());
        Assert.Equal(3, list.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("this one", list.Document.QuerySelector("tbody tr th")!.TextContent, StringComparison.Ordinal);
        var ids = list.Document.QuerySelectorAll("tbody input[name=id]").Select(input => input.GetAttribute("value")!).ToList();
        Assert.Equal(404, (await other.ForgeAsync(AccountsLinks.You(), AccountsLinks.SignedIn() + "?handler=end",
            new() { ["id"] = ids[1] })).Status);
        foreach (var browser in new[] { here, library, phone }) Assert.Equal(200, (await browser.GetAsync(AccountsLinks.You())).Status);
        Assert.Equal(302, (await here.ForgeAsync(AccountsLinks.You(), AccountsLinks.SignedIn() + "?handler=end",
            new() { ["id"] = ids[1] })).Status);
        var left = new List<int> { (await library.GetAsync(AccountsLinks.You())).Status, (await phone.GetAsync(AccountsLinks.You()))
            .Status };
        Assert.Equal([200, 302], left.Order());
        Assert.Equal(2, (await here.GetAsync(AccountsLinks.SignedIn())).Document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(302, (await here.PostAsync(AccountsLinks.SignedIn(), [], "everywhere")).Status);
        foreach (var browser in new[] { here, library, phone }) Assert.Equal(302, (await browser.GetAsync(AccountsLinks.You())).Status);
        Assert.Equal(200, (await other.GetAsync(AccountsLinks.You())).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task NewPassword_EndsTheOthers(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var account = await app.AccountAsync(Password);
        using var here = await app.SignedInAsync(account);
        using var thief = here.Thief();
        using var elsewhere = await app.SignedInAsync(account);
        Assert.Equal(302, (await here.PostAsync(AccountsLinks.Password(),
            new() { ["Current"] = Password, ["New"] = "marsh samphire tide" })).Status);
        Assert.Equal(200, (await here.GetAsync(AccountsLinks.You())).Status);
        Assert.Equal(302, (await elsewhere.GetAsync(AccountsLinks.You())).Status);
        Assert.Equal(302, (await thief.GetAsync(AccountsLinks.You())).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Session_InConstantUse_EndsAfterThirtyDays(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var visitor = await app.SignedInAsync(await app.AccountAsync());
        for (var hours = 10; hours < 30 * 24; hours += 10)
        {
            app.Clock.Move(TimeSpan.FromHours(10));
            Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
        }
        app.Clock.Move(TimeSpan.FromHours(10));
        Assert.Equal(302, (await visitor.GetAsync(AccountsLinks.You())).Status);
        await app.Services.GetRequiredService<SessionsSeen>().WriteAsync();
        Assert.Equal(0, await app.DbAsync(db => db.AccountSessions.CountAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Session_LeftAlone_EndsAfterHalfADay(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync();
        using var visitor = await app.SignedInAsync(account);
        app.Clock.Move(TimeSpan.FromHours(14));
        Assert.Equal(302, (await visitor.GetAsync(AccountsLinks.You())).Status);
        using var later = await app.SignedInAsync(account);
        Assert.Single((await later.GetAsync(AccountsLinks.SignedIn())).Document.QuerySelectorAll("tbody tr"));
    }

    /// <summary>A page that is read writes nothing; the hour of the visit is written down beside it. And a session is not asked for at
    /// every page.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Visits_AreWrittenBesideReading_ToTheHour(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var visitor = await app.SignedInAsync(await app.AccountAsync());
        var first = await SeenAsync(app);
        app.Clock.Move(TimeSpan.FromHours(2));
        Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
        await app.Services.GetRequiredService<SessionsSeen>().WriteAsync();
        var second = await SeenAsync(app);
        Assert.Equal(0, second.Ticks % TimeSpan.TicksPerHour);
        Assert.True(second - first >= TimeSpan.FromHours(2));
        Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
        await app.DbAsync(db => db.AccountSessions.ExecuteDeleteAsync());
        app.Clock.Move(SessionsSeen.LookAgain);
        Assert.Equal(302, (await visitor.GetAsync(AccountsLinks.You())).Status);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari on an iPhone")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
        "Chrome on Android")]
    [InlineData("<script>", "A browser")]
    [InlineData(null, "A browser")]
    public void Browser_IsSaidInPlainWords(string? userAgent, string words) => Assert.Equal(words, Browsers.InWords(userAgent));

    private static Task<DateTime> SeenAsync(TestApp app) => app.DbAsync(db => db.AccountSessions.Select(s => s.SeenAt).SingleAsync());
}
