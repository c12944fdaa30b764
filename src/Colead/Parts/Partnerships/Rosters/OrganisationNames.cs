using Colead.Kit.Texts;
using Colead.Storage;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>
/// Whether two names are likely of one organisation: the same but for "Ltd", "the", "&amp;" and signs, or for a slip of the hand. Numbers
/// must be the same.
/// </summary>
public static class OrganisationNames
{
    private const int ShortName = 8, LongName = 14;
    private static readonly HashSet<string> Little = new("THE|LTD|LIMITED|PLC|CIC|CIO|LLP|INC|CO|COMPANY|UK|Y".Split('|'),
        StringComparer.Ordinal);

    public static bool AreNear(string first, string second)
    {
        var (a, b) = (Core(first), Core(second));
        if (a.Length == 0 || b.Length == 0) return false;
        if (a == b) return true;
        if (Digits(a) != Digits(b) || Math.Min(a.Length, b.Length) < ShortName) return false;
        var most = Math.Min(a.Length, b.Length) < LongName ? 1 : 2;
        return Nearest.Slips(a, b, most) <= most;
    }

    /// <summary>What of a name tells an organisation from others.</summary>
    public static string Core(string name)
    {
        var words = new string([.. ShortText.Key(name).Replace("&", " AND ", StringComparison.Ordinal)
            .Where(c => c is not ('\'' or '’' or '.')).Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(words.Where(word => !Little.Contains(word)));
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsDigit));
}
