using Colead.Composition;
using Colead.Parts.Actions.Reminding;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Quartz;

namespace Colead.Parts.Actions;

/// <summary>Who does what by when, how it goes, and gentle reminders.</summary>
public static class ActionsFeature
{
    private static readonly string[] ForAll = ["ActionsScreen", "MapScreen", "ActionScreen"];
    private static readonly string[] ForLeads = ["NewAction", "EditAction"];

    public static IServiceCollection AddActions(this IServiceCollection services)
    {
        services.AddScoped<ActionOperations>().AddScoped<Reminders>();
        services.AddQuartz(quartz => quartz.ScheduleJob<ReminderJob>(
            trigger => trigger.StartNow().WithSimpleSchedule(every => every.WithInterval(ReminderJob.Pause).RepeatForever()), job => job.WithIdentity(ReminderJob.Key)));
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Actions/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Actions/{screen}", PartnershipsFeature.LeadPolicy);
            conventions.AllowAnonymousToFolder("/Actions/StopScreen");
            conventions.AddFolderApplicationModelConvention("/Actions/StopScreen", page => page.EndpointMetadata.Add(new EnableRateLimitingAttribute(Limits.Attempts)));
        });
        return services;
    }
}
