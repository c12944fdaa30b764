using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Decisions.Voting;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions;

/// <summary>A screen of a proposal in one state. In another the proposal itself is shown instead, and a form sent too late is refused; what
/// somebody may not do looks like a page that is not there.</summary>
public abstract class ProposalPage(PartnershipAccess access, ProposalOperations proposals) : PageModel
{
    private readonly ProposalOperations proposals = proposals;

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
        else if (found.State != When) context.Result = HttpMethods.IsPost(Request.Method) ? this.TooLate(found.State, Home)
            : Redirect(Home);
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
    protected async Task<IActionResult> TooLateAsync() => this.TooLate(await proposals.Of(Standing).Where(p => p.Id == Proposal.Id)
        .Select(p => p.State).FirstAsync(), Home);

    /// <summary>Looks at the proposal anew, and at what else the page shows.</summary>
    protected async Task FindAgainAsync()
    {
        Proposal = await proposals.Of(Standing).FirstAsync(p => p.Id == Proposal.Id);
        await PrepareAsync();
    }
}

/// <summary>What is said to somebody whose form came after the proposal had moved on.</summary>
public static class LateForms
{
    /// <summary>Fields of long texts, which nobody likes to type again.</summary>
    private static readonly string[] Texts = ["Title", "Text", "Reason"];

    public static IActionResult TooLate(this PageModel page, ProposalState now, string home)
    {
        var (heading, explanation) = now switch
        {
            ProposalState.Decided => ("Voting has closed", "What you sent came after the vote was counted, so it changes nothing."),
            ProposalState.Voting =>
                ("Voting has opened",
                "What you sent came after the vote was opened. The wording and the rules are fixed now, so it changes nothing."),
            ProposalState.Withdrawn => ("The proposal was withdrawn", "What you sent came after that, so it changes nothing."),
            _ => ("Someone else was faster", "The proposal was changed while you had it open. Look at it, then do it again."),
        };
        string[] typed = page.Request.HasFormContentType ? [.. Texts.Select(field => page.Request.Form[field].ToString())
            .Where(text => text.Length > 0)] : [];
        page.HttpContext.Features.Set(new Explained(heading, explanation, string.Join("\n\n", typed), home));
        return page.StatusCode(StatusCodes.Status409Conflict);
    }
}

/// <summary>A screen on which a ballot is filled in.</summary>
public abstract class BallotPage(PartnershipAccess access, ProposalOperations proposals) : ProposalPage(access, proposals)
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
