using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Instruments.Writing;

/// <summary>A screen that changes one of the partnership's own instruments.</summary>
public abstract class InstrumentPage(PartnershipAccess access, InstrumentOperations instruments) : PageModel
{
    public const int LongestName = 80;
    public const int LongestText = 400;

    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public OwnInstrument Own { get; private set; } = null!;
    public Instrument Instrument { get; private set; } = null!;
    /// <summary>Tags of its languages, English first.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];
    public string Home => InstrumentsLinks.Instrument(Standing.PartnershipId, Own.Id.ToString(CultureInfo.InvariantCulture));

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Standing = await access.RequiredAsync();
        var id = long.Parse((string)RouteData.Values["instrumentId"]!, CultureInfo.InvariantCulture);
        if (await instruments.Own(Standing).FirstOrDefaultAsync(i => i.Id == id) is not { } own)
        {
            context.Result = NotFound();
            return;
        }
        (Own, Instrument) = (own, InstrumentFile.Read(own.Content).Instrument!);
        Tags = [.. Languages.InOrder(Instrument.Languages.Keys)];
        if (!HttpMethods.IsPost(Request.Method)) Version = own.Version;
        if (Finds()) await next();
        else context.Result = NotFound();
    }

    /// <summary>Whether the part of the instrument that the address names is there.</summary>
    protected virtual bool Finds() => true;

    public string? ErrorOf(string field) => ModelState[field]?.Errors.FirstOrDefault()?.ErrorMessage;

    /// <summary>Saves the edited instrument and goes on, or shows the form again with what is wrong.</summary>
    protected async Task<IActionResult> SaveAsync(Instrument edited, string? next = null)
    {
        try
        {
            foreach (var problem in await instruments.SaveAsync(Standing, Own, Version, edited)) ModelState.AddModelError("", problem);
        }
        catch (DbUpdateConcurrencyException)
        {
            return this.Clashed();
        }
        if (!ModelState.IsValid) return Page();
        this.Say("Saved.");
        return Redirect(next ?? Home);
    }

    /// <summary>A text in every language of the instrument, tidied; what is missing or too long is noted beside its field.</summary>
    protected SortedDictionary<string, string> ReadTexts(string field, Dictionary<string, string?> typed, int longest, string missing)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in Tags)
        {
            var text = Colead.Storage.ShortText.Tidy(typed.GetValueOrDefault(tag));
            if (text is null) ModelState.AddModelError($"{field}_{tag}", missing);
            else if (text.Length > longest) ModelState.AddModelError($"{field}_{tag}",
                string.Create(CultureInfo.InvariantCulture, $"At most {longest} characters; this has {text.Length}"));
            texts[tag] = text ?? "";
        }
        return texts;
    }

    /// <summary>The same for a text that may be left out, in every language at once.</summary>
    protected SortedDictionary<string, string> ReadOptionalTexts(string field, Dictionary<string, string?> typed, int longest) =>
        Tags.All(tag => Colead.Storage.ShortText.Tidy(typed.GetValueOrDefault(tag)) is null) ? new(StringComparer.Ordinal)
            : ReadTexts(field, typed, longest, "Fill it in for every language, or for none");
}

/// <summary>One text in several languages, as a partial of forms: its boxes are named Field[tag].</summary>
public sealed record TextBoxes(InstrumentPage Page, string Field, string Label, string? Hint, IReadOnlyDictionary<string, string?> Typed,
    int Rows = 1, int Longest = InstrumentPage.LongestName)
{
    /// <summary>An id for the browser: brackets and dots made plain.</summary>
    public string IdOf(string tag) => $"{Key}_{tag}";

    /// <summary>The field as messages know it.</summary>
    public string Key => Field.Replace("[", "_", StringComparison.Ordinal).Replace("].", "_", StringComparison.Ordinal)
        .Replace(".", "_", StringComparison.Ordinal);
}
