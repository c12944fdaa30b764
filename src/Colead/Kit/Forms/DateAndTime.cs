using System.Globalization;
using Colead.Kit.Texts;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Colead.Kit.Forms;

/// <summary>A day and a time of day as forms send them, on clocks in the UK.</summary>
public static class DateAndTime
{
    /// <summary>Farther ahead it is a slip of the keyboard.</summary>
    private const int MostDaysAhead = 730;

    public static (string Day, string Time) Write(DateTime utc)
    {
        var local = Dates.ToLondon(utc);
        return (local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), local.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    /// <summary>The first such day of the week at least so many days from today.</summary>
    public static DateTime Suggest(TimeProvider clock, DayOfWeek weekday, int days, int hour)
    {
        var day = clock.Today().AddDays(days);
        while (day.DayOfWeek != weekday) day = day.AddDays(1);
        return Dates.FromLondon(day, new TimeOnly(hour, 0))!.Value; // clocks change at night
    }

    /// <summary>The moment typed, or null with what is wrong beside its field.</summary>
    public static DateTime? Read(ModelStateDictionary state, string dayField, string? day, string timeField, string? time,
        TimeProvider clock)
    {
        var dayRead = DateOnly.TryParseExact(day?.Trim(), ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"],
            CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var date);
        var timeRead = TimeOnly.TryParseExact(time?.Trim(), ["HH:mm", "H:mm", "HH:mm:ss", "H.mm"], CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var clockTime);
        if (!dayRead) state.AddModelError(dayField, "Enter a date, such as 3/12/2026");
        if (!timeRead) state.AddModelError(timeField, "Enter a time, such as 17:00");
        if (!dayRead || !timeRead) return null;
        if (date > clock.Today().AddDays(MostDaysAhead)) state.AddModelError(dayField, "Choose a date within two years");
        else if (Dates.FromLondon(date, clockTime) is not { } utc) state.AddModelError(timeField,
            "The clocks go forward over this time. Choose another");
        else if (utc <= clock.Now()) state.AddModelError(dayField, "This has passed. Choose a time to come");
        else return utc;
        return null;
    }
}
