using System.Text;
using Colead.Analysis.Instruments;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Instruments.Library;

/// <summary>The published schema of instrument files.</summary>
[For(Role.Coordinator)]
public sealed class InstrumentSchemaModel : PageModel
{
    public IActionResult OnGet() => File(Encoding.UTF8.GetBytes(InstrumentFile.Schema), "application/schema+json",
        "instrument.schema.json");
}
