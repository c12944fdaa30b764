using Colead.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Accounts.SigningIn;

/// <summary>The front door. Who is signed in goes straight on to their partnerships.</summary>
[AllowAnonymous]
public sealed class WelcomeModel(DatabaseEngine engine, CurrentAccount current) : PageModel
{
    public bool NotSetUp { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await current.ReadAsync() is not null) return Redirect("/partnerships");
        NotSetUp = !await engine.HasAccountsAsync(HttpContext.RequestAborted);
        return Page();
    }
}
