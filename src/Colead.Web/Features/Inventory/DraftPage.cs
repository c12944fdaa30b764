using Colead.Data.Inventory;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>A step of preparing a round. What is open already is shown instead of its step, and refuses to be changed.</summary>
public abstract class DraftPage(PartnershipAccess access, Rounds rounds) : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Round Round { get; private set; } = null!;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Standing = await access.RequiredAsync();
        var roundId = long.Parse((string)RouteData.Values["roundId"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (await rounds.DraftAsync(Standing, roundId) is { } draft)
        {
            Round = draft;
            if (!HttpMethods.IsPost(Request.Method)) Version = draft.Version;
            await next();
        }
        else if (!await rounds.Of(Standing).AnyAsync(r => r.Id == roundId)) context.Result = NotFound();
        else context.Result = HttpMethods.IsPost(Request.Method) ? StatusCode(StatusCodes.Status409Conflict) : Redirect(InventoryLinks.Round(Standing.PartnershipId, roundId));
    }

    /// <summary>Saves the changed draft and goes back to its list of steps.</summary>
    protected async Task<IActionResult> SaveAsync(string what)
    {
        if (!await rounds.SaveAsync(Standing, Round, Version, what)) return this.Clashed();
        this.Say("Saved.");
        return Redirect(InventoryLinks.Round(Standing.PartnershipId, Round.Id));
    }
}
