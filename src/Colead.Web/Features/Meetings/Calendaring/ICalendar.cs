using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Colead.Web.Features.Meetings.Calendaring;

/// <summary>A meeting as calendars keep it.</summary>
/// <param name="Uid">The same for ever; by it a calendar knows the meeting again.</param>
/// <param name="Sequence">Higher after each change.</param>
public sealed record CalendarEvent(string Uid, int Sequence, string Title, string Place, DateTime StartsAt, DateTime EndsAt, DateTime ChangedAt, bool Cancelled, string Description, string Address);

/// <summary>
/// Writes iCalendar files (RFC 5545). They state no METHOD: the people invited are not named in them, and calendars take such a file as what it is, events to keep or to bring up to date.
/// Times are UTC; each calendar shows them on its own clock.
/// </summary>
public static partial class ICalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";
    private const int MostOctets = 75;

    public static string Write(string name, IEnumerable<CalendarEvent> events)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Colead//Meetings//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "NAME:" + Escape(name));
        Line(text, "X-WR-CALNAME:" + Escape(name));
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        Line(text, "X-PUBLISHED-TTL:PT1H");
        foreach (var meeting in events) Write(text, meeting);
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static void Write(StringBuilder text, CalendarEvent meeting)
    {
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{meeting.Uid}@colead");
        Line(text, "DTSTAMP:" + Moment(meeting.ChangedAt));
        Line(text, "LAST-MODIFIED:" + Moment(meeting.ChangedAt));
        Line(text, "DTSTART:" + Moment(meeting.StartsAt));
        Line(text, "DTEND:" + Moment(meeting.EndsAt));
        Line(text, "SEQUENCE:" + meeting.Sequence.ToString(CultureInfo.InvariantCulture));
        Line(text, "STATUS:" + (meeting.Cancelled ? "CANCELLED" : "CONFIRMED"));
        Line(text, "SUMMARY:" + Escape((meeting.Cancelled ? "Cancelled: " : "") + meeting.Title));
        if (meeting.Place.Length > 0) Line(text, "LOCATION:" + Escape(meeting.Place));
        if (meeting.Description.Length > 0) Line(text, "DESCRIPTION:" + Escape(meeting.Description));
        Line(text, "URL:" + meeting.Address);
        Line(text, "END:VEVENT");
    }

    private static string Moment(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Text values: backslash, semicolon, comma and line breaks are escaped; other control characters may not stand in a file.</summary>
    private static string Escape(string value) => Controls().Replace(value.ReplaceLineEndings("\n"), "")
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>One content line, folded so that no line is longer than 75 octets and no character is torn.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }

    [GeneratedRegex(@"[\x00-\x08\x0B-\x1F\x7F]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Controls();
}
