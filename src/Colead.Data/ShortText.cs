using System.Text;

namespace Colead.Data;

/// <summary>Text as people type it, made comparable.</summary>
public static class ShortText
{
    /// <summary>Without leading and trailing space, inner runs of white space made one space; null when nothing is left.</summary>
    public static string? Tidy(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var tidy = new StringBuilder(text.Length);
        foreach (var c in text.Normalize())
        {
            // Zero-width and byte-order marks come with text pasted from spreadsheets and mail.
            if (c is '\u200B' or '\uFEFF' or '\u200E' or '\u200F') continue;
            if (!char.IsWhiteSpace(c) && !char.IsControl(c)) tidy.Append(c);
            else if (tidy.Length > 0 && tidy[^1] != ' ') tidy.Append(' ');
        }
        var result = tidy.ToString().TrimEnd();
        return result.Length == 0 ? null : result;
    }

    /// <summary>The key by which two spellings are the same name: case and spacing do not matter.</summary>
    public static string Key(string text) => (Tidy(text) ?? "").ToUpperInvariant();
}
