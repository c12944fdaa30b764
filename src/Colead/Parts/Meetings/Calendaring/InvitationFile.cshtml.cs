using System.Text;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Calendaring;

/// <summary>One meeting as a file that any calendar takes.</summary>
[For(Role.Viewer)]
public sealed class InvitationFileModel(PartnershipAccess access, MeetingOperations plans, CalendarOperations calendars) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long meetingId)
    {
        var standing = await access.RequiredAsync();
        var meeting = await plans.Of(standing).AsNoTracking().FirstOrDefaultAsync(m => m.Id == meetingId);
        return meeting is null ? NotFound() : File(Encoding.UTF8.GetBytes(calendars.File(meeting, standing.PartnershipName)),
            ICalendar.ContentType, "meeting.ics");
    }
}
