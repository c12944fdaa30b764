using System.Security.Cryptography;
using System.Text;
using Colead.Kit.Texts;
using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Audit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Parts.Actions.Reminding;

/// <summary>
/// A letter a week at most to whoever has something due, and none where nothing is. What was sent when stands in the database, so it does
/// not matter how often, by how many servers or how late this runs.
/// </summary>
public sealed class Reminders(ColeadDb db, Outbox outbox, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private const int DaysAhead = 7;

    private readonly IDataProtector protector = protection.CreateProtector("Colead.Actions.Reminders");

    /// <summary>Sends by day only, and only where mail is set up. Returns how many letters were put in the outbox.</summary>
    public async Task<int> SendAsync(CancellationToken cancellation = default)
    {
        var now = clock.Now();
        if (!outbox.IsSetUp || Dates.ToLondon(now).Hour is < 8 or >= 18) return 0;
        var latest = now - Week;
        var until = clock.Today().AddDays(DaysAhead);
        var due = await db.Set<PlannedAction>().AsNoTracking()
            .Where(a => (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn <= until && a.Person!.EmailKey != null
                && a.Person.Memberships.Any(m => m.LeftOn == null))
            .Where(a => !db.Set<ActionReminder>().Any(r => r.EmailKey == a.Person!.EmailKey
                && (r.StoppedAt != null || r.LastSentAt > latest)))
            .OrderBy(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new Due(a.Person!.EmailKey!, a.Person.Email!, a.Person.Name, a.PartnershipId, a.Partnership!.Name, a.Title,
                a.DueOn, a.State == ActionState.Blocked)).ToListAsync(cancellation);
        var sent = 0;
        foreach (var letter in due.GroupBy(d => d.EmailKey, StringComparer.Ordinal))
            if (await SendAsync([.. letter], now, latest)) sent++;
        return sent;
    }

    /// <summary>The address in a link's secret; null where it is none of ours.</summary>
    public string? Read(string secret)
    {
        try
        {
            return protector.Unprotect(secret);
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    public Task<bool> IsStoppedAsync(string emailKey) => db.Set<ActionReminder>()
        .AnyAsync(r => r.EmailKey == emailKey && r.StoppedAt != null);

    /// <summary>No more letters to this address, or letters again. Done twice, it is done once.</summary>
    public async Task SetAsync(string emailKey, bool stopped)
    {
        var row = await db.Set<ActionReminder>().FirstOrDefaultAsync(r => r.EmailKey == emailKey);
        if (row?.StoppedAt is not null == stopped) return;
        if (row is null) db.Set<ActionReminder>().Add(row = new ActionReminder { EmailKey = emailKey });
        row.StoppedAt = stopped ? clock.Now() : null;
        foreach (var person in await db.Set<Person>().Where(p => p.EmailKey == emailKey).Select(p => new { p.PartnershipId, p.Name })
            .ToListAsync())
            db.AuditEntries.Add(new AuditEntry { At = clock.Now(), Who = person.Name, PartnershipId = person.PartnershipId, Act = stopped
                ? "stopped reminders of actions" : "asked for reminders of actions again", Detail = "by the link in a letter" });
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear(); // a second click, or a letter going out in the same moment: the row is there now
            await SetAsync(emailKey, stopped);
        }
    }

    private async Task<bool> SendAsync(IReadOnlyList<Due> due, DateTime now, DateTime latest)
    {
        db.ChangeTracker.Clear();
        var key = due[0].EmailKey;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var claimed = await db.Set<ActionReminder>().Where(r => r.EmailKey == key && r.StoppedAt == null
            && (r.LastSentAt == null || r.LastSentAt <= latest)).ExecuteUpdateAsync(set => set.SetProperty(r => r.LastSentAt, now));
        if (claimed == 0)
        {
            if (await db.Set<ActionReminder>().AnyAsync(r => r.EmailKey == key)) return false;
            db.Set<ActionReminder>().Add(new ActionReminder { EmailKey = key, LastSentAt = now });
        }
        var today = clock.Today();
        var stop = outbox.Absolute(ActionsLinks.Stop(protector.Protect(key)));
        outbox.Post(due[0].Email, due.Count == 1 ? $"One action is due: {due[0].Title}" : $"{due.Count} actions are due",
            Body(due, today, stop), due[0].PartnershipId, stop);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            return false; // another server is sending it
        }
        await transaction.CommitAsync();
        return true;
    }

    private string Body(IReadOnlyList<Due> due, DateOnly today, string stop)
    {
        var body = new StringBuilder();
        body.Append("Hello ").Append(due[0].Name)
            .Append(",\n\nhere is what you said you would see to. If a date no longer fits, say so: changing course in time is no failure.\n");
        foreach (var partnership in due.GroupBy(d => (d.PartnershipId, d.Partnership)))
        {
            body.Append('\n').Append(partnership.Key.Partnership).Append('\n');
            foreach (var action in partnership)
                body.Append("  - ").Append(action.Title).Append(", ").Append(action.DueOn < today ? "was due on " : "due on ")
                    .Append(Dates.Say(action.DueOn)).Append(action.Blocked ? " (blocked)" : "").Append('\n');
            body.Append("  ").Append(outbox.Absolute(ActionsLinks.All(partnership.Key.PartnershipId))).Append('\n');
        }
        body.Append("\nYou get this once a week at most, and only when something is due. No more of these letters, without signing in:\n")
            .Append(stop).Append('\n');
        return body.ToString();
    }

    private sealed record Due(string EmailKey, string Email, string Name, long PartnershipId, string Partnership, string Title,
        DateOnly DueOn, bool Blocked);
}

/// <summary>Every hour, and at start. What fails is logged by Quartz and done in the next hour.</summary>
[DisallowConcurrentExecution]
internal sealed class ReminderJob(Reminders reminders) : IJob
{
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    public static readonly JobKey Key = new("reminders of actions");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await reminders.SendAsync(cancellationToken);
}
