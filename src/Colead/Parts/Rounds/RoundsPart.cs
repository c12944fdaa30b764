using Colead.Composition;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships.Lists;
using Colead.Parts.Partnerships;

namespace Colead.Parts.Rounds;

/// <summary>Rounds of the inventory, from a draft to its opening.</summary>
public sealed class RoundsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Understand, 20, "Rounds", RoundsLinks.Rounds(standing.PartnershipId),
            InstrumentsLinks.Instruments(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services) => services.AddScoped<RoundOperations>().AddScoped<AskedPeople>()
        .AddScoped<IListUse, LastOpening>();
}
