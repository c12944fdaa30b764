using System.Globalization;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;

namespace Colead.Commands.Analyse;

/// <summary>What a publication says to members, in sentences and tables, or as it is in JSON.</summary>
public static class ProtectedFindings
{
    private const string Language = "en";
    private const string Hidden = "–";

    public static void Write(TextWriter output, IReadOnlyList<ProtectedRounds> partnerships, Instrument instrument)
    {
        foreach (var partnership in partnerships)
            foreach (var (round, publication) in partnership.Rounds)
                new Page(output, instrument, publication).Write(FormattableString.Invariant($"{partnership.Partnership}, round {round}"));
        output.WriteLine($"{Hidden}  withheld to protect people. Everything here is what protection allows; see docs/methods/protection.md.");
    }

    public static void WriteJson(Utf8JsonWriter json, string dataset, IReadOnlyList<ProtectedRounds> partnerships)
    {
        json.WriteStartObject();
        json.WriteString("protected", "What a publication would show: groups too small or too easily worked out are withheld.");
        json.WriteString("dataset", dataset);
        json.WriteStartObject("partnerships");
        foreach (var partnership in partnerships)
        {
            json.WriteStartObject(partnership.Partnership);
            foreach (var (round, publication) in partnership.Rounds)
            {
                json.WritePropertyName(FormattableString.Invariant($"{round}"));
                json.WriteRawValue(PublicationJson.Write(publication));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private sealed class Page(TextWriter output, Instrument instrument, Publication publication)
    {
        private readonly PublishedTier tier = publication.Members;

        public void Write(string title)
        {
            output.WriteLine(title);
            output.WriteLine(new string('=', title.Length));
            output.WriteLine(Answered());
            output.WriteLine();
            WriteFindings();
            WriteDimensions();
            WriteGroups("Sectors", tier.Sectors, g => g.Sector!);
            WriteGroups("Levels", tier.Levels, g => g.Level!);
            WriteGroups("Organisations", tier.Organisations, g => UnitName(g.Unit!));
            WriteGroups("Sector and level", tier.SectorLevels, g => $"{g.Sector}, {g.Level}");
            WriteStatements();
        }

        private string Answered() => tier.All switch
        {
            { Answered: { } answered, Invited: { } invited } => Inv($"{answered} of {invited} people answered."),
            { Answered: { } answered } => Inv($"{answered} people answered; nobody said how many were invited."),
            { AnsweredPart: CoarsePart.ThreeFifths, Invited: { } invited } =>
                Inv($"At least three fifths of the {invited} people invited answered."),
            _ when tier.All.Dimensions.All(d => d.Withheld is not null) => "Too few answers to show anything yet.",
            { Invited: { } invited } => Inv($"{invited} people were invited; how many answered would tell of a small group."),
            _ => "How many answered would tell of a small group.",
        };

        private void WriteFindings()
        {
            if (tier.Findings.Count == 0) return;
            output.WriteLine("What stands out");
            var names = new FindingNames(DimensionName, StatementOf, UnitName);
            foreach (var finding in tier.Findings) output.WriteLine("  * "
                + FindingWords.Sentence(finding, publication.Instrument, names, Language));
            output.WriteLine();
        }

        private void WriteDimensions()
        {
            output.WriteLine(Inv($"Dimensions, on a scale of {publication.Instrument.Lowest} to {publication.Instrument.Highest} (with 95 % interval)"));
            foreach (var cell in tier.All.Dimensions)
            {
                var interval = cell is { Low: { } low, High: { } high } ? Inv($"{low} to {high}") : cell.AllAnswered == true
                    ? "everyone answered" : "";
                var change = cell.Change is { } c
                    ? $"{Inv($"{c.Said:+0.0;-0.0;0.0}")} since the last round{(c.Word is { } word ? ", " + FindingWords.Certain(word, Language) : "")}"
                    : "";
                output.WriteLine($"  {DimensionName(cell.Measure),-32} {Value(cell),6}   {interval,-14} {change}".TrimEnd());
            }

            output.WriteLine();
        }

        private void WriteGroups(string title, IReadOnlyList<PublishedGroup> groups, Func<PublishedGroup, string> nameOf)
        {
            if (groups.Count == 0) return;
            var width = Math.Max(title.Length, groups.Max(g => nameOf(g).Length)) + 2;
            output.WriteLine(title.PadRight(width) + "people  "
                + string.Concat(publication.Instrument.Dimensions.Select(d => $"{d.Id,12}")));
            foreach (var group in groups)
            {
                var people = group.Dimensions.FirstOrDefault(c => c.People is not null)?.People ?? Hidden;
                output.WriteLine(nameOf(group).PadRight(width) + $"{people,-8}"
                    + string.Concat(group.Dimensions.Select(c => $"{Value(c),12}")));
            }

            output.WriteLine();
        }

        private void WriteStatements()
        {
            if (tier.All.Items.All(i => !i.Mean.IsNumber)) return;
            output.WriteLine("Statements: mean, per cent favourable, per cent \"don't know\"");
            foreach (var item in tier.All.Items)
            {
                var word = item.Split == true ? " [people are split]" : item.Broad == true ? " [broad agreement]" : "";
                output.WriteLine($"  {item.Item,-6} {Value(item.Mean),6} {Percent(item.Favourable),5} {Percent(item.DontKnow),5}  {StatementOf(item.Item)}{word}");
            }

            output.WriteLine();
        }

        private static string Value(PublishedCell cell) => cell switch
        {
            { Mean: { } mean } => mean.ToString(CultureInfo.InvariantCulture),
            { AtMost: { } most } => Inv($"≤{most}"),
            { AtLeast: { } least } => Inv($"≥{least}"),
            _ => Hidden,
        };

        private static string Percent(int? share) => share?.ToString(CultureInfo.InvariantCulture) ?? Hidden;

        private string DimensionName(string id) => Find(instrument.Dimensions, d => d.Id == id)?.Names.GetValueOrDefault(Language) ?? id;

        private string StatementOf(string id) => Find(instrument.Items, i => i.Id == id)?.Texts.GetValueOrDefault(Language) ?? id;

        private string UnitName(string id) => Find(publication.Units, u => u.Id == id) is { } unit
            ? unit.Fold ? string.Join(" with ", unit.Organisations) : unit.Organisations[0]
            : id;

        private static T? Find<T>(IReadOnlyList<T> list, Func<T, bool> isIt)
            where T : class => list.FirstOrDefault(isIt);

        private static string Inv(FormattableString text) => FormattableString.Invariant(text);
    }
}
