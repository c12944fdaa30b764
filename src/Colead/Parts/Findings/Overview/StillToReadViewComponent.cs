using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Overview;

/// <summary>Findings that were published before the reader's organisation left.</summary>
public sealed class StillToReadViewComponent(PublishedRounds rounds) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => View("/Parts/Findings/Overview/StillToRead.cshtml", await rounds.AllAsync());
}
