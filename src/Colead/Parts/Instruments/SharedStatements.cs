using Colead.Analysis.Instruments;

namespace Colead.Parts.Instruments;

/// <summary>
/// Whether two questionnaires ask something alike, on whatever scale and under whatever name: copies, versions and other people's files
/// of one inventory do. Two rounds that ask nearly the same people the same within weeks tell what the one between answered.
/// </summary>
internal static class SharedStatements
{
    public static bool Any(Instrument first, Instrument second)
    {
        var texts = first.Items.SelectMany(Texts).ToHashSet(StringComparer.Ordinal);
        if (second.Items.SelectMany(Texts).Any(texts.Contains)) return true;
        // Reworded, and the same statement still.
        var byId = first.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        return second.Items.Any(item => byId.TryGetValue(item.Id, out var other)
            && (first.Id == second.Id || item.Texts.Any(text => other.Texts.TryGetValue(text.Key, out var was) && AreAlike(was, text.Value))));
    }

    /// <summary>What is asked, without capitals, spaces and signs.</summary>
    private static IEnumerable<string> Texts(Item item) => item.Texts.Select(text => text.Key + ":" + string.Join(' ', Words(text.Value)));

    /// <summary>Half of their words are the same.</summary>
    private static bool AreAlike(string first, string second)
    {
        HashSet<string> a = [.. Words(first)], b = [.. Words(second)];
        return 2 * a.Count(b.Contains) >= Math.Max(a.Count, b.Count);
    }

    private static string[] Words(string text) =>
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
