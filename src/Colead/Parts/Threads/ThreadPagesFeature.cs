using Colead.Parts.Actions;
using Colead.Parts.Budget;
using Colead.Parts.Decisions;
using Colead.Parts.Meetings;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Threads;

/// <summary>Whole threads: what every part has of them, in time order. It stands above all parts, reads all and writes nothing.</summary>
public static class ThreadPagesFeature
{
    public static IServiceCollection AddThreadPages(this IServiceCollection services)
    {
        services.AddScoped<ThreadStories>().AddScoped<ThreadVoices>().AddScoped<ThreadNext>().AddScoped<IMoments, FindingMoments>().AddScoped<IMoments, TalkMoments>()
            .AddScoped<IMoments, MeetingMoments>().AddScoped<IMoments, DecisionMoments>().AddScoped<IMoments, OutcomeMoments>().AddScoped<IMoments, ActionMoments>().AddScoped<IMoments, MoneyMoments>();
        services.Configure<RazorPagesOptions>(options =>
        {
            options.Conventions.AuthorizeFolder("/ThreadPages/ThreadsScreen", PartnershipsFeature.ViewerPolicy);
            options.Conventions.AuthorizeFolder("/ThreadPages/ThreadScreen", PartnershipsFeature.ViewerPolicy);
            options.Conventions.AllowAnonymousToFolder("/ThreadPages/SharedThread");
        });
        return services;
    }
}
