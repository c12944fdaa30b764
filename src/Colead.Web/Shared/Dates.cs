using System.Globalization;

namespace Colead.Web.Shared;

/// <summary>Dates as people here write them.</summary>
public static class Dates
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static string Say(DateOnly day) => day.ToString("d MMMM yyyy", British);

    public static string Say(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London).ToString("d MMMM yyyy 'at' H:mm", British);

    public static DateTime Now(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;

    /// <summary>Today where the partnerships are.</summary>
    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.Now(), London));

    /// <summary>"1 person", "12 people".</summary>
    public static string Count(int n, string one, string many) => string.Create(British, $"{n:N0} {(n == 1 ? one : many)}");
}
