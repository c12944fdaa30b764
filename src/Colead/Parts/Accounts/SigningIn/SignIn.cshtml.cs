using System.ComponentModel.DataAnnotations;
using Colead.Composition;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Accounts.SigningIn;

/// <summary>Whether an address has an account, is locked or has a wrong password is never told apart.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class SignInModel(OwnSignIn signIn, UserManager<Account> accounts, NobodysPassword nobodys, Tries tries) : PageModel
{
    private const string Refused =
        "That e-mail address and password do not go together, or there were too many attempts. Check both; after several attempts wait a few minutes, or choose a new password by e-mail";

    [BindProperty, Required(ErrorMessage = "Enter your e-mail address")]
    public string? Email { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter your password")]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        var (what, from) = (Tries.SignIn(Email!), HttpContext.Connection.RemoteIpAddress);
        var mayTry = tries.Begin(what, from);
        var account = await accounts.FindByEmailAsync(Email!.Trim());
        if (!await IsRightAsync(account) || !mayTry) return Again();
        var result = await signIn.GoOnAsync(account!);
        if (result is { Succeeded: false, RequiresTwoFactor: false }) return Again();
        tries.Succeeded(what, from);
        return result.RequiresTwoFactor ? Redirect(AccountsLinks.SecondStep(Then)) : Onward();
    }

    /// <summary>One password is hashed whatever there is to compare it with, and nothing is written: how long the answer takes tells
    /// nothing either.</summary>
    private async Task<bool> IsRightAsync(Account? account)
    {
        if (account?.PasswordHash is not null) return await accounts.CheckPasswordAsync(account, Password!);
        accounts.PasswordHasher.VerifyHashedPassword(nobodys.Nobody, nobodys.Hash, Password!);
        return false;
    }

    public async Task<IActionResult> OnPostOptionsAsync() => Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential)
    {
        ModelState.Clear();
        try
        {
            if (!string.IsNullOrEmpty(credential) && (await signIn.PasskeySignInAsync(credential)).Succeeded) return Onward();
        }
        catch (InvalidOperationException)
        {
            // No sign-in by passkey was under way: the page was old, or the post forged. Said below as for any other refusal.
        }
        ModelState.AddModelError("", "The passkey did not open an account here. Sign in with your password");
        return Page();
    }

    private IActionResult Onward() => Url.IsLocalUrl(Then) ? LocalRedirect(Then) : Redirect("/");

    private PageResult Again()
    {
        ModelState.AddModelError(nameof(Email), Refused);
        return Page();
    }
}
