using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions;

/// <summary>A proposal of the thread waits for votes, or for advice.</summary>
internal sealed class OpenProposalStep(ColeadDb db) : INextStep
{
    public int Place => 10;

    public async Task<NextStep?> OfAsync(Standing standing, ThreadStory story)
    {
        if (!story.Has(MomentKind.Proposal)) return null;
        var open = await db.Set<Proposal>().Where(x => x.ThreadId == story.Thread.Id && (x.State == ProposalState.Voting
            || x.State == ProposalState.Advice))
            .OrderByDescending(x => x.State == ProposalState.Voting).ThenBy(x => x.Id)
            .Select(x => new { x.Id, x.Title, x.State, x.ClosesAt }).FirstOrDefaultAsync();
        if (open is null) return null;
        var address = DecisionsLinks.Proposal(standing.PartnershipId, open.Id);
        return open.State == ProposalState.Voting
            ? new($"“{open.Title}” is being voted on{(open.ClosesAt is { } closes ? $", until {Dates.Say(closes)}" : "")}.",
                "Go to the vote", address)
            : new($"“{open.Title}” waits for advice before it is voted on.", "Give advice", address);
    }
}

/// <summary>It was talked about, and nothing was decided.</summary>
internal sealed class ProposeStep : INextStep
{
    public int Place => 30;

    public Task<NextStep?> OfAsync(Standing standing, ThreadStory story) => Task.FromResult<NextStep?>(story.Has(MomentKind.Decision) ? null
        : new("It has been talked about. What do you want to do about it together?", "Propose something",
            DecisionsLinks.New(standing.PartnershipId, thread: story.Thread.Id)));
}

/// <summary>A decision was to be looked at again.</summary>
internal sealed class ReviewStep(ColeadDb db, TimeProvider clock) : INextStep
{
    public int Place => 80;

    public async Task<NextStep?> OfAsync(Standing standing, ThreadStory story)
    {
        var today = clock.Today();
        var due = await db.Set<Proposal>().Where(x => x.ThreadId == story.Thread.Id && x.State == ProposalState.Decided
            && x.ReviewOn <= today
            && !db.Set<Proposal>().Any(y => y.RevisitsId == x.Id)).OrderBy(x => x.ReviewOn).Select(x => new { x.Id, x.Title, x.ReviewOn })
                .FirstOrDefaultAsync();
        return due is null ? null : new($"You meant to look at “{due.Title}” again on {Dates.Say(due.ReviewOn!.Value)}.",
            "Look at it again",
            DecisionsLinks.New(standing.PartnershipId, revisits: due.Id));
    }
}
