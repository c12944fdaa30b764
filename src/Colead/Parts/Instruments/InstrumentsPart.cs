using Colead.Parts.Partnerships;

namespace Colead.Parts.Instruments;

/// <summary>Questionnaires: those that ship, and a partnership's own.</summary>
public sealed class InstrumentsPart : PartnershipPart
{
    public override void AddTo(IServiceCollection services) => services.AddScoped<InstrumentOperations>();
}
