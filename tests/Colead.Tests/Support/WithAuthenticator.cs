using Colead.Parts.Accounts;
using Colead.Storage.Accounts;

namespace Colead.Tests.Support;

/// <summary>Somebody with a password and an authenticator app.</summary>
public sealed record WithAuthenticator(TestApp App, Account Account, string Key, IReadOnlyList<string> RecoveryCodes)
{
    public const string Password = "grey heron on the sluice";

    public string Code => AuthenticatorApp.Code(Key, App.Clock.GetUtcNow());

    /// <summary>Turned on through the pages, two minutes ago: no code that was typed then is any good now.</summary>
    public static async Task<WithAuthenticator> InAsync(TestApp app, Account? account = null)
    {
        account ??= await app.AccountAsync(Password);
        using var visitor = await app.SignedInAsync(account);
        var begun = await visitor.PostAsync(AccountsLinks.Authenticator(), new() { ["Proof"] = Password }, "key");
        var key = begun.Document.QuerySelector("span.code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        var on = await visitor.SubmitAsync(begun, new() { ["Code"] = AuthenticatorApp.Code(key, app.Clock.GetUtcNow()) });
        app.Clock.Move(TimeSpan.FromMinutes(2));
        return new(app, account, key, [.. on.Document.QuerySelectorAll("ul.recovery li").Select(li => li.TextContent)]);
    }

    /// <summary>A browser that has given the password and is asked for the code.</summary>
    public async Task<(Visitor Visitor, Answer Asked)> HalfInAsync()
    {
        var visitor = App.Visitor();
        var first = await visitor.PostAsync(AccountsLinks.SignIn(), new() { ["Email"] = Account.Email!, ["Password"] = Password });
        Assert.Equal(AccountsLinks.SecondStep(), first.Location);
        return (visitor, await visitor.GetAsync(AccountsLinks.SecondStep()));
    }
}
