using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Vision.OwnAims;

/// <summary>A lead writes an aim of its own organisation; nobody does it for them.</summary>
[For(Role.Lead)]
public sealed class WriteOwnAimModel(PartnershipAccess access, AimOperations aims) : OwnAimFields
{
    private Standing standing = null!;

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LoadAsync()) return NotFound();
        CheckFields();
        if (!ModelState.IsValid) return Page();
        var aim = await aims.WriteAsync(standing, Typed);
        this.Say("It is written down. Now say how the shared aims fit it.");
        return Redirect(VisionLinks.OwnAim(PartnershipId, aim.Id));
    }

    private async Task<bool> LoadAsync()
    {
        standing = await access.RequiredAsync();
        (PartnershipId, OrganisationId) = (standing.PartnershipId, standing.OrganisationId ?? 0);
        return standing.IsLead;
    }
}
