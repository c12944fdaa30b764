using System.Globalization;
using System.Text.Json;

namespace Colead.Analysis.Instruments;

/// <summary>The rules of an instrument file, each broken one noted with its place. Lists go on after a problem, so that one reading shows
/// them all.</summary>
internal sealed class InstrumentRules
{
    public const int MostDimensions = 12;
    public const int MostItemsInDimension = 12;
    public const int MostItems = 60;
    public const int MostLanguages = 40;
    public const int MostLevels = 12;
    /// <summary>Noted before the rest are left: a file of a million bytes can break a rule in every one.</summary>
    public const int MostProblems = 300;
    private const int LongestName = 80;
    private const int LongestText = 400;

    /// <summary>Words for <see cref="LanguageReview"/>, in its order.</summary>
    public static readonly string[] ReviewWords = ["reviewed", "awaiting review"];

    private readonly List<(int Offset, string Reason)> problems = [];
    private readonly SortedDictionary<string, LanguageReview> languages = new(StringComparer.Ordinal);

    public IReadOnlyList<(int Offset, string Reason)> Problems => problems;

    /// <summary>The instrument; meaningless where <see cref="Problems"/> has any.</summary>
    public Instrument? Check(JsonNode root)
    {
        if (root.Kind != JsonTokenType.StartObject)
        {
            Note(root, $"An instrument is an object {{ }}; this is {root.KindInWords}.");
            return null;
        }

        Known(root, "an instrument", ["$schema", "id", "version", "languages", "titles", "stems", "help", "terms", "scale", "dimensions"]);
        var id = Id(Need(root, "id", JsonTokenType.String));
        var version = Text(Need(root, "version", JsonTokenType.String), LongestName);
        ReadLanguages(Need(root, "languages", JsonTokenType.StartObject));
        var titles = Texts(Need(root, "titles", JsonTokenType.StartObject), "title", LongestName);
        var stems = Maybe(root, "stems", "stem", LongestText);
        var (help, terms) = (Maybe(root, "help", "help", LongestText), Maybe(root, "terms", "text on terms", LongestText));
        var (scale, anchors, rows, nulls) = ReadScale(Need(root, "scale", JsonTokenType.StartObject));
        var dimensions = ReadDimensions(Need(root, "dimensions", JsonTokenType.StartArray));
        if (problems.Count > 0) return null;
        return new(id, version, scale!, dimensions)
        {
            SkewedNulls = nulls, Languages = languages, Titles = titles, Stems = stems, Help = help, Terms = terms,
            Anchors = anchors, Rows = rows,
        };
    }

    private void ReadLanguages(JsonNode? node)
    {
        if (node is null) return;
        if (node.Members.Count == 0) Note(node, "An instrument needs at least one language.");
        if (node.Members.Count > MostLanguages) Note(node,
            $"An instrument has at most {MostLanguages} languages; this one has {node.Members.Count}.");
        foreach (var member in node.Members.Take(MostLanguages)) // each is looked for in every statement
        {
            if (!IsLanguageTag(member.Name)) Note(member, $"\"{member.Name}\" is not a language tag such as \"en\" or \"cy\".");
            var review = Array.IndexOf(ReviewWords, member.Value.Text);
            if (member.Value.Kind != JsonTokenType.String || review < 0)
                Note(member.Value, "The review of a language is \"reviewed\" or \"awaiting review\".");
            languages[member.Name] = (LanguageReview)Math.Max(review, 0);
        }
    }

    private (Scale? Scale, SortedDictionary<string, IReadOnlyList<string>> Anchors, SortedDictionary<string, IReadOnlyList<string>> Rows,
        SkewedNulls? Nulls) ReadScale(JsonNode? node)
    {
        var (anchors, rows) = (ByLanguage(), ByLanguage());
        if (node is null) return (null, anchors, rows, null);
        Known(node, "the scale", ["lowest", "highest", "anchors", "rows", "skewedNulls"]);
        var lowest = Whole(Need(node, "lowest", JsonTokenType.Number));
        var highest = Whole(Need(node, "highest", JsonTokenType.Number));
        Scale? scale = null;
        if (lowest is { } a && highest is { } b)
        {
            if (b - a + 1 is var options && options is < Scale.FewestOptions or > Scale.MostOptions)
                Note(node["highest"]!, $"A scale has 2 to 12 options; {a} to {b} makes {Math.Max(0, options)}.");
            else scale = new Scale(a, b);
        }

        if (Need(node, "anchors", JsonTokenType.StartObject) is { } given)
        {
            ReadLists(given, "anchors", "An anchor", anchors);
            foreach (var member in given.Members.Where(m => scale is not null && m.Value.Kind == JsonTokenType.StartArray
                && m.Value.Elements.Count != scale.Options))
                Note(member.Value,
                    $"The scale has {scale!.Options} options but {member.Value.Elements.Count} anchors stand here; each option needs one.");
        }

        if (node["rows"] is { } wanted && Expect(wanted, "rows", JsonTokenType.StartObject) is { } words)
        {
            ReadLists(words, "rows", "The name of a row", rows);
            foreach (var member in words.Members.Where(m => scale is not null && m.Value.Kind == JsonTokenType.StartArray))
                if (member.Value.Elements.Count is var count && (count < 2 || scale!.Options % count != 0))
                    Note(member.Value,
                        $"{scale!.Options} options do not make {count} rows of as many each; leave rows out, or give 2 or more that fit.");
            if (rows.Values.Select(list => list.Count).Distinct().Count() > 1) Note(words, "Every language needs as many rows.");
        }

        return (scale, anchors, rows, node["skewedNulls"] is { } nulls ? ReadNulls(nulls, scale) : null);
    }

    private void ReadLists(JsonNode given, string what, string each, SortedDictionary<string, IReadOnlyList<string>> lists)
    {
        EachLanguage(given, what);
        foreach (var member in given.Members)
            if (Expect(member.Value, $"The {what} of a language", JsonTokenType.StartArray) is { } list)
                lists[member.Name] = [.. list.Elements.Select(e => Text(Expect(e, each, JsonTokenType.String), LongestName))];
    }

    private static SortedDictionary<string, IReadOnlyList<string>> ByLanguage() => new(StringComparer.Ordinal);

    /// <summary>Texts that an instrument may leave out.</summary>
    private IReadOnlyDictionary<string, string> Maybe(JsonNode parent, string name, string what, int longest) =>
        parent[name] is { } node ? Texts(Expect(node, name, JsonTokenType.StartObject), what, longest) : Instrument.NoTexts;

    private SkewedNulls? ReadNulls(JsonNode node, Scale? scale)
    {
        if (Expect(node, "skewedNulls", JsonTokenType.StartObject) is null) return null;
        Known(node, "skewedNulls", ["slight", "moderate", "heavy"]);
        var slight = Number(Need(node, "slight", JsonTokenType.Number));
        var moderate = Number(Need(node, "moderate", JsonTokenType.Number));
        var heavy = Number(Need(node, "heavy", JsonTokenType.Number));
        if (slight is not { } x || moderate is not { } y || heavy is not { } z) return null;
        if (scale is not null && !(scale.UniformVariance > x && x > y && y > z && z > 0))
            Note(node, string.Create(CultureInfo.InvariantCulture,
                $"Variances of skewed nulls fall from slight to heavy and lie between 0 and the uniform variance {scale.UniformVariance:0.####}."));
        return new(x, y, z);
    }

    private List<Dimension> ReadDimensions(JsonNode? node)
    {
        var dimensions = new List<Dimension>();
        if (node is null) return dimensions;
        if (node.Elements.Count is 0 or > MostDimensions)
            Note(node, $"An instrument has 1 to {MostDimensions} dimensions; this one has {node.Elements.Count}.");
        var dimensionIds = new Dictionary<string, JsonNode>(StringComparer.OrdinalIgnoreCase);
        var itemIds = new Dictionary<string, JsonNode>(StringComparer.OrdinalIgnoreCase);
        var count = 0;
        foreach (var element in node.Elements)
        {
            if (Expect(element, "A dimension", JsonTokenType.StartObject) is null) continue;
            Known(element, "a dimension", ["id", "names", "descriptions", "headings", "prompts", "items"]);
            var idNode = Need(element, "id", JsonTokenType.String);
            var id = Id(idNode);
            Once(dimensionIds, idNode, "dimension");
            var names = Texts(Need(element, "names", JsonTokenType.StartObject), "name", LongestName);
            var descriptions = Texts(Need(element, "descriptions", JsonTokenType.StartObject), "description", LongestText);
            var items = ReadItems(Need(element, "items", JsonTokenType.StartArray), itemIds, ref count);
            dimensions.Add(new(id, items)
            {
                Names = names, Descriptions = descriptions,
                Headings = Maybe(element, "headings", "heading", LongestName), Prompts = Maybe(element, "prompts", "prompt", LongestText),
            });
        }

        return dimensions;
    }

    private List<Item> ReadItems(JsonNode? node, Dictionary<string, JsonNode> ids, ref int count)
    {
        var items = new List<Item>();
        if (node is null) return items;
        if (node.Elements.Count is 0 or > MostItemsInDimension)
            Note(node, $"A dimension has 1 to {MostItemsInDimension} statements; this one has {node.Elements.Count}.");
        foreach (var element in node.Elements)
        {
            if (++count == MostItems + 1) Note(element, $"An instrument has at most {MostItems} statements; this is one too many.");
            if (Expect(element, "A statement", JsonTokenType.StartObject) is null) continue;
            Known(element, "a statement", ["id", "texts", "descriptors", "hints"]);
            var idNode = Need(element, "id", JsonTokenType.String);
            var id = Id(idNode);
            Once(ids, idNode, "statement");
            var texts = Texts(Need(element, "texts", JsonTokenType.StartObject), "text", LongestText);
            items.Add(new(id) { Texts = texts, Descriptors = Maybe(element, "descriptors", "descriptor", LongestText),
                Hints = ReadHints(element) });
        }

        return items;
    }

    private SortedDictionary<string, IReadOnlyDictionary<string, string>> ReadHints(JsonNode item)
    {
        var hints = new SortedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        if (item["hints"] is not { } node || Expect(node, "hints", JsonTokenType.StartObject) is null) return hints;
        Unrepeated(node);
        if (node.Members.Count is 0 or > MostLevels) Note(node, $"Hints are for 1 to {MostLevels} levels.");
        foreach (var member in node.Members.Take(MostLevels))
        {
            if (!IsIdentifier(member.Name)) Note(member, $"\"{member.Name}\" is not the id of a level, such as \"board\".");
            hints[member.Name] = Texts(Expect(member.Value, "The hint for a level", JsonTokenType.StartObject), "hint", LongestText);
        }

        return hints;
    }

    /// <summary>Texts of every language and of no other.</summary>
    private SortedDictionary<string, string> Texts(JsonNode? node, string what, int longest)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (node is null) return texts;
        EachLanguage(node, what);
        foreach (var member in node.Members) texts[member.Name] = Text(Expect(member.Value, "A " + what, JsonTokenType.String), longest);
        return texts;
    }

    private void EachLanguage(JsonNode node, string what)
    {
        Unrepeated(node);
        foreach (var tag in languages.Keys.Where(tag => node[tag] is null))
            Note(node, $"The {what} in language \"{tag}\" is missing.");
        foreach (var member in node.Members.Where(m => !languages.ContainsKey(m.Name)))
            Note(member, $"\"{member.Name}\" is not among the instrument's languages.");
    }

    private void Once(Dictionary<string, JsonNode> ids, JsonNode? id, string what)
    {
        if (id is not null && !ids.TryAdd(id.Text, id)) Note(id, $"Another {what} has the id \"{id.Text}\" already.");
    }

    private string Id(JsonNode? node)
    {
        if (node is not null && !IsIdentifier(node.Text))
            Note(node, "An id is up to 40 small letters, digits, hyphens and underscores, beginning with a letter or digit.");
        return node?.Text ?? "";
    }

    private string Text(JsonNode? node, int longest)
    {
        if (node is null) return "";
        if (string.IsNullOrWhiteSpace(node.Text)) Note(node, "There is no text here.");
        else if (node.Text.Length > longest) Note(node, $"This text has {node.Text.Length} characters; at most {longest} fit.");
        else if (node.Text.Any(char.IsControl)) Note(node, "This text holds a line break or another control character.");
        return node.Text;
    }

    private int? Whole(JsonNode? node)
    {
        if (node is null) return null;
        if (int.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value is >= -1000 and <= 1000) return value;
        Note(node, "This must be a whole number between -1000 and 1000.");
        return null;
    }

    private double? Number(JsonNode? node)
    {
        if (node is null) return null;
        if (double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)) return value;
        Note(node, "This number is too large.");
        return null;
    }

    private JsonNode? Need(JsonNode parent, string name, JsonTokenType kind)
    {
        if (parent[name] is { } node) return Expect(node, $"\"{name}\"", kind);
        Note(parent, $"\"{name}\" is missing here.");
        return null;
    }

    private JsonNode? Expect(JsonNode node, string what, JsonTokenType kind)
    {
        if (node.Kind == kind) return node;
        Note(node, $"{what} must be {new JsonNode(kind, 0).KindInWords}; this is {node.KindInWords}.");
        return null;
    }

    private void Known(JsonNode node, string what, string[] names)
    {
        Unrepeated(node);
        foreach (var member in node.Members.Where(m => !names.Contains(m.Name, StringComparer.Ordinal)))
            Note(member, $"\"{member.Name}\" is not a property of {what}; known are {string.Join(", ", names)}.");
    }

    private void Unrepeated(JsonNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in node.Members.Where(m => !seen.Add(m.Name))) Note(member, $"\"{member.Name}\" stands here twice.");
    }

    private void Note(JsonNode node, string reason) => Note(node.Offset, reason);

    private void Note(JsonMember member, string reason) => Note(member.Offset, reason);

    private void Note(int offset, string reason)
    {
        if (problems.Count < MostProblems) problems.Add((offset, reason));
    }

    private static bool IsIdentifier(string id) =>
        id.Length is > 0 and <= 40 && id[0] is not ('-' or '_') && id.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_');

    private static bool IsLanguageTag(string tag) =>
        tag.Split('-') is [var language, .. var rest]
        && language.Length is 2 or 3 && language.All(char.IsAsciiLetterLower)
        && rest.All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
