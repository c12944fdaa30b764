using Colead.Parts.Accounts;
using Colead.Storage.Accounts;
using Colead.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Accounts;

/// <summary>Codes are good once, and a stolen session is not enough to change how one signs in.</summary>
public class SecondFactorTests
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("Who looked over a shoulder", "a one-time code that was used", "to use it again", "refused")]
    public async Task Code_SeenOverAShoulder_OpensNothingMore(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        var code = owner.Code;
        var (visitor, asked) = await owner.HalfInAsync();
        var (thief, askedToo) = await owner.HalfInAsync();
        using (visitor)
        using (thief)
        {
            Assert.Equal(302, (await visitor.SubmitAsync(asked, new() { ["Code"] = code })).Status);
            Assert.Equal(400, (await thief.SubmitAsync(askedToo, new() { ["Code"] = code })).Status);
            Assert.Equal(302, (await thief.GetAsync(AccountsLinks.You())).Status);
            app.Clock.Move(TimeSpan.FromSeconds(31));
            Assert.Equal(400, (await thief.SubmitAsync(askedToo, new() { ["Code"] = code })).Status); // still within what clocks may differ
            Assert.Equal(302, (await thief.SubmitAsync(askedToo, new() { ["Code"] = owner.Code })).Status);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Code_SentByFourAtOnce_LetsOneIn(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        Assert.Equal(1, await HowManyGetInAsync(owner, owner.Code));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task RecoveryCode_SentByFourAtOnce_LetsOneIn(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        Assert.Equal(1, await HowManyGetInAsync(owner, owner.RecoveryCodes[3]));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Authenticator_Read_WritesNothing(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync(WithAuthenticator.Password);
        using var visitor = await app.SignedInAsync(account);
        var before = await StateAsync(app);
        Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.Authenticator())).Status);
        Assert.Equal(302, (await visitor.GetAsync(AccountsLinks.RecoveryCodes())).Status);
        Assert.Equal(before, await StateAsync(app));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task FirstKey_IsMadeByWhoProvesWhoTheyAre_AndShownToNobodyElse(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync(WithAuthenticator.Password);
        using var visitor = await app.SignedInAsync(account);
        var before = await StateAsync(app);
        foreach (var proof in new[] { "", "not this one", "123456" }) await RefusedAsync(visitor.PostAsync(AccountsLinks.Authenticator(),
            new() { ["Proof"] = proof }, "key"));
        Assert.Equal(before, await StateAsync(app));
        var begun = await visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = WithAuthenticator.Password }, "key");
        Assert.NotNull(begun.Document.QuerySelector(".qr"));
        using var thief = visitor.Thief();
        var forged = await thief.ForgeAsync(AccountsLinks.You(), AccountsLinks.Authenticator(), new() { ["Code"] = "000000" });
        Assert.Null(forged.Document.QuerySelector(".qr"));
        Assert.Equal(302, forged.Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task WithoutPasswordOrApp_OnlyASessionThatJustBeganMakesAKey(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync();
        using var visitor = await app.SignedInAsync(account);
        app.Clock.Move(TimeSpan.FromMinutes(11));
        await RefusedAsync(visitor.PostAsync(AccountsLinks.Authenticator(), [], "key"));
        await RefusedAsync(visitor.PostAsync(AccountsLinks.Password(), new() { ["New"] = "marsh samphire tide" }));
        using var fresh = await app.SignedInAsync(account);
        Assert.NotNull((await fresh.PostAsync(AccountsLinks.Authenticator(), [], "key")).Document.QuerySelector(".qr"));
        Assert.Equal(302, (await fresh.PostAsync(AccountsLinks.Password(), new() { ["New"] = "marsh samphire tide" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("Who stole a session", "its cookie", "to switch the second step off", "password or code is asked for")]
    public async Task TurningOff_AndNewCodes_NeedPasswordOrCode(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        using var visitor = await app.SignedInAsync(owner.Account);
        var before = await StateAsync(app);
        foreach (var proof in new[] { "", "not this one" })
        {
            await RefusedAsync(visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = proof }, "off"));
            await RefusedAsync(visitor.PostAsync(AccountsLinks.RecoveryCodes(), new() { ["Proof"] = proof }));
        }
        // while it is on, no other key is made
        await visitor.ForgeAsync(AccountsLinks.You(), AccountsLinks.Authenticator() + "?handler=key",
            new() { ["Proof"] = WithAuthenticator.Password });
        Assert.Equal(before, await StateAsync(app));

        app.Clock.Move(TimeSpan.FromMinutes(6));
        var renewed = await visitor.PostAsync(AccountsLinks.RecoveryCodes(), new() { ["Proof"] = owner.Code });
        Assert.Equal(10, renewed.Document.QuerySelectorAll("ul.recovery li").Length);
        await RefusedAsync(visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = owner.Code }, "off")); // that code was used
        var (former, asked) = await owner.HalfInAsync();
        using (former) Assert.Equal(400, (await former.SubmitAsync(asked, new() { ["Code"] = owner.RecoveryCodes[0] })).Status);
        Assert.Equal(302, (await visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = WithAuthenticator.Password }, "off"))
            .Status);
        Assert.False(await app.DbAsync(db => db.Users.Where(a => a.Id == owner.Account.Id).Select(a => a.TwoFactorEnabled).SingleAsync()));
        Assert.Equal(200, (await visitor.GetAsync(AccountsLinks.You())).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Proofs_GuessedFromAStolenSession_AreSlowed(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var owner = await WithAuthenticator.InAsync(app);
        using var visitor = await app.SignedInAsync(owner.Account);
        for (var i = 0; i < 5; i++) await RefusedAsync(visitor.PostAsync(AccountsLinks.Authenticator(),
            new() { ["Proof"] = "not this one" }, "off"));
        await RefusedAsync(visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = WithAuthenticator.Password }, "off"));
        await RefusedAsync(visitor.PostAsync(AccountsLinks.Password(),
            new() { ["Current"] = WithAuthenticator.Password, ["New"] = "marsh samphire tide" }));
        app.Clock.Move(TimeSpan.FromMinutes(5));
        Assert.Equal(302, (await visitor.PostAsync(AccountsLinks.Password(),
            new() { ["Current"] = WithAuthenticator.Password, ["New"] = "marsh samphire tide" })).Status);
    }

    /// <summary>A passkey that a thief of the cookie adds would outlive the cookie.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Passkeys_AreAddedAndRemoved_ByWhoProvesWhoTheyAre(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var account = await app.AccountAsync("grey heron on the sluice");
        using (var scope = app.Services.CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var key = new UserPasskeyInfo([1, 2, 3], [4, 5, 6], app.Clock.GetUtcNow(), 0, null, true, false, false, [7],
                [8]) { Name = "Bay tablet" };
            Assert.True((await accounts.AddOrUpdatePasskeyAsync((await accounts.FindByEmailAsync(account.Email!))!, key)).Succeeded);
        }
        using var visitor = await app.SignedInAsync(account);
        foreach (var proof in new[] { "", "not this one" })
        {
            await RefusedAsync(visitor.ForgeAsync(AccountsLinks.Passkeys(), AccountsLinks.Passkeys() + "?handler=remove",
                new() { ["id"] = "AQID", ["ProofToRemove"] = proof }));
            await RefusedAsync(visitor.ForgeAsync(AccountsLinks.Passkeys(), AccountsLinks.Passkeys() + "?handler=add",
                new() { ["Credential"] = "{}", ["Proof"] = proof }));
        }
        Assert.Contains("Bay tablet", (await visitor.GetAsync(AccountsLinks.Passkeys())).Text, StringComparison.Ordinal);
        var refused = await visitor.ForgeAsync(AccountsLinks.Passkeys(), AccountsLinks.Passkeys() + "?handler=add",
            new() { ["Credential"] = "{}", ["Proof"] = "not this one" });
        Assert.NotNull(refused.ErrorOf("Proof"));
        var proved = await visitor.ForgeAsync(AccountsLinks.Passkeys(), AccountsLinks.Passkeys() + "?handler=add",
            new() { ["Credential"] = "{}", ["Proof"] = "grey heron on the sluice" });
        Assert.Null(proved.ErrorOf("Proof"));
        Assert.Contains("The passkey was not made", proved.Text, StringComparison.Ordinal); // a made-up credential
        Assert.Equal(302,
            (await visitor.PostAsync(AccountsLinks.Passkeys(), new() { ["id"] = "AQID", ["ProofToRemove"] = "grey heron on the sluice" },
            "remove")).Status);
        Assert.DoesNotContain("Bay tablet", (await visitor.GetAsync(AccountsLinks.Passkeys())).Text, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(Task<Answer> sent)
    {
        var answer = await sent;
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".govuk-error-summary"));
        Assert.Null(answer.Document.QuerySelector("ul.recovery, .qr"));
    }

    private static async Task<int> HowManyGetInAsync(WithAuthenticator owner, string code)
    {
        var browsers = new List<(Visitor Visitor, Answer Asked)>();
        for (var i = 0; i < 4; i++) browsers.Add(await owner.HalfInAsync());
        var answers = await Task.WhenAll(browsers.Select(browser => browser.Visitor.SubmitAsync(browser.Asked, new() { ["Code"] = code })));
        foreach (var (visitor, _) in browsers) visitor.Dispose();
        Assert.All(answers, answer => Assert.True(answer.Status is 302 or 400));
        return answers.Count(answer => answer.Status == 302);
    }

    private static Task<string> StateAsync(TestApp app) => app.DbAsync(async db => string.Join('\n',
    [
        .. await db.Users.AsNoTracking().OrderBy(a => a.Id).Select(a => a.Id + " " + a.SecurityStamp + " " + a.TwoFactorEnabled)
            .ToListAsync(),
        .. await db.UserTokens.AsNoTracking().OrderBy(t => t.UserId).ThenBy(t => t.Name)
            .Select(t => t.UserId + " " + t.Name + " " + t.Value).ToListAsync(),
    ]));
}
