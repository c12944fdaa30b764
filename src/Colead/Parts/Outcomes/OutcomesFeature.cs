using Colead.Parts.Outcomes.Indicators;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Outcomes;

/// <summary>Outcomes, who answers for them, and the indicators by which one sees whether they come nearer.</summary>
public static class OutcomesFeature
{
    private static readonly string[] ForAll = ["OutcomesScreen", "OutcomeScreen", "IndicatorScreen"];
    private static readonly string[] ForMembers = ["ReadingScreen", "ImportScreen"];
    private static readonly string[] ForLeads = ["NewOutcome", "EditOutcome", "NewIndicator", "EditIndicator", "StoryScreen"];

    public static IServiceCollection AddOutcomes(this IServiceCollection services)
    {
        services.AddScoped<OutcomeOperations>().AddScoped<IndicatorOperations>();
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Outcomes/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForMembers) conventions.AuthorizeFolder($"/Outcomes/{screen}", PartnershipsFeature.MemberPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Outcomes/{screen}", PartnershipsFeature.LeadPolicy);
        });
        return services;
    }
}
