using Colead.Parts.Findings.Pictures;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Gaps;

/// <summary>Means of sector by level, where they may be shown.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class SectorLevelsModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    public Heat Heat { get; private set; } = null!;
    public int Shown => Heat.Rows.Count(row => !row.AllWithheld);

    protected override Task<IActionResult> ShowAsync()
    {
        Heat = Heat.Of(Round, "sector-levels", "Average of each dimension by sector and level", "Sector and level",
            Round.Tier.SectorLevels);
        return Task.FromResult(PageWhere(Round.AnythingShown && Shown > 0));
    }
}
