using Colead.Kit.Texts;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Calendaring;

/// <summary>Meetings in people's own calendars: a file for one, and a secret address that a calendar program asks now and then.</summary>
public sealed class CalendarOperations(ColeadDb db, PartnershipAccess access, Outbox outbox, TimeProvider clock)
{
    /// <summary>What is longer ago leaves calendars' feed.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public Task<CalendarLink?> LinkAsync(Standing standing) => Open(standing).FirstOrDefaultAsync();

    /// <summary>A new address, shown once; the one before it stops working.</summary>
    public async Task<string> MakeLinkAsync(Standing standing)
    {
        var now = clock.Now();
        foreach (var earlier in await Open(standing).ToListAsync()) earlier.RevokedAt = now;
        var secret = Secret.New();
        db.Set<CalendarLink>().Add(new() { PartnershipId = standing.PartnershipId, AccountId = standing.AccountId,
            SecretHash = Secret.Hash(secret), MadeAt = now });
        access.Record(standing, "made a calendar address", standing.AccountName);
        await db.SaveChangesAsync();
        return outbox.Absolute(MeetingsLinks.Feed(secret));
    }

    public async Task RevokeAsync(Standing standing)
    {
        var open = await Open(standing).ToListAsync();
        if (open.Count == 0) return;
        foreach (var link in open) link.RevokedAt = clock.Now();
        access.Record(standing, "revoked a calendar address", standing.AccountName);
        await db.SaveChangesAsync();
    }

    /// <summary>The meetings behind a secret address; null when it was revoked, never was, or its holder has left the
    /// partnership.</summary>
    public async Task<string?> FeedAsync(string secret)
    {
        var hash = Secret.Hash(secret);
        var found = await db.Set<CalendarLink>().Where(l => l.SecretHash == hash && l.RevokedAt == null && db.RolesNow()
            .Any(g => g.PartnershipId == l.PartnershipId && g.AccountId == l.AccountId))
            .Select(l => new { l.PartnershipId, db.Set<Partnership>().First(p => p.Id == l.PartnershipId).Name }).FirstOrDefaultAsync();
        if (found is null) return null;
        var since = clock.Now() - Kept;
        var meetings = await db.Set<Meeting>().AsNoTracking().Where(m => m.PartnershipId == found.PartnershipId && m.StartsAt > since)
            .OrderBy(m => m.StartsAt).ThenBy(m => m.Id).ToListAsync();
        return ICalendar.Write(found.Name, meetings.Select(m => EventOf(m, found.Name)));
    }

    public string File(Meeting meeting, string partnership) => ICalendar.Write(partnership, [EventOf(meeting, partnership)]);

    private CalendarEvent EventOf(Meeting m, string partnership)
    {
        var address = outbox.Absolute(MeetingsLinks.Meeting(m.PartnershipId, m.Id));
        return new(m.CalendarUid, m.CalendarSequence, m.Title, m.Place, m.StartsAt, m.EndsAt, m.CalendarChangedAt,
            m.State == MeetingState.Cancelled, $"{partnership}\nAgenda and minutes: {address}", address);
    }

    private IQueryable<CalendarLink> Open(Standing standing) => db.Set<CalendarLink>()
        .Where(l => l.PartnershipId == standing.PartnershipId && l.AccountId == standing.AccountId && l.RevokedAt == null);
}
