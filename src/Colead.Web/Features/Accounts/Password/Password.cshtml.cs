using System.ComponentModel.DataAnnotations;
using Colead.Data.Accounts;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Accounts;

public sealed class PasswordModel(UserManager<Account> accounts, SignInManager<Account> signIn) : PageModel
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter a new password"), StringLength(PasswordRules.Longest, ErrorMessage = "Choose a shorter password, of at most 200 characters")]
    public string? New { get; set; }

    public bool HasPassword { get; private set; }

    public async Task OnGetAsync() => HasPassword = await accounts.HasPasswordAsync(await accounts.SignedInAsync(User));

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await accounts.SignedInAsync(User);
        HasPassword = await accounts.HasPasswordAsync(account);
        if (HasPassword && string.IsNullOrEmpty(Current)) ModelState.AddModelError(nameof(Current), "Enter the password you have now");
        if (!ModelState.IsValid) return Page();
        var result = HasPassword ? await accounts.ChangePasswordAsync(account, Current!, New!) : await accounts.AddPasswordAsync(account, New!);
        if (!result.Succeeded)
        {
            if (result.Errors.Any(error => error.Code == "PasswordMismatch")) ModelState.AddModelError(nameof(Current), "This is not the password you have now");
            else ModelState.AddModelError(nameof(New), PasswordRules.Say(result));
            return Page();
        }
        await signIn.RefreshSignInAsync(account);
        this.Say("Your new password is saved. Other devices will have to sign in again.");
        return Redirect(AccountsLinks.You());
    }
}
