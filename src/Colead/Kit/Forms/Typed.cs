using System.Globalization;
using System.Text.RegularExpressions;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Colead.Kit.Forms;

/// <summary>What people type into boxes, read; what cannot be read is said beside its field.</summary>
public static partial class Typed
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] DayForms = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d MMMM yyyy", "d MMM yyyy"];

    /// <summary>One line, tidy; "" where nothing was typed.</summary>
    public static string Line(ModelStateDictionary state, string field, string? text, int most, string? missing = null) =>
        Check(state, field, ShortText.Tidy(text) ?? "", most, missing);

    /// <summary>Several lines: line ends made one kind, ends trimmed.</summary>
    public static string Lines(ModelStateDictionary state, string field, string? text, int most, string? missing = null) =>
        Check(state, field, (text ?? "").ReplaceLineEndings("\n").Trim(), most, missing);

    public static DateOnly? Day(ModelStateDictionary state, string field, string? text, string? missing = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (missing is not null) state.AddModelError(field, missing);
            return null;
        }
        if (ReadDay(text) is { } day) return day;
        state.AddModelError(field, "Enter a date, such as 3/12/2026");
        return null;
    }

    public static DateOnly? ReadDay(string text) =>
        DateOnly.TryParseExact(text.Trim(), DayForms, British, DateTimeStyles.None, out var day) && day.Year is > 1899 and < 2200 ? day
            : null;

    public static string Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number as people here write it: 1,250.5; a per cent sign, a pound sign and spaces are let pass.</summary>
    public static decimal? ReadNumber(string text)
    {
        var bare = text.Replace(" ", "", StringComparison.Ordinal).Replace('\u2212', '-').TrimEnd('%').TrimStart('£');
        return NumberForm().IsMatch(bare) && decimal.TryParse(bare.Replace(",", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>A comma parts thousands, or it is no number: 36,5 is not taken for 365.</summary>
    [GeneratedRegex(@"^-?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberForm();

    public static string Write(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The id chosen in a list, if it is one of those offered.</summary>
    public static long? Chosen(ModelStateDictionary state, string field, string? value, IEnumerable<Colead.Kit.Forms.Choice> offered)
    {
        if (string.IsNullOrEmpty(value)) return null;
        if (offered.Any(choice => choice.Value == value) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture,
            out var id)) return id;
        state.AddModelError(field, "Choose one of the answers given");
        return null;
    }

    public static string Id(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Check(ModelStateDictionary state, string field, string text, int most, string? missing)
    {
        if (text.Length == 0 && missing is not null) state.AddModelError(field, missing);
        else if (text.Length > most) state.AddModelError(field, string.Create(British, $"Say it in at most {most:N0} characters"));
        return text;
    }
}
