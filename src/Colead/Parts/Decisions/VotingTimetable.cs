using Colead.Kit.Texts;
using Colead.Storage;
using Colead.Storage.Keys;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Parts.Decisions;

/// <summary>Opens and closes voting on its dates. The dates are in the database and every act is done once only, so it does not matter how
/// often or how late this runs.</summary>
public sealed class VotingTimetable(ColeadDb db, ProposalOperations proposals, BallotOperations ballots, KeyFolder keys,
    TimeProvider clock, ILogger<VotingTimetable> log)
{
    public async Task ActAsync(CancellationToken cancellation = default)
    {
        keys.ForgetGone(); // what another server closed
        var now = clock.Now();
        // A secret vote on paper closes when its totals are entered, not before.
        var due = await db.Set<Proposal>().Where(p => (p.State == ProposalState.Advice && p.OpensAt <= now)
            || (p.State == ProposalState.Voting && p.ClosesAt <= now && !p.OnPaper))
            .OrderBy(p => p.Id).Select(p => new { p.Id, p.State }).ToListAsync(cancellation);
        foreach (var proposal in due)
        {
            try
            {
                if (proposal.State == ProposalState.Advice) await proposals.OpenAsync(proposal.Id, by: null);
                else await ballots.CloseAsync(proposal.Id, by: null);
            }
            catch (KeyGoneException)
            {
                // Its page says so, and the log every night: not four times a minute.
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                VotingLog.Failed(log, proposal.Id, error);
            }
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>Four times a minute, and at start.</summary>
[DisallowConcurrentExecution]
internal sealed class VotingJob(VotingTimetable timetable) : IJob
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await timetable.ActAsync(cancellationToken);
}

/// <summary>Every night, and at start: ends of secret votes that were cut short are finished.</summary>
[DisallowConcurrentExecution]
internal sealed class SecretVotesJob(BallotOperations ballots) : IJob
{
    public static readonly JobKey Key = new("secret votes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await ballots.CatchUpAsync();
}

internal static partial class VotingLog
{
    [LoggerMessage(Level = LogLevel.Error,
        Message = "The end of the secret vote on proposal {Proposal} was cut short; its key is not seen gone yet. It is tried again at the next start and every night")]
    public static partial void Unfinished(ILogger log, long proposal, Exception error);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The key of the secret vote on proposal {Proposal} is not in the folder of keys: no ballot can be taken or counted")]
    public static partial void NoKey(ILogger log, long proposal);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Count} ballots of the secret vote on proposal {Proposal} were changed in the database, and were not counted")]
    public static partial void LeftOut(ILogger log, int count, long proposal);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Voting on proposal {Proposal} could not be opened or closed on its date; it is tried again")]
    public static partial void Failed(ILogger log, long proposal, Exception error);
}
