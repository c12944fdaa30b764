using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>What somebody says of one organisation, and the version they saw; 0 where nobody had said anything.</summary>
public sealed record SaidAttendance(long OrganisationId, AttendanceState? State, string Names, int Version);

/// <summary>Who was there. Two who take it at once lose nothing: each changes only what they said themselves, and where both spoke of one
/// organisation the second is shown the first.</summary>
public sealed class AttendanceOperations(ColeadDb db, PartnershipAccess access, LiveChanges live)
{
    /// <summary>Version of a record: how often it was said, from 1; 0 is nothing said.</summary>
    public static int VersionOf(MeetingAttendance? record) => record is null ? 0 : record.Version + 1;

    /// <summary>Saves what was said; returns the organisations of which someone else said something different meanwhile. Then nothing is
    /// saved.</summary>
    public async Task<IReadOnlyList<MeetingAttendance>> SaveAsync(Standing standing, Meeting meeting, IReadOnlyList<SaidAttendance> said)
    {
        var known = await db.Set<MeetingAttendance>().Where(a => a.MeetingId == meeting.Id).ToDictionaryAsync(a => a.OrganisationId);
        var clashes = new List<MeetingAttendance>();
        var changed = 0;
        foreach (var one in said)
        {
            var record = known.GetValueOrDefault(one.OrganisationId);
            if (one.State is not { } state || (record is not null && (record.State, record.Names) == (state, one.Names))) continue;
            if (record is not null && VersionOf(record) != one.Version) clashes.Add(record);
            else
            {
                if (record is null) db.Set<MeetingAttendance>()
                    .Add(new() { MeetingId = meeting.Id, OrganisationId = one.OrganisationId, State = state, Names = one.Names });
                else (record.State, record.Names) = (state, one.Names);
                changed++;
            }
        }
        if (clashes.Count > 0 || changed == 0) return clashes;
        access.Record(standing, "recorded who was at a meeting", meeting.Title);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear(); // in the very moment between: look again
            return await SaveAsync(standing, meeting, said);
        }
        await live.AnnounceAsync(MeetingsPart.Topic(meeting.Id));
        return [];
    }
}
