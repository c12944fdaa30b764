using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Rounds.Planning;

/// <summary>A screen that changes a round while it may be changed so. Later the round itself is shown instead, and a form sent too late is
/// refused.</summary>
public abstract class RoundPage(PartnershipAccess access, RoundOperations rounds) : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Round Round { get; private set; } = null!;
    public string Home => RoundsLinks.Round(Standing.PartnershipId, Round.Id);

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Standing = await access.RequiredAsync();
        var roundId = long.Parse((string)RouteData.Values["roundId"]!, CultureInfo.InvariantCulture);
        if (await FindAsync(roundId) is { } round)
        {
            Round = round;
            if (!HttpMethods.IsPost(Request.Method)) Version = round.Version;
            await next();
        }
        else if (!await rounds.Of(Standing).AnyAsync(r => r.Id == roundId)) context.Result = NotFound();
        else context.Result = HttpMethods.IsPost(Request.Method) ? StatusCode(StatusCodes.Status409Conflict)
            : Redirect(RoundsLinks.Round(Standing.PartnershipId, roundId));
    }

    /// <summary>The round, where its state fits the screen.</summary>
    protected abstract Task<Round?> FindAsync(long roundId);

    /// <summary>The round as it is now, after it changed on the way.</summary>
    protected void Show(Round changed) => Round = changed;

    /// <summary>Back to the round, with a word about what was done.</summary>
    protected IActionResult Done(string sentence)
    {
        this.Say(sentence);
        return Redirect(Home);
    }
}

/// <summary>A step of preparing a round.</summary>
public abstract class DraftPage(PartnershipAccess access, RoundOperations rounds) : RoundPage(access, rounds)
{
    private readonly RoundOperations rounds = rounds;

    protected override Task<Round?> FindAsync(long roundId) => rounds.DraftAsync(Standing, roundId);

    /// <summary>Saves the changed draft and goes back to its list of steps.</summary>
    protected async Task<IActionResult> SaveAsync(string what) => await rounds.SaveAsync(Standing, Round, Version, what) ? Done("Saved.")
        : this.Clashed();
}
