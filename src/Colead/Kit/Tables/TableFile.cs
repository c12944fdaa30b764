using System.Text;
using CsvHelper;

namespace Colead.Kit.Tables;

/// <summary>A row of a file: where it stands there, counted from 1 as a spreadsheet does, and its cells.</summary>
public sealed record TableRow(int Number, IReadOnlyList<string> Cells)
{
    public string this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : "";

    /// <summary>Whether something stands farther to the right than columns are read.</summary>
    internal bool GoesOn { get; init; }
}

/// <summary>
/// How large a file may be, and what its rows are called where it is not a list of people. A cell that is longer is kept with one character too many, for whoever needs its
/// column to refuse: most columns nobody needs.
/// </summary>
public sealed record TableLimits(int Rows, int Columns, int Cell, string Follows, string Only)
{
    public static TableLimits Roster { get; } = new(TableFile.MostRows, TableFile.MostColumns, TableFile.LongestCell, "people follow below", "those about people");
}

/// <summary>A list that someone brings: rows of text from a CSV file of any usual encoding and separator, or from the first sheet of a workbook.</summary>
public sealed record TableFile(string Kind, IReadOnlyList<string> Headers, IReadOnlyList<TableRow> Rows)
{
    public const int MostBytes = 5 * 1024 * 1024;
    public const int MostRows = 20_000;
    public const int MostColumns = 100;
    public const int LongestCell = 2_000;
    /// <summary>Of a row of CSV in bytes: what a stray quotation mark opens may run to the end of the file.</summary>
    private const int LongestRow = 4 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file, or throws <see cref="UnreadableFileException"/> with a sentence for the person who brought it.</summary>
    public static TableFile Read(byte[] content, TableLimits? bounds = null)
    {
        var limits = bounds ?? TableLimits.Roster;
        if (content.Length == 0) throw new UnreadableFileException("The file is empty");
        var (kind, rows) = content.AsSpan().StartsWith("PK"u8) ? ReadWorkbook(content, limits)
            : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? throw new UnreadableFileException("This is a workbook of the old kind (.xls). Save it as .xlsx or as CSV, then bring it again")
            : ReadText(content, limits);
        if (rows.FindIndex(row => Filled(row) > 1) is > 0 and var first && Filled(rows[first]) > 2) rows.RemoveRange(0, first); // a title above the list
        if (rows.Count == 0) throw new UnreadableFileException("There is nothing in the file");
        if (rows.Count == 1) throw new UnreadableFileException("The file has one row only. The first row names the columns, " + limits.Follows);
        if (rows[0].GoesOn) throw new UnreadableFileException($"The file has more than {limits.Columns} columns. Bring only {limits.Only}");
        var width = rows.Max(row => row.Cells.Count); // a column without a name is one too
        return new TableFile(kind, [.. Enumerable.Range(0, width).Select(column => rows[0][column])], rows.GetRange(1, rows.Count - 1));
    }

    private static int Filled(TableRow row) => row.Cells.Count(cell => cell.Length > 0);

    private static (string Kind, List<TableRow> Rows) ReadText(byte[] content, TableLimits limits)
    {
        var (text, encoding) = Decode(content);
        if (text.Contains('\0', StringComparison.Ordinal) || text.StartsWith("%PDF", StringComparison.Ordinal) || text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal)) throw new UnreadableFileException("This is no list we can read. Bring a CSV file or an Excel workbook (.xlsx)");
        var separator = SeparatorOf(ref text, out var skipped);
        var table = new TableBuilder(limits);
        var read = skipped;
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
        var by = separator switch { ';' => "semicolons", '\t' => "tabs", _ => "commas" };
        return ($"text in {encoding}, separated by {by}", table.Rows);
    }

    /// <summary>Marks within a cell, as in Robert "Bob" Low, are text; where nobody can tell what a mark begins or ends, the row is named.</summary>
    private static void Refuse(CsvMalformedReason reason, int row)
    {
        if (reason == CsvMalformedReason.StrayQuote) return;
        throw new UnreadableFileException(reason == CsvMalformedReason.UnterminatedQuote
            ? $"A quotation mark is opened in row {row} and never closed. Look there for a stray \" and take it out; or perhaps the end of the file is missing"
            : $"A quotation mark in row {row} stands where it cannot be read. Look there for a stray \" and take it out");
    }

    /// <summary>By its mark; else UTF-16 when every other byte of Latin text is zero; else UTF-8 when it is valid; else the encoding of older Windows programs.</summary>
    private static (string Text, string Encoding) Decode(byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return (Encoding.UTF8.GetString(content, 3, content.Length - 3), "UTF-8");
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (Encoding.Unicode.GetString(content, 2, content.Length - 2), "UTF-16");
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (Encoding.BigEndianUnicode.GetString(content, 2, content.Length - 2), "UTF-16");
        var start = content.AsSpan(0, Math.Min(content.Length, 2000));
        int even = 0, odd = 0;
        for (var i = 0; i < start.Length; i++)
            if (start[i] == 0) _ = i % 2 == 0 ? even++ : odd++;
        if (odd > start.Length / 4 && even == 0) return (Encoding.Unicode.GetString(content), "UTF-16");
        if (even > start.Length / 4 && odd == 0) return (Encoding.BigEndianUnicode.GetString(content), "UTF-16");
        try
        {
            return (StrictUtf8.GetString(content), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            return (CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content), "Windows-1252");
        }
    }

    /// <summary>Excel's own "sep=;" line decides and goes; else the separator that the first line, outside quotation marks, has most of.</summary>
    private static char SeparatorOf(ref string text, out int skipped)
    {
        skipped = 0;
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[4] is ',' or ';' or '\t' or '|' && text[5] is '\r' or '\n')
        {
            var stated = text[4];
            skipped = 1;
            text = text[5..].TrimStart('\r', '\n');
            return stated;
        }
        Span<int> counts = stackalloc int[3];
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            else if (!quoted && c == '\n' && counts.IndexOfAnyExcept(0) >= 0) break;
            else if (!quoted && (c is ',' or ';' or '\t')) counts[c == ',' ? 0 : c == ';' ? 1 : 2]++;
        }
        return counts[0] >= counts[1] && counts[0] >= counts[2] ? ',' : counts[1] >= counts[2] ? ';' : '\t';
    }

    private static (string Kind, List<TableRow> Rows) ReadWorkbook(byte[] content, TableLimits limits)
    {
        try
        {
            var table = new TableBuilder(limits);
            using var workbook = new WorkbookReader(content, table);
            return ($"Excel workbook, sheet “{workbook.Read()}”", table.Rows);
        }
        catch (Exception error) when (error is not (UnreadableFileException or OutOfMemoryException)) // a damaged workbook can trip its readers anywhere
        {
            throw new UnreadableFileException("This workbook is damaged or is no Excel workbook (.xlsx). Open it in Excel or LibreOffice, save it again, and bring the new file");
        }
    }
}

/// <summary>The file cannot be read; the message says why, to the person who brought it.</summary>
public sealed class UnreadableFileException(string message) : Exception(message);
