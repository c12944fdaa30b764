using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Planning;

[For(Role.Lead)]
public sealed class CancelMeetingModel(PartnershipAccess access, MeetingOperations plans) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public Meeting Meeting { get; private set; } = null!;
    public bool Tells => plans.SendsMail && Meeting.InvitedSequence is not null;

    public async Task<IActionResult> OnGetAsync(long meetingId) => await FindAsync(meetingId) && Meeting.State == MeetingState.Planned
        ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long meetingId)
    {
        if (!await FindAsync(meetingId) || Meeting.State == MeetingState.Ended) return NotFound();
        if (Meeting.State == MeetingState.Planned && !await plans.CancelAsync(Standing, Meeting)) return this.Clashed();
        this.Say("The meeting is cancelled.");
        return Redirect(MeetingsLinks.Meeting(Standing.PartnershipId, meetingId));
    }

    private async Task<bool> FindAsync(long meetingId)
    {
        Standing = await access.RequiredAsync();
        Meeting = (await plans.Of(Standing).FirstOrDefaultAsync(m => m.Id == meetingId))!;
        return Meeting is not null;
    }
}
