using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Colead.Analysis.Instruments;

namespace Colead.Parts.Instruments;

/// <summary>
/// Whether two questionnaires ask something alike, on whatever scale, in whatever order and under whatever name: copies, versions and
/// other people's files of one inventory do. Two rounds that ask nearly the same people the same within weeks tell what the one between
/// answered. What says the same in other words, or in another language alone, is not recognised.
/// </summary>
public static class SharedStatements
{
    /// <summary>
    /// Of the words of the shorter of two statements, so many stand in the other where they are one statement. Of the inventory's own
    /// statements no two share half.
    /// </summary>
    private const double Alike = 0.75, AlikeOfOneName = 0.5;

    /// <summary>A statement of fewer words may well be contained in another.</summary>
    private const int FewestWords = 4;

    /// <summary>Letters of other scripts that look like Latin ones, and the Latin ones.</summary>
    private const string LookAlike = "АВЕКМНОРСТУХІЈЅԀԚԜҺӀѴΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        Latin = "ABEKMHOPCTYXIJSDQWHLVABEZHIKMNOPTYX";

    /// <summary>Letters and signs without a shape, beside those whose kind says so: fillers, and the empty cell of Braille.</summary>
    private static readonly FrozenSet<int> Unseen = [0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800];

    public static bool Any(Instrument first, Instrument second)
    {
        if (first.Id == second.Id && first.Items.Select(i => i.Id).Intersect(second.Items.Select(i => i.Id), StringComparer.Ordinal)
            .Any()) return true;
        var known = first.Items.Select(item => (item.Id, Texts: TextsOf(item))).ToList();
        return second.Items.Any(item => TextsOf(item) is var texts && known.Exists(other =>
            other.Texts.Exists(a => texts.Exists(b => Likeness(a, b) >= (other.Id == item.Id ? AlikeOfOneName : Alike)))));
    }

    private static List<HashSet<string>> TextsOf(Item item) => [.. item.Texts.Values.Select(WordsOf).Where(words => words.Count > 0)];

    private static double Likeness(HashSet<string> first, HashSet<string> second) =>
        (double)first.Count(second.Contains) / (Math.Min(first.Count, second.Count) >= FewestWords ? Math.Min(first.Count, second.Count)
            : Math.Max(first.Count, second.Count));

    /// <summary>Its words, however they are spelt: without capitals, accents and signs that nobody sees, and in one script.</summary>
    private static HashSet<string> WordsOf(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var kind = Rune.GetUnicodeCategory(rune);
            if (kind is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse || Unseen.Contains(rune.Value)) continue;
            plain.Append(Rune.IsLetterOrDigit(rune) ? Plain(Rune.ToUpperInvariant(rune)) : " ");
        }
        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Plain(Rune rune) => rune.IsBmp && LookAlike.IndexOf((char)rune.Value) is >= 0 and var at ? Latin[at].ToString()
        : rune.ToString();
}
