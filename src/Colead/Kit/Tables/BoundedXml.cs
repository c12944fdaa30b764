using System.Text;
using System.Xml;

namespace Colead.Kit.Tables;

/// <summary>
/// XML of a stranger, read forward only. No document type, no outside, no deep nesting; no name, attribute or comment that would be long in
/// memory; texts are cut where they are longer than wanted. What is unpacked is counted, for the whole file and against what it was packed
/// in.
/// </summary>
internal sealed class BoundedXml : IDisposable
{
    private const long MostUnpacked = 200 * 1024 * 1024;
    /// <summary>Real sheets pack to a tenth; rows of one answer again and again to a hundredth. Counted once there is enough to
    /// tell.</summary>
    private const int MostTimes = 200;
    private const long CountedFrom = 8 * 1024 * 1024;
    /// <summary>The most of a file that one step of reading may take in: a name, all attributes of an element, a comment.</summary>
    private const int LongestStep = 64 * 1024;
    private const int Deepest = 32;

    private readonly char[] piece = new char[4096];
    private readonly Counted counted;
    private readonly XmlReader reader;

    public BoundedXml(Stream part, long packed, Quota quota)
    {
        counted = new Counted(part, packed, quota);
        reader = XmlReader.Create(counted, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            NameTable = new FewNames(),
        });
    }

    /// <summary>Of all parts that are read.</summary>
    public sealed class Quota
    {
        public long Left { get; set; } = MostUnpacked;
    }

    public int Depth => reader.Depth;
    public bool IsEmpty => reader.IsEmptyElement;

    public static UnreadableFileException TooMuch() =>
        new("This workbook unpacks to far more than a list. Copy the list into a new workbook and bring that");

    public bool Read()
    {
        counted.Step = LongestStep;
        if (!reader.Read()) return false;
        return reader.Depth <= Deepest ? true : throw TooMuch();
    }

    public bool Starts(string element) => reader.NodeType == XmlNodeType.Element && reader.LocalName == element;

    /// <summary>An attribute of the element by its name without a prefix; "" without it.</summary>
    public string Attribute(string name)
    {
        var value = reader.GetAttribute(name);
        for (var more = value is null && reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            if (reader.LocalName == name) value = reader.Value;
        reader.MoveToElement();
        return value ?? "";
    }

    /// <summary>The text of the element, of which the first so many characters are wanted. Afterwards the reader stands at its
    /// end.</summary>
    public string Text(int most)
    {
        if (reader.IsEmptyElement) return "";
        var text = new StringBuilder();
        for (var depth = reader.Depth; Read() && reader.Depth > depth;)
        {
            if (reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)) continue;
            for (int length; (length = Piece()) > 0;) text.Append(piece, 0, Math.Min(length, Math.Max(0, most - text.Length)));
        }
        return text.ToString();
    }

    public void Dispose() => reader.Dispose();

    private int Piece()
    {
        counted.Step = LongestStep;
        return reader.ReadValueChunk(piece, 0, piece.Length);
    }

    /// <summary>A reader keeps every name that it has met.</summary>
    private sealed class FewNames : NameTable
    {
        private int left = 200_000; // characters

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known) return known;
            Spend(len);
            return base.Add(key, start, len);
        }

        public override string Add(string key)
        {
            if (Get(key) is { } known) return known;
            Spend(key.Length);
            return base.Add(key);
        }

        private void Spend(int length)
        {
            left -= length + 20;
            if (left < 0) throw TooMuch();
        }
    }

    private sealed class Counted(Stream part, long packed, Quota quota) : Stream
    {
        private long read;

        /// <summary>What the step under way may still take in.</summary>
        public int Step { get; set; } = LongestStep;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (Step <= 0) throw TooMuch();
            var length = part.Read(buffer[..Math.Min(buffer.Length, Step)]);
            (read, Step, quota.Left) = (read + length, Step - length, quota.Left - length);
            return quota.Left >= 0 && (read <= CountedFrom || read / MostTimes <= packed) ? length : throw TooMuch();
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) part.Dispose();
            base.Dispose(disposing);
        }
    }
}
