using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Findings;

/// <summary>What rounds found, in words, pictures and tables: read from publications alone.</summary>
public static class FindingsFeature
{
    public static IServiceCollection AddFindings(this IServiceCollection services)
    {
        services.AddSingleton<PublicationShelf>().AddScoped<PublishedRounds>();
        services.Configure<RazorPagesOptions>(options => options.Conventions.AuthorizeFolder("/Findings", PartnershipsFeature.ViewerPolicy));
        return services;
    }
}
