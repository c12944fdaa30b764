using Colead.Parts.Threads;
using Colead.Storage;

namespace Colead.Parts.Decisions;

/// <summary>Advice on a thread's proposals.</summary>
public sealed class HeardAsAdvice(ColeadDb db) : IHeard
{
    public IQueryable<long> In(long threadId) =>
        db.Set<ProposalAdvice>().Where(a => a.Proposal!.ThreadId == threadId && a.OrganisationId != null)
            .Select(a => a.OrganisationId!.Value);
}
