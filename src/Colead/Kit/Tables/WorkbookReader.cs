using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Colead.Kit.Tables;

/// <summary>
/// Reads the first visible sheet of a workbook (.xlsx), cell by cell and never more than a cell at a time: a small file may unpack to gigabytes, point a million cells to one
/// long text, or hold one cell in the farthest corner. Every limit holds from the first byte, whatever the file says of its own size.
/// </summary>
internal sealed class WorkbookReader : IDisposable
{
    private const int MostParts = 2_000, MostSheets = 256, MostRelations = 10_000, MostShared = 2_000_000;

    private readonly ZipArchive archive;
    private readonly TableBuilder table;
    private readonly BoundedXml.Quota quota = new();

    /// <param name="table">Takes the cells.</param>
    /// <exception cref="UnreadableFileException">It holds more parts than any workbook.</exception>
    public WorkbookReader(byte[] content, TableBuilder table)
    {
        this.table = table;
        if (content.AsSpan().Count("PK\u0001\u0002"u8) > MostParts) throw BoundedXml.TooMuch(); // each part has such a mark in the list at the end, which is read whole
        archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
    }

    /// <summary>Reads the sheet; returns its name.</summary>
    public string Read()
    {
        var book = Relations("", "_rels/.rels").FirstOrDefault(part => part.Kind == "officeDocument").Path ?? "xl/workbook.xml";
        var relations = Relations(book, FolderOf(book) + "_rels/" + book[FolderOf(book).Length..] + ".rels");
        var (name, id) = FirstSheet(book);
        var shared = relations.Find(part => part.Kind == "sharedStrings").Path is { } texts ? SharedTexts(texts) : [];
        ReadSheet(relations.Find(part => part.Id == id).Path ?? throw Missing(), shared);
        return name;
    }

    public void Dispose() => archive.Dispose();

    private List<(string Id, string Kind, string Path)> Relations(string of, string path)
    {
        var found = new List<(string, string, string)>();
        if (archive.GetEntry(path) is null) return found;
        using var xml = Open(path);
        while (xml.Read())
        {
            if (!xml.Starts("Relationship")) continue;
            var (target, kind) = (xml.Attribute("Target"), xml.Attribute("Type"));
            if (found.Count >= MostRelations) throw BoundedXml.TooMuch();
            found.Add((xml.Attribute("Id"), kind[(kind.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : FolderOf(of) + target));
        }
        return found;
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private (string Name, string Id) FirstSheet(string book)
    {
        using var xml = Open(book);
        var sheets = 0;
        while (xml.Read())
        {
            if (!xml.Starts("sheet")) continue;
            if (++sheets > MostSheets) throw BoundedXml.TooMuch();
            if (xml.Attribute("state") is "" or "visible") return (xml.Attribute("name"), xml.Attribute("id"));
        }
        throw new UnreadableFileException("This workbook has no sheets");
    }

    /// <summary>Each is tidied once, however many cells point to it.</summary>
    private List<string> SharedTexts(string path)
    {
        using var xml = Open(path);
        var texts = new List<string>();
        while (xml.Read())
        {
            if (!xml.Starts("si")) continue;
            if (texts.Count >= MostShared) throw BoundedXml.TooMuch();
            texts.Add(table.Tidy(TextOf(xml)));
        }
        return texts;
    }

    private void ReadSheet(string path, List<string> shared)
    {
        using var xml = Open(path);
        var (row, column) = (0, 0);
        while (xml.Read())
        {
            if (xml.Starts("row"))
            {
                row = int.TryParse(xml.Attribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : row + 1;
                column = 0;
                table.Begin(row);
            }
            else if (xml.Starts("c"))
            {
                if (ColumnOf(xml.Attribute("r")) is var place and >= 0) column = place;
                table.Put(column++, ValueOf(xml, shared));
            }
        }
        table.End();
    }

    /// <summary>What the cell shows, tidied; formulas and mistakes are left.</summary>
    private string ValueOf(BoundedXml xml, List<string> shared)
    {
        var kind = xml.Attribute("t");
        if (kind == "inlineStr") return table.Tidy(TextOf(xml));
        var value = "";
        for (var depth = xml.Depth; !xml.IsEmpty && xml.Read() && xml.Depth > depth;)
            if (xml.Starts("v") && value.Length == 0) value = xml.Text(table.LongestCell);
        if (kind == "e") return "";
        if (kind != "s") return table.Tidy(value);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index] : "";
    }

    /// <summary>The text without the phonetic hints that Japanese workbooks carry.</summary>
    private string TextOf(BoundedXml xml)
    {
        if (xml.IsEmpty) return "";
        var text = new StringBuilder();
        var (hint, start) = (int.MaxValue, xml.Depth);
        while (xml.Read() && xml.Depth > start)
        {
            if (xml.Depth <= hint) hint = xml.Starts("rPh") && !xml.IsEmpty ? xml.Depth : int.MaxValue;
            else continue;
            if (xml.Starts("t") && text.Length < table.LongestCell) text.Append(xml.Text(table.LongestCell - text.Length));
        }
        return text.ToString();
    }

    /// <summary>"AB12" is 27; −1 where nothing is stated.</summary>
    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetterUpper(c) || column > 100_000) break;
            column = column * 26 + (c - 'A' + 1);
        }
        return column - 1;
    }

    private BoundedXml Open(string path)
    {
        var part = archive.GetEntry(path) ?? throw Missing();
        return new(part.Open(), part.CompressedLength, quota);
    }

    private static InvalidDataException Missing() => new("A part of the workbook is missing.");
}
