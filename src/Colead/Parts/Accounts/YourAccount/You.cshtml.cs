using System.ComponentModel.DataAnnotations;
using Colead.Kit.Forms;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Accounts.YourAccount;

[Authorize(Policies.SignedIn)]
public sealed class YouModel(UserManager<Account> accounts, Sessions sessions) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Enter your name"), StringLength(Account.NameLength, ErrorMessage = "Enter a shorter name")]
    public string? Name { get; set; }

    public string? Email { get; private set; }
    public bool HasPassword { get; private set; }
    public bool TwoFactor { get; private set; }
    public int Passkeys { get; private set; }
    public int RecoveryCodes { get; private set; }
    public int SignedIn { get; private set; }

    public async Task OnGetAsync() => Name = (await LoadAsync()).Name;

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await LoadAsync();
        if (!ModelState.IsValid) return Page();
        account.Name = ShortText.Tidy(Name) ?? account.Name;
        await accounts.UpdateAsync(account);
        this.Say("Your name is saved.");
        return Redirect(AccountsLinks.You());
    }

    private async Task<Account> LoadAsync()
    {
        var account = await accounts.SignedInAsync(User);
        Email = account.Email;
        HasPassword = await accounts.HasPasswordAsync(account);
        TwoFactor = account.TwoFactorEnabled;
        Passkeys = (await accounts.GetPasskeysAsync(account)).Count;
        RecoveryCodes = TwoFactor ? await accounts.CountRecoveryCodesAsync(account) : 0;
        SignedIn = (await sessions.OfAsync(account.Id)).Count;
        return account;
    }
}
