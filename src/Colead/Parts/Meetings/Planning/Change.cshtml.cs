using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Planning;

[For(Role.Lead)]
public sealed class ChangeModel(PartnershipAccess access, MeetingOperations plans, TimeProvider clock) : PlanForm(access, plans, clock)
{
    [BindProperty]
    public int Version { get; set; }

    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<FieldClash> Differences { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long meetingId)
    {
        if (!await FindAsync(meetingId)) return NotFound();
        Show(Meeting);
        Version = Meeting.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long meetingId)
    {
        if (!await FindAsync(meetingId)) return NotFound();
        if (Typed(Meeting.ChairOrganisationId) is not { } plan) return Page();
        if (!await Plans.ChangeAsync(Standing, Meeting, plan, Version))
        {
            Meeting = await Plans.Of(Standing).AsNoTracking().SingleAsync(m => m.Id == meetingId);
            (Differences, Version) = (DifferenceTo(Meeting, plan), Meeting.Version);
            return this.Differs();
        }
        this.Say(Meeting.InvitedSequence < Meeting.CalendarSequence ? "Saved. Those who were invited do not know yet: invite them again."
            : "Saved.");
        return Redirect(MeetingsLinks.Meeting(Standing.PartnershipId, meetingId));
    }

    /// <summary>What was held keeps its day; only a meeting to come is changed.</summary>
    private async Task<bool> FindAsync(long meetingId)
    {
        await PrepareAsync();
        Meeting = (await Plans.Of(Standing).FirstOrDefaultAsync(m => m.Id == meetingId && m.State == MeetingState.Planned))!;
        return Meeting is not null;
    }
}
