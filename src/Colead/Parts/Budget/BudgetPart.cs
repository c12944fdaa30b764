using Colead.Composition;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;

namespace Colead.Parts.Budget;

/// <summary>What partners put in, promise and spend, in cash, in kind and in hours.</summary>
public sealed class BudgetPart : PartnershipPart
{
    public override async ValueTask<IReadOnlyList<MenuEntry>> MenuAsync(Standing standing, IServiceProvider services) =>
        await services.GetRequiredService<BudgetSwitch>().IsShownAsync(standing)
            ? [new(MenuSection.Act, 30, "Money", BudgetLinks.Money(standing.PartnershipId))]
            : [];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<IMoments, MoneyMoments>();
        services.AddScoped<BudgetSwitch>().AddScoped<LedgerOperations>();
    }
}
