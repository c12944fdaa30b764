using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Vision.SharedAims;

[For(Role.Member)]
public sealed class NewAimModel(PartnershipAccess access, AimOperations aims) : WordingFields
{
    public long PartnershipId { get; private set; }

    public async Task OnGetAsync() => PartnershipId = (await access.RequiredAsync()).PartnershipId;

    public async Task<IActionResult> OnPostAsync()
    {
        await OnGetAsync();
        CheckFields();
        if (!ModelState.IsValid) return Page();
        var aim = await aims.ProposeAimAsync(await access.RequiredAsync(), Typed);
        this.Say("Your aim is proposed. A coordinator accepts it, or says why not.");
        return Redirect(VisionLinks.Aim(PartnershipId, aim.Id));
    }
}
