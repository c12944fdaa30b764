using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.OwnAims;

/// <summary>What one organisation wants for itself, as far as it shows it.</summary>
[For(Role.Viewer)]
public sealed class OwnAimsModel(PartnershipAccess access, AimOperations aims) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public string Name { get; private set; } = "";
    /// <summary>Whether it is the reader's own organisation.</summary>
    public bool Own { get; private set; }
    /// <summary>Whether the reader speaks for it.</summary>
    public bool Speaks { get; private set; }
    public int SharedAims { get; private set; }
    public IReadOnlyList<Row> Aims { get; private set; } = [];
    public IReadOnlyList<Row> PutAway { get; private set; } = [];
    public IReadOnlyList<FitRow> Whole { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long organisationId)
    {
        Standing = await access.RequiredAsync();
        var name = await access.Organisations(Standing).Where(o => o.Id == organisationId).Select(o => o.Name).FirstOrDefaultAsync();
        if (name is null) return NotFound();
        (Name, Own) = (name, Standing.OrganisationId == organisationId);
        Speaks = Own && Standing.IsLead;
        SharedAims = await aims.Current(Standing).CountAsync();
        var rows = await aims.Own(Standing).AsNoTracking().Where(a => a.OrganisationId == organisationId).OrderBy(a => a.Id)
            .Select(a => new Row(a.Id, a.Name, a.Text, a.Visibility, a.EndedAt != null, a.Fits.Count(f => f.SharedAim!.EndedAt == null)))
                .ToListAsync();
        Aims = [.. rows.Where(row => !row.Ended)];
        PutAway = [.. rows.Where(row => row.Ended)];
        Whole = await aims.Fits(Standing).Where(f => f.OrganisationId == organisationId && f.OwnAimId == null
            && f.SharedAim!.EndedAt == null).OrderBy(f => f.SharedAimId)
            .Select(f => new FitRow(f.SharedAimId, f.SharedAim!.Name, f.Word, f.Why, f.Number < f.SharedAim!.Number)).ToListAsync();
        return Page();
    }

    public sealed record Row(long Id, string Name, string Text, AimVisibility Visibility, bool Ended, int Said);

    public sealed record FitRow(long SharedAimId, string Name, FitWord Word, string Why, bool OfEarlier);
}
