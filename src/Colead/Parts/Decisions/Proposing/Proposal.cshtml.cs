using Colead.Analysis.Decisions;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Proposing;

/// <summary>One proposal: the advice, the vote, or what came of it.</summary>
[For(Role.Viewer)]
public sealed class ProposalModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals, BallotOperations ballots,
    BallotBox box, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Key { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Proposal Proposal { get; private set; } = null!;
    public IReadOnlyList<Advised> Advice { get; private set; } = [];
    public IReadOnlyList<Voice> Voices { get; private set; } = [];
    public IReadOnlyList<VoteRow> Votes { get; private set; } = [];
    /// <summary>Who voted in a secret vote; only after closing, and only where its totals are shown.</summary>
    public IReadOnlyList<string> VotedSecretly { get; private set; } = [];
    /// <summary>How many slips were used: which organisation used one is known to nobody.</summary>
    public string? SlipsUsed { get; private set; }
    /// <summary>Of a secret vote on screen.</summary>
    public SecretVote? Secret { get; private set; }
    /// <summary>The key of a secret vote that is open is not there.</summary>
    public bool NoKey { get; private set; }
    /// <summary>Became lead after a secret vote had opened.</summary>
    public bool CameLate { get; private set; }
    /// <summary>Absent in a secret vote: nobody sees who has voted, nor how many.</summary>
    public Turnout? Turnout { get; private set; }
    public Tally? Tally { get; private set; }
    public int Wordings { get; private set; }
    public Named? Revisits { get; private set; }
    public IReadOnlyList<Named> RevisitedBy { get; private set; } = [];
    public DateOnly Today { get; private set; }
    /// <summary>How many organisations there are, where that is too few for the secret vote that is proposed.</summary>
    public int? TooFewForSecret { get; private set; }

    public bool Runs => ProposalOperations.Runs(Standing, Proposal.ProposedByAccountId);
    public bool HasVoice => Standing.OrganisationId is { } mine && Voices.Any(v => v.OrganisationId == mine);
    public bool VotesBySlip => Voices.Any(v => v.OrganisationId == Standing.OrganisationId && v.BySlip);
    public VoteRow? OurVote => Votes.FirstOrDefault(v => v.OrganisationId == Standing.OrganisationId);

    public async Task<IActionResult> OnGetAsync(long proposalId)
    {
        Key = FormKey.New();
        return await LoadAsync(proposalId) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAdviseAsync(long proposalId)
    {
        if (!await LoadAsync(proposalId) || !Standing.TakesPart) return NotFound();
        var text = (Text ?? "").ReplaceLineEndings("\n").Trim();
        if (text.Length == 0) ModelState.AddModelError(nameof(Text), "Write your advice");
        else if (text.Length > ProposalAdvice.TextLength) ModelState.AddModelError(nameof(Text), "Say it in at most 4,000 characters");
        if (!ModelState.IsValid) return Page();
        if (!await proposals.AdviseAsync(Standing, Proposal, text, FormKey.Of(Key))) return Late();
        this.Say("Thank you. Your advice is there for everyone.");
        return Redirect(DecisionsLinks.Proposal(Standing.PartnershipId, proposalId));
    }

    public async Task<IActionResult> OnPostWithdrawAsync(long proposalId)
    {
        if (!await LoadAsync(proposalId) || !Runs) return NotFound();
        if (!await (NoKey ? ballots.GiveUpAsync(Standing, proposalId)
            : proposals.WithdrawAsync(Standing, await db.Set<Proposal>().FirstAsync(p => p.Id == proposalId)))) return Late();
        this.Say("The proposal is withdrawn.");
        return Redirect(DecisionsLinks.Proposal(Standing.PartnershipId, proposalId));
    }

    private PageResult Late()
    {
        ModelState.AddModelError("", "The advice round is over. What you typed is still here");
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    private async Task<bool> LoadAsync(long proposalId)
    {
        Standing = await access.RequiredAsync();
        Today = clock.Today();
        var found = await proposals.Of(Standing).AsNoTracking().Include(p => p.Organisation).FirstOrDefaultAsync(p => p.Id == proposalId);
        if (found is null) return false;
        Proposal = found;
        Advice = await db.Set<ProposalAdvice>().Where(a => a.ProposalId == proposalId).OrderBy(a => a.Id)
            .Select(a => new Advised(a.Who, a.Organisation!.Name, a.Text, a.At)).ToListAsync();
        Wordings = await db.Set<ProposalWording>().CountAsync(w => w.ProposalId == proposalId);
        var others = await proposals.Of(Standing).Where(p => p.RevisitsId == proposalId || p.Id == found.RevisitsId).OrderBy(p => p.Id)
            .Select(p => new Named(p.Id, p.Title)).ToListAsync();
        (Revisits, RevisitedBy) = (others.Find(p => p.Id == found.RevisitsId), others.FindAll(p => p.Id != found.RevisitsId));
        Voices = await db.Set<ProposalVoice>().Where(v => v.ProposalId == proposalId).OrderBy(v => v.Organisation!.NameKey)
            .Select(v => new Voice(v.OrganisationId, v.Organisation!.Name, v.Weight, v.BySlip)).ToListAsync();
        if (found is { State: ProposalState.Advice, Secret: true } && await access.Organisations(Standing)
            .CountAsync(o => o.Terms.Any(t => t.LeftOn == null)) is < Proposal.FewestSecretBallots and var few) TooFewForSecret = few;
        if (found.State is ProposalState.Voting or ProposalState.Decided) await LoadVotesAsync(found);
        return true;
    }

    private async Task LoadVotesAsync(Proposal proposal)
    {
        Votes = await db.Set<ProposalVote>().Where(v => v.ProposalId == proposal.Id).OrderBy(v => v.Organisation!.NameKey)
            .Select(v => new VoteRow(v.OrganisationId, v.Organisation!.Name, v.Marks, v.Reason, v.Way, v.Who, v.At, v.EarlierMarks,
                v.EarlierWho, v.EarlierAt)).ToListAsync();
        Tally = proposal.Result is null ? null : Counted.Read(proposal.Result);
        var needed = new Electorate(Voices.Sum(v => (long)v.Weight), proposal.QuorumPercent).Needed;
        if (!proposal.Secret) Turnout = new(Votes.Count, Voices.Count, needed, DecisionWords.Count(proposal, needed));
        if (!proposal.Secret || proposal.OnPaper && proposal.State == ProposalState.Voting) return;
        Secret = await db.SecretVotes.AsNoTracking().FirstOrDefaultAsync(v => v.ProposalId == proposal.Id);
        NoKey = proposal.State == ProposalState.Voting && Secret is not null && box.KeyOf(Secret) is null;
        CameLate = proposal is { State: ProposalState.Voting, Secret: true, OnPaper: false } && Standing.IsLead
            && !await ballots.WasLeadAtOpeningAsync(proposal.Id, Standing.OrganisationId!.Value, Standing.AccountId);
        var voters = await db.Set<SecretVoter>().Where(v => v.ProposalId == proposal.Id).OrderBy(v => v.Organisation!.NameKey)
            .Select(v => new { v.Organisation!.Name, v.OnPaper }).ToListAsync();
        if (proposal.State != ProposalState.Decided || Tally is null) return;
        VotedSecretly = [.. voters.Select(v => v.Name + (v.OnPaper ? " (on paper)" : ""))];
        if (Secret is not { Slips: > 0 } vote) return;
        var (used, bySlip) = (Tally.Quorum.Cast - voters.Count, Joined.And([.. Voices.Where(v => v.BySlip).Select(v => v.Name)]));
        SlipsUsed = used == vote.Slips ? $"All {used} slips were used, by {bySlip}"
            : $"{used} of {vote.Slips} slips were used; they were for {bySlip}, and which of these used one is known to nobody";
    }

    public sealed record Advised(string Who, string? Organisation, string Text, DateTime At);

    public sealed record Voice(long OrganisationId, string Name, int Weight, bool BySlip);

    public sealed record Named(long Id, string Title);

    public sealed record VoteRow(long OrganisationId, string Organisation, string Marks, string Reason, VoteWay Way, string Who,
        DateTime At, string? EarlierMarks, string? EarlierWho, DateTime? EarlierAt);
}
