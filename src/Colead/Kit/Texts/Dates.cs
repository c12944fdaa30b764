using System.Globalization;

namespace Colead.Kit.Texts;

/// <summary>Dates as people here write them.</summary>
public static class Dates
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    internal static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static string Say(DateOnly day) => day.ToString("d MMMM yyyy", British);

    public static string Say(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London)
        .ToString("d MMMM yyyy 'at' H:mm", British);

    /// <summary>"3 March 2025", or "3 March to 9 May 2025".</summary>
    public static string Span(DateOnly from, DateOnly to) =>
        from == to ? Say(from) : from.Year == to.Year ? $"{from.ToString(from.Month == to.Month ? "%d" : "d MMMM", British)} to {Say(to)}"
            : $"{Say(from)} to {Say(to)}";

    /// <summary>The day where the partnerships are.</summary>
    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc,
        DateTimeKind.Utc), London));

    public static DateTime Now(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;

    /// <summary>Today where the partnerships are.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.Now(), London));

    /// <summary>The same moment on clocks here.</summary>
    public static DateTime ToLondon(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London);

    /// <summary>
    /// The moment at which clocks here show a time; null where they never do, because they go forward over it. What they show twice, in
    /// autumn, is the first time.
    /// </summary>
    public static DateTime? FromLondon(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (London.IsInvalidTime(local)) return null;
        var offset = London.IsAmbiguousTime(local) ? London.GetAmbiguousTimeOffsets(local).Max() : London.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>"1 person", "12 people".</summary>
    public static string Count(int n, string one, string many) => string.Create(British, $"{n:N0} {(n == 1 ? one : many)}");
}
