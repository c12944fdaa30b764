using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision.SharedAims;

/// <summary>Another wording of a shared aim, begun from the one in force.</summary>
[For(Role.Member)]
public sealed class ProposeModel(ColeadDb db, PartnershipAccess access, AimOperations aims) : WordingFields
{
    /// <summary>Number of the wording it was written against.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public Standing Standing { get; private set; } = null!;
    public SharedAim Aim { get; private set; } = null!;
    public string InForceName { get; private set; } = "";
    public string InForceText { get; private set; } = "";
    /// <summary>Another wording came into force while this one was written.</summary>
    public bool Meanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(long aimId)
    {
        if (!await LoadAsync(aimId)) return NotFound();
        (Name, Text, Seen) = (InForceName, InForceText, Aim.Number);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long aimId)
    {
        if (!await LoadAsync(aimId)) return NotFound();
        CheckFields();
        if (ModelState.IsValid && Typed.Name == InForceName && Typed.Text == InForceText) ModelState.AddModelError(nameof(Text),
            "This is the wording in force. Change something, or leave");
        if (!ModelState.IsValid) return Page();
        if (await aims.ProposeAsync(Standing, Aim, Typed, Seen) is not { } wording)
        {
            (Meanwhile, Seen) = (true, Aim.Number);
            return this.Differs();
        }
        this.Say("Your wording is proposed. A coordinator accepts it, or says why not.");
        return Redirect(VisionLinks.Wording(Standing.PartnershipId, aimId, wording.Id));
    }

    private async Task<bool> LoadAsync(long aimId)
    {
        Standing = await access.RequiredAsync();
        Aim = (await aims.Shared(Standing).FirstOrDefaultAsync(a => a.Id == aimId && a.EndedAt == null))!;
        if (Aim is null) return false;
        // Before the first is accepted there is none in force: others begin from the first that was proposed.
        var wordings = db.Set<AimWording>().AsNoTracking().Where(w => w.SharedAimId == aimId);
        var begin = await (Aim.Number > 0 ? wordings.Where(w => w.Number == Aim.Number) : wordings.OrderBy(w => w.Id)).FirstAsync();
        (InForceName, InForceText) = (begin.Name, begin.Text);
        return true;
    }
}
