using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Colead.Analysis.Scoring;

/// <summary>
/// A run of strata in ascending order, stored by column: a nation has 150,000 of them with a handful of people each, so
/// nothing here is an object. Where no more than 255 people answered, item counts take a byte each and scores stand one by
/// one, as offsets from the lowest possible score of as few bytes as their range needs, in any order; where more did, item
/// counts take four bytes and scores are histograms of variable-length integers (gap to the previous score, people).
/// Filled from one thread, then only read.
/// </summary>
internal sealed class StrataBlock(SummaryShape shape, int capacity)
{
    private const int SmallGroup = byte.MaxValue;

    private int[] keys = new int[capacity];
    private int[] respondents = new int[capacity];
    private int[] counterStart = new int[capacity];
    private int[] histogramStart = new int[capacity];
    private int[] scoreCounts = new int[capacity * shape.Measures];
    private int[] incomplete = new int[capacity * shape.Measures];
    private long[] scoreSums = new long[capacity * shape.Measures];
    private Int128[] scoreSquares = new Int128[capacity * shape.Measures];
    private byte[] counters = new byte[(long)capacity * shape.Counters];
    private int countersUsed;
    private readonly ByteWriter histograms = new(capacity * shape.Measures * 8);

    public int Count { get; private set; }

    /// <summary>Organisation × number of levels + level.</summary>
    public int Key(int stratum) => keys[stratum];

    public int Respondents(int stratum) => respondents[stratum];

    public int Incomplete(int stratum, int measure) => incomplete[stratum * shape.Measures + measure];

    public long ScoreCount(int stratum, int measure) => scoreCounts[stratum * shape.Measures + measure];

    public ScoreSums Sums(int stratum, int measure)
    {
        var at = stratum * shape.Measures + measure;
        return new(scoreCounts[at], scoreSums[at], scoreSquares[at], shape.Unit[measure]);
    }

    /// <summary>The first stratum with a key of at least <paramref name="key"/>.</summary>
    public int IndexOf(int key)
    {
        var at = keys.AsSpan(0, Count).BinarySearch(key);
        return at >= 0 ? at : ~at;
    }

    /// <summary>Begins the next stratum. Exactly one of the spans is not empty: item counters for small or for large groups.</summary>
    public void Begin(int key, int people, out Span<byte> small, out Span<int> large)
    {
        if (Count > 0 && key <= keys[Count - 1]) throw new InvalidOperationException("Strata are added in ascending order.");
        if (Count == keys.Length) Grow();
        var bytes = people <= SmallGroup ? shape.Counters : shape.Counters * sizeof(int);
        if (countersUsed + (long)bytes > counters.Length)
            Array.Resize(ref counters, checked((int)Math.Min(Array.MaxLength, Math.Max(2L * counters.Length, countersUsed + (long)bytes))));
        keys[Count] = key;
        respondents[Count] = people;
        counterStart[Count] = countersUsed;
        histogramStart[Count] = histograms.Length;
        var span = counters.AsSpan(countersUsed, bytes);
        small = people <= SmallGroup ? span : [];
        large = people <= SmallGroup ? [] : MemoryMarshal.Cast<byte, int>(span);
        countersUsed += bytes;
        Count++;
    }

    /// <summary>A measure of the stratum begun last, from offsets from the lowest score, one a person. Puts them in order if it
    /// must.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddScores(int measure, int lacking, Span<long> offsets)
    {
        var sums = new OffsetSums();
        if (respondents[Count - 1] <= SmallGroup)
        {
            foreach (var offset in offsets) sums.Add(offset, 1);
            var width = shape.OffsetBytes[measure];
            Narrow(offsets, histograms.Reserve(width * offsets.Length), width);
            histograms.Advance(width * offsets.Length);
            SetScores(measure, offsets.Length, lacking, sums);
            return;
        }

        offsets.Sort();
        long previous = 0;
        for (var i = 0; i < offsets.Length;)
        {
            var offset = offsets[i];
            var people = 1;
            while (++i < offsets.Length && offsets[i] == offset) people++;
            AddRun(offset - previous, people);
            sums.Add(offset, people);
            previous = offset;
        }

        SetScores(measure, offsets.Length, lacking, sums);
    }

    /// <summary>The same for a large group, from the number of people at each offset from the lowest score.</summary>
    public void AddScores(int measure, int count, int lacking, ReadOnlySpan<int> people)
    {
        var previous = 0;
        var sums = new OffsetSums();
        for (var offset = 0; offset < people.Length; offset++)
        {
            if (people[offset] == 0) continue;
            AddRun(offset - previous, people[offset]);
            sums.Add(offset, people[offset]);
            previous = offset;
        }

        SetScores(measure, count, lacking, sums);
    }

    /// <summary>The same for any group, from ascending (offset, people).</summary>
    public void AddScores(int measure, int count, int lacking, ReadOnlySpan<(long Offset, long People)> runs)
    {
        var sums = new OffsetSums();
        var small = respondents[Count - 1] <= SmallGroup;
        var width = shape.OffsetBytes[measure];
        long previous = 0;
        foreach (var (offset, people) in runs)
        {
            sums.Add(offset, people);
            if (small)
            {
                for (var p = 0; p < people; p++)
                {
                    Narrow([offset], histograms.Reserve(width), width);
                    histograms.Advance(width);
                }
            }
            else
            {
                AddRun(offset - previous, people);
                previous = offset;
            }
        }

        SetScores(measure, count, lacking, sums);
    }

    /// <summary>Adds a whole summary as the next stratum.</summary>
    /// <exception cref="OverflowException">More than 2³¹ − 1 people in one stratum.</exception>
    public void Append(int key, StratumSummary summary)
    {
        Begin(key, checked((int)summary.Respondents), out var small, out var large);
        for (var i = 0; i < summary.Counters.Length; i++)
        {
            if (large.IsEmpty) small[i] = checked((byte)summary.Counters[i]);
            else large[i] = checked((int)summary.Counters[i]);
        }

        for (var m = 0; m < shape.Measures; m++)
        {
            var histogram = summary.Histogram(m);
            var runs = new (long, long)[histogram.Scores.Count];
            for (var i = 0; i < runs.Length; i++) runs[i] = (histogram.Scores[i] - shape.Lowest[m], histogram.Counts[i]);
            AddScores(m, checked((int)summary.Measure(m).Count), (int)summary.IncompleteScores(m), runs);
        }
    }

    /// <summary>Adds a stratum of another block of the same shape as the next one.</summary>
    public void Append(StrataBlock other, int stratum)
    {
        Begin(other.keys[stratum], other.respondents[stratum], out var small, out var large);
        var to = large.IsEmpty ? small : MemoryMarshal.AsBytes(large);
        other.CounterBytes(stratum).CopyTo(to);
        for (var m = 0; m < shape.Measures; m++)
        {
            var at = stratum * shape.Measures + m;
            Set(m, other.scoreCounts[at], other.incomplete[at], other.scoreSums[at], other.scoreSquares[at]);
        }

        histograms.Write(other.HistogramBytes(stratum));
    }

    /// <summary>Forgets the last stratum.</summary>
    public void RemoveLast()
    {
        Count--;
        countersUsed = counterStart[Count];
        histograms.Shorten(histogramStart[Count]);
    }

    /// <summary>Adds the stratum's item counters to <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddCounters(int stratum, Span<uint> to)
    {
        var bytes = CounterBytes(stratum);
        if (respondents[stratum] > SmallGroup)
        {
            var wide = MemoryMarshal.Cast<byte, uint>(bytes);
            for (var i = 0; i < wide.Length; i++) to[i] += wide[i];
            return;
        }

        var at = 0;
        for (; at + 16 <= bytes.Length; at += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(bytes.Slice(at, 16)));
            var (a, b) = Vector128.Widen(low);
            var (c, d) = Vector128.Widen(high);
            var target = to.Slice(at, 16);
            (Vector128.Create<uint>(target) + a).CopyTo(target);
            (Vector128.Create<uint>(target[4..]) + b).CopyTo(target[4..]);
            (Vector128.Create<uint>(target[8..]) + c).CopyTo(target[8..]);
            (Vector128.Create<uint>(target[12..]) + d).CopyTo(target[12..]);
        }

        for (; at < bytes.Length; at++) to[at] += bytes[at];
    }

    public void AddHistograms(int stratum, HistogramBuilder[] to)
    {
        var bytes = HistogramBytes(stratum);
        var reader = new ByteReader(bytes);
        for (var m = 0; m < to.Length; m++)
        {
            var left = ScoreCount(stratum, m);
            if (respondents[stratum] <= SmallGroup)
            {
                for (; left > 0; left--) to[m].Add(TakeOffset(ref bytes, shape.OffsetBytes[m]), 1);
                continue;
            }

            for (long offset = 0; left > 0;)
            {
                offset += (long)reader.Read();
                var people = (long)reader.Read();
                to[m].Add(offset, people);
                left -= people;
            }
        }
    }

    /// <summary>Writes, for each measure, people with a score, of them incomplete, and the histogram as gaps and people.</summary>
    public void WriteScores(int stratum, ByteWriter to)
    {
        var bytes = HistogramBytes(stratum);
        var reader = new ByteReader(bytes);
        Span<long> offsets = stackalloc long[SmallGroup];
        for (var m = 0; m < shape.Measures; m++)
        {
            var count = (int)ScoreCount(stratum, m);
            to.Write((ulong)count);
            to.Write((ulong)Incomplete(stratum, m));
            long previous = 0;
            if (respondents[stratum] > SmallGroup)
            {
                for (long left = count; left > 0;)
                {
                    to.Write(reader.Read());
                    var people = reader.Read();
                    to.Write(people);
                    left -= (long)people;
                }

                continue;
            }

            var sorted = offsets[..count];
            foreach (ref var offset in sorted) offset = TakeOffset(ref bytes, shape.OffsetBytes[m]);
            sorted.Sort();
            for (var i = 0; i < count;)
            {
                var from = i;
                while (++i < count && sorted[i] == sorted[from]) { }
                to.Write((ulong)(sorted[from] - previous));
                to.Write((ulong)(i - from));
                previous = sorted[from];
            }
        }
    }

    private ReadOnlySpan<byte> HistogramBytes(int stratum)
    {
        var end = stratum + 1 < Count ? histogramStart[stratum + 1] : histograms.Length;
        return histograms.Written[histogramStart[stratum]..end];
    }

    private void AddRun(long gap, long people)
    {
        histograms.Write((ulong)gap);
        histograms.Write((ulong)people);
    }

    private static void Narrow(ReadOnlySpan<long> offsets, Span<byte> to, int width)
    {
        switch (width)
        {
            case 1:
                for (var i = 0; i < offsets.Length; i++) to[i] = (byte)offsets[i];
                break;
            case 2:
                var two = MemoryMarshal.Cast<byte, ushort>(to);
                for (var i = 0; i < offsets.Length; i++) two[i] = (ushort)offsets[i];
                break;
            case 4:
                var four = MemoryMarshal.Cast<byte, uint>(to);
                for (var i = 0; i < offsets.Length; i++) four[i] = (uint)offsets[i];
                break;
            default:
                offsets.CopyTo(MemoryMarshal.Cast<byte, long>(to));
                break;
        }
    }

    private static long TakeOffset(ref ReadOnlySpan<byte> bytes, int width)
    {
        var offset = width switch
        {
            1 => bytes[0],
            2 => MemoryMarshal.Read<ushort>(bytes),
            4 => MemoryMarshal.Read<uint>(bytes),
            _ => MemoryMarshal.Read<long>(bytes),
        };
        bytes = bytes[width..];
        return offset;
    }

    private ReadOnlySpan<byte> CounterBytes(int stratum) => counters.AsSpan(
        counterStart[stratum], respondents[stratum] <= SmallGroup ? shape.Counters : shape.Counters * sizeof(int));

    private void Grow()
    {
        var size = Math.Max(16, keys.Length * 2);
        Array.Resize(ref keys, size);
        Array.Resize(ref respondents, size);
        Array.Resize(ref counterStart, size);
        Array.Resize(ref histogramStart, size);
        Array.Resize(ref scoreCounts, size * shape.Measures);
        Array.Resize(ref incomplete, size * shape.Measures);
        Array.Resize(ref scoreSums, size * shape.Measures);
        Array.Resize(ref scoreSquares, size * shape.Measures);
    }

    /// <summary>Of a score L + o: Σ(L + o) = nL + Σo, Σ(L + o)² = nL² + 2LΣo + Σo².</summary>
    private void SetScores(int measure, int count, int lacking, in OffsetSums offsets)
    {
        var lowest = shape.Lowest[measure];
        if (count <= shape.MostPeopleIn64Bits[measure])
            Set(measure, count, lacking, count * lowest + offsets.Sum, count * lowest * lowest + 2 * lowest * offsets.Sum
                + (long)offsets.SquaresLow);
        else
            Set(measure, count, lacking, checked(count * lowest + offsets.Sum), (Int128)count * lowest * lowest
                + (Int128)2 * lowest * offsets.Sum + offsets.Squares);
    }

    private void Set(int measure, int count, int lacking, long sum, Int128 squares)
    {
        var at = (Count - 1) * shape.Measures + measure;
        (scoreCounts[at], incomplete[at], scoreSums[at], scoreSquares[at]) = (count, lacking, sum, squares);
    }

    private struct OffsetSums
    {
        public long Sum;
        public ulong SquaresLow;
        private ulong squaresHigh;

        public readonly Int128 Squares => new(squaresHigh, SquaresLow);

        public void Add(long offset, long people)
        {
            // Σo stays below 2⁶³ for any scale and as many people as a block can hold; Σo² may not.
            Sum = checked(Sum + offset * people);
            var high = Math.BigMul((ulong)offset, (ulong)offset * (ulong)people, out var low);
            SquaresLow += low;
            squaresHigh += high + (SquaresLow < low ? 1UL : 0);
        }
    }
}
