using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Threads.Stories;

/// <summary>A whole thread on one page: what a board reads in two minutes.</summary>
[For(Role.Viewer)]
public sealed class ThreadModel(PartnershipAccess access, ThreadOperations threads, ThreadStories stories, ThreadVoices voices,
    ThreadNext next) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public ThreadStory Story { get; private set; } = null!;
    public bool MayChange { get; private set; }
    public Voices Voices { get; private set; } = null!;
    public NextStep Next { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long threadId)
    {
        Standing = await access.RequiredAsync();
        if (await threads.FindAsync(Standing, threadId) is not { } thread) return NotFound();
        Story = await stories.ReadAsync(thread, Reader.Member);
        MayChange = ThreadOperations.MayChange(Standing, thread);
        Voices = await voices.OfAsync(thread);
        Next = await next.OfAsync(Standing, Story);
        return Page();
    }
}
