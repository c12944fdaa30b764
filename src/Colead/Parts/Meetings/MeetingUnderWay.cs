using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>The next meeting, for the overview.</summary>
internal sealed class MeetingUnderWay(ColeadDb db, TimeProvider clock) : IUnderWay
{
    public int Place => 20;

    public async Task<UnderWayLine?> OfAsync(Standing standing)
    {
        var now = clock.Now();
        var next = await db.Set<Meeting>().Where(m => m.PartnershipId == standing.PartnershipId && m.State == MeetingState.Planned
            && m.EndsAt > now)
            .OrderBy(m => m.StartsAt).ThenBy(m => m.Id).Select(m => new { m.Id, m.Title, m.StartsAt }).FirstOrDefaultAsync();
        return next is null ? null
            : new("The next meeting", next.Title, MeetingsLinks.Meeting(standing.PartnershipId, next.Id), Dates.Say(next.StartsAt));
    }
}
