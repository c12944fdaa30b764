using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Voting;

/// <summary>Ends the advice round: the last look before the wording is fixed.</summary>
[For(Role.Member)]
public sealed class OpenVotingModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals,
    TimeProvider clock) : ProposalPage(access, proposals)
{
    private readonly PartnershipAccess access = access;
    private readonly ProposalOperations proposals = proposals;

    [BindProperty]
    public string? ClosesOn { get; set; }

    [BindProperty]
    public string? ClosesTime { get; set; }

    /// <summary>What was read: nobody opens a vote on what they have not read.</summary>
    [BindProperty]
    public int? Version { get; set; }

    private List<long> current = [];

    public int Voices { get; private set; }
    /// <summary>Who votes by slip: fixed from now on, like everything else.</summary>
    public IReadOnlyList<string> BySlip { get; private set; } = [];
    /// <summary>Whose vote nobody can cast, for they have no lead and no slip; only of a vote on screen that is secret, for of others
    /// somebody enters it.</summary>
    public IReadOnlyList<string> WithoutLead { get; private set; } = [];
    public bool ChangedMeanwhile { get; private set; }

    protected override ProposalState When => ProposalState.Advice;

    public void OnGet() => (ClosesOn, ClosesTime) = DateAndTime.Write(Proposal.ClosesAt ?? DateAndTime.Suggest(clock, DayOfWeek.Friday,
        days: 7, hour: 17));

    public async Task<IActionResult> OnPostAsync()
    {
        var closes = string.IsNullOrWhiteSpace(ClosesOn) && string.IsNullOrWhiteSpace(ClosesTime) ? null : DateAndTime.Read(ModelState,
            nameof(ClosesOn), ClosesOn, nameof(ClosesTime), ClosesTime, clock);
        switch (DecisionWords.WhyNotOpened(Proposal, current))
        {
            case null: break;
            case var _ when Voices == 0: ModelState.AddModelError("",
                "No organisation has a voice yet, so nobody could vote. Add the partners first"); break;
            case var _ when Voices < Proposal.FewestSecretBallots: ModelState.AddModelError("",
                "A secret vote needs at least five organisations with a voice; of fewer nothing could be shown"); break;
            default: ModelState.AddModelError("",
                "Only one organisation would vote by slip, and the slip would tell whose it is. Change how it is decided: at least two by slip, or the vote on paper"); break;
        }
        if (!ModelState.IsValid) return Page();
        if (await proposals.OpenAsync(Proposal.Id, Standing, closes, Version)) return Done("Voting is open.");
        await FindAgainAsync();
        if (Proposal.State != When) return this.TooLate(Proposal.State, Home);
        ChangedMeanwhile = true;
        ModelState.AddModelError("", "Someone changed the proposal while you had this open. Read it again, then open the vote");
        return this.Differs();
    }

    protected override Task<bool> MayAsync() => Task.FromResult(ProposalOperations.Runs(Standing, Proposal.ProposedByAccountId));

    protected override async Task PrepareAsync()
    {
        current = await access.Organisations(Standing).Where(o => o.Terms.Any(t => t.LeftOn == null)).Select(o => o.Id).ToListAsync();
        await db.Entry(Proposal).Collection(p => p.Voices).LoadAsync();
        Voices = Proposal.Weighted ? Proposal.Voices.Count(v => current.Contains(v.OrganisationId)) : current.Count;
        var slips = Proposal.Voices.Where(v => v.BySlip).Select(v => v.OrganisationId).ToList();
        BySlip = await db.Set<Organisation>().Where(o => slips.Contains(o.Id) && current.Contains(o.Id)).OrderBy(o => o.NameKey)
            .Select(o => o.Name).ToListAsync();
        if (!Proposal.Secret || Proposal.OnPaper) return;
        var silent = current.Where(id => !Proposal.Weighted || Proposal.Voices.Exists(v => v.OrganisationId == id)).Except(slips).ToList();
        WithoutLead = await access.Organisations(Standing).Where(o => silent.Contains(o.Id)
            && !db.RolesNow().Any(g => g.OrganisationId == o.Id && g.Role == Role.Lead)).OrderBy(o => o.NameKey).Select(o => o.Name)
                .ToListAsync();
    }
}
