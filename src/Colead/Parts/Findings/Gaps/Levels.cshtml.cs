using Colead.Analysis.Publishing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Gaps;

/// <summary>Where levels see it differently.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class LevelsModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    public Differences View { get; private set; } = null!;

    protected override Task<IActionResult> ShowAsync()
    {
        var (p, r) = (Round.Standing.PartnershipId, Round.RoundId);
        View = Differences.Of(Round, "levels", Round.Tier.Levels, Round.Tier.LevelGaps, FindingKind.LevelGap,
            Round.Tier.Sectors.Count > 0 ? "See where sectors see it differently" : "Read what people agree on",
            Round.Tier.Sectors.Count > 0 ? FindingsLinks.Sectors(p, r) : FindingsLinks.Statements(p, r));
        return Task.FromResult(PageWhere(Round.AnythingShown && Round.Tier.Levels.Count > 0));
    }
}
