using System.Text;
using Colead.Storage;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>The address out of a cell, and what a person should know or say about it.</summary>
/// <param name="Address">"" where there is none that can be used.</param>
/// <param name="Note">What became of the cell, where that is not plain; null where it is.</param>
/// <param name="Instead">Of an address with a letter that mail servers hardly take: the same with the usual one; "" where there is
/// none.</param>
public sealed record PersonAddress(string Address, string? Note, string? Instead)
{
    private static readonly char[] Between = [';', ',', '|', '/', ' ', '\u3000'];

    public static PersonAddress Of(string text)
    {
        var alone = RosterWords.AddressIn(text);
        if (alone.Length == 0) return new("", null, null);
        if (EmailAddress.IsValid(alone)) return Checked(alone, null);
        var all = text.Replace(":::", ";", StringComparison.Ordinal).Split(Between,
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(RosterWords.AddressIn).Where(EmailAddress.IsValid).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (all.Count == 0) return new("", $"“{Short(text)}” is not an e-mail address, so this person comes without one", null);
        return Checked(all[0], all.Count > 1 ? $"There are {all.Count} addresses here; {Short(all[0])} is taken" : null);
    }

    /// <summary>Before the @, most servers take plain letters only; an apostrophe that a word processor bent is the usual case.</summary>
    private static PersonAddress Checked(string address, string? note)
    {
        var at = address.LastIndexOf('@');
        if (address.AsSpan(0, at).ContainsAnyExceptInRange('!', '~') || address.Any(c => c > '~' && !char.IsLetterOrDigit(c)))
        {
            var plain = new StringBuilder();
            foreach (var c in address.Normalize(NormalizationForm.FormKC)) plain.Append(c switch { '’' or '‘' or '´' or '`' or 'ʼ' or '′' => '\'', '–' or '—' or '‐' or '‑' or '−' => '-', _ => c });
            var instead = plain.ToString();
            return new(address, note, EmailAddress.IsValid(instead) && !instead.AsSpan(0,
                instead.LastIndexOf('@')).ContainsAnyExceptInRange('!', '~') ? instead : "");
        }
        return new(address, note, null);
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
