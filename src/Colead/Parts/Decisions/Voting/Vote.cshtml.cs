using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Voting;

/// <summary>A delegate votes for their organisation.</summary>
[For(Role.Lead)]
public sealed class VoteModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals, BallotOperations ballots,
    BallotBox box) : BallotPage(access, proposals)
{
    /// <summary>What this form has seen of the organisation's vote: the second of two delegates knowingly replaces what the first
    /// sent.</summary>
    [BindProperty]
    public int? Seen { get; set; }

    public string Organisation { get; private set; } = "";
    /// <summary>The organisation's vote so far, in an open ballot.</summary>
    public ProposalVote? Before { get; private set; }
    /// <summary>What is known of a secret vote. Whether the organisation has voted is not, and is told to nobody.</summary>
    public SecretVote? Secret { get; private set; }
    /// <summary>Became lead after a secret vote had opened.</summary>
    public bool CameLate { get; private set; }
    public bool NoKey => Secret is { } vote && box.KeyOf(vote) is null;

    public void OnGet() => Form = Before is null ? BallotForm.Empty(Proposal) : BallotForm.Of(Proposal, Before);

    public async Task<IActionResult> OnPostAsync()
    {
        if (CameLate || Filled() is not { } filled) return Page();
        var organisation = Standing.OrganisationId!.Value;
        var cast = Proposal.Secret ? await ballots.VoteSecretlyAsync(Proposal, organisation, filled, Standing.AccountId)
            : await ballots.VoteAsync(Standing, Proposal, organisation, filled, VoteWay.Delegate, Seen);
        return cast switch
        {
            // The same words whether or not somebody of the organisation voted before: until it has closed, nobody is told who did.
            Cast.Taken or Cast.Already when Proposal.Secret => Done("Thank you. Your organisation has voted. If another "
                + "of its leads had voted already, that first vote counts: a secret vote cannot be found again, so it cannot be changed."),
            Cast.Taken => Done(Before is null ? "Thank you. Your organisation’s vote is in."
                : "Thank you. Your organisation’s vote is changed."),
            Cast.NoVoice => NotFound(),
            Cast.Meanwhile => await AskAgainAsync(),
            Cast.NoKey => Later(),
            _ => await TooLateAsync(),
        };
    }

    private PageResult Later()
    {
        ModelState.AddModelError("", DecisionWords.NoKey);
        var page = Page();
        page.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return page;
    }

    private async Task<IActionResult> AskAgainAsync()
    {
        await PrepareAsync();
        ModelState.Clear();
        ModelState.AddModelError("",
            $"{Before!.Who} sent your organisation’s vote while you had this open. Send yours to replace it, or leave it as it is");
        return this.Differs();
    }

    protected override async Task<bool> MayAsync() =>
        Standing.IsLead && (Proposal.State != ProposalState.Voting
            || (!Proposal.OnPaper && await db.Set<ProposalVoice>()
            .AnyAsync(v => v.ProposalId == Proposal.Id && v.OrganisationId == Standing.OrganisationId && !v.BySlip)));

    protected override async Task PrepareAsync()
    {
        var mine = Standing.OrganisationId!.Value;
        Organisation = await db.Set<Organisation>().Where(o => o.Id == mine).Select(o => o.Name).FirstAsync();
        Before = await db.Set<ProposalVote>().AsNoTracking()
            .FirstOrDefaultAsync(v => v.ProposalId == Proposal.Id && v.OrganisationId == mine);
        if (!Proposal.Secret) return;
        Secret = await db.SecretVotes.AsNoTracking().FirstAsync(v => v.ProposalId == Proposal.Id);
        CameLate = !await ballots.WasLeadAtOpeningAsync(Proposal.Id, mine, Standing.AccountId);
    }
}
