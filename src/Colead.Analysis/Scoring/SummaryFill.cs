using System.Numerics;

namespace Colead.Analysis.Scoring;

/// <summary>
/// The one pass over raw answers. Rows are first put in order of their stratum by counting; then equal shares of the rows
/// are summed side by side, each into its own block, and a stratum cut by a share's end is joined again. Everything is
/// whole numbers, so the number of shares cannot change a figure.
/// </summary>
internal static class SummaryFill
{
    private const int FewRows = 4096;

    public static (List<StrataBlock> Blocks, CrossProducts[] CrossProducts) Of(AnswerTable answers, SummaryShape shape)
    {
        var order = OrderByStratum(answers, out var keys);
        var shares = answers.Rows <= FewRows ? 1 : Environment.ProcessorCount * 2;
        var blocks = new StrataBlock[shares];
        var products = new CrossProducts[shares][];
        Parallel.For(0, shares, s =>
        {
            var from = (int)((long)answers.Rows * s / shares);
            var to = (int)((long)answers.Rows * (s + 1) / shares);
            var share = new Share(answers, shape);
            blocks[s] = share.Sum(order.AsSpan(from, to - from), keys);
            products[s] = share.CrossProducts();
        });

        var sum = products[0];
        foreach (var more in products.Skip(1))
            for (var d = 0; d < sum.Length; d++) sum[d].Add(more[d]);
        return (Join(blocks, shape), sum);
    }

    /// <summary>Row numbers, stably sorted by stratum key; keys per row.</summary>
    private static int[] OrderByStratum(AnswerTable answers, out int[] keys)
    {
        var levels = answers.Structure.Levels.Count;
        var organisations = answers.Structure.Organisations.Count;
        var start = new int[checked(organisations * levels) + 1];
        keys = new int[answers.Rows];
        ReadOnlySpan<int> organisationOf = answers.Organisations.Span;
        ReadOnlySpan<byte> levelOf = answers.Levels.Span;
        for (var r = 0; r < keys.Length; r++)
        {
            if ((uint)organisationOf[r] >= (uint)organisations || levelOf[r] >= levels)
                throw new ArgumentException($"Row {r} names an organisation or level that the structure does not have.", nameof(answers));
            start[(keys[r] = organisationOf[r] * levels + levelOf[r]) + 1]++;
        }

        for (var k = 1; k < start.Length; k++) start[k] += start[k - 1];
        var order = new int[keys.Length];
        for (var r = 0; r < keys.Length; r++) order[start[keys[r]]++] = r;
        return order;
    }

    /// <summary>Where one block ends with the stratum with which the next begins, the two parts become one stratum.</summary>
    private static List<StrataBlock> Join(StrataBlock[] blocks, SummaryShape shape)
    {
        var filled = blocks.Where(b => b.Count > 0).ToList();
        for (var i = 0; i + 1 < filled.Count; i++)
        {
            if (filled[i].Key(filled[i].Count - 1) != filled[i + 1].Key(0)) continue;
            var joint = new StratumSummary(shape);
            joint.Add(filled[i], filled[i].Count - 1);
            joint.Add(filled[i + 1], 0);
            var key = filled[i + 1].Key(0);
            var next = new StrataBlock(shape, filled[i + 1].Count);
            next.Append(key, joint);
            filled[i].RemoveLast(); // only now: the joint summary reads its histogram there
            for (var s = 1; s < filled[i + 1].Count; s++) next.Append(filled[i + 1], s);
            filled[i + 1] = next;
        }

        return [.. filled.Where(b => b.Count > 0)];
    }

    private sealed class Share(AnswerTable answers, SummaryShape shape)
    {
        // From this many people on, for each eight possible scores, counting is quicker than sorting.
        private const int CountingFrom = 8;

        private readonly PersonScores scorer = new(answers.Instrument);
        private readonly int[] firstItem = [.. Enumerable.Range(0, shape.Dimensions).Select(answers.Instrument.FirstItem)];
        private readonly int[] itemCount = [.. answers.Instrument.Dimensions.Select(d => d.Items.Count)];
        private readonly PatternSums?[][] patterns = [.. answers.Instrument.Dimensions.Select(d => new PatternSums?[1 << d.Items.Count])];
        private readonly uint[] chosen = new uint[shape.Items + PatternSums.Padding];
        private readonly long[][] offsets = [.. Enumerable.Range(0, shape.Measures).Select(_ => new long[64])];
        private readonly Totals[] totals = new Totals[shape.Measures];

        public StrataBlock Sum(ReadOnlySpan<int> rows, int[] keys)
        {
            var strata = rows.Length == 0 ? 0 : 1;
            for (var i = 1; i < rows.Length; i++)
                if (keys[rows[i]] != keys[rows[i - 1]]) strata++;
            var block = new StrataBlock(shape, strata);
            for (var from = 0; from < rows.Length;)
            {
                var to = from + 1;
                while (to < rows.Length && keys[rows[to]] == keys[rows[from]]) to++;
                Stratum(rows[from..to], keys[rows[from]], block);
                from = to;
            }

            return block;
        }

        public CrossProducts[] CrossProducts()
        {
            var result = new CrossProducts[shape.Dimensions];
            for (var d = 0; d < result.Length; d++)
            {
                result[d] = new CrossProducts(itemCount[d]);
                for (var mask = 1; mask < patterns[d].Length; mask++)
                    if (patterns[d][mask] is { } sums) result[d].Add(mask, sums.ToValues());
            }

            return result;
        }

        private void Stratum(ReadOnlySpan<int> rows, int key, StrataBlock block)
        {
            block.Begin(key, rows.Length, out var small, out var large);
            Array.Clear(totals);
            if (offsets[0].Length < rows.Length)
                for (var m = 0; m < offsets.Length; m++) offsets[m] = new long[Math.Max(rows.Length, 2 * offsets[m].Length)];
            var last = (byte)(shape.Slots - 1);
            foreach (var r in rows)
            {
                var row = answers.Row(r);
                if (large.IsEmpty)
                {
                    var at = 0;
                    foreach (var code in row)
                    {
                        small[at + Math.Min(code, last)]++;
                        at += shape.Slots;
                    }
                }
                else
                {
                    var at = 0;
                    foreach (var code in row)
                    {
                        large[at + Math.Min(code, last)]++;
                        at += shape.Slots;
                    }
                }

                for (var d = 0; d < itemCount.Length; d++) Multiply(d, row.Slice(firstItem[d], itemCount[d]));
                scorer.Score();
                for (var d = 0; d < itemCount.Length; d++)
                    if (scorer.HasScore(d)) Count(d, scorer.Scaled(d), scorer.IsIncomplete(d));
                if (scorer.HasOverall) Count(shape.Dimensions, scorer.ScaledOverall, scorer.OverallIsIncomplete);
            }

            for (var m = 0; m < totals.Length; m++)
            {
                ref readonly var total = ref totals[m];
                block.SetScores(m, total.Count, total.Incomplete, total.Sum, total.Squares);
                Histogram(m, offsets[m].AsSpan(0, total.Count), block);
            }
        }

        private void Count(int measure, long scaled, bool incomplete)
        {
            ref var total = ref totals[measure];
            offsets[measure][total.Count++] = scaled - shape.Lowest[measure];
            if (incomplete) total.Incomplete++;
            total.Sum = checked(total.Sum + scaled);
            var magnitude = (ulong)Math.Abs(scaled);
            var high = Math.BigMul(magnitude, magnitude, out var low);
            total.SquaresLow += low;
            total.SquaresHigh += high + (total.SquaresLow < low ? 1UL : 0);
        }

        private void Multiply(int d, ReadOnlySpan<byte> codes)
        {
            // Without branches: which answers are missing cannot be foretold. An option's code is neither 0 nor 255.
            uint mask = 0, sum = 0;
            var values = chosen.AsSpan(firstItem[d]);
            for (var j = 0; j < codes.Length; j++)
            {
                uint code = codes[j];
                var isOption = (1 - ((code + 1) & 255)) >> 31;
                var value = code & (0 - isOption);
                values[j] = value;
                mask |= isOption << j;
                sum += value;
            }

            scorer.Answered(d, BitOperations.PopCount(mask), (int)sum);
            if (mask != 0) (patterns[d][mask] ??= new PatternSums(codes.Length)).Add(values);
        }

        private void Histogram(int measure, Span<long> scores, StrataBlock block)
        {
            var range = shape.Range[measure];
            if (scores.Length >= CountingFrom && range / CountingFrom <= scores.Length)
            {
                var people = new int[range + 1];
                foreach (var score in scores) people[score]++;
                block.AddHistogramOfCounts(people);
                return;
            }

            Sort(scores);
            block.AddHistogram(scores);
        }

        private static void Sort(Span<long> scores)
        {
            if (scores.Length > 24)
            {
                scores.Sort();
                return;
            }

            for (var i = 1; i < scores.Length; i++)
            {
                var score = scores[i];
                var at = i;
                for (; at > 0 && scores[at - 1] > score; at--) scores[at] = scores[at - 1];
                scores[at] = score;
            }
        }

        private struct Totals
        {
            public int Count;
            public int Incomplete;
            public long Sum;
            public ulong SquaresLow;
            public ulong SquaresHigh;

            public readonly Int128 Squares => new(SquaresHigh, SquaresLow);
        }
    }
}
