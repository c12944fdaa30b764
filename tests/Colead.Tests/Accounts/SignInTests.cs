using Colead.Parts.Accounts;
using Colead.Tests.Support;

namespace Colead.Tests.Accounts;

public class SignInTests(House house)
{
    private const string Password = "grey heron on the sluice";

    [Theory, ClassData(typeof(Engines))]
    public async Task Post_RightPassword_SignsInAndGoesWhereOneWasHeaded(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var account = await app.AccountAsync(Password);
        using var visitor = app.Visitor();
        var asked = await visitor.GetAsync(AccountsLinks.You());
        Assert.Equal(302, asked.Status);
        Assert.Contains("/sign-in?then=%2Faccount", asked.Location, StringComparison.Ordinal);
        var answer = await visitor.PostAsync(AccountsLinks.SignIn("/account"),
            new() { ["Email"] = account.Email!.ToUpperInvariant(), ["Password"] = Password });
        Assert.Equal((302, "/account"), (answer.Status, answer.Location));
        Assert.Equal("Your account", (await visitor.GetAsync("/account")).Heading);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Post_WrongPasswordUnknownAddressOrLocked_LookAlike(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var account = await app.AccountAsync(Password);
        using var visitor = app.Visitor();
        var wrong = await visitor.PostAsync("/sign-in", new() { ["Email"] = account.Email!, ["Password"] = "not this one at all" });
        var unknown = await visitor.PostAsync("/sign-in", new() { ["Email"] = "nobody@example.org", ["Password"] = "not this one at all" });
        for (var i = 0; i < 10; i++) await visitor.PostAsync("/sign-in",
            new() { ["Email"] = account.Email!, ["Password"] = "not this one at all" });
        var locked = await visitor.PostAsync("/sign-in", new() { ["Email"] = account.Email!, ["Password"] = Password });
        Assert.All([wrong, unknown, locked], answer => Assert.Equal(400, answer.Status));
        Assert.NotNull(wrong.ErrorOf("Email"));
        Assert.Equal(wrong.ErrorOf("Email"), unknown.ErrorOf("Email"));
        Assert.Equal(wrong.ErrorOf("Email"), locked.ErrorOf("Email"));
        Assert.Equal("nobody@example.org", unknown.ValueOf("Email"));
    }

    [Theory, InlineData("https://example.org/"), InlineData("//example.org"), InlineData("/\\example.org")]
    public async Task Post_ToGoElsewhereAfterwards_StaysHere(string then)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var account = await app.AccountAsync(Password);
        using var visitor = app.Visitor();
        var answer = await visitor.PostAsync(AccountsLinks.SignIn(then), new() { ["Email"] = account.Email!, ["Password"] = Password });
        Assert.Equal((302, "/"), (answer.Status, answer.Location));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Authenticator_TurnedOn_IsAskedForAndRecoveryCodesWorkOnce(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync(Password);
        using var visitor = await app.SignedInAsync(account);
        var setUp = await visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = Password }, "key");
        Assert.StartsWith("data:image/png", setUp.Document.QuerySelector("img.qr")!.GetAttribute("src"), StringComparison.Ordinal);
        var key = setUp.Document.QuerySelector("span.code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        var mistyped = await visitor.SubmitAsync(setUp, new() { ["Code"] = "000000" });
        Assert.Equal(400, mistyped.Status);
        Assert.NotNull(mistyped.ErrorOf("Code"));
        var on = await visitor.SubmitAsync(mistyped, new() { ["Code"] = AuthenticatorApp.Code(key, app.Clock.GetUtcNow()) });
        var codes = on.Document.QuerySelectorAll("ul.recovery li").Select(li => li.TextContent).ToList();
        Assert.Equal(10, codes.Count);
        app.Clock.Move(TimeSpan.FromMinutes(2));

        using var later = app.Visitor();
        async Task<Answer> SecondAsync(string code)
        {
            var first = await later.PostAsync("/sign-in", new() { ["Email"] = account.Email!, ["Password"] = Password });
            Assert.Equal("/sign-in/code", first.Location);
            return await later.PostAsync("/sign-in/code", new() { ["Code"] = code });
        }
        Assert.Equal(400, (await SecondAsync("123")).Status);
        Assert.Equal(302, (await SecondAsync(codes[0])).Status);
        await later.ForgeAsync("/account", "/sign-out", []);
        Assert.Equal(400, (await SecondAsync(codes[0])).Status);
        Assert.Equal(302, (await SecondAsync(AuthenticatorApp.Code(key, app.Clock.GetUtcNow()))).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SignOut_Post_EndsTheSession(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var visitor = await app.SignedInAsync(await app.AccountAsync());
        Assert.Equal(302, (await visitor.PostAsync("/sign-out", [])).Status);
        Assert.Equal(302, (await visitor.GetAsync("/account")).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Passkey_Options_ComeForAnyone_AndAForgedCredentialIsRefused(Engine engine)
    {
        var app = await house.OnAsync(engine);
        using var visitor = app.Visitor();
        var options = await visitor.ForgeAsync("/sign-in", "/sign-in?handler=options", []);
        Assert.Equal(200, options.Status);
        Assert.Contains("\"challenge\"", options.Body, StringComparison.Ordinal);
        Assert.Equal(400, (await visitor.ForgeAsync("/sign-in", "/sign-in?handler=passkey", new() { ["Credential"] = "{}" })).Status);
        using var fresh = app.Visitor();
        Assert.Equal(400, (await fresh.ForgeAsync("/sign-in", "/sign-in?handler=passkey", new() { ["Credential"] = "{\"id\":\"x\"}" }))
            .Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Password_Changed_NeedsTheOldOneAndAGoodNewOne(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var account = await app.AccountAsync(Password);
        using var visitor = await app.SignedInAsync(account);
        Assert.NotNull((await visitor.PostAsync("/account/password", new() { ["Current"] = "wrong", ["New"] = "marsh samphire tide" }))
            .ErrorOf("Current"));
        Assert.NotNull((await visitor.PostAsync("/account/password", new() { ["Current"] = Password, ["New"] = "short" })).ErrorOf("New"));
        Assert.NotNull((await visitor.PostAsync("/account/password", new() { ["Current"] = Password, ["New"] = "password123456" }))
            .ErrorOf("New"));
        Assert.Equal(302, (await visitor.PostAsync("/account/password", new() { ["Current"] = Password, ["New"] = "marsh samphire tide" }))
            .Status);
        using var other = app.Visitor();
        Assert.Equal(302, (await other.PostAsync("/sign-in", new() { ["Email"] = account.Email!, ["Password"] = "marsh samphire tide" }))
            .Status);
    }
}
