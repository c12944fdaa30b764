using Colead.Storage;
using Colead.Storage.Audit;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Teams;

[For(Role.Coordinator)]
public sealed class TrailModel(ColeadDb db, PartnershipAccess access) : PageModel
{
    private const int PageSize = 100;

    public long PartnershipId { get; private set; }
    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];
    public long? Older { get; private set; }

    public async Task OnGetAsync(long? before)
    {
        PartnershipId = (await access.RequiredAsync()).PartnershipId;
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.PartnershipId == PartnershipId
            && (before == null || e.Id < before)).OrderByDescending(e => e.Id).Take(PageSize + 1).ToListAsync();
        Entries = [.. entries.Take(PageSize)];
        if (entries.Count > PageSize) Older = Entries[^1].Id;
    }
}
