using Colead.Composition;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;

namespace Colead.Parts.Vision;

/// <summary>Shared aims and their wordings, each organisation's own aims, and how they fit.</summary>
public sealed class VisionPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Agree, 10, "Vision", VisionLinks.Picture(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<AimOperations>().AddScoped<IMoments, AimMoments>();
    }
}
