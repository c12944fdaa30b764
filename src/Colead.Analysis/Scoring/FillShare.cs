using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Colead.Analysis.Scoring;

/// <summary>
/// One share of the rows, in order of their strata, summed by one thread. What costs is not the arithmetic but waiting for
/// rows from memory and guessing which answers are missing: so rows are gathered some at a time, and missing answers are
/// found 32 at once without a branch. A round is closed once, so the first pass must be quick: the loops are compiled
/// in full from the start.
/// </summary>
internal sealed class FillShare
{
    private const int Gathered = 64;
    private const int Chunk = 32;

    // With at least one person for each eight possible scores counting is quicker than sorting.
    private const int CountingFrom = 8;

    private readonly AnswerTable answers;
    private readonly SummaryShape shape;
    private readonly PersonScores scorer;
    private readonly (int First, int Items)[] dimensions;
    private readonly PatternSums?[][] patterns;
    private readonly int stride;
    private readonly byte[] rows;
    private readonly uint[] values;
    private readonly uint[] answered;
    private readonly long[][] offsets;
    private readonly int[] scores;
    private readonly int[] incomplete;
    private readonly long[]?[] together;
    private readonly long[] own;

    public FillShare(AnswerTable answers, SummaryShape shape)
    {
        this.answers = answers;
        this.shape = shape;
        scorer = new PersonScores(answers.Instrument);
        dimensions = [.. answers.Instrument.Dimensions.Select((d, i) => (answers.Instrument.FirstItem(i), d.Items.Count))];
        patterns = [.. dimensions.Select(d => new PatternSums?[1 << d.Items])];
        stride = (shape.Items + Chunk - 1) / Chunk * Chunk;
        rows = new byte[Gathered * stride];
        values = new uint[stride + PatternSums.Padding];
        answered = new uint[stride / Chunk + 1];
        offsets = [.. Enumerable.Range(0, shape.Measures).Select(_ => new long[Gathered])];
        scores = new int[shape.Measures];
        incomplete = new int[shape.Measures];
        together = new long[1 << shape.Dimensions][];
        own = new long[shape.Dimensions];
    }

    public StrataBlock Sum(ReadOnlySpan<int> order, int[] keys)
    {
        var strata = order.Length == 0 ? 0 : 1;
        for (var i = 1; i < order.Length; i++)
            if (keys[order[i]] != keys[order[i - 1]]) strata++;
        var block = new StrataBlock(shape, strata);
        for (var from = 0; from < order.Length;)
        {
            var key = keys[order[from]];
            var to = from + 1;
            while (to < order.Length && keys[order[to]] == key) to++;
            Stratum(order[from..to], key, block);
            from = to;
        }

        return block;
    }

    public CrossProducts[] CrossProducts()
    {
        var result = new CrossProducts[dimensions.Length];
        for (var d = 0; d < result.Length; d++)
        {
            result[d] = new CrossProducts(dimensions[d].Items);
            for (var mask = 1; mask < patterns[d].Length; mask++)
                if (patterns[d][mask] is { } sums) result[d].Add(mask, sums.ToValues());
        }

        return result;
    }

    public ScoreProducts ScoreProducts()
    {
        var result = new ScoreProducts(shape.Unit[..shape.Dimensions]);
        for (var mask = 1; mask < together.Length; mask++)
            if (together[mask] is { } sums) result.Add(mask, sums);
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Stratum(ReadOnlySpan<int> order, int key, StrataBlock block)
    {
        block.Begin(key, order.Length, out var small, out var large);
        Array.Clear(scores);
        Array.Clear(incomplete);
        if (offsets[0].Length < order.Length)
            for (var m = 0; m < offsets.Length; m++) offsets[m] = new long[Math.Max(order.Length, 2 * offsets[m].Length)];
        for (var from = 0; from < order.Length; from += Gathered)
        {
            var some = order.Slice(from, Math.Min(Gathered, order.Length - from));
            for (var i = 0; i < some.Length; i++) answers.Row(some[i]).CopyTo(rows.AsSpan(i * stride));
            for (var i = 0; i < some.Length; i++)
            {
                var row = rows.AsSpan(i * stride, stride);
                if (large.IsEmpty) Tally(row[..shape.Items], small);
                else Tally(row[..shape.Items], large);
                Score(row);
            }
        }

        for (var m = 0; m < scores.Length; m++)
        {
            var people = offsets[m].AsSpan(0, scores[m]);
            var range = shape.Range[m];
            if (!large.IsEmpty && range / CountingFrom <= people.Length)
            {
                var counts = new int[range + 1];
                foreach (var offset in people) counts[offset]++;
                block.AddScores(m, scores[m], incomplete[m], counts);
            }
            else
            {
                block.AddScores(m, incomplete[m], people);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tally<T>(ReadOnlySpan<byte> row, Span<T> counters)
        where T : unmanaged, IBinaryInteger<T>
    {
        // The table of answers has let no code through beyond the scale but "don't know", so each stays within its slots.
        ref var counter = ref MemoryMarshal.GetReference(counters[..shape.Counters]);
        var last = shape.Slots - 1;
        foreach (var code in row)
        {
            Unsafe.Add(ref counter, Math.Min((int)code, last))++;
            counter = ref Unsafe.Add(ref counter, shape.Slots);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Score(ReadOnlySpan<byte> row)
    {
        // Option numbers, 0 where missing, and a bit for each answered item.
        for (var at = 0; at < row.Length; at += Chunk)
        {
            var codes = Vector256.Create(row.Slice(at, Chunk));
            var missing = Vector256.Equals(codes, Vector256<byte>.Zero) | Vector256.Equals(codes, Vector256<byte>.AllBitsSet);
            answered[at / Chunk] = ~Vector256.ExtractMostSignificantBits(missing);
            var (low, high) = Vector256.Widen(Vector256.AndNot(codes, missing));
            var (a, b) = Vector256.Widen(low);
            var (c, d) = Vector256.Widen(high);
            a.CopyTo(values, at);
            b.CopyTo(values, at + 8);
            c.CopyTo(values, at + 16);
            d.CopyTo(values, at + 24);
        }

        for (var d = 0; d < dimensions.Length; d++)
        {
            var (first, items) = dimensions[d];
            var word = first / Chunk;
            var mask = (int)((answered[word] | (ulong)answered[word + 1] << Chunk) >> (first % Chunk)) & ((1 << items) - 1);
            uint sum = 0;
            foreach (var value in values.AsSpan(first, items)) sum += value;
            scorer.Answered(d, BitOperations.PopCount((uint)mask), (int)sum);
            if (mask != 0) (patterns[d][mask] ??= new PatternSums(items)).Add(values.AsSpan(first));
        }

        scorer.Score();
        var scored = 0;
        for (var d = 0; d < dimensions.Length; d++)
        {
            if (!scorer.HasScore(d)) continue;
            scored |= 1 << d;
            own[d] = scorer.Scaled(d) - shape.Lowest[d];
            Keep(d, scorer.Scaled(d), scorer.IsIncomplete(d));
        }

        if (scored != 0) Scoring.ScoreProducts.Add(together[scored] ??= new long[Scoring.ScoreProducts.Length(own.Length)], scored, own);
        if (scorer.HasOverall) Keep(dimensions.Length, scorer.ScaledOverall, scorer.OverallIsIncomplete);
    }

    private void Keep(int measure, long scaled, bool lacks)
    {
        offsets[measure][scores[measure]++] = scaled - shape.Lowest[measure];
        if (lacks) incomplete[measure]++;
    }
}
