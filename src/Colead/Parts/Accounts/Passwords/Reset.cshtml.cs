using System.ComponentModel.DataAnnotations;
using Colead.Composition;
using Colead.Kit.Forms;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Accounts.Passwords;

/// <summary>Takes the link from the mail, and lets its owner in whatever a stranger tried. A wrong, used or old link and a missing account
/// look alike.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class ResetModel(UserManager<Account> accounts, OwnSignIn signIn, Sessions sessions, Tries tries) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Account { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter a new password"),
        StringLength(PasswordRules.Longest, ErrorMessage = "Choose a shorter password, of at most 200 characters")]
    public string? Password { get; set; }

    public void OnGet() => ModelState.Clear();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        var account = long.TryParse(Account, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out _) ? await accounts.FindByIdAsync(Account!) : null;
        var works = account is not null && await accounts.VerifyUserTokenAsync(account, accounts.Options.Tokens.PasswordResetTokenProvider,
            UserManager<Account>.ResetPasswordTokenPurpose, Token ?? "");
        if (!works)
        {
            ModelState.AddModelError("", "This link no longer works. Ask for a new one under “I have forgotten my password”");
            return Page();
        }
        var result = await accounts.ResetPasswordAsync(account!, Token!, Password!);
        if (!result.Succeeded)
        {
            ModelState.AddModelError(nameof(Password), PasswordRules.Say(result));
            return Page();
        }
        await accounts.SetLockoutEndDateAsync(account!, null);
        tries.Clear(Tries.SignIn(account!.Email!));
        tries.Clear(Tries.Proof(account.Id));
        await sessions.EndAsync(account.Id);
        if ((await signIn.GoOnAsync(account)).RequiresTwoFactor) return Redirect(AccountsLinks.SecondStep());
        this.Say("Your new password is saved. Wherever you were signed in, you are signed out now, except here.");
        return Redirect("/");
    }
}
