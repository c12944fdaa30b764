using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.Fits;

/// <summary>What the partners want together, against what each wants for itself.</summary>
[For(Role.Viewer)]
public sealed class VisionPictureModel(ColeadDb db, PartnershipAccess access, AimOperations aims) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public FitPicture Picture { get; private set; } = null!;
    public IReadOnlyList<Row> Shared { get; private set; } = [];
    /// <summary>Aims whose first wording waits.</summary>
    public IReadOnlyList<Row> Proposed { get; private set; } = [];
    public IReadOnlyList<Row> PutAway { get; private set; } = [];
    public int Waiting => Shared.Concat(Proposed).Sum(row => row.Waiting);
    public Row? FirstWaiting => Shared.Concat(Proposed).FirstOrDefault(row => row.Waiting > 0);
    /// <summary>For a lead: how many shared aims of which the organisation has said nothing.</summary>
    public int Unsaid { get; private set; }
    /// <summary>For a lead: how many shared aims were reworded since the organisation spoke of them.</summary>
    public int Reworded { get; private set; }

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        Picture = await aims.PictureAsync(Standing);
        var rows = await aims.Shared(Standing).AsNoTracking().OrderBy(a => a.Id)
            .Select(a => new Row(a.Id, a.Name, a.Wordings.Where(w => w.State == WordingState.Accepted).OrderByDescending(w => w.Number)
                .Select(w => w.Text).FirstOrDefault(),
                a.Number, a.EndedAt != null, a.Wordings.Count(w => w.State == WordingState.Proposed))).ToListAsync();
        Shared = [.. rows.Where(row => row.Number > 0 && !row.Ended)];
        Proposed = [.. rows.Where(row => row.Number == 0 && row.Waiting > 0)];
        PutAway = [.. rows.Where(row => row.Ended)];
        if (Standing.IsLead && Shared.Count > 0)
        {
            var said = await db.Set<Fit>().Where(f => f.OrganisationId == Standing.OrganisationId && f.SharedAim!.EndedAt == null
                && f.SharedAim.Number > 0 && (f.OwnAimId == null || f.OwnAim!.EndedAt == null))
                .Select(f => new { f.SharedAimId, OfEarlier = f.Number < f.SharedAim!.Number }).ToListAsync();
            Unsaid = Shared.Count - said.DistinctBy(f => f.SharedAimId).Count();
            Reworded = said.Where(f => f.OfEarlier).DistinctBy(f => f.SharedAimId).Count();
        }
    }

    public sealed record Row(long Id, string Name, string? Text, int Number, bool Ended, int Waiting);
}
