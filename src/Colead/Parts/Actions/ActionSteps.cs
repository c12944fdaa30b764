using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Actions;

/// <summary>An outcome was set, and nobody does anything for it.</summary>
internal sealed class PlanActionStep : INextStep
{
    public int Place => 60;

    public Task<NextStep?> OfAsync(Standing standing, ThreadStory story) => Task.FromResult(story.Has(MomentKind.Action) ? null
        : NextStep.ForLeads(standing, story, "The outcome needs somebody to do something by a day.", "Plan an action",
            ActionsLinks.New(standing.PartnershipId, thread: story.Thread.Id)));
}

/// <summary>Actions are late.</summary>
internal sealed class LateActionsStep(ColeadDb db, TimeProvider clock) : INextStep
{
    public int Place => 70;

    public async Task<NextStep?> OfAsync(Standing standing, ThreadStory story)
    {
        var (thread, today) = (story.Thread.Id, clock.Today());
        var late = await db.Set<PlannedAction>().CountAsync(a => (a.ThreadId == thread || a.Outcome!.ThreadId == thread)
            && (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn < today);
        return late == 0 ? null
            : new($"{Dates.Count(late, "action is", "actions are")} late. Ask what stands in the way, or agree on another day.",
            "See the actions", ActionsLinks.All(standing.PartnershipId));
    }
}
