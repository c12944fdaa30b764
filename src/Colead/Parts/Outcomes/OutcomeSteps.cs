using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Outcomes;

/// <summary>Something was decided, and no outcome set.</summary>
internal sealed class SetOutcomeStep : INextStep
{
    public int Place => 40;

    public Task<NextStep?> OfAsync(Standing standing, ThreadStory story) => Task.FromResult(story.Has(MomentKind.Outcome) ? null
        : NextStep.ForLeads(standing, story, "You decided. Say what should be different, for whom, by when, and how you will know.",
            "Set an outcome",
            OutcomesLinks.New(standing.PartnershipId, story.Thread.Id)));
}

/// <summary>Partners who are to own an outcome have not agreed to it.</summary>
internal sealed class AgreeToOutcomeStep(ColeadDb db) : INextStep
{
    public int Place => 50;

    public async Task<NextStep?> OfAsync(Standing standing, ThreadStory story)
    {
        var waiting = await db.Set<OutcomePartner>()
            .Where(o => o.IsOwner && o.AgreedAt == null && o.Outcome!.ThreadId == story.Thread.Id && o.Outcome.EndedAt == null)
            .OrderBy(o => o.OutcomeId).ThenBy(o => o.Organisation!.NameKey)
            .Select(o => new { o.OutcomeId, o.Outcome!.Title, o.Organisation!.Name }).ToListAsync();
        if (waiting.Count == 0) return null;
        var names = waiting.Where(w => w.OutcomeId == waiting[0].OutcomeId).Select(w => w.Name).ToList();
        return new($"{Joined.And(names)} {(names.Count == 1 ? "has" : "have")} still to agree to “{waiting[0].Title}”.", "See the outcome",
            OutcomesLinks.Outcome(standing.PartnershipId, waiting[0].OutcomeId));
    }
}
