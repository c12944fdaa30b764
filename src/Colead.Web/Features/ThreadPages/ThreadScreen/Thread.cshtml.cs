using Colead.Web.Features.Partnerships;
using Colead.Web.Features.Threads;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.ThreadPages;

/// <summary>A whole thread on one page: what a board reads in two minutes.</summary>
public sealed class ThreadModel(PartnershipAccess access, ThreadWork threads, ThreadStories stories) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public ThreadStory Story { get; private set; } = null!;
    public bool MayChange { get; private set; }
    public NextStep Next { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long threadId)
    {
        Standing = await access.RequiredAsync();
        if (await threads.FindAsync(Standing, threadId) is not { } thread) return NotFound();
        Story = await stories.ReadAsync(thread, Reader.Member);
        MayChange = ThreadWork.MayChange(Standing, thread);
        Next = Decide();
        return Page();
    }

    private NextStep Decide()
    {
        var (p, t) = (Standing.PartnershipId, Story.Thread.Id);
        if (Story.Thread.EndedAt is { } ended) return new($"The thread was put away on {Shared.Dates.Say(Shared.Dates.DayOf(ended))}. It stays here to be read.", null, null);
        if (!Has(MomentKind.Talk)) return new("Nobody has talked about it yet. Ask what others see where they work.", "Talk it through", ThreadsLinks.Talk(p, t));
        return new("Add what you see, or what has happened since.", "Go on talking", ThreadsLinks.Talk(p, t));
    }

    private bool Has(MomentKind kind) => Story.Moments.Any(m => m.Kind == kind);

    public sealed record NextStep(string Sentence, string? Button, string? Address);
}
