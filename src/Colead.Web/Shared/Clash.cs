using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Shared;

/// <summary>Two people changed the same thing: the second is told, keeps what they typed, and may look again.</summary>
public static class Clash
{
    public const string Sentence = "Someone else changed this while you had it open. What you typed is still here; load the page again to see what they saved";

    public static PageResult Clashed(this PageModel page)
    {
        page.ModelState.AddModelError("", Sentence);
        return page.Differs();
    }

    /// <summary>The same, on pages that show the difference and leave the choice.</summary>
    public static PageResult Differs(this PageModel page)
    {
        var result = page.Page();
        result.StatusCode = StatusCodes.Status409Conflict;
        return result;
    }
}
