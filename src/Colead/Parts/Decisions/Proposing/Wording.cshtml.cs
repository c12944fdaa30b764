using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Proposing;

/// <summary>Changes the wording while people advise. Two who change it at once: the second sees what the first saved, and
/// chooses.</summary>
[For(Role.Member)]
public sealed class WordingModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals) : ProposalPage(access, proposals)
{
    private readonly ProposalOperations proposals = proposals;

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Options { get; set; }

    [BindProperty]
    public int Version { get; set; }

    /// <summary>What somebody else saved meanwhile, and who.</summary>
    public ProposalWording? Theirs { get; private set; }

    protected override ProposalState When => ProposalState.Advice;

    public void OnGet() => (Title, Text, Options, Version) =
        (Proposal.Title, Proposal.Text, WordingFields.Write(Proposal.Options), Proposal.Version);

    public async Task<IActionResult> OnPostAsync()
    {
        var wording = WordingFields.Read(ModelState, Title, Text, Options, Proposal.HasOptions);
        if (!ModelState.IsValid) return Page();
        if (wording.IsThatOf(Proposal)) return Done("The wording is as it was.");
        if (await proposals.RewordAsync(Standing, Proposal, Version,
            wording)) return Done("The new wording is saved. The one before is kept.");
        Theirs = await db.Set<ProposalWording>().AsNoTracking().Where(w => w.ProposalId == Proposal.Id).OrderByDescending(w => w.Number)
            .FirstAsync();
        var now = await db.Set<Proposal>().Where(p => p.Id == Proposal.Id).Select(p => new { p.State, p.Version }).FirstAsync();
        if (now.State != ProposalState.Advice) return await TooLateAsync();
        ModelState.Clear();
        Version = now.Version; // sent again, it replaces what they saved, knowingly
        ModelState.AddModelError("", "Someone else changed the wording while you had it open. See the difference below, and choose");
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }

    protected override Task<bool> MayAsync() => Task.FromResult(ProposalOperations.Runs(Standing, Proposal.ProposedByAccountId));
}
