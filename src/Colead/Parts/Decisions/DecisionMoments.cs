using Colead.Kit.Texts;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions;

/// <summary>What was proposed in a thread, and what came of it.</summary>
public sealed class DecisionMoments(ColeadDb db) : IMoments
{
    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        var proposals = await db.Set<Proposal>().Where(p => p.ThreadId == thread.Id).OrderBy(p => p.Id)
            .Select(p => new { p.Id, p.Title, p.State, p.ProposedAt, p.ClosesAt, p.ClosedAt, p.OutcomeWords, p.ReviewOn,
                By = p.Organisation!.Name, Advice = p.Advice.Count }).ToListAsync();
        return
        [
            .. proposals.Select(p =>
            {
                var decided = p.State == ProposalState.Decided;
                var at = (p.State is ProposalState.Decided or ProposalState.Withdrawn ? p.ClosedAt : null) ?? p.ProposedAt;
                var state = p.State switch
                {
                    ProposalState.Decided => p.OutcomeWords,
                    ProposalState.Withdrawn => "Withdrawn before it was voted on.",
                    ProposalState.Voting => p.ClosesAt is { } closes ? $"Voting is open until {Dates.Say(closes)}." : "Voting is open.",
                    _ => "People are asked for advice before it is voted on.",
                };
                var advice = p.Advice == 0 ? "" : $" {Dates.Count(p.Advice, "piece of advice was", "pieces of advice were")} given first.";
                var review = decided && p.ReviewOn is { } on ? $" To be looked at again on {Dates.Say(on)}." : "";
                return new ThreadMoment(at, decided ? MomentKind.Decision : MomentKind.Proposal, Dates.Say(Dates.DayOf(at)),
                    (decided ? "decision" : "proposal") + (p.By is null ? "" : $", proposed by {p.By}"), p.Title)
                {
                    Text = state + advice + review,
                    Address = reader == Reader.Member ? DecisionsLinks.Proposal(thread.PartnershipId, p.Id) : null,
                };
            }),
        ];
    }
}
