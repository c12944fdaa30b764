using Colead.Analysis.Publishing;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Publishing.Releasing;

/// <summary>The press that gives the findings of a closed round to the partnership, after a look at the comments.</summary>
[For(Role.Coordinator)]
public sealed class PublishModel(ColeadDb db, PartnershipAccess access, RoundOperations rounds, PublishingOperations publishing,
    ClosingOperations closing) : PageModel
{
    [BindProperty]
    public string? Seen { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Round Round { get; private set; } = null!;
    public CommentsState Comments { get; private set; } = null!;

    /// <summary>Null while the figures are still being worked out.</summary>
    public PublishedTier? Figures { get; private set; }

    /// <summary>Whether anything at all may be shown.</summary>
    public bool Nothing => Figures?.All.Dimensions.All(d => d.Withheld is not null) == true;

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (!await FindAsync(roundId)) return NotFound();
        return Round.State == RoundState.Closed ? Page() : Redirect(RoundsLinks.Round(Standing.PartnershipId, roundId));
    }

    public async Task<IActionResult> OnPostAsync(long roundId)
    {
        if (!await FindAsync(roundId)) return NotFound();
        switch (await publishing.PublishAsync(Standing, roundId, Seen ?? ""))
        {
            case PublishOutcome.Done:
                this.Say("Published. Everyone in the partnership can read the findings now.");
                return Redirect(RoundsLinks.Round(Standing.PartnershipId, roundId));
            case PublishOutcome.CommentsWait:
                ModelState.AddModelError("", "Look at every comment first");
                return Page();
            default:
                await FindAsync(roundId);
                return Round.State == RoundState.Closed ? this.Clashed() : StatusCode(StatusCodes.Status409Conflict);
        }
    }

    /// <summary>Works out figures that a crash left undone; nothing happens when they are there.</summary>
    public async Task<IActionResult> OnPostFinishAsync(long roundId)
    {
        if (!await FindAsync(roundId)) return NotFound();
        await closing.CloseAsync(Round.State == RoundState.Closed ? roundId : 0);
        return Redirect(RoundsLinks.Publish(Standing.PartnershipId, roundId));
    }

    private async Task<bool> FindAsync(long roundId)
    {
        Standing = await access.RequiredAsync();
        if (await rounds.Of(Standing).AsNoTracking().FirstOrDefaultAsync(r => r.Id == roundId) is not { } found) return false;
        Round = found;
        Comments = await publishing.StateAsync(roundId);
        var content = await db.Set<StoredPublication>().Where(p => p.RoundId == roundId && p.Part == PublicationPart.Figures)
            .Select(p => p.Content).FirstOrDefaultAsync();
        Figures = content is null ? null : PublicationJson.Read(content).Members;
        return true;
    }
}
