using Colead.Analysis.Instruments;

namespace Colead.Analysis.Publishing;

/// <summary>
/// What two rounds asked alike, so that their answers can be compared. A statement is the same when its id and its words are: letters and
/// digits count, not case, spaces or punctuation. So are its hints, which change answers. A dimension is the same when its statements are,
/// in any order. Words are read in one language, English where both instruments have it, so that a better translation of the
/// others breaks nothing. Where the scale, its options, the
/// question, how to answer it or the words explained differ, nothing is the same.
/// </summary>
internal sealed class SameQuestions
{
    private readonly Dictionary<string, int> dimensions;
    private readonly Dictionary<string, int> items;

    private SameQuestions(Instrument before, Instrument now, string? language)
    {
        var asked = before.Items.Select((item, place) => (item, place)).ToDictionary(i => i.item.Id, i => i, StringComparer.Ordinal);
        items = now.Items.Where(item => asked.TryGetValue(item.Id, out var earlier) && Alike(earlier.item.Texts, item.Texts, language)
                && Alike(earlier.item.Descriptors, item.Descriptors, language) && AlikeHints(earlier.item, item, language))
            .ToDictionary(item => item.Id, item => asked[item.Id].place, StringComparer.Ordinal);
        dimensions = before.Dimensions.Select((dimension, place) => (dimension, place))
            .Where(earlier => now.Dimensions.FirstOrDefault(d => d.Id == earlier.dimension.Id) is { } d
                && d.Items.Count == earlier.dimension.Items.Count
                && d.Items.All(item => items.ContainsKey(item.Id) && earlier.dimension.Items.Any(i => i.Id == item.Id)))
            .ToDictionary(earlier => earlier.dimension.Id, earlier => earlier.place, StringComparer.Ordinal);
        All = dimensions.Count == before.Dimensions.Count && dimensions.Count == now.Dimensions.Count;
    }

    /// <summary>Every dimension is the same, and there is no other.</summary>
    public bool All { get; }

    /// <summary>Null where nothing can be compared.</summary>
    public static SameQuestions? Between(Instrument before, Instrument now)
    {
        if (before.Id != now.Id || before.Scale != now.Scale) return null;
        var shared = before.Languages.Keys.Where(now.Languages.ContainsKey).Order(StringComparer.Ordinal).ToList();
        if (shared.Count == 0 && before.Languages.Count + now.Languages.Count > 0) return null; // in no language do we know
        var language = shared.Find(tag => tag == "en") ?? shared.FirstOrDefault();
        if (!Alike(before.Stems, now.Stems, language) || !Alike(before.Help, now.Help, language)
            || !Alike(before.Terms, now.Terms, language)
            || !Words(before.Rows, language).SequenceEqual(Words(now.Rows, language), StringComparer.Ordinal)) return null;
        if (!Words(before.Anchors, language).SequenceEqual(Words(now.Anchors, language), StringComparer.Ordinal)) return null;
        var same = new SameQuestions(before, now, language);
        return same.items.Count > 0 ? same : null;
    }

    /// <summary>Where the earlier instrument has a dimension (or statement) of this one; null where it asked something else.</summary>
    public int? PlaceBefore(string measure, bool ofItems) => (ofItems ? items : dimensions).TryGetValue(measure, out var place) ? place
        : null;

    private static bool AlikeHints(Item before, Item now, string? language) => before.Hints.Count == now.Hints.Count
        && before.Hints.All(hint => now.Hints.TryGetValue(hint.Key, out var other) && Alike(hint.Value, other, language));

    private static bool Alike(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now, string? language) =>
        Words(before, language) == Words(now, language);

    private static string Words(IReadOnlyDictionary<string, string> texts, string? language) =>
        Words(language is null ? "" : texts.GetValueOrDefault(language, ""));

    private static IEnumerable<string> Words(IReadOnlyDictionary<string, IReadOnlyList<string>> texts, string? language) =>
        language is not null && texts.TryGetValue(language, out var words) ? words.Select(Words) : [];

    private static string Words(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
