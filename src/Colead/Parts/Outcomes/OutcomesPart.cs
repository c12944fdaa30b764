using Colead.Composition;
using Colead.Parts.Outcomes.Indicators;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;

namespace Colead.Parts.Outcomes;

/// <summary>Outcomes, who answers for them, and the indicators by which one sees whether they come nearer.</summary>
public sealed class OutcomesPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Act, 10, "Outcomes", OutcomesLinks.All(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<INextStep, SetOutcomeStep>().AddScoped<INextStep, AgreeToOutcomeStep>();
        services.AddScoped<IMoments, OutcomeMoments>();
        services.AddScoped<OutcomeOperations>().AddScoped<IndicatorOperations>();
    }
}
