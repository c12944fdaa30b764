using Colead.Data;
using Colead.Data.Decisions;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace Colead.Web.Features.Decisions;

/// <summary>Opens and closes voting on its dates. The dates are in the database and every act is done once only, so it does not matter how often or how late this runs.</summary>
public sealed class VotingTimetable(ColeadDb db, Proposals proposals, Ballots ballots, TimeProvider clock, ILogger<VotingTimetable> log)
{
    public async Task ActAsync(CancellationToken cancellation = default)
    {
        var now = clock.Now();
        var due = await db.Proposals.Where(p => (p.State == ProposalState.Advice && p.OpensAt <= now) || (p.State == ProposalState.Voting && p.ClosesAt <= now))
            .OrderBy(p => p.Id).Select(p => new { p.Id, p.State }).ToListAsync(cancellation);
        foreach (var proposal in due)
        {
            try
            {
                if (proposal.State == ProposalState.Advice) await proposals.OpenAsync(proposal.Id, by: null);
                else await ballots.CloseAsync(proposal.Id, by: null);
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

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await timetable.ActAsync(cancellationToken);
}

internal static partial class VotingLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Voting on proposal {Proposal} could not be opened or closed on its date; it is tried again")]
    public static partial void Failed(ILogger log, long proposal, Exception error);
}
