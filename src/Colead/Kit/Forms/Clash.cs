using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Kit.Forms;

/// <summary>One field of which two people saved different things, in words.</summary>
public sealed record FieldClash(string Field, string Theirs, string Yours)
{
    /// <summary>Only what differs.</summary>
    public static IReadOnlyList<FieldClash> Of(params IEnumerable<(string Field, string? Theirs, string? Yours)> fields) =>
        [.. fields.Where(f => (f.Theirs ?? "") != (f.Yours ?? "")).Select(f => new FieldClash(f.Field, Shown(f.Theirs), Shown(f.Yours)))];

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;
}

/// <summary>What <c>_Clash.cshtml</c> shows: both versions beside each other.</summary>
/// <param name="Keep">Where what they saved is kept, if there is such a page.</param>
public sealed record Clashes(IReadOnlyList<FieldClash> Fields, string? Keep = null);

/// <summary>Two people changed the same thing: the second is told, keeps what they typed, and may look again.</summary>
public static class Clash
{
    public const string Sentence =
        "Someone else changed this while you had it open. What you typed is still here; load the page again to see what they saved";

    public static PageResult Clashed(this PageModel page)
    {
        page.ModelState.AddModelError("", Sentence);
        return page.Differs();
    }

    /// <summary>The same, on pages that show what differs and leave the choice. The form must carry the version that is there now, so that
    /// saving again is that choice.</summary>
    public static PageResult Differs(this PageModel page)
    {
        var result = page.Page();
        result.StatusCode = StatusCodes.Status409Conflict;
        return result;
    }
}
