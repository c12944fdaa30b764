using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Colead.Storage;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>
/// Numbers in public registers as organisations write them themselves, made the identifiers of org-id.guide: by their form, the heading of
/// their column and the sector.
/// </summary>
public static partial class RegisterNumbers
{
    public static bool TryRead(string text, string heading, Sector sector, out string? identifier, [NotNullWhen(false)] out string? problem)
    {
        (identifier, problem) = (null, null);
        var number = (ShortText.Tidy(text) ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (number is "" or "N/A" or "NA" or "NONE" or "-" or "EXEMPT" or "TBC") return true;
        if (Shortened().IsMatch(number))
        {
            problem = "The spreadsheet has shortened this number, and its last digits are lost";
            return false;
        }
        if (number.EndsWith(".0", StringComparison.Ordinal)) number = number[..^2];
        if (Guess(Prefix().Replace(number, ""), RosterWords.Key(heading), sector) is { } guess
            && OrganisationIdentifier.TryParse(guess, out identifier, out _)) return true;
        return OrganisationIdentifier.TryParse(number, out identifier, out problem);
    }

    private static string? Guess(string number, string heading, Sector sector)
    {
        var company = heading.Contains("COMPAN", StringComparison.Ordinal)
            || (sector == Sector.Private && !heading.Contains("CHARIT", StringComparison.Ordinal));
        if (number.StartsWith("NIC", StringComparison.Ordinal) && IsDigits(number[3..], 6, 6)) return "GB-NIC-" + number[3..];
        if (number.StartsWith("SC", StringComparison.Ordinal) && IsDigits(number[2..], 6, 6)) return (company || sector == Sector.Private
            ? "GB-COH-" : "GB-SC-") + number;
        if (number.Length == 8 && char.IsAsciiLetter(number[0]) && char.IsAsciiLetter(number[1])
            && IsDigits(number[2..], 6, 6)) return "GB-COH-" + number;
        if (IsDigits(number, 8, 8)) return "GB-COH-" + number;
        if (!IsDigits(number, 6, 7)) return null;
        return company || sector == Sector.Private ? "GB-COH-" + number.PadLeft(8, '0') : sector == Sector.Voluntary
            || heading.Contains("CHARIT", StringComparison.Ordinal) ? "GB-CHC-" + number : null;
    }

    private static bool IsDigits(string text, int least, int most) => text.Length >= least && text.Length <= most
        && text.All(char.IsAsciiDigit);

    [GeneratedRegex(@"^[0-9][.,]?[0-9]*E\+?[0-9]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shortened();

    [GeneratedRegex(@"^((REG(ISTERED)?|CHARITY|COMPANY|NO|NUMBER|NR)[.:#]*)+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
