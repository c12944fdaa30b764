using System.Numerics;
using System.Runtime.InteropServices;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>
/// The binary form of a round's summary. All numbers are variable-length unless said otherwise:
/// <code>
/// "CLSM", version (1 byte), fingerprint of instrument and structure (8 bytes, low first)
/// length of the next part; the sum of all strata as a record with key 0; CRC-32C of everything so far (4 bytes)
/// per dimension: patterns; each: mask, people, sums, products
/// patterns of dimensions with a score; each: mask, people, sums, products
/// strata; each a record: gap to the previous key, people;
///   per item: set of slots used (bits: skipped, options, don't know), people in each but the last;
///   per measure: people with a score, of them incomplete, then (gap to the previous score, people) until all are told
/// CRC-32C of everything before (4 bytes)
/// </code>
/// Score sums are not stored: the histograms give them.
/// </summary>
internal static class SummaryFormat
{
    public const byte Version = 2;

    private static ReadOnlySpan<byte> Magic => "CLSM"u8;

    public static byte[] Write(RoundSummary summary)
    {
        var shape = summary.Shape;
        var total = new StrataBlock(shape, 1);
        total.Append(0, summary.All());
        var sum = new ByteWriter(4096);
        var counters = new uint[shape.Counters];
        WriteRecord(sum, shape, total, 0, 0, counters);

        var writer = new ByteWriter(summary.StratumCount * 256);
        writer.Write(Magic);
        writer.Write([Version]);
        writer.WriteFixed(SummaryShape.Fingerprint(summary.Instrument, summary.Structure));
        writer.Write((ulong)sum.Length);
        writer.Write(sum.Written);
        writer.WriteFixed(Checksum.Of(writer.Written));
        foreach (var products in summary.CrossProducts) WritePatterns(writer, products.Patterns);
        WritePatterns(writer, summary.ScoreProducts.Patterns);

        writer.Write((ulong)summary.StratumCount);
        var previous = -1;
        foreach (var block in summary.Blocks)
        {
            for (var s = 0; s < block.Count; s++)
            {
                WriteRecord(writer, shape, block, s, block.Key(s) - previous - 1, counters);
                previous = block.Key(s);
            }
        }

        writer.WriteFixed(Checksum.Of(writer.Written));
        return writer.Written.ToArray();
    }

    public static StratumSummary ReadAll(ReadOnlySpan<byte> bytes, Instrument instrument, Structure structure)
    {
        var shape = new SummaryShape(instrument);
        var reader = new ByteReader(bytes);
        return ReadHead(ref reader, bytes, shape, instrument, structure);
    }

    public static RoundSummary Read(ReadOnlySpan<byte> bytes, Instrument instrument, Structure structure)
    {
        var shape = new SummaryShape(instrument);
        var reader = new ByteReader(bytes);
        var total = ReadHead(ref reader, bytes, shape, instrument, structure);
        if (new ByteReader(bytes[^4..]).ReadFixed32() != Checksum.Of(bytes[..^4]))
            throw new InvalidDataException("The summary is damaged: its checksum does not fit.");
        var products = instrument.Dimensions.Select(d => new CrossProducts(d.Items.Count)).ToArray();
        foreach (var dimension in products) ReadPatterns(ref reader, dimension.Items, dimension.Add);
        var scores = new ScoreProducts(shape.Unit[..shape.Dimensions]);
        ReadPatterns(ref reader, scores.Dimensions, scores.Add);

        var strata = reader.Read(Math.Min(int.MaxValue, (long)structure.Organisations.Count * structure.Levels.Count));
        var blocks = new List<StrataBlock>();
        long key = -1, people = 0;
        for (long s = 0; s < strata; s++)
        {
            // A record takes a byte for each item at least: a false count cannot ask for more memory than the file is long.
            if (s % RoundSummary.BlockSize == 0)
                blocks.Add(new StrataBlock(shape,
                    (int)Math.Min(strata - s, Math.Min(RoundSummary.BlockSize, bytes.Length / shape.Items + 1))));
            key += 1 + reader.Read((long)structure.Organisations.Count * structure.Levels.Count);
            if (key >= (long)structure.Organisations.Count * structure.Levels.Count)
                throw new InvalidDataException("The summary is damaged: it names an organisation that does not exist.");
            people += ReadRecord(ref reader, shape, blocks[^1], (int)key);
        }

        if (reader.At != bytes.Length - 4 || people != total.Respondents)
            throw new InvalidDataException("The summary is damaged: its parts do not add up.");
        return new(instrument, structure, shape, blocks, products, scores);
    }

    private static StratumSummary ReadHead(ref ByteReader reader, ReadOnlySpan<byte> bytes, SummaryShape shape, Instrument instrument,
        Structure structure)
    {
        if (bytes.Length < Magic.Length + 1 || !reader.ReadBytes(Magic.Length).SequenceEqual(Magic))
            throw new InvalidDataException("This is not a round's summary.");
        if (reader.ReadBytes(1)[0] is var version and not Version)
            throw new InvalidDataException($"The summary has version {version}; this program reads version {Version}.");
        if (reader.ReadFixed64() != SummaryShape.Fingerprint(instrument, structure))
            throw new InvalidDataException("The summary belongs to another instrument, or to other organisations and levels.");
        var length = reader.Read(int.MaxValue);
        var end = reader.At + length;
        if (end + 4 > bytes.Length || Checksum.Of(bytes[..(int)end]) != new ByteReader(bytes[(int)end..]).ReadFixed32())
            throw new InvalidDataException("The summary is damaged: its checksum does not fit.");
        var block = new StrataBlock(shape, 1);
        reader.Read(0);
        ReadRecord(ref reader, shape, block, 0);
        if (reader.At != end) throw new InvalidDataException("The summary is damaged: its parts do not add up.");
        reader.ReadBytes(4);
        var sum = new StratumSummary(shape);
        sum.Add(block, 0);
        return sum;
    }

    private static void WriteRecord(ByteWriter writer, SummaryShape shape, StrataBlock block, int stratum, int gap, uint[] counters)
    {
        writer.Write((ulong)gap);
        writer.Write((ulong)block.Respondents(stratum));
        Array.Clear(counters);
        block.AddCounters(stratum, counters);
        for (var i = 0; i < counters.Length; i += shape.Slots)
        {
            var used = 0;
            for (var slot = 0; slot < shape.Slots; slot++)
                if (counters[i + slot] != 0) used |= 1 << slot;
            writer.Write((ulong)used);
            var last = BitOperations.Log2((uint)used);
            for (var slot = 0; slot < last; slot++)
                if (counters[i + slot] != 0) writer.Write(counters[i + slot]);
        }

        block.WriteScores(stratum, writer);
    }

    private static long ReadRecord(ref ByteReader reader, SummaryShape shape, StrataBlock block, int key)
    {
        var people = (int)reader.Read(int.MaxValue);
        block.Begin(key, people, out var small, out var large);
        for (var i = 0; i < shape.Counters; i += shape.Slots)
        {
            var used = (uint)reader.Read((1 << shape.Slots) - 1);
            if (used == 0 != (people == 0)) throw new InvalidDataException("The summary is damaged: an item's answers do not add up.");
            if (used == 0) continue;
            var last = BitOperations.Log2(used);
            long left = people;
            for (var slot = 0; slot <= last; slot++)
            {
                if ((used >> slot & 1) == 0) continue;
                var count = slot < last ? reader.Read(left) : left;
                if (count == 0) throw new InvalidDataException("The summary is damaged: an item's answers do not add up.");
                if (large.IsEmpty) small[i + slot] = (byte)count;
                else large[i + slot] = (int)count;
                left -= count;
            }
        }

        var runs = new List<(long Offset, long People)>();
        for (var m = 0; m < shape.Measures; m++)
        {
            var count = reader.Read(people);
            var incomplete = reader.Read(count);
            long offset = 0;
            runs.Clear();
            for (var left = count; left > 0;)
            {
                var gap = reader.Read(shape.Range[m] - offset);
                offset += gap;
                var alike = reader.Read(left);
                if (alike == 0
                    || (gap == 0 && runs.Count > 0)) throw new InvalidDataException("The summary is damaged: scores are not in order.");
                runs.Add((offset, alike));
                left -= alike;
            }

            block.AddScores(m, (int)count, (int)incomplete, CollectionsMarshal.AsSpan(runs));
        }

        return people;
    }

    private static void WritePatterns(ByteWriter writer, IEnumerable<KeyValuePair<int, long[]>> patterns)
    {
        writer.Write((ulong)patterns.Count());
        foreach (var (mask, values) in patterns)
        {
            writer.Write((ulong)mask);
            foreach (var value in values) writer.Write((ulong)value);
        }
    }

    private static void ReadPatterns(ref ByteReader reader, int of, Action<int, ReadOnlySpan<long>> add)
    {
        var patterns = reader.Read(1 << of);
        var previous = 0;
        Span<long> values = stackalloc long[CrossProducts.Length(of)];
        for (long p = 0; p < patterns; p++)
        {
            var mask = (int)reader.Read((1 << of) - 1);
            if (mask <= previous) throw new InvalidDataException("The summary is damaged: its cross-products are not in order.");
            previous = mask;
            foreach (ref var value in values) value = reader.Read(long.MaxValue);
            add(mask, values);
        }
    }
}
