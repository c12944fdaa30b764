using Colead.Data;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Accounts;

/// <summary>The front door. Who is signed in goes straight on to their partnerships.</summary>
public sealed class WelcomeModel(ColeadDb db, CurrentAccount current) : PageModel
{
    public bool NotSetUp { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await current.ReadAsync() is not null) return Redirect("/partnerships");
        NotSetUp = !await db.Users.AnyAsync();
        return Page();
    }
}
