using Colead.Analysis.Instruments;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Instruments.Library;

/// <summary>An instrument as a file. Brought back, it is the same instrument.</summary>
[For(Role.Coordinator)]
public sealed class InstrumentFileModel(PartnershipAccess access, InstrumentOperations instruments) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string key) =>
        await instruments.FindAsync(await access.RequiredAsync(), key) is { } found
            ? File(InstrumentFile.Write(found.Instrument), "application/json", found.Instrument.Id + ".json") : NotFound();
}
