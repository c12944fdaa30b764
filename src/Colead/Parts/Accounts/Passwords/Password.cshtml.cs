using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Accounts.Passwords;

[Authorize(Policies.SignedIn)]
public sealed class PasswordModel(UserManager<Account> accounts, SignInManager<Account> signIn, Proofs proofs, Sessions sessions,
    Tries tries) : PageModel
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty, Required(ErrorMessage = "Enter a new password"),
        StringLength(PasswordRules.Longest, ErrorMessage = "Choose a shorter password, of at most 200 characters")]
    public string? New { get; set; }

    public bool HasPassword { get; private set; }

    public bool AsksForCode { get; private set; }

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await LoadAsync();
        if (HasPassword && string.IsNullOrEmpty(Current)) ModelState.AddModelError(nameof(Current), "Enter the password you have now");
        if (!ModelState.IsValid) return Page();
        var (what, from) = (Tries.Proof(account.Id), HttpContext.Connection.RemoteIpAddress);
        var problem = HasPassword ? tries.Begin(what, from) ? null : Proofs.Refused : await proofs.ProblemAsync(account, Current);
        if (problem is not null)
        {
            ModelState.AddModelError(HasPassword || AsksForCode ? nameof(Current) : "", problem);
            return Page();
        }
        var result = HasPassword ? await accounts.ChangePasswordAsync(account, Current!, New!)
            : await accounts.AddPasswordAsync(account, New!);
        if (!result.Succeeded)
        {
            if (result.Errors.Any(error => error.Code == "PasswordMismatch")) ModelState.AddModelError(nameof(Current),
                "This is not the password you have now");
            else ModelState.AddModelError(nameof(New), PasswordRules.Say(result));
            return Page();
        }
        tries.Succeeded(what, from);
        await sessions.EndAsync(account.Id);
        await signIn.SignInAsync(account, isPersistent: false); // a new session: a copy of this one's cookie ends too
        this.Say("Your new password is saved. Wherever else you were signed in, you are signed out now.");
        return Redirect(AccountsLinks.You());
    }

    private async Task<Account> LoadAsync()
    {
        var account = await accounts.SignedInAsync(User);
        HasPassword = account.PasswordHash is not null;
        AsksForCode = !HasPassword && await proofs.AsksAsync(account);
        return account;
    }
}
