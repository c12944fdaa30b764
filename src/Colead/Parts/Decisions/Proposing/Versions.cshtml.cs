using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Decisions.Proposing;

/// <summary>Every version of a proposal, and what changed from each to the next.</summary>
[For(Role.Viewer)]
public sealed class VersionsModel(ColeadDb db, PartnershipAccess access, ProposalOperations proposals) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public long ProposalId { get; private set; }
    public string Title { get; private set; } = "";
    /// <summary>The newest first.</summary>
    public IReadOnlyList<ProposalWording> Wordings { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long proposalId)
    {
        Standing = await access.RequiredAsync();
        ProposalId = proposalId;
        if (await proposals.Of(Standing).Where(p => p.Id == proposalId).Select(p => p.Title)
            .FirstOrDefaultAsync() is not { } title) return NotFound();
        Title = title;
        Wordings = await db.Set<ProposalWording>().AsNoTracking().Where(w => w.ProposalId == proposalId).OrderByDescending(w => w.Number)
            .ToListAsync();
        return Page();
    }
}
