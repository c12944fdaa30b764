using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Colead.Kit.Tables;
using CsvHelper;

namespace Colead.Commands.Surveys;

/// <summary>
/// A CSV file in memory, row by row, with its columns found by name in any order and its problems placed by line.
/// Separator , ; | or tab, with which most rows have as many fields; quotes as in RFC 4180; UTF-8 with or without a mark.
/// </summary>
public sealed class CsvTable : IDisposable
{
    private const int Block = 64; // characters looked at together
    private const int LookedAt = 128 * 1024;

    private readonly string file;
    private readonly byte[] bytes;
    private readonly Problems problems;
    private readonly CsvReader? reader;
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> used = [];
    private readonly byte separator;

    public CsvTable(string file, byte[] bytes, Problems problems)
    {
        this.file = file;
        this.bytes = bytes;
        this.problems = problems;
        if (!IsText()) return;
        separator = SeparatorOf(bytes);
        reader = CsvReader.Create(bytes, new CsvReaderOptions
        {
            Separator = (char)separator,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = NoteMalformed,
        });
        reader.ReadHeader();
        var headers = reader.Headers;
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers[i].Trim();
            if (name.Length > 0 && !columns.TryAdd(name, i))
                problems.Add(new(file, 1, name, "Two columns have this name."));
        }

        Columns = [.. headers.Select(h => h.Trim())];
        if (columns.Count == 0) problems.Add(new(file, 1, null, "The first line must name the columns."));
    }

    /// <summary>Column names in the order of the file.</summary>
    public IReadOnlyList<string> Columns { get; } = [];

    /// <summary>Names of the columns that nobody asked for.</summary>
    public IEnumerable<string> Unused => columns.Where(c => !used.Contains(c.Value)).Select(c => c.Key);

    /// <summary>Line of the current row, from 1, counting every line of the file.</summary>
    public long Line => LineOf(Offset);

    /// <summary>Where the current row starts.</summary>
    public int Offset => (int)reader!.ByteOffset;

    /// <summary>About how many rows there are, judged by the first of them.</summary>
    public int ExpectedRows
    {
        get
        {
            var start = bytes.AsSpan(0, Math.Min(bytes.Length, 1 << 14));
            return (int)Math.Min(1 << 26, (long)bytes.Length * (start.Count((byte)'\n') + 1) / start.Length + 1);
        }
    }

    /// <summary>How much of the file lies before the current row, 0 to 1.</summary>
    public double Share => (double)reader!.ByteOffset / bytes.Length;

    /// <summary>Index of a column; a missing one is a problem and -1.</summary>
    public int Find(string name)
    {
        if (columns.TryGetValue(name, out var index))
        {
            used.Add(index);
            return index;
        }

        if (columns.Count > 0) problems.Add(new(file, 1, name, "This column is missing."));
        return -1;
    }

    /// <summary>Goes to the next row that has as many fields as the first line; others are problems.</summary>
    public bool Next()
    {
        while (reader is not null && !problems.IsFull && reader.Read())
        {
            if (reader.FieldCount == Columns.Count) return true;
            problems.Add(new(file, Line, null, $"This row has {reader.FieldCount} fields; the first line names {Columns.Count} columns."));
        }

        return false;
    }

    /// <summary>A field of the current row without spaces around it, valid until <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Field(int column)
    {
        var field = Untrimmed(column);
        return field.Length > 0 && (field[0] <= ' ' || field[^1] <= ' ') ? field.Trim(" \t"u8) : field;
    }

    /// <summary>A field of the current row with the spaces around it, valid until <see cref="Next"/>.</summary>
    public ReadOnlySpan<byte> Untrimmed(int column) => reader!.GetSpan(column);

    /// <summary>
    /// Looks up the fields from <paramref name="first"/> on, as many as <paramref name="found"/> takes, by <see cref="Brief"/>.
    /// Where a row has no quotation marks that needs no branch but the loop's, and nobody foresees who skipped what.
    /// </summary>
    public void LookUp(int first, ReadOnlySpan<byte> values, Span<byte> found)
    {
        var row = reader!.RawRecord;
        var rest = bytes.AsSpan(Offset); // the row and what follows it
        if (first == 0 || row.Contains((byte)'"') || !row.Overlaps(reader.GetSpan(first - 1), out var start) || rest.Length < row.Length
            + 2 * Block)
        {
            for (var i = 0; i < found.Length; i++) found[i] = values[Brief(Untrimmed(first + i))];
            return;
        }

        start += reader.GetSpan(first - 1).Length + 1;
        var separators = Vector512.Create(separator);
        for (int block = start, field = 0; field < found.Length; block += Block)
        {
            var ends = Vector512.Equals(Vector512.Create(rest[block..]), separators).ExtractMostSignificantBits();
            if (row.Length - block < Block) ends = (ends & ((1ul << (row.Length - block)) - 1)) | 1ul << (row.Length - block);
            for (; ends != 0 && field < found.Length; ends &= ends - 1)
            {
                var end = block + BitOperations.TrailingZeroCount(ends);
                int length = Math.Min(end - start, 3), two = BinaryPrimitives.ReadUInt16LittleEndian(rest[start..]);
                found[field++] = values[(length << 16) | (two & ((1 << (8 * length)) - 1) & 0xFFFF)];
                start = end + 1;
            }
        }
    }

    /// <summary>A text as a number: its length, at most 3, in the third byte and its first two bytes in the lower ones.</summary>
    public static int Brief(ReadOnlySpan<byte> text) =>
        (Math.Min(text.Length, 3) << 16) | (text.Length > 0 ? text[0] : 0) | (text.Length > 1 ? text[1] << 8 : 0);

    public string Text(int column) => Encoding.UTF8.GetString(Field(column));

    public void Problem(int column, string reason) => problems.Add(new(file, Line, Columns[column], reason));

    /// <summary>The line of a place in the file; counts from the start, so it is for problems only.</summary>
    public long LineOf(int offset)
    {
        var before = bytes.AsSpan(0, Math.Min(offset, bytes.Length));
        var breaks = before.Count((byte)'\n');
        return 1 + (breaks > 0 ? breaks : before.Count((byte)'\r')); // some files of old end lines with CR alone
    }

    public void Dispose() => reader?.Dispose();

    private bool IsText()
    {
        string? reason = null;
        long line = 1;
        var text = bytes.AsSpan(bytes.AsSpan().StartsWith(Mark) ? Mark.Length : 0);
        if (text.IndexOfAnyExcept("\r\n \t"u8) < 0) reason = "The file is empty.";
        else if (bytes.Length > 1 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
            reason = "This is UTF-16 text. Save the file as \"CSV UTF-8\".";
        else if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8))
            reason = "This is a workbook, not a CSV file. Save the sheet as \"CSV UTF-8\".";
        else if (!Utf8.IsValid(bytes))
        {
            line = LineOf(FirstInvalid());
            reason = "This line is not UTF-8 text. Save the file as \"CSV UTF-8\".";
        }

        if (reason is not null) problems.Add(new(file, line, null, reason));
        return reason is null;
    }

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private int FirstInvalid()
    {
        ReadOnlySpan<byte> rest = bytes;
        while (Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done) rest = rest[length..];
        return bytes.Length - rest.Length;
    }

    /// <summary>As for lists that people bring: by all rows within the first part of the file.</summary>
    private static byte SeparatorOf(ReadOnlySpan<byte> bytes) =>
        (byte)SeparatorFinder.Find(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, LookedAt)])).Separator;

    /// <summary>Where a malformed row is at fault; of a quotation mark never closed, where its row starts.</summary>
    private int PlaceOf(CsvMalformedRecord record) => record.Reason == CsvMalformedReason.UnterminatedQuote
        ? bytes.Length - Encoding.UTF8.GetByteCount(record.RawRecord)
        : (int)record.ByteOffset;

    private void NoteMalformed(CsvMalformedRecord record) => problems.Add(new(file, LineOf(PlaceOf(record)), null, record.Reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "A quotation mark is opened in this row and never closed.",
        CsvMalformedReason.TextAfterClosingQuote => "There is text after a closing quotation mark.",
        CsvMalformedReason.StrayQuote => "There is a quotation mark in the middle of a field; double it and quote the field.",
        _ => "This row cannot be read as CSV.",
    }));
}
