using Colead.Parts.Partnerships;
using Colead.Parts.Threads.Starting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Threads;

/// <summary>Threads: what they begin with, what is said in them, and the links by which others read them.</summary>
public static class ThreadsFeature
{
    private static readonly string[] ForMembers = ["NewThread", "EditThread", "EditNote"];

    public static IServiceCollection AddThreads(this IServiceCollection services)
    {
        services.AddScoped<ThreadOperations>().AddScoped<ThreadOrigins>().AddScoped<TakenUpThreads>();
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            conventions.AuthorizeFolder("/Threads/Talk", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForMembers) conventions.AuthorizeFolder($"/Threads/{screen}", PartnershipsFeature.MemberPolicy);
            conventions.AuthorizeFolder("/Threads/ShareScreen", PartnershipsFeature.CoordinatorPolicy);
        });
        return services;
    }
}
