using Colead.Commands;
using Colead.Parts.Accounts;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Accounts;

public class UserCommandTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Operator_OfAnAccount_LooksAfterTheInstallation(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync();
        Assert.False(account.IsOperator);
        var run = await RunAsync(app, "operator", account.Email!.ToUpperInvariant());
        Assert.Equal((ExitCodes.Ok, $"{account.Email} looks after this installation now.\n"), (run.Code, run.Output));
        Assert.True(await app.DbAsync(db => db.Users.Where(a => a.Id == account.Id).Select(a => a.IsOperator).SingleAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Link_OfAnAccount_SignsInOnce(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync();
        var run = await RunAsync(app, "link", account.Email!);
        var path = new Uri(run.Output.Trim()).AbsolutePath;
        using var visitor = app.Visitor();
        await visitor.GetAsync(path);
        Assert.Equal(302, (await visitor.PostAsync(path, [])).Status);
        Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
        using var second = app.Visitor();
        Assert.Contains("This link no longer works", (await second.GetAsync(path)).Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SignOut_OfAnAccount_EndsItsSessions_AndNobodyElses(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync();
        using var visitor = await app.SignedInAsync(account);
        using var another = await app.SignedInAsync(await app.AccountAsync());
        Assert.Equal(ExitCodes.Ok, (await RunAsync(app, "signout", account.Email!)).Code);
        app.Clock.Move(TimeSpan.FromSeconds(11));
        Assert.Equal(302, (await visitor.GetAsync(AccountsLinks.You())).Status);
        Assert.Equal(200, (await another.GetAsync(AccountsLinks.You())).Status);
    }

    [Theory, InlineData("link"), InlineData("operator"), InlineData("signout")]
    public async Task UnknownAddress_IsSaid(string act)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var run = await RunAsync(app, act, "nobody@example.org");
        Assert.Equal((ExitCodes.BadData, "", "There is no account with this address.\n"), (run.Code, run.Output, run.Error));
    }

    private static Task<CommandRun> RunAsync(TestApp app, string act, string address) =>
        CommandRun.OfAsync(["user", act, address, "--data", app.Settings.DataFolder, .. app.Settings.Database is { } database
            ? ["--database", database] : Array.Empty<string>()]);
}
