using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Budget;

/// <summary>What partners put in, promise and spend, in cash, in kind and in hours.</summary>
public static class BudgetFeature
{
    private static readonly string[] ForAll = ["MoneyScreen", "JournalScreen", "EntryScreen"];
    private static readonly string[] ForLeads = ["EntryForm"];
    private static readonly string[] ForCoordinators = ["SwitchScreen"];

    public static IServiceCollection AddBudget(this IServiceCollection services)
    {
        services.AddScoped<BudgetSwitch>().AddScoped<LedgerOperations>();
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Budget/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Budget/{screen}", PartnershipsFeature.LeadPolicy);
            foreach (var screen in ForCoordinators) conventions.AuthorizeFolder($"/Budget/{screen}", PartnershipsFeature.CoordinatorPolicy);
            conventions.AddFolderApplicationModelConvention("/Budget", page => page.Filters.Add(new TypeFilterAttribute(typeof(OnlyWithABudget))));
        });
        return services;
    }
}
