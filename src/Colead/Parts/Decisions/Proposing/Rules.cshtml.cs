using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Proposing;

/// <summary>Changes how a proposal is decided, while people advise. Two who change it at once: the second sees what the first saved, and
/// chooses.</summary>
[For(Role.Member)]
public sealed class RulesModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals, TimeProvider clock) : RulesFields(clock)
{
    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Proposal Proposal { get; private set; } = null!;
    public string Home => DecisionsLinks.Proposal(Standing.PartnershipId, Proposal.Id);
    public override bool RulesShown => true;
    /// <summary>What somebody else saved meanwhile, and what was chosen here.</summary>
    public (string Theirs, string Yours)? Difference { get; private set; }
    public string Who { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long proposalId)
    {
        if (!await FindAsync(proposalId)) return NotFound();
        if (Proposal.State != ProposalState.Advice) return Redirect(Home);
        Version = Proposal.Version;
        Show(Proposal);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long proposalId)
    {
        if (!await FindAsync(proposalId)) return NotFound();
        if (Proposal.State != ProposalState.Advice) return this.TooLate(Proposal.State, Home);
        var options = HasOptions ? WordingFields.ReadOptions(ModelState, Options) : [];
        if (ReadRules() is not { } rules) return Page();
        if (await proposals.ChangeRulesAsync(Standing, Proposal, Version, rules, options))
        {
            this.Say("The new rules are saved. The ones before are kept.");
            return Redirect(Home);
        }
        var yours = await SaidAsync(Proposal); // as it would have been saved
        if (!await FindAsync(proposalId) || Proposal.State != ProposalState.Advice) return this.TooLate(Proposal.State, Home);
        var theirs = await SaidAsync(Proposal);
        Who = await db.Set<ProposalWording>().Where(w => w.ProposalId == proposalId).OrderByDescending(w => w.Number).Select(w => w.Who)
            .FirstAsync();
        ModelState.Clear();
        (Difference, Version) = ((theirs, yours), Proposal.Version); // sent again, it replaces what they saved, knowingly
        ModelState.AddModelError("", "Someone else changed the proposal while you had it open. See the difference below, and choose");
        return this.Differs();
    }

    private async Task<string> SaidAsync(Proposal proposal) =>
        string.Join('\n', [await proposals.RulesAsync(proposal), .. proposal.Options]);

    private async Task<bool> FindAsync(long proposalId)
    {
        Standing = await access.RequiredAsync();
        Proposal = (await proposals.Of(Standing).Include(p => p.Voices).FirstOrDefaultAsync(p => p.Id == proposalId))!;
        if (Proposal is null || !ProposalOperations.Runs(Standing, Proposal.ProposedByAccountId)) return false;
        Organisations = await OrganisationsAsync(access, Standing);
        return true;
    }
}
