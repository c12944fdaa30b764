using System.Text;

namespace Colead.Storage;

/// <summary>Text as people type it, made comparable.</summary>
public static class ShortText
{
    /// <summary>Without leading and trailing space, inner runs of white space made one space; null when nothing is left.</summary>
    public static string? Tidy(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var tidy = new StringBuilder(text.Length);
        foreach (var c in Whole(text).Normalize())
        {
            // Marks that nobody sees come with text pasted from spreadsheets, mail and the web: zero widths, directions, soft hyphens.
            // Joiners stay: some scripts are spelt with them.
            if (c is '\u200B' or '\uFEFF' or '\u200E' or '\u200F' or '\u00AD' or '\u180E' or '\uFFFC' or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F')) continue;
            if (!char.IsWhiteSpace(c) && !char.IsControl(c)) tidy.Append(c);
            else if (tidy.Length > 0 && tidy[^1] != ' ') tidy.Append(' ');
        }
        var result = tidy.ToString().TrimEnd();
        return result.Length == 0 ? null : result;
    }

    /// <summary>Without what is no letter or sign: half of a pair, and two numbers that Unicode gives to nothing. No text can be compared,
    /// or kept, that holds them.</summary>
    public static string Whole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsBroken(text, i)) continue;
            return new string([.. text.Where((_, at) => !IsBroken(text, at))]);
        }
        return text;
    }

    private static bool IsBroken(string text, int at) => text[at] is '\uFFFE' or '\uFFFF'
        || char.IsHighSurrogate(text[at]) && !(at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        || char.IsLowSurrogate(text[at]) && !(at > 0 && char.IsHighSurrogate(text[at - 1]));

    /// <summary>The key by which two spellings are the same name: case and spacing do not matter.</summary>
    public static string Key(string text) => (Tidy(text) ?? "").ToUpperInvariant();
}
