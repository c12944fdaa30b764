using System.Globalization;
using Colead.Data.Decisions;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Decisions;

/// <summary>A screen of a proposal in one state. In another the proposal itself is shown instead, and a form sent too late is refused; what somebody may not do looks like a page that is not there.</summary>
public abstract class ProposalPage(PartnershipAccess access, Proposals proposals) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public Proposal Proposal { get; private set; } = null!;
    public string Home => DecisionsLinks.Proposal(Standing.PartnershipId, Proposal.Id);

    protected abstract ProposalState When { get; }

    /// <summary>Whether this person may do it to this proposal.</summary>
    protected abstract Task<bool> MayAsync();

    /// <summary>What else the page shows.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    [NonHandler] // by its name it would answer requests of the method "PAGE"
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Standing = await access.RequiredAsync();
        var id = long.Parse((string)RouteData.Values["proposalId"]!, CultureInfo.InvariantCulture);
        if (await proposals.Of(Standing).FirstOrDefaultAsync(p => p.Id == id) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        Proposal = found;
        if (!await MayAsync()) context.Result = NotFound();
        else if (found.State != When) context.Result = HttpMethods.IsPost(Request.Method) ? TooLate() : Redirect(Home);
        else
        {
            await PrepareAsync();
            await next();
        }
    }

    /// <summary>Back to the proposal, with a word about what was done.</summary>
    protected IActionResult Done(string sentence)
    {
        this.Say(sentence);
        return Redirect(Home);
    }

    /// <summary>Somebody was a moment earlier.</summary>
    protected StatusCodeResult TooLate() => StatusCode(StatusCodes.Status409Conflict);
}

/// <summary>A screen on which a ballot is filled in.</summary>
public abstract class BallotPage(PartnershipAccess access, Proposals proposals) : ProposalPage(access, proposals)
{
    [BindProperty]
    public string? Choice { get; set; }

    [BindProperty]
    public List<string?> Boxes { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    protected override ProposalState When => ProposalState.Voting;

    public BallotForm Form { get; protected set; } = null!;

    /// <summary>What was filled in, or null, with what is wrong beside it and everything typed still there.</summary>
    protected FilledBallot? Filled()
    {
        var marks = Counted.MarksOf(Proposal);
        Form = new(Proposal, [.. Enumerable.Range(0, marks).Select(i => i < Boxes.Count ? Boxes[i] : null)], Choice, Reason);
        return BallotForm.Read(ModelState, Proposal, Choice, Boxes, Proposal.Secret ? null : Reason);
    }
}
