using Colead.Analysis.Publishing;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Findings.Gaps;

/// <summary>Where sectors see it differently.</summary>
[For(Role.Viewer, LeaversToo = true)]
public sealed class SectorsModel(PublishedRounds rounds) : FindingsPage(rounds)
{
    public Differences View { get; private set; } = null!;

    protected override Task<IActionResult> ShowAsync()
    {
        var (p, r) = (Round.Standing.PartnershipId, Round.RoundId);
        View = Differences.Of(Round, "sectors", Round.Tier.Sectors, Round.Tier.SectorGaps, FindingKind.SectorGap,
            Round.Tier.Organisations.Count > 0 ? "See each organisation" : "Read what people agree on",
            Round.Tier.Organisations.Count > 0 ? FindingsLinks.Organisations(p, r) : FindingsLinks.Statements(p, r));
        return Task.FromResult(PageWhere(Round.AnythingShown && Round.Tier.Sectors.Count > 0));
    }
}
