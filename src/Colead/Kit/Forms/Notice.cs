using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Kit.Forms;

/// <summary>One sentence about what was just done, shown on the next page.</summary>
public static class Notice
{
    private const string Key = "notice";

    public static void Say(this PageModel page, string sentence) => page.TempData[Key] = sentence;

    public static string? Take(Microsoft.AspNetCore.Mvc.ViewFeatures.ITempDataDictionary data) => data[Key] as string;
}
