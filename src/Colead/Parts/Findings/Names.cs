using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Kit.Texts;

namespace Colead.Parts.Findings;

/// <summary>What the ids of a publication are called, and how they are drawn: a colour never stands without its name and shape.</summary>
public sealed class Names
{
    private const string Language = "en";

    /// <summary>Shapes of marks, told apart without colour. A mark's place in its list decides.</summary>
    public static IReadOnlyList<string> Shapes { get; } = ["circle", "diamond", "square", "triangle", "ring", "down", "bar"];

    private readonly Publication publication;
    private readonly Dictionary<string, string> dimensions;
    private readonly Dictionary<string, string> items;
    private readonly Dictionary<string, PublishedUnit> units;
    private readonly Dictionary<string, int> place;
    private readonly Dictionary<string, int> placeOfItem;
    private readonly FindingNames inSentences;

    /// <param name="instrument">Null where its file cannot be read any more: ids stand for themselves.</param>
    public Names(Instrument? instrument, Publication publication)
    {
        this.publication = publication;
        dimensions = instrument?.Dimensions.ToDictionary(d => d.Id, d => In(d.Names) ?? d.Id, StringComparer.Ordinal) ?? [];
        items = instrument?.Items.ToDictionary(i => i.Id, i => In(i.Texts) ?? i.Id, StringComparer.Ordinal) ?? [];
        units = publication.Units.ToDictionary(u => u.Id, StringComparer.Ordinal);
        place = publication.Instrument.Dimensions.Index().ToDictionary(d => d.Item.Id, d => d.Index, StringComparer.Ordinal);
        placeOfItem = publication.Instrument.Dimensions.SelectMany(d => d.Items).Index()
            .ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal);
        Title = (instrument is null ? null : In(instrument.Titles)) ?? publication.Instrument.Id;
        Stem = (instrument is null ? null : In(instrument.Stems)) ?? "";
        Anchors = instrument?.Anchors.GetValueOrDefault(Language) ?? instrument?.Anchors.Values.FirstOrDefault() ?? [];
        inSentences = new FindingNames(Dimension, Item, Unit);
    }

    public string Title { get; }
    /// <summary>The words every statement completes; may be empty.</summary>
    public string Stem { get; }
    /// <summary>What the options are called, lowest first.</summary>
    public IReadOnlyList<string> Anchors { get; }

    public string Dimension(string id) => id == "overall" ? "All dimensions together" : dimensions.GetValueOrDefault(id, id);

    public string Item(string id) => items.GetValueOrDefault(id, id);

    /// <summary>A statement's number in its questionnaire, from 1: how pictures name it.</summary>
    public int Number(string item) => placeOfItem.GetValueOrDefault(item, -1) + 1;

    public string DimensionOfItem(string item) => publication.Instrument.Dimensions.FirstOrDefault(d => d.Items.Contains(item,
        StringComparer.Ordinal))?.Id ?? "";

    public string Unit(string id) => units.TryGetValue(id, out var unit) ? Joined.And(unit.Organisations) + (unit.Fold ? ", together" : "")
        : id;

    public PublishedUnit? UnitOf(string organisation) => publication.Units.FirstOrDefault(u => u.Organisations.Contains(organisation,
        StringComparer.Ordinal));

    public PublishedUnit? FindUnit(string? id) => id is null ? null : units.GetValueOrDefault(id);

    /// <summary>Which of the seven colours a dimension has, from 1.</summary>
    public int Colour(string dimension) => (place.GetValueOrDefault(dimension) % 7) + 1;

    public string Shape(string dimension) => Shapes[place.GetValueOrDefault(dimension) % Shapes.Count];

    /// <summary>A sector or level as a heading or a row of a table names it.</summary>
    public static string Group(string id)
    {
        var name = FindingWords.Group(id, Language);
        if (name.StartsWith("the ", StringComparison.Ordinal)) name = name[4..];
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>A group of any view.</summary>
    public string Group(PublishedGroup group) => (group.Unit, group.Sector, group.Level) switch
    {
        ({ } unit, _, _) => Unit(unit),
        (_, { } sector, { } level) => $"{Group(sector)}: {FindingWords.Group(level, Language)}",
        (_, { } sector, null) => Group(sector),
        (_, null, { } level) => Group(level),
        _ => "Answers by open link",
    };

    /// <summary>The same where there is little room: the first organisation of a fold, and how many more.</summary>
    public string Brief(PublishedGroup group) => FindUnit(group.Unit) is { Fold: true } fold
        ? $"{fold.Organisations[0]} and {fold.Organisations.Count - 1} more" : Group(group);

    public string Sentence(Finding finding) => FindingWords.Sentence(finding, publication.Instrument, inSentences, Language);

    private static string? In(IReadOnlyDictionary<string, string> texts) => texts.GetValueOrDefault(Language)
        ?? texts.Values.FirstOrDefault();
}
