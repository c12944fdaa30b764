using Colead.Parts.Accounts;
using Colead.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Overviews;

/// <summary>The partnerships one belongs to. Who belongs to just one goes straight there.</summary>
[Authorize(Policies.SignedIn)]
public sealed class AllModel(ColeadDb db, CurrentAccount current) : PageModel
{
    public bool IsOperator { get; private set; }
    public IReadOnlyList<Row> Mine { get; private set; } = [];
    public IReadOnlyList<Row> Others { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        var account = await current.ReadAsync();
        if (account is null) return NotFound();
        IsOperator = account.IsOperator;
        Mine = await db.Set<RoleGrant>().Where(g => g.AccountId == account.Id).OrderBy(g => g.Partnership!.Name)
            .Select(g => new Row(g.PartnershipId, g.Partnership!.Name, g.Partnership.Place, g.Role, g.Organisation!.Name)).ToListAsync();
        if (IsOperator)
        {
            Others = await db.Set<Partnership>()
                .Where(p => !db.Set<RoleGrant>().Any(g => g.PartnershipId == p.Id && g.AccountId == account.Id))
                .OrderBy(p => p.Name).Select(p => new Row(p.Id, p.Name, p.Place, null, null)).ToListAsync();
        }
        return Mine.Count == 1 && !IsOperator ? Redirect(PartnershipsLinks.Overview(Mine[0].Id)) : Page();
    }

    public sealed record Row(long Id, string Name, string Place, Role? Role, string? Organisation);
}
