namespace Colead.Analysis.Scoring;

/// <summary>
/// The one pass over raw answers. Rows are first put in order of their stratum by counting; then equal shares of the rows
/// are summed side by side, each into its own block, and a stratum cut by a share's end is joined again. Everything is
/// whole numbers, so the number of shares cannot change a figure.
/// </summary>
internal static class SummaryFill
{
    private const int FewRows = 4096;

    public static (List<StrataBlock> Blocks, CrossProducts[] CrossProducts, ScoreProducts ScoreProducts) Of(AnswerTable answers,
        SummaryShape shape)
    {
        var order = OrderByStratum(answers, out var keys);
        var shares = answers.Rows <= FewRows ? 1 : Environment.ProcessorCount * 2;
        var blocks = new StrataBlock[shares];
        var products = new CrossProducts[shares][];
        var scores = new ScoreProducts[shares];
        Parallel.For(0, shares, s =>
        {
            var from = (int)((long)answers.Rows * s / shares);
            var to = (int)((long)answers.Rows * (s + 1) / shares);
            var share = new FillShare(answers, shape);
            blocks[s] = share.Sum(order.AsSpan(from, to - from), keys);
            products[s] = share.CrossProducts();
            scores[s] = share.ScoreProducts();
        });

        var sum = products[0];
        foreach (var more in products.Skip(1))
            for (var d = 0; d < sum.Length; d++) sum[d].Add(more[d]);
        foreach (var more in scores.Skip(1)) scores[0].Add(more);
        return (Join(blocks, shape), sum, scores[0]);
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
}
