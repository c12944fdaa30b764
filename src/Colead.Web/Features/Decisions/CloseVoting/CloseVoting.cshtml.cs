using Colead.Data;
using Colead.Data.Decisions;
using Colead.Web.Features.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Decisions;

public sealed class CloseVotingModel(ColeadDb db, PartnershipAccess access, Proposals proposals, Ballots ballots) : ProposalPage(access, proposals)
{
    public int Voted { get; private set; }
    public int Voices { get; private set; }

    protected override ProposalState When => ProposalState.Voting;

    public void OnGet()
    {
        // There is nothing to fill in.
    }

    public async Task<IActionResult> OnPostAsync() => await ballots.CloseAsync(Proposal.Id, Standing) ? Done("The vote is closed and counted.") : TooLate();

    protected override Task<bool> MayAsync() => Task.FromResult(Proposals.Runs(Standing, Proposal.ProposedByAccountId));

    protected override async Task PrepareAsync()
    {
        Voices = await db.ProposalVoices.CountAsync(v => v.ProposalId == Proposal.Id);
        Voted = Proposal.Secret ? await db.BallotMarks.CountAsync(m => m.ProposalId == Proposal.Id) : await db.ProposalVotes.CountAsync(v => v.ProposalId == Proposal.Id);
    }
}
