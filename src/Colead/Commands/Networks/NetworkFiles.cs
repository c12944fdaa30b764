using System.Globalization;
using Colead.Analysis.Networks;
using Colead.Commands.Surveys;

namespace Colead.Commands.Networks;

/// <summary>The two files of a network: its partners, and the relationships they report.</summary>
public static class NetworkFiles
{
    private static readonly (int Low, int High) Options = (RelationshipNetwork.FourPoint.Lowest, RelationshipNetwork.FourPoint.Highest);

    /// <summary>The name of the partners' file, without its ending and without "_nodes".</summary>
    public static string NameOf(string nodes)
    {
        var name = Path.GetFileNameWithoutExtension(nodes);
        return name.EndsWith("_nodes", StringComparison.Ordinal) ? name[..^"_nodes".Length] : name;
    }

    /// <returns>Null after a problem.</returns>
    /// <exception cref="UnreadableFileException">A file cannot be read.</exception>
    public static RelationshipNetwork? Read(string nodes, string edges, Problems problems)
    {
        var (nodeBytes, edgeBytes) = (InputFile.ReadAll(nodes), InputFile.ReadAll(edges));
        using var partnerTable = new CsvTable(nodes, nodeBytes, problems);
        var partners = problems.Any ? [] : ReadPartners(nodes, partnerTable, problems);
        using var relationshipTable = new CsvTable(edges, edgeBytes, problems);
        var relationships = problems.Any ? [] : ReadRelationships(relationshipTable, problems);
        if (problems.Any) return null;
        var faults = RelationshipNetwork.TryBuild(
            [.. partners.Select(p => p.Partner)], [.. relationships.Select(r => r.Relationship)], out var network);
        foreach (var fault in faults)
        {
            var (file, table, offset) = fault.OfPartner
                ? (nodes, partnerTable, partners[fault.Index].Offset)
                : (edges, relationshipTable, relationships[fault.Index].Offset);
            problems.Add(new(file, table.LineOf(offset), ColumnOf(fault.Fault), fault.Message));
        }

        return network;
    }

    private static List<(Partner Partner, int Offset)> ReadPartners(string file, CsvTable table, Problems problems)
    {
        int id = table.Find("id"), responded = table.Find("responded");
        int sector = Optional(table, "sector"), self = Optional(table, "self_trust");
        var partners = new List<(Partner, int)>();
        if (problems.Any) return partners;
        while (table.Next())
        {
            var sectorName = sector < 0 ? "" : table.Text(sector);
            partners.Add((
                new(table.Text(id), sectorName.Length == 0 ? null : sectorName, YesOrNo(table, responded),
                    Number(table, self, Options.Low, Options.High)),
                table.Offset));
        }

        if (partners.Count == 0 && !problems.Any) problems.Add(new(file, 2, null, "There is no partner in this file."));
        return partners;
    }

    private static List<(Relationship Relationship, int Offset)> ReadRelationships(CsvTable table, Problems problems)
    {
        int from = table.Find("from"), to = table.Find("to");
        int frequency = Optional(table, "frequency"), kind = Optional(table, "kind");
        int[] trust = Beginning(table, "trust_"), value = Beginning(table, "value_");
        var relationships = new List<(Relationship, int)>();
        if (problems.Any) return relationships;
        while (table.Next())
        {
            var kindName = kind < 0 ? "" : table.Text(kind);
            relationships.Add((
                new(
                    table.Text(from),
                    table.Text(to),
                    Number(table, frequency, 0, double.MaxValue),
                    kindName.Length == 0 ? null : kindName,
                    Array.ConvertAll(trust, c => Score(table, c)),
                    Array.ConvertAll(value, c => Score(table, c))),
                table.Offset));
        }

        return relationships;
    }

    private static int Optional(CsvTable table, string name) =>
        table.Columns.Contains(name, StringComparer.OrdinalIgnoreCase) ? table.Find(name) : -1;

    private static int[] Beginning(CsvTable table, string start) =>
        [.. table.Columns.Where(c => c.StartsWith(start, StringComparison.OrdinalIgnoreCase)).Select(table.Find)];

    private static bool YesOrNo(CsvTable table, int column)
    {
        var text = table.Text(column);
        if (text is "1" or "0") return text == "1";
        if (bool.TryParse(text, out var answer)) return answer;
        table.Problem(column, $"\"{text}\" is neither 1 (responded) nor 0.");
        return false;
    }

    private static double? Number(CsvTable table, int column, double low, double high)
    {
        if (column < 0 || table.Field(column).Length == 0) return null;
        if (double.TryParse(table.Field(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= low
            && number <= high) return number;
        var range = high < double.MaxValue ? string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}")
            : string.Create(CultureInfo.InvariantCulture, $"of {low} or more");
        table.Problem(column, $"\"{table.Text(column)}\" is no number {range}.");
        return null;
    }

    private static int? Score(CsvTable table, int column)
    {
        if (table.Field(column).Length == 0) return null;
        if (int.TryParse(table.Field(column), NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score >= Options.Low
            && score <= Options.High) return score;
        table.Problem(column, string.Create(CultureInfo.InvariantCulture,
            $"\"{table.Text(column)}\" is no whole number from {Options.Low} to {Options.High}."));
        return null;
    }

    private static string ColumnOf(NetworkFault fault) => fault switch
    {
        NetworkFault.EmptyId or NetworkFault.DuplicatePartner => "id",
        NetworkFault.SelfTrustOutsideScale => "self_trust",
        NetworkFault.UnknownFrom or NetworkFault.FromDidNotRespond => "from",
        NetworkFault.NegativeFrequency => "frequency",
        _ => "to",
    };
}
