using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Colead.Analysis.Instruments;

/// <summary>Something wrong in an instrument file: where (both counted from 1, the column in characters) and what, in plain
/// words.</summary>
public sealed record InstrumentProblem(int Line, int Column, string Reason)
{
    public override string ToString() => FormattableString.Invariant($"line {Line}, column {Column}: {Reason}");
}

/// <summary>An instrument, or everything that is wrong with its file; never both.</summary>
public sealed record InstrumentReading(Instrument? Instrument, IReadOnlyList<InstrumentProblem> Problems);

/// <summary>
/// Instruments as JSON files (schema: docs/schemas/instrument.schema.json, also <see cref="Schema"/>). A file is read
/// whole or not at all, and every problem is reported at once.
/// </summary>
public static class InstrumentFile
{
    /// <summary>Longest file read, in bytes.</summary>
    public const int LongestFile = 1 << 20;

    private const string SchemaResource = "Colead.Analysis.Instruments.instrument.schema.json";

    /// <summary>The JSON schema of instrument files.</summary>
    public static string Schema
    {
        get
        {
            using var reader = new StreamReader(typeof(InstrumentFile).Assembly.GetManifestResourceStream(SchemaResource)!, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    public static InstrumentReading Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <param name="utf8">The file's bytes; a byte order mark is allowed.</param>
    public static InstrumentReading Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) utf8 = utf8[3..];
        if (utf8.IsEmpty) return Refused(new(1, 1, "The file is empty."));
        if (utf8.Length > LongestFile) return Refused(new(1, 1, "The file is longer than a million bytes; an instrument is much shorter."));
        if (FirstInvalid(utf8) is { } invalid) return Refused(At(utf8, invalid, "This is not UTF-8 text. Save the file as UTF-8."));
        JsonNode root;
        try
        {
            root = JsonNode.Parse(utf8);
        }
        catch (JsonException broken)
        {
            var offset = OffsetOf(utf8, broken.LineNumber ?? 0, broken.BytePositionInLine ?? 0);
            return Refused(At(utf8, offset, "The JSON is broken here: " + FirstSentence(broken.Message)));
        }
        catch (InvalidOperationException)
        {
            return Refused(new(1, 1, "The file holds a text with a broken \\u escape."));
        }

        var rules = new InstrumentRules();
        var instrument = rules.Check(root);
        if (rules.Problems.Count == 0) return new(instrument, []);
        var problems = new List<InstrumentProblem>();
        foreach (var (offset, reason) in rules.Problems.OrderBy(p => p.Offset)) problems.Add(At(utf8, offset, reason));
        return new(null, problems);
    }

    /// <summary>
    /// The canonical form: the same instrument always gives the same bytes, whatever the layout, the order of properties
    /// or the escapes of the file it came from. Reading it gives the same instrument back.
    /// </summary>
    public static byte[] Write(Instrument instrument)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            InstrumentWriter.Write(json, instrument);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>SHA-256 of the canonical form in lower-case hexadecimal: the name under which a round keeps its instrument.</summary>
    public static string ContentHash(Instrument instrument) => Convert.ToHexStringLower(SHA256.HashData(Write(instrument)));

    private static InstrumentReading Refused(InstrumentProblem problem) => new(null, [problem]);

    private static InstrumentProblem At(ReadOnlySpan<byte> utf8, int offset, string reason)
    {
        offset = Math.Min(offset, utf8.Length);
        var before = utf8[..offset];
        var line = before.Count((byte)'\n') + 1;
        var start = before.LastIndexOf((byte)'\n') + 1;
        return new(line, Encoding.UTF8.GetCharCount(before[start..]) + 1, reason);
    }

    private static int OffsetOf(ReadOnlySpan<byte> utf8, long line, long byteInLine)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            var next = utf8[start..].IndexOf((byte)'\n');
            if (next < 0) break;
            start += next + 1;
        }

        return (int)Math.Min(start + byteInLine, utf8.Length);
    }

    private static int? FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8)) return null;
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == OperationStatus.Done) at += length;
        return at;
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..(end + 1)];
    }
}
