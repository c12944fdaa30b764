using System.Globalization;
using Colead.Composition.Live;
using Colead.Parts.Meetings.Calendaring;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>Meetings: agenda, attendance, minutes typed together, calendars.</summary>
public static class MeetingsFeature
{
    private static readonly string[] ForAll = ["MeetingsScreen", "MeetingScreen", "MinutesScreen", "InvitationFile", "CalendarScreen"];
    private static readonly string[] ForMembers = ["AgendaItemScreen", "NextItem", "AttendanceScreen", "NoteScreen", "EndScreen", "PromiseScreen"];
    private static readonly string[] ForLeads = ["PlanScreen", "CancelScreen"];
    private static readonly string[] ForCoordinators = ["SettingsScreen"];

    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.AddScoped<MeetingOperations>().AddScoped<AgendaOperations>().AddScoped<MinutesOperations>().AddScoped<AttendanceOperations>().AddScoped<CalendarOperations>().AddScoped<MeetingReader>();
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Meetings/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForMembers) conventions.AuthorizeFolder($"/Meetings/{screen}", PartnershipsFeature.MemberPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Meetings/{screen}", PartnershipsFeature.LeadPolicy);
            foreach (var screen in ForCoordinators) conventions.AuthorizeFolder($"/Meetings/{screen}", PartnershipsFeature.CoordinatorPolicy);
            conventions.AllowAnonymousToFolder("/Meetings/Feed");
        });
        return services;
    }

    public static void MapMeetings(this IEndpointRouteBuilder routes) =>
        routes.MapLive("partnerships/{partnershipId:long}/meetings/{meetingId:long}/events", PartnershipsFeature.ViewerPolicy, async http =>
        {
            var standing = await http.RequestServices.GetRequiredService<PartnershipAccess>().RequiredAsync();
            var id = long.Parse((string)http.Request.RouteValues["meetingId"]!, CultureInfo.InvariantCulture);
            return await http.RequestServices.GetRequiredService<MeetingOperations>().Of(standing).AnyAsync(m => m.Id == id) ? Topic(id) : null;
        });

    /// <summary>What is announced when anything of a meeting changed.</summary>
    public static string Topic(long meetingId) => string.Create(CultureInfo.InvariantCulture, $"meeting:{meetingId}");
}
