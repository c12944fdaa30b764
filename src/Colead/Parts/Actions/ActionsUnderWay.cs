using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Actions;

/// <summary>How many actions are under way, and late, for the overview.</summary>
internal sealed class ActionsUnderWay(ColeadDb db, TimeProvider clock) : IUnderWay
{
    public int Place => 40;

    public async Task<UnderWayLine?> OfAsync(Standing standing)
    {
        var today = clock.Today();
        var actions = await db.Set<PlannedAction>().Where(a => a.PartnershipId == standing.PartnershipId
            && (a.State == ActionState.Open || a.State == ActionState.Blocked)).GroupBy(a => 1)
            .Select(g => new { All = g.Count(), Late = g.Count(a => a.DueOn < today) }).FirstOrDefaultAsync();
        return actions is null ? null : new("Under way", Dates.Count(actions.All, "action", "actions"),
            ActionsLinks.All(standing.PartnershipId), actions.Late == 0 ? "" : $"{actions.Late} late");
    }
}
