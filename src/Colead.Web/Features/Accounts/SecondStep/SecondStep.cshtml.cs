using System.ComponentModel.DataAnnotations;
using Colead.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Accounts;

/// <summary>The second proof: a code from an app, or a recovery code, which works once.</summary>
public sealed class SecondStepModel(SignInManager<Account> signIn) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter the code from your app")]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Then { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await signIn.GetTwoFactorAuthenticationUserAsync() is null ? Redirect(AccountsLinks.SignIn(Then)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is null) return Redirect(AccountsLinks.SignIn(Then));
        if (!ModelState.IsValid) return Page();
        var code = new string([.. Code!.Where(c => !char.IsWhiteSpace(c))]);
        var result = code.Length == 6 && code.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(code.ToUpperInvariant());
        if (result.Succeeded) return Url.IsLocalUrl(Then) ? LocalRedirect(Then) : Redirect("/");
        ModelState.AddModelError(nameof(Code), "That code did not work. Codes change every half minute; type the one shown now");
        return Page();
    }
}
