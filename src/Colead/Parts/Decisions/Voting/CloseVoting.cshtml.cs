using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Keys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Voting;

[For(Role.Member)]
public sealed class CloseVotingModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals, BallotOperations ballots,
    TimeProvider clock) : ProposalPage(access, proposals)
{
    private readonly ProposalOperations proposals = proposals;

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string? ClosesTime { get; set; }

    /// <summary>Absent in a secret vote: a number that moves while a colleague votes tells when they did.</summary>
    public int? Voted { get; private set; }
    public int Voices { get; private set; }

    protected override ProposalState When => ProposalState.Voting;

    public void OnGet() => (ClosesOn, ClosesTime) = DateAndTime.Write(Proposal.ClosesAt?.AddDays(7) ?? DateAndTime.Suggest(clock,
        DayOfWeek.Friday, days: 7, hour: 17));

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
        var closes = DateAndTime.Read(ModelState, nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime, clock);
        if (closes <= Proposal.ClosesAt) ModelState.AddModelError(nameof(ClosesOn),
            "Choose a time after the one set; people were told that one");
        if (!ModelState.IsValid) return Page();
        return await proposals.ExtendAsync(Standing, Proposal, closes!.Value) ? Done($"Voting is open until {Dates.Say(closes.Value)}.")
            : await TooLateAsync();
    }

    protected override Task<bool> MayAsync() => Task.FromResult(ProposalOperations.Runs(Standing, Proposal.ProposedByAccountId));

    protected override async Task PrepareAsync()
    {
        Voices = await db.Set<ProposalVoice>().CountAsync(v => v.ProposalId == Proposal.Id);
        Voted = Proposal.Secret ? null : await db.Set<ProposalVote>().CountAsync(v => v.ProposalId == Proposal.Id);
    }
}
