using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Actions.Planning;

/// <summary>What is done towards an outcome, for the outcome's page.</summary>
public sealed class ActionsOfOutcomeViewComponent(PartnershipAccess access, ActionOperations book, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(long outcome)
    {
        var standing = await access.RequiredAsync();
        var today = clock.Today();
        var rows = await book.Of(standing).AsNoTracking().Where(a => a.OutcomeId == outcome).OrderBy(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new Row(a.Id, a.Title, a.Organisation!.Name, a.DueOn, a.State,
                (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn < today)).ToListAsync();
        return View("/Parts/Actions/Planning/ActionsOfOutcome.cshtml", new Shown(standing.PartnershipId, outcome, standing.SeesPeople,
            rows));
    }

    public sealed record Row(long Id, string Title, string Organisation, DateOnly DueOn, ActionState State, bool Late);
    public sealed record Shown(long PartnershipId, long OutcomeId, bool MayPlan, IReadOnlyList<Row> Rows);
}
