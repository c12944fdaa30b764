using System.Text;
using Colead.Analysis.Scoring;

namespace Colead.Commands.Surveys;

/// <summary>The organisations, sectors and levels that the rows of answers and rosters name, checked and numbered as they come.</summary>
public sealed class Organisations
{
    private const int LongestName = 200;
    private static readonly byte[][] Levels = [.. Field.Levels.Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] Sectors = [.. Field.Sectors.Select(Encoding.ASCII.GetBytes)];

    private readonly ByteStrings partnerships = new();
    private readonly ByteStrings organisations = new(); // name, then the partnership's number in four bytes
    private readonly List<(int Partnership, int Sector)> list = [];
    private readonly byte[] key = new byte[LongestName + sizeof(int)];

    /// <summary>Number of the organisation that the current row names; -1 after a problem.</summary>
    public int Read(CsvTable table, int partnershipColumn, int organisationColumn, int sectorColumn)
    {
        var partnership = Name(table, partnershipColumn) is { IsEmpty: false } p ? partnerships.Add(p) : -1;
        var name = Name(table, organisationColumn);
        var sector = Word(table, sectorColumn, Sectors, "sector");
        if (partnership < 0 || name.IsEmpty || sector < 0) return -1;
        name.CopyTo(key);
        BitConverter.TryWriteBytes(key.AsSpan(name.Length), partnership);
        if (organisations.TryAdd(key.AsSpan(0, name.Length + sizeof(int)), out var index)) list.Add((partnership, sector));
        if (list[index].Sector == sector) return index;
        table.Problem(sectorColumn,
            $"{NameOf(index)} is {Field.Sectors[list[index].Sector]} in other rows and {Field.Sectors[sector]} here.");
        return -1;
    }

    /// <summary>Number of the partnership of an organisation.</summary>
    public int PartnershipOf(int organisation) => list[organisation].Partnership;

    /// <summary>Index of the current row's level in <see cref="Field.Levels"/>; -1 after a problem.</summary>
    public static int ReadLevel(CsvTable table, int column) => Word(table, column, Levels, "level");

    /// <summary>
    /// The structure, organisations in ordinal order of partnership and name. A name that several partnerships use is
    /// told apart by the partnership's.
    /// </summary>
    public (Structure Structure, string[] PartnershipOf, int[] NewIndex) ToStructure()
    {
        string[] partnershipNames = [.. Enumerable.Range(0, partnerships.Count).Select(partnerships.Text)];
        string[] names = [.. Enumerable.Range(0, list.Count).Select(NameOf)];
        var order = Enumerable.Range(0, list.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(partnershipNames[list[a].Partnership],
            partnershipNames[list[b].Partnership]) is not 0 and var difference
            ? difference
            : string.CompareOrdinal(names[a], names[b]));
        var shared = partnershipNames.Length == 1 ? [] : names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var newIndex = new int[list.Count];
        for (var i = 0; i < order.Length; i++) newIndex[order[i]] = i;
        var named = order.Select(i => new Organisation(
            shared.Contains(names[i]) ? $"{partnershipNames[list[i].Partnership]} / {names[i]}" : names[i],
            Field.Sectors[list[i].Sector]));
        return (new([.. named], Field.Levels), [.. order.Select(i => partnershipNames[list[i].Partnership])], newIndex);
    }

    private string NameOf(int index) => Encoding.UTF8.GetString(organisations[index][..^sizeof(int)]);

    /// <summary>The name in a field; empty after a problem.</summary>
    private static ReadOnlySpan<byte> Name(CsvTable table, int column)
    {
        var name = table.Field(column);
        if (name.IsEmpty) table.Problem(column, "There is no name here.");
        else if (name.Length > LongestName) table.Problem(column, $"This name is longer than {LongestName} bytes.");
        else if (name.IndexOfAnyInRange((byte)0, (byte)31) >= 0) table.Problem(column,
            "This name holds a line break or another control character.");
        else return name;
        return [];
    }

    private static int Word(CsvTable table, int column, byte[][] words, string what)
    {
        var word = table.Field(column);
        for (var i = 0; i < words.Length; i++)
            if (word.SequenceEqual(words[i])) return i;
        for (var i = 0; i < words.Length; i++)
            if (Ascii.EqualsIgnoreCase(word, words[i])) return i;
        table.Problem(column, $"\"{table.Text(column)}\" is no {what}; write {string.Join(", ", words.Select(Encoding.ASCII.GetString))}.");
        return -1;
    }
}
