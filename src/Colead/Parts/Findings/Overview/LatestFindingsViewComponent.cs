using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Overview;

/// <summary>The newest findings in one sentence, for the partnership's overview.</summary>
public sealed class LatestFindingsViewComponent(PublishedRounds rounds) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var newest = await rounds.AllAsync(most: 1);
        return newest.Count == 0 || newest[0].Tier.Headline is null ? Content("") : View("/Parts/Findings/Overview/Latest.cshtml",
            newest[0]);
    }
}
