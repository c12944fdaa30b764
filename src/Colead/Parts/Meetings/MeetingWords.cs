using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;

namespace Colead.Parts.Meetings;

/// <summary>What this part calls things.</summary>
public static class MeetingWords
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static IReadOnlyList<Choice> AttendanceStates { get; } =
    [
        new(nameof(AttendanceState.Present), "Present"),
        new(nameof(AttendanceState.Apologies), "Apologies"),
        new(nameof(AttendanceState.Absent), "Absent"),
    ];

    public static IReadOnlyList<Choice> ItemStates { get; } =
    [
        new(nameof(ItemState.Waiting), "Still to come"),
        new(nameof(ItemState.Taken), "Talked about"),
        new(nameof(ItemState.NotReached), "Not reached", "It can be carried over to the next meeting"),
        new(nameof(ItemState.Withdrawn), "Taken off the agenda"),
    ];

    public static string Say(ItemState state) => ItemStates.First(choice => choice.Value == state.ToString()).Label;
    public static string Say(AttendanceState state) => AttendanceStates.First(choice => choice.Value == state.ToString()).Label;

    /// <summary>"Tuesday 2 December 2026, 10:00 to 11:30".</summary>
    public static string When(DateTime startsAt, DateTime endsAt)
    {
        var (from, to) = (Dates.ToLondon(startsAt), Dates.ToLondon(endsAt));
        return from.ToString("dddd d MMMM yyyy, H:mm", British) + " to "
            + to.ToString(from.Date == to.Date ? "H:mm" : "dddd d MMMM, H:mm", British);
    }

    /// <summary>Time of day on clocks here.</summary>
    public static string Time(DateTime utc) => Dates.ToLondon(utc).ToString("H:mm", British);

    /// <summary>"Ana Reed, Riverside Play"; either may be missing.</summary>
    public static string? Person(string name, string? organisation) => name.Length == 0 ? organisation : organisation is null ? name
        : $"{name}, {organisation}";
}
