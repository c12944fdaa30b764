using Colead.Parts.Mail;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Invitations.Paper;

/// <summary>The open link to hang up or pass on. Answers through it are a group of their own.</summary>
[For(Role.Lead)]
public sealed class PosterModel(OpenRoundOperations opens, RoundLetters letters, Outbox outbox) : PageModel
{
    public OpenRound Open { get; private set; } = null!;
    public LetterForm Form { get; private set; } = null!;
    public string Address { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (await opens.FindAsync(roundId) is not { Round.OpenLink: { } link } open) return NotFound();
        Open = open;
        Form = await letters.FormAsync(open.Round);
        Address = outbox.Absolute(AnswerLinks.AnswerOpen(link));
        return Page();
    }
}
