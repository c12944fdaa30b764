using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Vision;

/// <summary>Shared aims and their wordings, each organisation's own aims, and how they fit.</summary>
public static class VisionFeature
{
    private static readonly string[] ForAll = ["Picture", "AimScreen", "WordingScreen", "OwnAims", "OwnAimScreen"];
    private static readonly string[] ForMembers = ["NewAim", "Propose"];
    private static readonly string[] ForLeads = ["WriteOwnAim", "EditOwnAim", "FitScreen"];

    public static IServiceCollection AddVision(this IServiceCollection services)
    {
        services.AddScoped<AimOperations>();
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Vision/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForMembers) conventions.AuthorizeFolder($"/Vision/{screen}", PartnershipsFeature.MemberPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Vision/{screen}", PartnershipsFeature.LeadPolicy);
        });
        return services;
    }
}
