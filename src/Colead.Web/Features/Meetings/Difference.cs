using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Features.Meetings;

/// <summary>What somebody else saved meanwhile, beside what was typed here.</summary>
public sealed record Difference(string What, string Theirs, string Yours)
{
    /// <summary>Only what differs.</summary>
    public static IReadOnlyList<Difference> Of(params (string What, string? Theirs, string? Yours)[] fields) =>
        [.. fields.Where(f => (f.Theirs ?? "") != (f.Yours ?? "")).Select(f => new Difference(f.What, Shown(f.Theirs), Shown(f.Yours)))];

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;
}

/// <summary>Of two editors the second sees what the first saved, and chooses.</summary>
public static class Differing
{
    /// <summary>The page again, with the differences on it; the next save is against what is there now.</summary>
    public static PageResult ShowDifferences(this PageModel page)
    {
        var result = page.Page();
        result.StatusCode = StatusCodes.Status409Conflict;
        return result;
    }
}
