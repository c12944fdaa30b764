using System.Globalization;
using Colead.Composition;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Accounts.SigningIn;

/// <summary>Opening the link changes nothing; the button uses it up.</summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class EnterModel(OneTimeLinks links, UserManager<Account> accounts, SignInManager<Account> signIn, Tries tries) : PageModel
{
    public bool Works { get; private set; }

    public async Task OnGetAsync(string secret) => Works = await links.FindAsync(secret, forSetUp: false) is not null;

    public async Task<IActionResult> OnPostAsync(string secret)
    {
        if (await links.FindAsync(secret, forSetUp: false) is not { AccountId: { } id } link || !await links.UseAsync(link)) return Page();
        var account = await accounts.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture));
        if (account is null) return Page();
        await accounts.SetLockoutEndDateAsync(account, null);
        tries.Clear(Tries.SignIn(account.Email!));
        tries.Clear(Tries.Proof(account.Id));
        await signIn.SignInAsync(account, isPersistent: false);
        return Redirect("/");
    }
}
