using Colead.Data;
using Colead.Data.Decisions;
using Colead.Web.Features.Inventory;
using Colead.Web.Features.Partnerships;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Decisions;

/// <summary>Ends the advice round: the last look before the wording is fixed.</summary>
public sealed class OpenVotingModel(ColeadDb db, PartnershipAccess access, Proposals proposals, TimeProvider clock) : ProposalPage(access, proposals)
{
    private readonly PartnershipAccess access = access;
    private readonly Proposals proposals = proposals;

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string? ClosesTime { get; set; }

    /// <summary>What was read: nobody opens a vote on what they have not read.</summary>
    [BindProperty]
    public int? Version { get; set; }

    public int Voices { get; private set; }
    public bool ChangedMeanwhile { get; private set; }

    protected override ProposalState When => ProposalState.Advice;

    public void OnGet() => (ClosesOn, ClosesTime) = Moment.Write(Proposal.ClosesAt ?? Moment.Suggest(clock, DayOfWeek.Friday, days: 7, hour: 17));

    public async Task<IActionResult> OnPostAsync()
    {
        var closes = string.IsNullOrWhiteSpace(ClosesOn) && string.IsNullOrWhiteSpace(ClosesTime) ? null : Moment.Read(ModelState, nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime, clock);
        if (Proposal.Secret && Voices < Proposal.FewestSecretBallots) ModelState.AddModelError("", "A secret vote needs at least five organisations with a voice; of fewer nothing could be shown");
        if (Voices == 0) ModelState.AddModelError("", "No organisation has a voice yet, so nobody could vote. Add the partners first");
        if (!ModelState.IsValid) return Page();
        if (await proposals.OpenAsync(Proposal.Id, Standing, closes, Version)) return Done("Voting is open.");
        await FindAgainAsync();
        if (Proposal.State != When) return this.TooLate(Proposal.State, Home);
        ChangedMeanwhile = true;
        ModelState.AddModelError("", "Someone changed the proposal while you had this open. Read it again, then open the vote");
        return this.Differs();
    }

    protected override Task<bool> MayAsync() => Task.FromResult(Proposals.Runs(Standing, Proposal.ProposedByAccountId));

    protected override async Task PrepareAsync() =>
        Voices = Proposal.Weighted ? await db.ProposalVoices.CountAsync(v => v.ProposalId == Proposal.Id && v.Organisation!.Terms.Any(t => t.LeftOn == null)) : await access.Organisations(Standing).CountAsync(o => o.Terms.Any(t => t.LeftOn == null));
}
