using System.Globalization;
using System.IO.Compression;
using System.Text;
using Colead.Storage;

namespace Colead.Kit.Tables;

/// <summary>
/// Reads a sheet of a workbook (.xlsx), cell by cell and never more than a cell at a time: a small file may unpack to gigabytes, point a
/// million cells to one long text, or hold
/// one cell in the farthest corner. Every limit holds from the first byte, whatever the file says of its own size. Which sheet, is found
/// by a look at the top of each.
/// </summary>
internal sealed class WorkbookReader : IDisposable
{
    private const int MostParts = 2_000, MostSheets = 256, MostRelations = 10_000, MostShared = 2_000_000;

    private const int MostMerged = 100_000, MostStyles = 65_000;

    private readonly ZipArchive archive;
    private readonly TableLimits limits;
    private readonly TableBuilder texts;
    private readonly BoundedXml.Quota quota = new();
    private readonly HashSet<int> dateStyles = [];
    private List<string> shared = [];
    private bool from1904;

    /// <exception cref="UnreadableFileException">It holds more parts than any workbook, or is another program's.</exception>
    public WorkbookReader(byte[] content, TableLimits limits)
    {
        this.limits = limits;
        texts = new TableBuilder(limits);
        // each part has such a mark in the list at the end, which is read whole
        if (content.AsSpan().Count("PK\u0001\u0002"u8) > MostParts) throw BoundedXml.TooMuch();
        archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        if (archive.GetEntry("xl/workbook.bin") is not null) throw new UnreadableFileException("This is a binary workbook (.xlsb). Save it as .xlsx, then bring it again");
        if (archive.GetEntry("content.xml") is not null) throw new UnreadableFileException("This is a workbook of LibreOffice (.ods). Save it as .xlsx or as CSV, then bring it again");
        if (archive.GetEntry("Index/Document.iwa") is not null) throw new UnreadableFileException("This is a workbook of Numbers. Export it as Excel (.xlsx) or CSV, then bring that");
    }

    /// <summary>
    /// Reads the sheet that is stated, from 1; else the one in which most of the headings are that are looked for; else the first visible
    /// one that holds a table.
    /// </summary>
    public (List<TableRow> Rows, TableUnderstanding Found) Read(int? stated)
    {
        var book = Relations("", "_rels/.rels").FirstOrDefault(part => part.Kind == "officeDocument").Path ?? "xl/workbook.xml";
        var relations = Relations(book, FolderOf(book) + "_rels/" + book[FolderOf(book).Length..] + ".rels");
        var sheets = Sheets(book);
        if (relations.Find(part => part.Kind == "sharedStrings").Path is { } textsPath) shared = SharedTexts(textsPath);
        if (relations.Find(part => part.Kind == "styles").Path is { } styles && archive.GetEntry(styles) is not null) ReadStyles(styles);
        string? PathOf(int sheet) => relations.Find(part => part.Id == sheets[sheet].Id).Path;
        var (chosen, unsure) = stated is { } number && number >= 1 && number <= sheets.Count ? (number - 1, false) : Choose(sheets, PathOf);
        var table = new TableBuilder(limits);
        var (hiddenColumns, merged) = ReadSheet(PathOf(chosen) ?? throw Missing(), table, int.MaxValue);
        return (table.Rows, new TableUnderstanding
        {
            Sheets = [.. sheets.Select(sheet => new SheetFound(sheet.Name, sheet.IsHidden))],
            Sheet = chosen + 1,
            SheetUnsure = unsure,
            HiddenColumns = hiddenColumns,
            MergedCells = table.Carry(merged),
        });
    }

    private (int Sheet, bool IsUnsure) Choose(List<(string Name, string Id, bool IsHidden)> sheets, Func<int, string?> pathOf)
    {
        var visible = Enumerable.Range(0, sheets.Count).Where(sheet => !sheets[sheet].IsHidden).ToList();
        if (visible.Count == 0) throw new UnreadableFileException("This workbook has no sheets");
        if (visible.Count == 1) return (visible[0], false);
        var looks = new List<(int Sheet, int Known, bool IsTable)>();
        foreach (var sheet in visible)
        {
            if (pathOf(sheet) is not { } path || archive.GetEntry(path) is null) continue;
            var top = new TableBuilder(limits);
            ReadSheet(path, top, HeadingRows.Looked);
            looks.Add((sheet, top.Rows.Select(row => HeadingRows.KnownIn(row, limits)).DefaultIfEmpty().Max(),
                top.Rows.Count(row => row.Cells.Count(cell => cell.Length > 0) > 1) > 1));
        }
        if (looks.Count == 0) throw Missing();
        var best = looks.Where(look => look.IsTable).DefaultIfEmpty(looks[0]).MaxBy(look => look.Known);
        return (best.Sheet, looks.Any(look => look.Sheet != best.Sheet && look.IsTable && look.Known >= 2
            && look.Known * 10 >= best.Known * 6));
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
            found.Add((xml.Attribute("Id"), kind[(kind.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : FolderOf(of)
                + target));
        }
        return found;
    }

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private List<(string Name, string Id, bool IsHidden)> Sheets(string book)
    {
        using var xml = Open(book);
        var sheets = new List<(string, string, bool)>();
        while (xml.Read())
        {
            if (xml.Starts("workbookPr")) from1904 = IsTrue(xml.Attribute("date1904"));
            if (!xml.Starts("sheet")) continue;
            if (sheets.Count >= MostSheets) throw BoundedXml.TooMuch();
            sheets.Add((ShortText.Tidy(xml.Attribute("name")) ?? "", xml.Attribute("id"), xml.Attribute("state") is not ("" or "visible")));
        }
        return sheets.Count > 0 ? sheets : throw new UnreadableFileException("This workbook has no sheets");
    }

    /// <summary>Which styles show a number as a date.</summary>
    private void ReadStyles(string path)
    {
        using var xml = Open(path);
        var (own, within, style) = (new HashSet<int>(), false, 0);
        while (xml.Read())
        {
            if (xml.Starts("numFmt") && int.TryParse(xml.Attribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture,
                out var id) && own.Count < MostStyles && ShowsDate(xml.Attribute("formatCode"))) own.Add(id);
            else if (xml.Starts("cellXfs")) within = true;
            else if (xml.Starts("cellStyles") || xml.Starts("dxfs")) within = false;
            else if (within && xml.Starts("xf") && style++ < MostStyles
                && int.TryParse(xml.Attribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var format)
                    && (format is (>= 14 and <= 22) or (>= 45 and <= 47) || own.Contains(format))) dateStyles.Add(style - 1);
        }
    }

    /// <summary>Days or months in a format, outside what it quotes or puts in brackets.</summary>
    private static bool ShowsDate(string format)
    {
        var (quoted, bracket) = (false, false);
        foreach (var c in format)
        {
            if (c == '"') quoted = !quoted;
            else if (c == '[' || c == ']') bracket = c == '[';
            else if (!quoted && !bracket && c is 'd' or 'D' or 'y' or 'Y') return true;
            else if (!quoted && !bracket && c == ';') return false;
        }
        return false;
    }

    /// <summary>Each is tidied once, however many cells point to it.</summary>
    private List<string> SharedTexts(string path)
    {
        using var xml = Open(path);
        var found = new List<string>();
        while (xml.Read())
        {
            if (!xml.Starts("si")) continue;
            if (found.Count >= MostShared) throw BoundedXml.TooMuch();
            found.Add(texts.Tidy(TextOf(xml)));
        }
        return found;
    }

    /// <param name="most">Rows with something in them, after which no more are looked at.</param>
    private (int HiddenColumns, List<(int Top, int Left, int Bottom, int Right)> Merged) ReadSheet(string path, TableBuilder table,
        int most)
    {
        using var xml = Open(path);
        var (row, column, hidden) = (0, 0, 0);
        var merged = new List<(int, int, int, int)>();
        while (table.Rows.Count < most && xml.Read())
        {
            if (xml.Starts("row"))
            {
                row = int.TryParse(xml.Attribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : row + 1;
                column = 0;
                table.Begin(row, IsTrue(xml.Attribute("hidden")));
            }
            else if (xml.Starts("c"))
            {
                if (ColumnOf(xml.Attribute("r")) is var place and >= 0) column = place;
                var (value, isDate) = ValueOf(xml);
                table.Put(column++, value, isDate);
            }
            else if (xml.Starts("col") && IsTrue(xml.Attribute("hidden"))) hidden += Columns(xml.Attribute("min"), xml.Attribute("max"));
            else if (xml.Starts("mergeCell"))
            {
                if (merged.Count >= MostMerged) throw BoundedXml.TooMuch();
                if (Area(xml.Attribute("ref")) is { } area) merged.Add(area);
            }
        }
        table.End();
        return (hidden, merged);
    }

    /// <summary>Of a range of columns those that are read at all; Excel hides all to the right with one.</summary>
    private int Columns(string first, string last) =>
        int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var min)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var max)
            && max >= min && max <= limits.Columns ? max - min + 1 : 0;

    private static bool IsTrue(string flag) => flag is "1" or "true";

    /// <summary>"A2:A4": rows from 1, columns from 0.</summary>
    private static (int Top, int Left, int Bottom, int Right)? Area(string reference)
    {
        var at = reference.IndexOf(':', StringComparison.Ordinal);
        if (at < 0 || RowOf(reference[..at]) is not { } top || RowOf(reference[(at + 1)..]) is not { } bottom) return null;
        var (left, right) = (ColumnOf(reference), ColumnOf(reference[(at + 1)..]));
        return left < 0 || right < 0 ? null : (top, left, bottom, right);
    }

    private static int? RowOf(string reference) =>
        int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var row) ? row : null;

    /// <summary>What the cell shows, tidied, and whether that is a date; formulas and mistakes are left.</summary>
    private (string Text, bool IsDate) ValueOf(BoundedXml xml)
    {
        var (kind, style) = (xml.Attribute("t"), xml.Attribute("s"));
        if (kind == "inlineStr") return (texts.Tidy(TextOf(xml)), false);
        var value = "";
        for (var depth = xml.Depth; !xml.IsEmpty && xml.Read() && xml.Depth > depth;)
            if (xml.Starts("v") && value.Length == 0) value = xml.Text(texts.LongestCell);
        if (kind == "e") return ("", false);
        if (kind == "b") return (value == "1" ? "TRUE" : value == "0" ? "FALSE" : "", false);
        if (kind is "" or "n" && value.Length > 0 && IsDateStyle(style) && DateOf(value) is { } date) return (date, true);
        if (kind == "d") return (texts.Tidy(value), true);
        if (kind != "s") return (texts.Tidy(Unescaped(value)), false);
        return (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Count ? shared[index]
            : "", false);
    }

    private bool IsDateStyle(string style) => dateStyles.Count > 0
        && int.TryParse(style.Length == 0 ? "0" : style, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && dateStyles.Contains(number);

    /// <summary>A day, with its time where it has one; null for a time alone, and for what is no day.</summary>
    private string? DateOf(string value)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
            out var serial)) return null;
        if (from1904) serial += 1462;
        if (serial is not (>= 1 and < 2_958_466)) return null;
        var at = DateTime.FromOADate(serial);
        return at.ToString(at.TimeOfDay < TimeSpan.FromSeconds(1) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Workbooks write signs that XML cannot hold as _x000D_.</summary>
    private static string Unescaped(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 6 < text.Length && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_'
                && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sign))
            {
                plain.Append((char)sign);
                at += 6;
            }
            else plain.Append(text[at]);
        }
        return plain.ToString();
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
            if (xml.Starts("t") && text.Length < texts.LongestCell) text.Append(xml.Text(texts.LongestCell - text.Length));
        }
        return Unescaped(text.ToString());
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
