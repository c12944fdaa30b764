using Colead.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Accounts;

/// <summary>Makes new codes and shows them once; the old ones stop working.</summary>
public sealed class RecoveryCodesModel(UserManager<Account> accounts) : PageModel
{
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IActionResult OnGet() => Redirect(AccountsLinks.Authenticator());

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await accounts.SignedInAsync(User);
        if (!account.TwoFactorEnabled) return Redirect(AccountsLinks.Authenticator());
        Codes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, 10) ?? []];
        return Page();
    }
}
