using Colead.Composition;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Voting;

/// <summary>
/// Where the code of a drawn slip is typed, on anybody's device and without signing in. The code goes in forms only: no address, history or
/// log has it. Whether it was used is told to who sends a ballot with it, so that trying codes tells nobody how the vote goes on.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(Limits.Attempts)]
public sealed class VoteBySlipModel(ColeadDb db, BallotBox box, BallotOperations ballots) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Choice { get; set; }

    [BindProperty]
    public List<string?> Boxes { get; set; } = [];

    /// <summary>The ballot to fill in, once the code is known.</summary>
    public BallotForm? Form { get; private set; }
    public SecretVote? Secret { get; private set; }
    /// <summary>What came of it, in a heading and a sentence.</summary>
    public (string Heading, string Sentence)? Sent { get; private set; }

    public void OnGet()
    {
        // The code is asked for.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not null) Form = BallotForm.Empty(Form!.Proposal);
        return Page();
    }

    public async Task<IActionResult> OnPostVoteAsync()
    {
        if (await FindAsync() is not { } slip) return Page();
        var proposal = Form!.Proposal;
        Form = new(proposal, [.. Enumerable.Range(0, Counted.MarksOf(proposal)).Select(i => i < Boxes.Count ? Boxes[i] : null)], Choice,
            null);
        if (BallotForm.Read(ModelState, proposal, Choice, Boxes, reason: null) is not { } filled) return Page();
        Sent = await ballots.VoteBySlipAsync(slip, filled) switch
        {
            Cast.Taken => ("Thank you", "The ballot is in, and will be counted. Destroy the slip; its code is good for nothing more."),
            Cast.Already =>
                ("This slip has been used",
                "A ballot was sent with this code before, and that one counts. If it was not you, tell whoever runs the vote."),
            Cast.NoKey => ("Not just now", DecisionWords.NoKey),
            _ => ("Voting has closed", "The ballot came after that, so it changes nothing."),
        };
        return Page();
    }

    private async Task<Slip?> FindAsync()
    {
        if (await box.FindSlipAsync(Code) is not { } slip)
        {
            ModelState.AddModelError(nameof(Code), "No vote that is open has a slip with this code. Look at it again, letter by letter");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }
        Secret = await db.SecretVotes.AsNoTracking().FirstAsync(v => v.ProposalId == slip.ProposalId);
        Form = BallotForm.Empty(await db.Set<Proposal>().AsNoTracking().FirstAsync(p => p.Id == slip.ProposalId));
        return slip;
    }
}
