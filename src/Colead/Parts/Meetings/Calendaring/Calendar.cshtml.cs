using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Meetings.Calendaring;

/// <summary>A person's own secret address for their calendar program.</summary>
[For(Role.Viewer)]
public sealed class CalendarModel(PartnershipAccess access, CalendarOperations calendars) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public DateTime? MadeAt { get; private set; }
    /// <summary>Just made.</summary>
    public string? Address { get; private set; }

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        MadeAt = (await calendars.LinkAsync(Standing))?.MadeAt;
    }

    public async Task<IActionResult> OnPostMakeAsync()
    {
        var standing = await access.RequiredAsync();
        Address = await calendars.MakeLinkAsync(standing);
        await OnGetAsync();
        return Page(); // not a redirect: the secret is kept nowhere to show it again
    }

    public async Task<IActionResult> OnPostRevokeAsync()
    {
        var standing = await access.RequiredAsync();
        await calendars.RevokeAsync(standing);
        this.Say("The address is revoked.");
        return Redirect(MeetingsLinks.Calendar(standing.PartnershipId));
    }
}
