using Colead.Composition;
using Colead.Kit.Texts;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Parts.Publishing;

/// <summary>
/// Invitations follow the roster; the response is counted when its week is over; reminders go out by themselves, by day; lists that
/// nobody confirmed in time are deleted; and what other parts do every hour.
/// </summary>
public sealed class HourlyCare(ColeadDb db, OpenRoundOperations opens, RoundLetters letters, ResponseProgress progress,
    IEnumerable<IEveryHour> others, KeyFolder keys, TimeProvider clock)
{
    public async Task ActAsync()
    {
        var now = clock.Now();
        keys.ForgetGone();
        foreach (var other in others) await other.ActAsync();
        var staleList = now - RosterUpload.Lifetime;
        await db.Set<RosterUpload>().Where(u => u.UploadedAt < staleList).ExecuteDeleteAsync();
        foreach (var round in await db.Set<Round>().AsNoTracking().Include(r => r.Organisations)
            .Where(r => r.State == RoundState.Open && !r.ClosingBegun && r.Origin == RoundOrigin.Asked).ToListAsync())
        {
            try
            {
                await opens.FollowRosterAsync(round); // before reminders: who left gets none
                await progress.CountDueAsync(round);
            }
            catch (KeyGoneException)
            {
                // It can only be cancelled, and its own page and the timetable say so; it keeps no other round waiting.
            }
            db.ChangeTracker.Clear();
        }
        if (Dates.ToLondon(now).Hour is >= 8 and < 18) await letters.RemindDueAsync();
    }
}

/// <summary>Every hour, and at start. What fails is logged by Quartz and done in the next hour.</summary>
[DisallowConcurrentExecution]
internal sealed class HourlyJob(HourlyCare care) : IJob
{
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await care.ActAsync();
}
