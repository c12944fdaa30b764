using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Findings;

/// <summary>A page of one round's findings: found, or missing.</summary>
public abstract class FindingsPage(PublishedRounds rounds) : PageModel
{
    public RoundFindings Round { get; private set; } = null!;

    protected PublishedRounds Rounds => rounds;

    public async Task<IActionResult> OnGetAsync(long roundId)
    {
        if (await rounds.FindAsync(roundId) is not { } round) return NotFound();
        Round = round;
        ViewData["Findings"] = round;
        return await ShowAsync();
    }

    protected virtual Task<IActionResult> ShowAsync() => Task.FromResult<IActionResult>(Page());

    /// <summary>The page, where the publication has what it shows.</summary>
    protected IActionResult PageWhere(bool there) => there ? Page() : NotFound();
}
