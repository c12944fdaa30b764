using System.Globalization;
using Colead.Kit.Texts;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Colead.Parts.Meetings;

/// <summary>A day and two times of it as a form sends them, on clocks in the UK. A meeting that was held may be written down
/// afterwards.</summary>
public static class MeetingTimes
{
    private const int MostYearsBack = 10;
    private const int MostYearsAhead = 2;

    public static (DateTime From, DateTime To)? Read(ModelStateDictionary state, (string Field, string? Typed) day,
        (string Field, string? Typed) from, (string Field, string? Typed) to, DateOnly today)
    {
        var date = Day(day.Typed);
        var (start, end) = (Time(from.Typed), Time(to.Typed));
        if (date is null) state.AddModelError(day.Field, "Enter a date, such as 3/12/2026");
        else if (date < today.AddYears(-MostYearsBack) || date > today.AddYears(MostYearsAhead)) state.AddModelError(day.Field,
            "Choose a date within the next two years, or the last ten");
        if (start is null) state.AddModelError(from.Field, "Enter a time, such as 10:00");
        if (end is null) state.AddModelError(to.Field, "Enter a time, such as 11:30");
        else if (start >= end) state.AddModelError(to.Field, "It must end after it begins");
        if (!state.IsValid) return null;
        if (Dates.FromLondon(date!.Value, start!.Value) is not { } begins) state.AddModelError(from.Field,
            "The clocks go forward over this time. Choose another");
        else if (Dates.FromLondon(date.Value, end!.Value) is not { } ends) state.AddModelError(to.Field,
            "The clocks go forward over this time. Choose another");
        else return (begins, ends);
        return null;
    }

    private static DateOnly? Day(string? typed) =>
        DateOnly.TryParseExact(typed?.Trim(), ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy"],
            CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var day) ? day : null;

    private static TimeOnly? Time(string? typed) => TimeOnly.TryParseExact(typed?.Trim(), ["HH:mm", "H:mm", "HH:mm:ss", "H.mm"],
        CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
