using Colead.Analysis.Publishing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Statements;

/// <summary>Comments, once released.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class CommentsModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    public IReadOnlyList<Comment> Comments { get; private set; } = [];

    protected override async Task<IActionResult> ShowAsync()
    {
        if (await Rounds.CommentsAsync(Round) is not { } release) return NotFound();
        Comments = release.Comments;
        return Page();
    }
}
