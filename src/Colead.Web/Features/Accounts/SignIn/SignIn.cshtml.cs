using System.ComponentModel.DataAnnotations;
using Colead.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Accounts;

/// <summary>Whether an address has an account, is locked or has a wrong password is never told apart.</summary>
public sealed class SignInModel(SignInManager<Account> signIn, UserManager<Account> accounts) : PageModel
{
    private const string Refused = "That e-mail address and password do not go together, or there were too many attempts. Check both; after ten attempts wait a quarter of an hour";

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
        var account = await accounts.FindByEmailAsync(Email!.Trim());
        if (account is null)
        {
            // The same work as for an account that is there, so that the time taken tells nothing either.
            accounts.PasswordHasher.HashPassword(new Account { Name = "", CreatedAt = default }, Password!);
            return Again();
        }
        var result = await signIn.PasswordSignInAsync(account, Password!, isPersistent: false, lockoutOnFailure: true);
        if (result.RequiresTwoFactor) return Redirect(AccountsLinks.SecondStep(Then));
        return result.Succeeded ? Onward() : Again();
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
