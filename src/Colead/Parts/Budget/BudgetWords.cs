using System.Globalization;
using Colead.Kit.Forms;

namespace Colead.Parts.Budget;

/// <summary>This part's choices, and how amounts are said and read.</summary>
public static class BudgetWords
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public static IReadOnlyList<Choice> Kinds { get; } =
    [
        new(nameof(EntryKind.Contribution), "Put in", "Into the pot that all share"),
        new(nameof(EntryKind.Commitment), "Promised", "Out of the pot, for something to come"),
        new(nameof(EntryKind.Spending), "Spent", "Out of the pot, or out of a promise"),
        new(nameof(EntryKind.GivenAndUsed), "Given and used at once", "As hours of work are, or a room for a day"),
    ];

    public static IReadOnlyList<Choice> Units { get; } =
    [
        new(nameof(BudgetUnit.Cash), "Cash, in pounds"),
        new(nameof(BudgetUnit.InKind), "In kind, in pounds", "Rooms, printing, food, at the value you agreed"),
        new(nameof(BudgetUnit.Hours), "Hours", "People’s time: 7.5 or 7:30"),
    ];

    public static string Say(EntryKind kind) => kind switch
    {
        EntryKind.Release => "Promise given back",
        EntryKind.Reversal => "Undone",
        _ => Kinds.First(c => c.Value == kind.ToString()).Label,
    };

    public static string Name(BudgetUnit unit) => unit switch { BudgetUnit.Cash => "Cash", BudgetUnit.InKind => "In kind", _ => "Hours" };

    public static string Say(BudgetAccount account) => account switch
    {
        BudgetAccount.Contributed => "Put in by partners",
        BudgetAccount.Available => "In the pot",
        BudgetAccount.Committed => "Promised",
        _ => "Spent",
    };

    /// <summary>"£4,200", "£4,200.50", "7.5 hours", "7 h 20 min".</summary>
    public static string Say(long amount, BudgetUnit unit)
    {
        var sign = amount < 0 ? "−" : "";
        var size = Math.Abs(amount);
        if (unit != BudgetUnit.Hours) return sign + "£" + (size / 100m).ToString(size % 100 == 0 ? "#,0" : "#,0.00", British);
        if (size is > 0 and < 60) return $"{sign}{size} {(size == 1 ? "minute" : "minutes")}";
        return size % 6 == 0 ? $"{sign}{(size / 60m).ToString("#,0.#", British)} {(size == 60 ? "hour" : "hours")}"
            : $"{sign}{(size / 60).ToString("#,0", British)} h {size % 60} min";
    }

    /// <summary>The same in a table's cell, where nothing is a dash.</summary>
    public static string Cell(long amount, BudgetUnit unit) => amount == 0 ? "–" : Say(amount, unit);

    /// <summary>Pence or minutes of what was typed; null where it is no amount, or splits a penny or a minute.</summary>
    public static long? Read(string text, BudgetUnit unit)
    {
        decimal? typed = unit == BudgetUnit.Hours && text.Trim().Split(':') is [var h, { Length: 2 } m]
            && long.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60 && hours < 10_000_000
            ? hours + (minutes / 60m)
            : Typed.ReadNumber(text);
        if (typed is not { } number || Math.Abs(number) > JournalEntry.MostAmount / 100m) return null;
        var whole = decimal.Round(number * (unit == BudgetUnit.Hours ? 60 : 100), 6);
        return decimal.Truncate(whole) == whole ? (long)whole : null;
    }

    public static int Percent(long part, long whole) => whole == 0 ? 0
        : (int)Math.Round(100m * part / whole, MidpointRounding.AwayFromZero);
}
