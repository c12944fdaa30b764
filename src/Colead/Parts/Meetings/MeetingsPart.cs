using System.Globalization;
using Colead.Composition;
using Colead.Composition.Live;
using Colead.Parts.Meetings.Calendaring;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Parts.Threads;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>Meetings: agenda, attendance, minutes typed together, calendars.</summary>
public sealed class MeetingsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Agree, 30, "Meetings", MeetingsLinks.Meetings(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<IUnderWay, MeetingUnderWay>();
        services.AddScoped<IMoments, MeetingMoments>().AddScoped<IHeard, HeardInMeetings>();
        services.AddScoped<MeetingOperations>().AddScoped<AgendaOperations>().AddScoped<MinutesOperations>()
            .AddScoped<AttendanceOperations>().AddScoped<CalendarOperations>().AddScoped<MeetingReader>();
    }

    public override void Map(IEndpointRouteBuilder routes) =>
        routes.MapLive("partnerships/{partnershipId:long}/meetings/{meetingId:long}/events", RolePolicies.Viewer, async http =>
        {
            var standing = await http.RequestServices.GetRequiredService<PartnershipAccess>().RequiredAsync();
            var id = long.Parse((string)http.Request.RouteValues["meetingId"]!, CultureInfo.InvariantCulture);
            return await http.RequestServices.GetRequiredService<MeetingOperations>().Of(standing).AnyAsync(m => m.Id == id) ? Topic(id)
                : null;
        });

    /// <summary>What is announced when anything of a meeting changed.</summary>
    public static string Topic(long meetingId) => string.Create(CultureInfo.InvariantCulture, $"meeting:{meetingId}");
}
