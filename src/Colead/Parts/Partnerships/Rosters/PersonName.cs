using System.Text.RegularExpressions;
using Colead.Storage;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>
/// A name as lists write it, in the order in which a letter greets: "Brown, Hugh" is Hugh Brown, "Pat Lowe (Cllr)" is Pat Lowe.
/// </summary>
/// <param name="Aside">What stood in brackets at the end.</param>
/// <param name="IsDoubtful">Whether this is hardly a person.</param>
public sealed partial record PersonName(string Name, string? Aside, bool IsDoubtful)
{
    private static readonly HashSet<string> NoPerson = new(
        "NA|NONE|NULL|NIL|TBC|TBA|TBD|TOBECONFIRMED|TOBEADVISED|VACANT|VACANCY|UNKNOWN|NOTKNOWN|ANONYMOUS|TEST|TESTER|TESTTEST|TESTPERSON|DELETED|LEFT|LEAVER|TOTAL|NAME|XX|XXX|NOBODY|ADMIN".Split('|'), StringComparer.Ordinal);

    private static readonly HashSet<string> AfterNames =
        new("JR|SR|II|III|OBE|MBE|CBE|KBE|BEM|QC|KC|PHD|MD|BA|MA|MSC|BSC|MP|MS|MSP|RN|JP|FRSA|MBA|DL".Split('|'), StringComparer.Ordinal);

    public static PersonName Of(string text)
    {
        var name = text;
        string? aside = null;
        if (Bracketed().Match(name) is { Success: true } brackets && brackets.Index > 0)
        {
            aside = ShortText.Tidy(brackets.Groups["aside"].Value);
            name = name[..brackets.Index].TrimEnd(' ', ',', '-', '–');
        }
        var parts = name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 2 && !AfterNames.Contains(RosterWords.Key(parts[1]))
            && parts.All(part => part.Split(' ').Length <= 3 && part.Any(char.IsLetter)
            && !part.Any(char.IsDigit))) name = $"{parts[1]} {parts[0]}";
        return new(name.Length == 0 ? text : name, aside, NoPerson.Contains(RosterWords.Key(name))
            || (name.Length > 0 && name.All(c => c is '?' or '-' or '.' or '–' or '/' or 'x')));
    }

    [GeneratedRegex(@"\s*[(\[](?<aside>[^()\[\]]*)[)\]]\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bracketed();
}
