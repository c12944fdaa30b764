using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Colead.Parts.Accounts;

/// <summary>Asks somebody who is signed in once more for proof: a browser that was left open, or a stolen cookie, is not enough to change
/// how one signs in.</summary>
public sealed class Proofs(UserManager<Account> accounts, Sessions sessions, Tries tries, IHttpContextAccessor http)
{
    /// <summary>The words at the box.</summary>
    public const string Label = "Your password, or a code from your app";
    public const string Refused = "That is not right, or there were too many tries. After several tries wait a few minutes";
    public const string SignInAgain = "Sign out and in again first. Then you can do this for ten minutes";

    /// <summary>Whether what was typed is the account's password, or a code that its app shows now.</summary>
    public async Task<bool> IsRightAsync(Account account, string? typed)
    {
        var from = http.HttpContext?.Connection.RemoteIpAddress;
        if (string.IsNullOrEmpty(typed) || !tries.Begin(Tries.Proof(account.Id), from)) return false;
        var right = account.TwoFactorEnabled && OneTimeCodes.Read(typed) is { } code
            && await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, code);
        right = right || await accounts.CheckPasswordAsync(account, typed);
        if (right) tries.Succeeded(Tries.Proof(account.Id), from);
        return right;
    }

    /// <summary>Whether there is something to type: a password, or an app whose key is there.</summary>
    public async Task<bool> AsksAsync(Account account) => account.PasswordHash is not null
        || (account.TwoFactorEnabled && !string.IsNullOrEmpty(await accounts.GetAuthenticatorKeyAsync(account)));

    /// <summary>What stands in the way; null where it is proved. Who has nothing to type must just have signed in.</summary>
    public async Task<string?> ProblemAsync(Account account, string? typed) => await AsksAsync(account)
        ? await IsRightAsync(account, typed) ? null : Refused
        : await sessions.IsFreshAsync() ? null : SignInAgain;
}
