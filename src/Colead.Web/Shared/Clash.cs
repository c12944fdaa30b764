using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Shared;

/// <summary>One field of which two people saved different things.</summary>
public sealed record FieldClash(string Field, string? Theirs, string? Yours);

/// <summary>Two people changed the same thing: the second is told, keeps what they typed, and may look again.</summary>
public static class Clash
{
    public const string Sentence = "Someone else changed this while you had it open. What you typed is still here; load the page again to see what they saved";
    public const string Choose = "Someone else changed this while you had it open. Below is what they saved, and what you typed is still in the form. Save again to keep yours in place of theirs";

    private const string Key = "clash";

    public static PageResult Clashed(this PageModel page) => Result(page, Sentence);

    /// <summary>Shows both versions beside each other (with <c>co-clash</c>). The form must carry the version that is there now, so that saving again is a choice.</summary>
    public static PageResult ClashedOver(this PageModel page, params IReadOnlyList<FieldClash> differences)
    {
        page.ViewData[Key] = differences.Where(d => (d.Theirs ?? "") != (d.Yours ?? "")).ToList();
        return Result(page, Choose);
    }

    internal static IReadOnlyList<FieldClash> Of(Microsoft.AspNetCore.Mvc.ViewFeatures.ViewDataDictionary data) => data[Key] as IReadOnlyList<FieldClash> ?? [];

    private static PageResult Result(PageModel page, string sentence)
    {
        page.ModelState.AddModelError("", sentence);
        return page.Differs();
    }

    /// <summary>The same, on pages that say themselves what differs and leave the choice.</summary>
    public static PageResult Differs(this PageModel page)
    {
        var result = page.Page();
        result.StatusCode = StatusCodes.Status409Conflict;
        return result;
    }
}
