using System.ComponentModel.DataAnnotations;
using Colead.Composition;
using Colead.Storage.Accounts;
using Colead.Storage.Protection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Accounts.SigningIn;

/// <summary>The second proof: a code from an app, or a recovery code, which works once.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class SecondStepModel(SignInManager<Account> signIn, Tries tries, LastingKey lasting) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the code from your app")]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? Redirect(AccountsLinks.SignIn(Then)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account) return Redirect(AccountsLinks.SignIn(Then));
        if (!ModelState.IsValid) return Page();
        var (what, from) = (Tries.Proof(account.Id), HttpContext.Connection.RemoteIpAddress);
        if (tries.Begin(what, from) && (await TryAsync()).Succeeded)
        {
            tries.Succeeded(what, from);
            return Url.IsLocalUrl(Then) ? LocalRedirect(Then) : Redirect("/");
        }
        ModelState.AddModelError(nameof(Code), lasting.Key is null
            ? "No code can be checked now, because a key is missing on the server. Ask the person who runs this Colead for a sign-in link"
            : "That code did not work. Each works once, and they change every half minute: wait for the next one. After several tries wait a few minutes");
        return Page();
    }

    private Task<Microsoft.AspNetCore.Identity.SignInResult> TryAsync() => OneTimeCodes.Read(Code) is { } code
        ? signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
        : signIn.TwoFactorRecoveryCodeSignInAsync(new string([.. Code!.Where(c => !char.IsWhiteSpace(c))]).ToUpperInvariant());
}
