using Colead.Kit.Texts;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Parts.Publishing;

/// <summary>
/// Does what the dates of rounds ask for. The dates are in the database and every act is done once only, so it does not matter how often,
/// by how many servers or how late this runs.
/// </summary>
public sealed class Timetable(ColeadDb db, RoundOperations rounds, RoundEnds ends, TimeProvider clock, ILogger<Timetable> log)
{
    /// <summary>Opens and closes every round whose time has come. One that fails does not keep the others waiting; it is tried again the
    /// next time.</summary>
    public async Task ActAsync(CancellationToken cancellation = default)
    {
        var now = clock.Now();
        var due = await db.Set<Round>().AsNoTracking().Where(r => (r.State == RoundState.Draft && r.OpensAt <= now)
            || (r.State == RoundState.Open && r.ClosesAt <= now)).OrderBy(r => r.Id).ToListAsync(cancellation);
        foreach (var round in due)
        {
            try
            {
                if (round.State == RoundState.Draft) await rounds.OpenAsync(round.Id, by: null);
                else await ends.CloseAsync(round, by: null);
            }
            catch (ClosingRefusedException)
            {
                // The operator was told, once; it is tried again.
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                TimetableLog.Failed(log, round.Id, error);
            }
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>Four times a minute, and at start.</summary>
[DisallowConcurrentExecution]
internal sealed class TimetableJob(Timetable timetable) : IJob
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await timetable.ActAsync(cancellationToken);
}

/// <summary>
/// Every night, and at start, while the program serves already: closings that were cut short are finished, and rounds that were kept as
/// long as promised are deleted, also where the computer is off at night.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class NightJob(ClosingOperations closing) : IJob
{
    public const string EveryNight = "0 30 3 * * ?";
    public static readonly JobKey Key = new("night");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await closing.CatchUpAsync();
}

internal static partial class TimetableLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Round {Round} could not be opened or closed on its date; it is tried again")]
    public static partial void Failed(ILogger log, long round, Exception error);
}
