using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.SharedAims;

/// <summary>One shared aim: its wording, what is proposed, how it fits partners, and what it was before.</summary>
[For(Role.Viewer)]
public sealed class AimModel(ColeadDb db, PartnershipAccess access, AimOperations aims) : PageModel
{
    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public int Seen { get; set; }

    public Standing Standing { get; private set; } = null!;
    public SharedAim Aim { get; private set; } = null!;
    public Row? InForce => Accepted.Count == 0 ? null : Accepted[0];
    public IReadOnlyList<Row> Accepted { get; private set; } = [];
    public IReadOnlyList<Row> Waiting { get; private set; } = [];
    public IReadOnlyList<Row> Others { get; private set; } = [];
    public IReadOnlyList<FitRow> Fits { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long aimId) => await LoadAsync(aimId) ? Page() : NotFound();

    public async Task<IActionResult> OnPostEndAsync(long aimId)
    {
        if (!await LoadAsync(aimId) || !Standing.IsCoordinator) return NotFound();
        var why = ShortText.Tidy(Why);
        if (why is null) ModelState.AddModelError(nameof(Why), "Say why: partners will ask");
        else if (why.Length > AimWording.WhyLength) ModelState.AddModelError(nameof(Why), "Use at most 600 characters");
        if (!ModelState.IsValid) return Page();
        if (Aim.EndedAt is null)
        {
            if (!await aims.EndAsync(Standing, (await aims.Shared(Standing).FirstAsync(a => a.Id == aimId)), why!, Seen))
            {
                await LoadAsync(aimId);
                return this.Clashed();
            }
            this.Say("It is put away.");
        }
        return Redirect(VisionLinks.Aim(Standing.PartnershipId, aimId));
    }

    private async Task<bool> LoadAsync(long aimId)
    {
        Standing = await access.RequiredAsync();
        Aim = (await aims.Shared(Standing).AsNoTracking().FirstOrDefaultAsync(a => a.Id == aimId))!;
        if (Aim is null) return false;
        var wordings = await db.Set<AimWording>().AsNoTracking().Where(w => w.SharedAimId == aimId).OrderBy(w => w.Id)
            .Select(w => new Row(w.Id, w.Name, w.Text, w.Why, w.Who, w.Organisation!.Name, w.At, w.State, w.Number, w.DecidedAt))
                .ToListAsync();
        Accepted = [.. wordings.Where(w => w.State == WordingState.Accepted).OrderByDescending(w => w.Number)];
        Waiting = [.. wordings.Where(w => w.State == WordingState.Proposed)];
        Others = [.. wordings.Where(w => w.State is WordingState.Declined or WordingState.TakenBack)];
        Fits = await aims.Fits(Standing).Where(f => f.SharedAimId == aimId && f.Organisation!.Terms.Any(t => t.LeftOn == null)
            && (f.OwnAimId == null || f.OwnAim!.EndedAt == null))
            .OrderBy(f => f.Organisation!.NameKey).ThenBy(f => f.Id)
            .Select(f => new FitRow(f.Organisation!.Name, f.OwnAim!.Name, f.OwnAimId != null
                && f.OwnAim!.Visibility == AimVisibility.Itself, f.Word, f.Why, f.Number < f.SharedAim!.Number)).ToListAsync();
        return true;
    }

    public sealed record Row(long Id, string Name, string Text, string Why, string Who, string? Organisation, DateTime At,
        WordingState State, int? Number, DateTime? DecidedAt);

    public sealed record FitRow(string Organisation, string? OwnAim, bool Private, FitWord Word, string Why, bool OfEarlier);
}
