using Colead.Composition;
using Colead.Parts.Partnerships;

namespace Colead.Parts.Voice;

/// <summary>
/// The voice ledger: who set the agenda, chaired, was there, proposed, was heard, and whose proposals passed. It reads other parts and
/// writes nothing.
/// </summary>
public sealed class VoicePart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Agree, 50, "Voice", VoiceLinks.Voice(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<VoiceLedger>();
    }
}
