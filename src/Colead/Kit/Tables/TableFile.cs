using System.Text;
using CsvHelper;

namespace Colead.Kit.Tables;

/// <summary>A row of a file: where it stands there, counted from 1 as a spreadsheet does, and its cells.</summary>
public sealed record TableRow(int Number, IReadOnlyList<string> Cells)
{
    public string this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : "";

    /// <summary>Whether the spreadsheet hides it, as by a filter.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether something stands farther to the right than columns are read.</summary>
    internal bool GoesOn { get; init; }

    /// <summary>Columns that the spreadsheet keeps as dates.</summary>
    internal int[]? Dates { get; init; }

    /// <summary>Whether the spreadsheet keeps a cell as a date, whatever was typed.</summary>
    public bool IsDate(int column) => Dates is not null && Array.IndexOf(Dates, column) >= 0;

    internal TableRow With(int column, string cell, bool isDate)
    {
        var cells = new string[Math.Max(Cells.Count, column + 1)];
        for (var i = 0; i < cells.Length; i++) cells[i] = i == column ? cell : this[i];
        return this with { Cells = cells, Dates = isDate ? [.. Dates ?? [], column] : Dates };
    }
}

/// <summary>
/// How large a file may be, and what its rows are called where it is not a list of people. A cell that is longer is kept with one character
/// too many, for whoever needs its column to refuse: most columns nobody needs.
/// </summary>
public sealed record TableLimits(int Rows, int Columns, int Cell, string Follows, string Only)
{
    public static TableLimits Roster { get; } = new(TableFile.MostRows, TableFile.MostColumns, TableFile.LongestCell,
        "people follow below", "those about people");

    /// <summary>Whether a cell is a heading that is looked for: by these the sheet is found, and the row that names the columns.</summary>
    public Func<string, bool>? Knows { get; init; }
}

/// <summary>
/// A list that someone brings: rows of text from a CSV file of any usual encoding and separator, or from a sheet of a workbook.
/// </summary>
public sealed record TableFile(string Kind, IReadOnlyList<string> Headers, IReadOnlyList<TableRow> Rows)
{
    public const int MostBytes = 5 * 1024 * 1024;
    public const int MostRows = 20_000;
    public const int MostColumns = 1_000;
    public const int LongestCell = 2_000;
    /// <summary>Of a row of CSV in bytes: what a stray quotation mark opens may run to the end of the file.</summary>
    private const int LongestRow = 4 * 1024 * 1024;
    private const int ShownRows = 12, ShownLetters = 60;

    /// <summary>What was understood of the file, to show.</summary>
    public TableUnderstanding Understood { get; init; } = new();

    /// <summary>All names of each column, where several rows name them; the one that is shown first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Names { get; init; } = [];

    public IReadOnlyList<string> NamesOf(int column) => column < Names.Count ? Names[column] : [Headers[column]];

    /// <summary>Reads the file, or throws <see cref="UnreadableFileException"/> with a sentence for the person who brought it.</summary>
    /// <param name="choices">What a person said of it over what is found.</param>
    public static TableFile Read(byte[] content, TableLimits? bounds = null, TableChoices? choices = null)
    {
        var limits = bounds ?? TableLimits.Roster;
        var said = choices ?? TableChoices.None;
        if (content.Length == 0) throw new UnreadableFileException("The file is empty");
        var (kind, rows, found) = content.AsSpan().StartsWith("PK"u8) ? ReadWorkbook(content, limits, said)
            : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
                ? throw new UnreadableFileException(OfOldKind(content))
            : ReadText(content, limits, said);
        if (rows.Count == 0) throw new UnreadableFileException("There is nothing in the file");
        var heading = HeadingRows.Find(rows, limits, said.Heading);
        var body = rows.GetRange(heading.Last + 1, rows.Count - heading.Last - 1);
        if (body.Count == 0) throw new UnreadableFileException("The file has one row only. The first row names the columns, "
            + limits.Follows);
        if (heading.Best >= 0 && rows[heading.Best]
            .GoesOn) throw new UnreadableFileException($"The file has more than {limits.Columns:N0} columns. Bring only {limits.Only}");
        var again = heading.Best < 0 ? 0 : body.RemoveAll(row => row.Cells.SequenceEqual(rows[heading.Best].Cells, StringComparer.Ordinal)
            && row.Cells.Count(cell => cell.Length > 0) > 1);
        var width = rows.Skip(Math.Max(heading.First, 0)).Max(row => row.Cells.Count); // a column without a name is one too
        var names = NamesOf(rows, heading, width);
        var hidden = body.Count(row => row.IsHidden);
        return new TableFile(kind, [.. names.Select(name => name.Count > 0 ? name[0] : "")], said.Hidden == true ? body
            : [.. body.Where(row => !row.IsHidden)])
        {
            Names = names,
            Understood = found with
            {
                Choices = said,
                Heading = heading.Best < 0 ? 0 : rows[heading.Best].Number,
                HeadingRows = heading.Last - heading.First + 1,
                HeadingUnsure = heading.IsUnsure,
                RowsAbove = Math.Max(heading.First, 0),
                HeadingsAgain = again,
                HiddenRows = hidden,
                FirstRows = [.. rows.Take(Math.Min(ShownRows, Math.Max(heading.Last, 0) + 4))
                    .Select(row => new RowFound(row.Number, InShort(row)))],
                Dates = body.Sum(row => row.Dates?.Length ?? 0),
            },
        };
    }

    /// <summary>
    /// Of several rows that name the columns each says its part; the question of a matrix stands once, over its first column.
    /// </summary>
    private static List<string>[] NamesOf(List<TableRow> rows, HeadingRows heading, int width)
    {
        var names = new List<string>[width];
        for (var column = 0; column < width; column++)
        {
            names[column] = [];
            if (heading.Best < 0) continue;
            int[] order = [heading.Best, .. Enumerable.Range(heading.First, heading.Last - heading.First + 1)
                .Where(row => row != heading.Best)];
            foreach (var row in order)
                if (!HeadingRows.SaysNothing(rows[row][column]) && !names[column].Contains(rows[row][column],
                    StringComparer.Ordinal)) names[column].Add(rows[row][column]);
            if (names[column].Count == 0 && heading.First < heading.Best && column > 0 && names[column - 1].Count > 0
                && rows[heading.Best][column].Length > 0) names[column].Add(names[column - 1][0]);
        }
        return names;
    }

    private static string InShort(TableRow row)
    {
        var text = string.Join(" · ", row.Cells.Where(cell => cell.Length > 0).Take(12)
            .Select(cell => cell.Length <= 30 ? cell : cell[..30] + "…"));
        return text.Length <= ShownLetters ? text : text[..ShownLetters] + "…";
    }

    private static string OfOldKind(ReadOnlySpan<byte> content) =>
        content.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
            || content.IndexOf(Encoding.Unicode.GetBytes("DRMEncrypted")) >= 0
            ? "This workbook is protected by a password or a sensitivity label, so nobody but you can read it. Open it in Excel, take the protection off or copy the list into a new workbook, and bring that"
            : "This is a workbook of the old kind (.xls). Save it as .xlsx or as CSV, then bring it again";

    private static (string Kind, List<TableRow> Rows, TableUnderstanding Found) ReadText(byte[] content, TableLimits limits,
        TableChoices said)
    {
        var decoded = TextDecoder.Decode(content, said.Encoding);
        var text = decoded.Text;
        if (text.Contains('\0', StringComparison.Ordinal) || text.StartsWith("%PDF", StringComparison.Ordinal) || text.AsSpan().TrimStart()
            .StartsWith("<",
            StringComparison.Ordinal)) throw new UnreadableFileException("This is no list we can read. Bring a CSV file or an Excel workbook (.xlsx)");
        var (separator, unsure) = SeparatorFinder.Find(ref text, out var stated);
        if (said.Separator is { } chosen) separator = chosen;
        var table = new TableBuilder(limits);
        var read = stated ? 1 : 0;
        using var reader = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)), new CsvReaderOptions
        {
            HasHeader = false,
            SkipEmptyLines = false,
            Separator = separator,
            MaxRecordSize = LongestRow,
            OnMalformedRecord = record => Refuse(record.Reason, read + 1),
        });
        try
        {
            while (reader.Read())
            {
                table.Begin(++read);
                for (var column = 0; column < reader.FieldCount; column++)
                    if (!reader.IsEmpty(column)) table.Put(column, table.Tidy(reader.GetSpan(column)));
            }
        }
        catch (CsvFormatException)
        {
            throw new UnreadableFileException($"Row {read + 1} has no end. Look there for a stray \" and take it out");
        }
        table.End();
        return ($"text in {decoded.Encoding}, separated by {TextFile.NameOf(separator)}", table.Rows, new TableUnderstanding
        {
            Encoding = decoded.Encoding,
            EncodingUnsure = decoded.IsUnsure,
            Encodings = decoded.Others,
            OddLines = decoded.OddLines,
            Separator = separator,
            SeparatorUnsure = unsure,
        });
    }

    /// <summary>Marks within a cell, as in Robert "Bob" Low, are text; where nobody can tell what a mark begins or ends, the row is
    /// named.</summary>
    private static void Refuse(CsvMalformedReason reason, int row)
    {
        if (reason == CsvMalformedReason.StrayQuote) return;
        throw new UnreadableFileException(reason == CsvMalformedReason.UnterminatedQuote
            ? $"A quotation mark is opened in row {row} and never closed. Look there for a stray \" and take it out; or perhaps the end of the file is missing"
            : $"A quotation mark in row {row} stands where it cannot be read. Look there for a stray \" and take it out");
    }

    private static (string Kind, List<TableRow> Rows, TableUnderstanding Found) ReadWorkbook(byte[] content, TableLimits limits,
        TableChoices said)
    {
        try
        {
            using var workbook = new WorkbookReader(content, limits);
            var (rows, found) = workbook.Read(said.Sheet);
            return ($"Excel workbook, sheet “{found.Sheets[found.Sheet - 1].Name}”", rows, found);
        }
        // a damaged workbook can trip its readers anywhere
        catch (Exception error) when (error is not (UnreadableFileException or OutOfMemoryException))
        {
            throw new UnreadableFileException("This workbook is damaged or is no Excel workbook (.xlsx). Open it in Excel or LibreOffice, save it again, and bring the new file");
        }
    }
}

/// <summary>The file cannot be read; the message says why, to the person who brought it.</summary>
public sealed class UnreadableFileException(string message) : Exception(message);
