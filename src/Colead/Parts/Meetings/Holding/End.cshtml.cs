using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Holding;

[For(Role.Member)]
public sealed class EndModel(ColeadDb db, PartnershipAccess access, MeetingOperations plans) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<string> NotReached { get; private set; } = [];
    public bool AttendanceTaken { get; private set; }

    public async Task<IActionResult> OnGetAsync(long meetingId)
    {
        if (!await FindAsync(meetingId) || Meeting.State != MeetingState.Planned) return NotFound();
        NotReached = await db.Set<AgendaItem>()
            .Where(i => i.MeetingId == meetingId
            && (i.State == ItemState.NotReached || (i.State == ItemState.Waiting && !i.Notes.Any(n => !n.TakenOut))))
            .OrderBy(i => i.Position).ThenBy(i => i.Id).Select(i => i.Title).ToListAsync();
        AttendanceTaken = await db.Set<MeetingAttendance>().AnyAsync(a => a.MeetingId == meetingId);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long meetingId)
    {
        if (!await FindAsync(meetingId) || Meeting.State == MeetingState.Cancelled) return NotFound();
        if (Meeting.State == MeetingState.Planned && !await plans.EndAsync(Standing, Meeting)) return this.Clashed();
        this.Say("The meeting has ended. Its minutes can be printed.");
        return Redirect(MeetingsLinks.Meeting(Standing.PartnershipId, meetingId));
    }

    private async Task<bool> FindAsync(long meetingId)
    {
        Standing = await access.RequiredAsync();
        Meeting = (await plans.Of(Standing).FirstOrDefaultAsync(m => m.Id == meetingId))!;
        return Meeting is not null && MeetingOperations.Runs(Standing, Meeting.ChairOrganisationId);
    }
}
