using Colead.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Partners;

[For(Role.Viewer)]
public sealed class OrganisationsModel(PartnershipAccess access) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Current { get; private set; } = [];
    public IReadOnlyList<Row> Former { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var rows = await access.Organisations(Standing).OrderBy(o => o.NameKey)
            .Select(o => new Row(o.Id, o.Name, o.Sector, o.Size, o.Memberships.Count(m => m.LeftOn == null),
                o.Terms.Any(t => t.LeftOn == null))).ToListAsync();
        Current = [.. rows.Where(row => row.IsCurrent)];
        Former = [.. rows.Where(row => !row.IsCurrent)];
    }

    public sealed record Row(long Id, string Name, Sector Sector, SizeBand? Size, int People, bool IsCurrent);
}
