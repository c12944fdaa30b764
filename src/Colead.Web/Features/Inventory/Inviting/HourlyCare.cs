using Colead.Data;
using Colead.Data.Inventory;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Web.Features.Inventory.Inviting;

/// <summary>Reminders that go out by themselves, by day; and files of answers that nobody confirmed in time are deleted.</summary>
public sealed class HourlyCare(ColeadDb db, RoundLetters letters, TimeProvider clock)
{
    public async Task ActAsync()
    {
        var now = clock.Now();
        var stale = now - AnswersUpload.Lifetime;
        await db.AnswersUploads.Where(u => u.UploadedAt < stale).ExecuteDeleteAsync();
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
