using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Kit.Forms;

/// <summary>
/// A form that two people may have open at once and that may be sent twice. The second to save sees what the first saved beside what they
/// typed, and chooses; the form keeps what was typed and saves it over the other only on a second press.
/// </summary>
public abstract class EditPage : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Made with the form: what one form makes is made once.</summary>
    [BindProperty]
    public string? FormKey { get; set; }

    /// <summary>What two people left different; nothing unless they did.</summary>
    public Clashes Clashes { get; private set; } = new([]);
    public bool HasClashed => Clashes.Fields.Count > 0;

    protected string Key => Colead.Kit.Forms.FormKey.Of(FormKey);

    protected void NewKey() => FormKey = Colead.Kit.Forms.FormKey.New();

    /// <summary>What stands there beside what was typed; where they are the same there is nothing to choose.</summary>
    protected IActionResult ShowBoth(int version, string keep, params IEnumerable<(string Field, string? Theirs, string? Yours)> fields)
    {
        Clashes = new(FieldClash.Of(fields), keep);
        if (Clashes.Fields.Count == 0)
        {
            this.Say("Saved."); // what stands there is what was typed: the same form, sent again
            return Redirect(keep);
        }
        Version = version;
        return this.Differs();
    }
}
