using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Colead.Parts.Accounts;

/// <summary>Identity's way of signing in, with one door more: whoever has given the right password goes on from there.</summary>
public sealed class OwnSignIn(
    UserManager<Account> accounts, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Account> claims,
        IOptions<IdentityOptions> options, ILogger<SignInManager<Account>> log,
    IAuthenticationSchemeProvider schemes, IUserConfirmation<Account> confirmation)
        : SignInManager<Account>(accounts, http, claims, options, log, schemes, confirmation)
{
    /// <summary>Signs in, or asks for the second step.</summary>
    public async Task<SignInResult> GoOnAsync(Account account) => await PreSignInCheck(account)
        ?? await SignInOrTwoFactorAsync(account, isPersistent: false);
}

/// <summary>What a password is compared with where there is none, so that the work is the same.</summary>
public sealed class NobodysPassword(IOptions<PasswordHasherOptions> options)
{
    public Account Nobody { get; } = new() { Name = "", CreatedAt = default };
    public string Hash { get; } = new PasswordHasher<Account>(options)
        .HashPassword(new Account { Name = "", CreatedAt = default }, Secret.New());
}
