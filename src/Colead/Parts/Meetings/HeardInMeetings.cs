using Colead.Parts.Threads;
using Colead.Storage;

namespace Colead.Parts.Meetings;

/// <summary>Who spoke to a thread's items in meetings.</summary>
public sealed class HeardInMeetings(ColeadDb db) : IHeard
{
    public IQueryable<long> In(long threadId) => db.Set<MeetingNote>()
        .Where(n => n.Item!.ThreadId == threadId && !n.TakenOut && n.SpokeOrganisationId != null).Select(n => n.SpokeOrganisationId!.Value);
}
