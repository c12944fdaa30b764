using Colead.Data.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Web.Shared;

/// <summary>One field that two people left different.</summary>
public sealed record Rival(string Field, string Theirs, string Yours);

/// <summary>
/// A form that two people may have open at once and that may be sent twice. The second to save sees what the first saved beside what they typed, and chooses; the form keeps
/// what was typed and saves it over the other only on a second press.
/// </summary>
public abstract class EditPage : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Made with the form: what one form makes is made once.</summary>
    [BindProperty]
    public string? FormKey { get; set; }

    public IReadOnlyList<Rival> Rivals { get; private set; } = [];
    public bool HasClashed { get; private set; }
    /// <summary>Where what they saved is kept.</summary>
    public string? Keep { get; private set; }

    protected string Key => FormKey is { Length: > 0 and <= 40 } key ? key : Secret.New();

    protected void NewKey() => FormKey = Secret.New();

    /// <summary>What stands there beside what was typed; where they are the same there is nothing to choose.</summary>
    protected IActionResult ShowBoth(int version, string keep, params IEnumerable<(string Field, string? Theirs, string? Yours)> fields)
    {
        Rivals = [.. fields.Select(f => new Rival(f.Field, f.Theirs ?? "", f.Yours ?? "")).Where(r => r.Theirs != r.Yours)];
        if (Rivals.Count == 0)
        {
            this.Say("Saved."); // what stands there is what was typed: the same form, sent again
            return Redirect(keep);
        }
        (Version, Keep, HasClashed) = (version, keep, true);
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }
}
