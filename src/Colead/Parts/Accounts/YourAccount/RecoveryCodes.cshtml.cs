using Colead.Storage.Accounts;
using Colead.Storage.Protection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Accounts.YourAccount;

/// <summary>Makes new codes and shows them once; the old ones stop working.</summary>
[Authorize(Policies.SignedIn)]
public sealed class RecoveryCodesModel(UserManager<Account> accounts, Proofs proofs, LastingKey lasting) : PageModel
{
    public const int Count = 10;

    [BindProperty]
    public string? Proof { get; set; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync() => (await accounts.SignedInAsync(User)).TwoFactorEnabled ? Page()
        : Redirect(AccountsLinks.Authenticator());

    public async Task<IActionResult> OnPostAsync()
    {
        var account = await accounts.SignedInAsync(User);
        if (!account.TwoFactorEnabled) return Redirect(AccountsLinks.Authenticator());
        if (lasting.Key is null) ModelState.AddModelError("", AuthenticatorModel.KeyIsMissing);
        else if (await proofs.ProblemAsync(account, Proof) is { } problem) ModelState.AddModelError(nameof(Proof), problem);
        else Codes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, Count) ?? []];
        return Page();
    }
}
