using Colead.Composition;
using Colead.Parts.Findings.Overview;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;

namespace Colead.Parts.Findings;

/// <summary>What rounds found, in words, pictures and tables: read from publications alone.</summary>
public sealed class FindingsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Understand, 10, "Findings", FindingsLinks.All(standing.PartnershipId)) { Within = "/findings" }];

    public override IReadOnlyList<MenuEntry> MenuOfLeavers(Standing standing) => Menu(standing);

    public override void AddTo(IServiceCollection services)
    {
        services.Fill<OverviewSlot, LatestFindingsViewComponent>(20).Fill<LeftSlot, StillToReadViewComponent>();
        services.AddSingleton<PublicationShelf>().AddScoped<PublishedRounds>();
    }
}
