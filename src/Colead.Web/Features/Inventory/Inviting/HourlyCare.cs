using Colead.Data;
using Colead.Data.Inventory;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory.Inviting;

/// <summary>Every hour: reminders that go out by themselves, by day; and files of answers that nobody confirmed in time are deleted.</summary>
public sealed class HourlyCare(IServiceScopeFactory scopes, TimeProvider clock, ILogger<HourlyCare> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ActAsync();
            }
            catch (Exception error) when (error is DbUpdateException or System.Data.Common.DbException)
            {
                CareLog.DatabaseTrouble(log, error); // what was not done is done in the next hour
            }
        }
    }

    public async Task ActAsync()
    {
        using var scope = scopes.CreateScope();
        var now = clock.Now();
        var stale = now - AnswersUpload.Lifetime;
        await scope.ServiceProvider.GetRequiredService<ColeadDb>().AnswersUploads.Where(u => u.UploadedAt < stale).ExecuteDeleteAsync();
        if (Dates.ToLondon(now).Hour is >= 8 and < 18) await scope.ServiceProvider.GetRequiredService<RoundLetters>().RemindDueAsync();
    }
}

internal static partial class CareLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Reminders wait: the database did not answer")]
    public static partial void DatabaseTrouble(ILogger log, Exception error);
}
