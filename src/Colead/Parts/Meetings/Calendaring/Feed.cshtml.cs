using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Meetings.Calendaring;

/// <summary>What a calendar program fetches: no sign-in, the address is the secret.</summary>
[AllowAnonymous]
public sealed class FeedModel(CalendarOperations calendars) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string secret)
    {
        if (await calendars.FeedAsync(secret) is { } feed) return Content(feed, ICalendar.ContentType, Encoding.UTF8);
        var page = Page();
        page.StatusCode = StatusCodes.Status404NotFound;
        return page;
    }
}
