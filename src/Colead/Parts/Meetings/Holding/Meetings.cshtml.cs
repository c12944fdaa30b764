using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Holding;

/// <summary>Meetings to come, and those that were.</summary>
[For(Role.Viewer)]
public sealed class MeetingsModel(PartnershipAccess access, MeetingOperations plans, TimeProvider clock) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> Coming { get; private set; } = [];
    public IReadOnlyList<Row> Before { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        var rows = await plans.Of(Standing).OrderByDescending(m => m.StartsAt).ThenByDescending(m => m.Id)
            .Select(m => new Row(m.Id, m.Title, m.Place, m.StartsAt, m.EndsAt, m.State, m.Items.Count(i => i.State != ItemState.Withdrawn),
                m.Items.Count(i => i.State == ItemState.NotReached),
                m.Attendance.Count(a => a.State == AttendanceState.Present))).ToListAsync();
        var now = clock.Now();
        Coming = [.. rows.Where(r => r.State == MeetingState.Planned || (r.State == MeetingState.Cancelled && r.EndsAt > now)).Reverse()];
        Before = [.. rows.Except(Coming)];
    }

    /// <summary>Held, but nobody has ended it.</summary>
    public bool IsOverdue(Row row) => row.State == MeetingState.Planned && row.EndsAt < clock.Now();

    public sealed record Row(long Id, string Title, string Place, DateTime StartsAt, DateTime EndsAt, MeetingState State, int Items,
        int NotReached, int Present);
}
