using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Voting;

/// <summary>The papers of a secret vote on paper: whose were handed in, and what they say together. Entered once, which closes the
/// vote.</summary>
[For(Role.Coordinator)]
public sealed class PaperVotesModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals,
    BallotOperations ballots) : ProposalPage(access, proposals)
{
    [BindProperty]
    public List<long> Ticked { get; set; } = [];

    [BindProperty]
    public List<string?> Totals { get; set; } = [];

    /// <summary>Of a ranked vote: how many papers say each order.</summary>
    [BindProperty]
    public string? Orders { get; set; }

    public bool IsRanked => Proposal.Method == DecisionMethod.Ranked;
    public IReadOnlyList<(long Id, string Name)> Organisations { get; private set; } = [];

    protected override ProposalState When => ProposalState.Voting;

    public void OnGet()
    {
        // The form is empty.
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var organisations = Ticked.Distinct().Where(id => Organisations.Any(o => o.Id == id)).ToList();
        if (organisations.Count == 0) ModelState.AddModelError(nameof(Ticked), "Tick the organisations that handed in a paper");
        if (!ModelState.IsValid || (IsRanked ? PaperTotals.ReadOrders(ModelState, Proposal, Orders, organisations.Count)
            : PaperTotals.Read(ModelState, Proposal, Totals, organisations.Count)) is not { } papers) return Page();
        return await ballots.EnterPaperAsync(Standing, Proposal, organisations, papers) == Cast.Taken
            ? Done("The totals are entered. The vote is closed and counted.") : await TooLateAsync();
    }

    protected override Task<bool> MayAsync() => Task.FromResult(Standing.IsCoordinator && Proposal.OnPaper);

    protected override async Task PrepareAsync()
    {
        var voices = await db.Set<ProposalVoice>().Where(v => v.ProposalId == Proposal.Id).OrderBy(v => v.Organisation!.NameKey)
            .Select(v => new { v.OrganisationId, v.Organisation!.Name }).ToListAsync();
        Organisations = [.. voices.Select(v => (v.OrganisationId, v.Name))];
    }
}
