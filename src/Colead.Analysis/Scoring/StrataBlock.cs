using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Colead.Analysis.Scoring;

/// <summary>
/// A run of strata in ascending order, stored by column: a nation has 150,000 of them with a handful of people each, so
/// nothing here is an object. Item counts take a byte each where no more than 255 people answered and four beyond; score
/// histograms are variable-length integers (gap to the previous score, people).
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

    /// <summary>The sums of the stratum begun last; measures in order, each followed by its histogram.</summary>
    public void SetScores(int measure, int count, int lacking, long sum, Int128 squares)
    {
        var at = (Count - 1) * shape.Measures + measure;
        (scoreCounts[at], incomplete[at], scoreSums[at], scoreSquares[at]) = (count, lacking, sum, squares);
    }

    /// <summary>A measure of the stratum begun last, from ascending offsets from the lowest score, one a person.</summary>
    public void AddScores(int measure, int lacking, ReadOnlySpan<long> sortedOffsets)
    {
        long previous = 0;
        var sums = new OffsetSums();
        var to = histograms.Reserve(2 * ByteWriter.Longest * sortedOffsets.Length);
        var at = 0;
        for (var i = 0; i < sortedOffsets.Length;)
        {
            var offset = sortedOffsets[i];
            var people = 1;
            while (++i < sortedOffsets.Length && sortedOffsets[i] == offset) people++;
            at = ByteWriter.Write(to, at, (ulong)(offset - previous));
            at = ByteWriter.Write(to, at, (ulong)people);
            sums.Add(offset, people);
            previous = offset;
        }

        histograms.Advance(at);
        SetScores(measure, sortedOffsets.Length, lacking, sums);
    }

    /// <summary>The same from the number of people at each offset from the lowest score.</summary>
    public void AddScores(int measure, int count, int lacking, ReadOnlySpan<int> people)
    {
        var previous = 0;
        var sums = new OffsetSums();
        for (var offset = 0; offset < people.Length; offset++)
        {
            if (people[offset] == 0) continue;
            AddScore(offset - previous, people[offset]);
            sums.Add(offset, people[offset]);
            previous = offset;
        }

        SetScores(measure, count, lacking, sums);
    }

    /// <summary>One more score of the stratum begun last.</summary>
    public void AddScore(long gap, long people)
    {
        histograms.Write((ulong)gap);
        histograms.Write((ulong)people);
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
            var sums = summary.Measure(m);
            SetScores(m, checked((int)sums.Count), (int)summary.IncompleteScores(m), checked((long)sums.Sum), sums.SumOfSquares);
            var histogram = summary.Histogram(m);
            var previous = shape.Lowest[m];
            for (var i = 0; i < histogram.Scores.Count; i++)
            {
                histograms.Write((ulong)(histogram.Scores[i] - previous));
                histograms.Write((ulong)histogram.Counts[i]);
                previous = histogram.Scores[i];
            }
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
            SetScores(m, other.scoreCounts[at], other.incomplete[at], other.scoreSums[at], other.scoreSquares[at]);
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

    public long Counter(int stratum, int counter) => respondents[stratum] <= SmallGroup
        ? counters[counterStart[stratum] + counter]
        : MemoryMarshal.Cast<byte, int>(CounterBytes(stratum))[counter];

    /// <summary>Adds the stratum's item counters to <paramref name="to"/>.</summary>
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
        var reader = new ByteReader(HistogramBytes(stratum));
        for (var m = 0; m < to.Length; m++)
        {
            long left = ScoreCount(stratum, m), score = 0;
            while (left > 0)
            {
                score += (long)reader.Read();
                var people = (long)reader.Read();
                to[m].Add(score, people);
                left -= people;
            }
        }
    }

    public ReadOnlySpan<byte> HistogramBytes(int stratum)
    {
        var end = stratum + 1 < Count ? histogramStart[stratum + 1] : histograms.Length;
        return histograms.Written[histogramStart[stratum]..end];
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
            SetScores(measure, count, lacking, count * lowest + offsets.Sum, count * lowest * lowest + 2 * lowest * offsets.Sum + (long)offsets.SquaresLow);
        else
            SetScores(measure, count, lacking, checked(count * lowest + offsets.Sum), (Int128)count * lowest * lowest + (Int128)2 * lowest * offsets.Sum + offsets.Squares);
    }

    private struct OffsetSums
    {
        public long Sum;
        public ulong SquaresLow;
        private ulong squaresHigh;

        public readonly Int128 Squares => new(squaresHigh, SquaresLow);

        public void Add(long offset, long people)
        {
            Sum += offset * people;
            // Sums of n scores stay below 2⁶³ for any scale and count the block can hold; squares may not.
            var square = Math.BigMul((ulong)offset, (ulong)offset * (ulong)people, out var low);
            SquaresLow += low;
            squaresHigh += square + (SquaresLow < low ? 1UL : 0);
        }
    }
}
