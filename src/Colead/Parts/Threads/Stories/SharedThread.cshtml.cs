using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads.Stories;

/// <summary>A thread as whoever holds a link reads it: what is open to all, without names, until the link is revoked.</summary>
[AllowAnonymous]
public sealed class SharedThreadModel(ColeadDb db, ThreadStories stories) : PageModel
{
    public string Title { get; private set; } = "";
    public string Partnership { get; private set; } = "";
    public ThreadStory? Story { get; private set; }

    public async Task<IActionResult> OnGetAsync(string secret)
    {
        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var hash = Secret.Hash(secret);
        var link = await db.Set<ThreadLink>().AsNoTracking().Include(l => l.Thread!).ThenInclude(t => t.Partnership)
            .FirstOrDefaultAsync(l => l.SecretHash == hash && l.RevokedAt == null);
        if (link is null)
        {
            var page = Page();
            page.StatusCode = StatusCodes.Status404NotFound;
            return page;
        }
        (Title, Partnership) = (link.Title, link.Thread!.Partnership!.Name);
        Story = await stories.ReadAsync(link.Thread, Reader.Outside);
        return Page();
    }
}
