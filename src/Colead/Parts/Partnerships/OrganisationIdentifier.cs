using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Colead.Storage;

namespace Colead.Parts.Partnerships;

/// <summary>
/// Numbers of organisations in public registers, written as org-id.guide does: the register's code, a hyphen, the number. Registers that UK
/// partnerships meet are checked by their own form; others by the general one. Nothing is looked up.
/// </summary>
public static class OrganisationIdentifier
{
    private static readonly Regex General = Form("^[A-Z]{2,3}-[A-Z0-9]{2,10}-[A-Z0-9][A-Z0-9/._-]{0,40}$");

    /// <summary>Registers with their own form of number.</summary>
    public static IReadOnlyList<Register> Registers { get; } =
    [
        new("GB-CHC", "Charity Commission for England and Wales", "GB-CHC-1234567", Form("^[0-9]{6,7}$")),
        new("GB-SC", "Office of the Scottish Charity Regulator", "GB-SC-SC012345", Form("^SC[0-9]{6}$")),
        new("GB-NIC", "Charity Commission for Northern Ireland", "GB-NIC-100123", Form("^[0-9]{6}$")),
        new("GB-COH", "Companies House", "GB-COH-01234567", Form("^([0-9]{8}|[A-Z]{2}[0-9]{6}|R[0-9]{7}|IP[0-9]{5}[R0-9])$")),
        new("GB-MPR", "Mutuals Public Register", "GB-MPR-12345R", Form("^[0-9]{1,5}[A-Z]{0,2}$")),
        new("GB-EDU", "Schools in England and Wales (unique reference number)", "GB-EDU-123456", Form("^[0-9]{6,7}$")),
        new("GB-NHS", "NHS organisation codes", "GB-NHS-RA1", Form("^[A-Z0-9]{3,6}$")),
        new("GB-LAE", "Local authorities in England", "GB-LAE-BIR", Form("^[A-Z]{3,4}$")),
        new("GB-LAS", "Local authorities in Scotland", "GB-LAS-GLG", Form("^[A-Z]{3,4}$")),
        new("GB-LANI", "Local authorities in Northern Ireland", "GB-LANI-BFS", Form("^[A-Z]{3,4}$")),
        new("GB-PLA", "Principal local authorities in Wales", "GB-PLA-CRF", Form("^[A-Z]{3,4}$")),
    ];

    /// <summary>Returns the identifier in its usual spelling, or says what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? identifier, [NotNullWhen(false)] out string? problem)
    {
        identifier = null;
        problem = null;
        var tidy = (ShortText.Tidy(text) ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        var register = Registers.FirstOrDefault(known => tidy.StartsWith(known.Code + "-", StringComparison.Ordinal));
        if (register is null)
        {
            if (tidy.Length <= Organisation.IdentifierLength && General.IsMatch(tidy)) identifier = tidy;
            else problem = "Write the register and the number, such as GB-CHC-1234567 for a charity or GB-COH-01234567 for a company";
            return identifier is not null;
        }
        if (register.Form.IsMatch(tidy[(register.Code.Length + 1)..])) identifier = tidy;
        else problem = $"This is not the form of a number in {register.Name}; one looks like {register.Example}";
        return identifier is not null;
    }

    private static Regex Form(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
}

/// <summary>A public register of organisations.</summary>
public sealed record Register(string Code, string Name, string Example, Regex Form);
