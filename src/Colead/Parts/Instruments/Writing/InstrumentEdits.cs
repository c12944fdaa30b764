using System.Globalization;
using Colead.Analysis.Instruments;

namespace Colead.Parts.Instruments.Writing;

/// <summary>Changes to an instrument. Each gives a new one; whether it can be used is asked when it is saved.</summary>
public static class InstrumentEdits
{
    /// <summary>A copy under a name of its own, so that nobody takes it for the original.</summary>
    public static Instrument Copy(this Instrument instrument) =>
        instrument.With(id: NewId(instrument.Id + "-copy", []), titles: Map(instrument.Titles, (_, title) => Fit($"{title} (own)", 80)));

    public static Instrument With(this Instrument instrument, string? id = null, Scale? scale = null,
        IReadOnlyList<Dimension>? dimensions = null, IReadOnlyDictionary<string, LanguageReview>? languages = null,
        IReadOnlyDictionary<string, string>? titles = null, IReadOnlyDictionary<string, string>? stems = null, IReadOnlyDictionary<string,
            IReadOnlyList<string>>? anchors = null) =>
        new(id ?? instrument.Id, instrument.Version, scale ?? instrument.Scale, dimensions ?? instrument.Dimensions)
        {
            // they belong to a number of options
            SkewedNulls = (scale ?? instrument.Scale).Options == instrument.Scale.Options ? instrument.SkewedNulls : null,
            Languages = languages ?? instrument.Languages,
            Titles = titles ?? instrument.Titles,
            Stems = stems ?? instrument.Stems,
            Anchors = anchors ?? instrument.Anchors,
        };

    /// <summary>A language more: every text stands in it as in the first language until it is translated.</summary>
    public static Instrument WithLanguage(this Instrument instrument, string tag)
    {
        var from = Languages.InOrder(instrument.Languages.Keys).First();
        return instrument.InLanguages(texts => texts.Count == 0 ? texts : Added(texts, tag, texts[from]),
            Added(instrument.Languages, tag, LanguageReview.AwaitingReview), Added(instrument.Anchors, tag, instrument.Anchors[from]));
    }

    public static Instrument WithoutLanguage(this Instrument instrument, string tag) =>
        instrument.InLanguages(texts => Without(texts, tag), Without(instrument.Languages, tag), Without(instrument.Anchors, tag));

    /// <summary>Puts a dimension in the place of the one with its id, or at the end.</summary>
    public static Instrument WithDimension(this Instrument instrument, Dimension dimension) =>
        instrument.With(dimensions: instrument.Dimensions.Any(d => d.Id == dimension.Id)
            ? [.. instrument.Dimensions.Select(d => d.Id == dimension.Id ? dimension : d)] : [.. instrument.Dimensions, dimension]);

    public static Instrument WithoutDimension(this Instrument instrument, string id) =>
        instrument.With(dimensions: [.. instrument.Dimensions.Where(d => d.Id != id)]);

    /// <summary>Moves a dimension by so many places; at an end it stays.</summary>
    public static Instrument MoveDimension(this Instrument instrument, string id, int by)
    {
        var list = instrument.Dimensions.ToList();
        Move(list, list.FindIndex(d => d.Id == id), by);
        return instrument.With(dimensions: list);
    }

    public static void Move<T>(List<T> list, int from, int by)
    {
        var to = from + by;
        if (from < 0 || from >= list.Count || to < 0 || to >= list.Count) return;
        (list[from], list[to]) = (list[to], list[from]);
    }

    /// <summary>An id made from words, different from those that are taken.</summary>
    public static string NewId(string words, IReadOnlyCollection<string> taken)
    {
        var letters = new string([.. words.ToLowerInvariant().Select(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' ? c : '-')])
            .Trim('-');
        var stem = letters.Length == 0 ? "own" : Fit(letters, 30).TrimEnd('-');
        for (var n = 1; ; n++)
        {
            var id = n == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}");
            if (!taken.Contains(id, StringComparer.Ordinal)) return id;
        }
    }

    private static Instrument InLanguages(this Instrument instrument, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string,
        string>> change, IReadOnlyDictionary<string, LanguageReview> languages, IReadOnlyDictionary<string,
        IReadOnlyList<string>> anchors) =>
        instrument.With(languages: languages, anchors: anchors, titles: change(instrument.Titles), stems: change(instrument.Stems),
            dimensions: [.. instrument.Dimensions.Select(d =>
            new Dimension(d.Id, [.. d.Items.Select(i => i with { Texts = change(i.Texts),
                Descriptors = change(i.Descriptors) })]) { Names = change(d.Names), Descriptions = change(d.Descriptions) })]);

    private static SortedDictionary<string, T> Added<T>(IReadOnlyDictionary<string, T> map, string tag, T value)
    {
        var added = Sorted(map);
        added[tag] = value;
        return added;
    }

    private static SortedDictionary<string, T> Without<T>(IReadOnlyDictionary<string, T> map, string tag)
    {
        var less = Sorted(map);
        less.Remove(tag);
        return less;
    }

    private static SortedDictionary<string, string> Map(IReadOnlyDictionary<string, string> texts, Func<string, string, string> change)
    {
        var changed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tag, text) in texts) changed[tag] = change(tag, text);
        return changed;
    }

    private static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> map) =>
        new(map.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Fit(string text, int length) => text.Length > length ? text[..length] : text;
}
