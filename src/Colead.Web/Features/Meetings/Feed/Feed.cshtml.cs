using System.Text;
using Colead.Web.Features.Meetings.Calendaring;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Meetings;

/// <summary>What a calendar program fetches: no sign-in, the address is the secret.</summary>
public sealed class FeedModel(Calendars calendars) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string secret)
    {
        if (await calendars.FeedAsync(secret) is { } feed) return Content(feed, ICalendar.ContentType, Encoding.UTF8);
        var page = Page();
        page.StatusCode = StatusCodes.Status404NotFound;
        return page;
    }
}
