using Colead.Web.Features.Inventory.Inviting;
using Colead.Web.Features.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Inventory;

/// <summary>The open link to hang up or pass on. Answers through it are a group of their own.</summary>
public sealed class PosterModel(OpenRounds opens, RoundLetters letters, Outbox outbox) : PageModel
{
    public OpenRound Open { get; private set; } = null!;
    public LetterForm Form { get; private set; } = null!;
    public string Address { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (await opens.FindAsync(roundId) is not { Round.OpenLink: { } link } open) return NotFound();
        Open = open;
        Form = await letters.FormAsync(open.Round);
        Address = outbox.Absolute(InventoryLinks.AnswerOpen(link));
        return Page();
    }
}
