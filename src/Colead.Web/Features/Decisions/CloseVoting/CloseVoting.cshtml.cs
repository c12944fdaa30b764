using Colead.Data;
using Colead.Data.Decisions;
using Colead.Data.Keys;
using Colead.Web.Features.Inventory;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Decisions;

public sealed class CloseVotingModel(ColeadDb db, PartnershipAccess access, Proposals proposals, Ballots ballots, TimeProvider clock) : ProposalPage(access, proposals)
{
    private readonly Proposals proposals = proposals;

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string? ClosesTime { get; set; }

    /// <summary>Absent in a secret vote: a number that moves while a colleague votes tells when they did.</summary>
    public int? Voted { get; private set; }
    public int Voices { get; private set; }

    protected override ProposalState When => ProposalState.Voting;

    public void OnGet() => (ClosesOn, ClosesTime) = Moment.Write(Proposal.ClosesAt?.AddDays(7) ?? Moment.Suggest(clock, DayOfWeek.Friday, days: 7, hour: 17));

    public async Task<IActionResult> OnPostAsync()
    {
        try
        {
            return await ballots.CloseAsync(Proposal.Id, Standing) ? Done("The vote is closed and counted.") : await TooLateAsync();
        }
        catch (KeyGoneException)
        {
            ModelState.AddModelError("", DecisionWords.NoKey);
            return Page();
        }
    }

    public async Task<IActionResult> OnPostLaterAsync()
    {
        var closes = Moment.Read(ModelState, nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime, clock);
        if (closes <= Proposal.ClosesAt) ModelState.AddModelError(nameof(ClosesOn), "Choose a time after the one set; people were told that one");
        if (!ModelState.IsValid) return Page();
        return await proposals.ExtendAsync(Standing, Proposal, closes!.Value) ? Done($"Voting is open until {Dates.Say(closes.Value)}.") : await TooLateAsync();
    }

    protected override Task<bool> MayAsync() => Task.FromResult(Proposals.Runs(Standing, Proposal.ProposedByAccountId));

    protected override async Task PrepareAsync()
    {
        Voices = await db.ProposalVoices.CountAsync(v => v.ProposalId == Proposal.Id);
        Voted = Proposal.Secret ? null : await db.ProposalVotes.CountAsync(v => v.ProposalId == Proposal.Id);
    }
}
