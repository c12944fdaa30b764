using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Meetings.Planning;

[For(Role.Coordinator)]
public sealed class SettingsModel(PartnershipAccess access, MeetingOperations plans) : PageModel
{
    [BindProperty]
    public bool TitlesShown { get; set; }

    public Standing Standing { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        TitlesShown = await plans.TitlesShownAsync(Standing);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Standing = await access.RequiredAsync();
        await plans.ShowTitlesAsync(Standing, TitlesShown);
        this.Say("Saved.");
        return Redirect(MeetingsLinks.Meetings(Standing.PartnershipId));
    }
}
