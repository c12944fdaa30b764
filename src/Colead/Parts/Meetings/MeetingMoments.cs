using Colead.Kit.Texts;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>Meetings that had a thread on their agenda, or will have.</summary>
public sealed class MeetingMoments(ColeadDb db) : IMoments
{
    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        var items = await db.Set<AgendaItem>().Where(i => i.ThreadId == thread.Id && i.State != ItemState.Withdrawn
            && i.Meeting!.State != MeetingState.Cancelled).OrderBy(i => i.Meeting!.StartsAt).ThenBy(i => i.Position)
            .Select(i => new
            {
                i.Title,
                i.State,
                i.MeetingId,
                Meeting = i.Meeting!.Title,
                i.Meeting.StartsAt,
                Over = i.Meeting.State == MeetingState.Ended,
                Notes = i.Notes.Count(n => !n.TakenOut),
                Spoke = i.Notes.Where(n => !n.TakenOut && n.SpokeOrganisationId != null).Select(n => n.SpokeOrganisationId).Distinct()
                    .Count(),
            }).ToListAsync();
        return
        [
            .. items.Select(i => new ThreadMoment(i.StartsAt, MomentKind.Meeting, Dates.Say(Dates.DayOf(i.StartsAt)), "meeting", i.Title)
            {
                Text = (i.Over, i.State) switch
                {
                    (true, ItemState.NotReached) => $"On the agenda of {i.Meeting}, but not reached.",
                    (true, _) => $"Minuted in {i.Meeting}{(i.Spoke == 0 ? "" : $"; {Dates.Count(i.Spoke, "organisation", "organisations")} spoke to it")}.",
                    _ => $"On the agenda of {i.Meeting}.",
                },
                Address = reader == Reader.Member ? MeetingsLinks.Meeting(thread.PartnershipId, i.MeetingId) : null,
            }),
        ];
    }
}
