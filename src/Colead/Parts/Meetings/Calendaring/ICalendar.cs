using System.Text.RegularExpressions;
using Ical.Net;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Colead.Parts.Meetings.Calendaring;

/// <summary>A meeting as calendars keep it.</summary>
/// <param name="Uid">The same for ever; by it a calendar knows the meeting again.</param>
/// <param name="Sequence">Higher after each change.</param>
public sealed record CalendarEvent(string Uid, int Sequence, string Title, string Place, DateTime StartsAt, DateTime EndsAt,
    DateTime ChangedAt, bool Cancelled, string Description, string Address);

/// <summary>
/// Writes iCalendar files (RFC 5545). They state no METHOD: the people invited are not named in them, and calendars take such a file as
/// what it is, events to keep or to bring up to date. Times are UTC; each calendar shows them on its own clock.
/// </summary>
public static partial class ICalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";

    public static string Write(string name, IEnumerable<CalendarEvent> events)
    {
        var calendar = new Calendar { ProductId = "-//Colead//Meetings//EN", Version = "2.0", Scale = "GREGORIAN" };
        calendar.AddProperty("NAME", Plain(name));
        calendar.AddProperty("X-WR-CALNAME", Plain(name));
        var refresh = new CalendarProperty("REFRESH-INTERVAL", "PT1H");
        refresh.AddParameter("VALUE", "DURATION");
        calendar.Properties.Add(refresh);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        foreach (var meeting in events) calendar.Events.Add(EventOf(meeting));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static Ical.Net.CalendarComponents.CalendarEvent EventOf(CalendarEvent meeting)
    {
        var made = new Ical.Net.CalendarComponents.CalendarEvent
        {
            Uid = meeting.Uid + "@colead",
            DtStamp = new CalDateTime(meeting.ChangedAt, "UTC"),
            LastModified = new CalDateTime(meeting.ChangedAt, "UTC"),
            Start = new CalDateTime(meeting.StartsAt, "UTC"),
            End = new CalDateTime(meeting.EndsAt, "UTC"),
            Sequence = meeting.Sequence,
            Status = meeting.Cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Summary = Plain((meeting.Cancelled ? "Cancelled: " : "") + meeting.Title),
            Url = new Uri(meeting.Address),
        };
        if (meeting.Place.Length > 0) made.Location = Plain(meeting.Place);
        if (meeting.Description.Length > 0) made.Description = Plain(meeting.Description);
        return made;
    }

    /// <summary>Control characters may not stand in such a file.</summary>
    private static string Plain(string value) => Controls().Replace(value.ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"[\x00-\x08\x0B-\x1F\x7F]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Controls();
}
