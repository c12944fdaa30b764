using Colead.Parts.Accounts;
using Colead.Storage;
using Colead.Storage.Engines.Postgres;
using Colead.Storage.Engines.Sqlite;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Accounts;

public class EnterAndSetUpTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Enter_Opened_ChangesNothing_PostedOnce_SignsIn_Twice_Refused(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var link = AccountsLinks.Enter(await app.SecretForAsync((await app.AccountAsync()).Id));
        using var scanner = app.Visitor();
        Assert.Equal("Sign in with this link", (await scanner.GetAsync(link)).Heading);
        Assert.Equal("Sign in with this link", (await scanner.GetAsync(link)).Heading);
        using var visitor = app.Visitor();
        var page = await visitor.GetAsync(link);
        Assert.Equal(302, (await visitor.SubmitAsync(page, [])).Status);
        Assert.Equal(200, (await visitor.GetAsync("/account")).Status);
        using var thief = app.Visitor();
        Assert.Equal("This link no longer works", (await thief.GetAsync(link)).Heading);
        await thief.ForgeAsync("/sign-in", link, []);
        Assert.Equal(302, (await thief.GetAsync("/account")).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Enter_AfterADay_OrMistyped_NoLongerWorks(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var link = AccountsLinks.Enter(await app.SecretForAsync((await app.AccountAsync()).Id));
        app.Clock.Move(TimeSpan.FromHours(25));
        using var visitor = app.Visitor();
        Assert.Equal("This link no longer works", (await visitor.GetAsync(link)).Heading);
        Assert.Equal("This link no longer works", (await visitor.GetAsync(AccountsLinks.Enter("mistyped"))).Heading);
    }

    /// <summary>The first page after a start must not wait until EF has made its model of all tables.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task FrontDoor_ForNobodyInParticular_DoesWithoutEF(Engine engine)
    {
        await using var app =
            await TestApp.StartAsync(engine,
            adjust: builder => builder.Services.AddScoped<ColeadDb>(services => services.GetRequiredService<IHttpContextAccessor>()
            .HttpContext?.Request.Path == "/"
            ? throw new InvalidOperationException("The front door asked for EF.")
            : engine == Engine.Sqlite ? services.GetRequiredService<SqliteColeadDb>() : services.GetRequiredService<PostgresColeadDb>()));
        using var visitor = app.Visitor();
        Assert.Contains("nobody has an account yet", (await visitor.GetAsync("/")).Text, StringComparison.Ordinal);
        var account = await app.AccountAsync();
        var page = await visitor.GetAsync("/");
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("nobody has an account yet", page.Text, StringComparison.Ordinal);
        using var somebody = await app.SignedInAsync(account);
        Assert.Equal(500, (await somebody.GetAsync("/")).Status); // or this test could not fail
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SetUp_OnANewInstallation_MakesTheOperatorOnce_ThenAPartnership(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        using var visitor = app.Visitor();
        Assert.Contains("nobody has an account yet", (await visitor.GetAsync("/")).Text, StringComparison.Ordinal);
        var link = AccountsLinks.SetUp(await app.SecretForAsync(null));
        var again = await visitor.PostAsync(link, new() { ["Name"] = "Jo Tide", ["Email"] = "jo", ["Password"] = "short" });
        Assert.Equal(400, again.Status);
        Assert.Equal("Jo Tide", again.ValueOf("Name"));
        Assert.NotNull(again.ErrorOf("Email"));
        var weak = await visitor.PostAsync(link, new() { ["Name"] = "Jo Tide", ["Email"] = "jo@example.org", ["Password"] = "short" });
        Assert.NotNull(weak.ErrorOf("Password"));
        var made = await visitor.PostAsync(link, new() { ["Name"] = "Jo Tide", ["Email"] = "jo@example.org",
            ["Password"] = "curlew over mudflats" });
        Assert.Equal((302, "/partnerships/new"), (made.Status, made.Location));
        var partnership = await visitor.PostAsync("/partnerships/new", new()
        {
            ["Name"] = "Harbour  Vale Together", ["Place"] = "Harbour Vale", ["Kind"] = "Formal", ["Purpose"] =
                "Everyone moves.\r\nEvery day.", ["WhyNotAlone"] = "Nobody reaches everyone.",
        });
        Assert.Equal(302, partnership.Status);
        var overview = await visitor.GetAsync(partnership.Location!);
        Assert.Equal("Harbour Vale Together", overview.Heading);
        Assert.Equal("This link no longer works", (await visitor.GetAsync(link)).Heading);
        Assert.True(await app.DbAsync(db => db.Users.AnyAsync(a => a.IsOperator && a.Name == "Jo Tide")));
    }

    [Fact]
    public async Task SetUp_OnceSomeoneHasAnAccount_IsClosed()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        await app.AccountAsync();
        using var visitor = app.Visitor();
        Assert.Equal("This link no longer works", (await visitor.GetAsync(AccountsLinks.SetUp(await app.SecretForAsync(null)))).Heading);
    }
}
