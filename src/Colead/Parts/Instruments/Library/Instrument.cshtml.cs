using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Forms;
using Colead.Parts.Instruments.Writing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Instruments.Library;

/// <summary>All that an instrument asks, dimension by dimension. Of one's own, dimensions are moved and removed here.</summary>
[For(Role.Coordinator)]
public sealed class InstrumentModel(PartnershipAccess access, InstrumentOperations instruments) : PageModel
{
    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public OfferedInstrument Offered { get; private set; } = null!;
    public OwnInstrument? Own { get; private set; }
    /// <summary>The language it is read in.</summary>
    public string Language { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string key, string? language)
    {
        if (!await LoadAsync(key)) return NotFound();
        Version = Own?.Version ?? 0;
        if (language is not null && Offered.Instrument.Languages.ContainsKey(language)) Language = language;
        return Page();
    }

    public Task<IActionResult> OnPostMoveAsync(string key, [FromForm] string dimension, [FromForm] int by) =>
        ChangeAsync(key, instrument => instrument.MoveDimension(dimension, Math.Sign(by)));

    public Task<IActionResult> OnPostDropAsync(string key, [FromForm] string dimension) =>
        ChangeAsync(key, instrument => instrument.WithoutDimension(dimension));

    public async Task<IActionResult> OnPostRemoveAsync(string key)
    {
        if (!await LoadAsync(key) || Own is null) return NotFound();
        await instruments.RemoveAsync(Standing, Own);
        this.Say("Removed.");
        return Redirect(InstrumentsLinks.Instruments(Standing.PartnershipId));
    }

    private async Task<IActionResult> ChangeAsync(string key, Func<Instrument, Instrument> change)
    {
        if (!await LoadAsync(key) || Own is null) return NotFound();
        try
        {
            if ((await instruments.SaveAsync(Standing, Own, Version, change(Offered.Instrument))).Count > 0) ModelState.AddModelError("",
                "A questionnaire needs at least one dimension");
        }
        catch (DbUpdateConcurrencyException)
        {
            return this.Clashed();
        }
        if (!ModelState.IsValid) return Page();
        this.Say("Saved.");
        return Redirect(InstrumentsLinks.Instrument(Standing.PartnershipId, key));
    }

    private async Task<bool> LoadAsync(string key)
    {
        Standing = await access.RequiredAsync();
        if (await instruments.FindAsync(Standing, key) is not { } found) return false;
        Offered = found;
        Language = Languages.InOrder(found.Instrument.Languages.Keys).First();
        if (found.IsShipped) return true;
        var id = long.Parse(key, CultureInfo.InvariantCulture);
        Own = await instruments.Own(Standing).FirstAsync(i => i.Id == id);
        return true;
    }
}
