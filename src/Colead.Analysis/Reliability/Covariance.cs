using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Reliability;

/// <summary>
/// Sample covariances (n − 1) of a dimension's items over the people who answered all of them. Items that nobody
/// answered are dropped first (else nobody would be complete) and named.
/// </summary>
/// <param name="Matrix">J × J over the items used, symmetric; all 0 where <paramref name="CompleteRows"/> &lt; 2.</param>
/// <param name="CompleteRows">n: people with an answer to every item used.</param>
/// <param name="ItemsUsed">Indexes within the dimension, ascending.</param>
/// <param name="ItemsDropped">Indexes within the dimension of the items that nobody answered.</param>
public sealed record Covariance(double[,] Matrix, long CompleteRows, IReadOnlyList<int> ItemsUsed, IReadOnlyList<int> ItemsDropped)
{
    /// <summary>J, the number of items used.</summary>
    public int Items => ItemsUsed.Count;

    /// <summary>From a matrix already at hand, every item used.</summary>
    public static Covariance Of(double[,] matrix, long completeRows) =>
        new(matrix, completeRows, [.. Enumerable.Range(0, matrix.GetLength(0))], []);

    /// <summary>From the cross-products kept in a round's summary.</summary>
    public static Covariance Of(CrossProducts dimension) => Of(dimension.Complete(), dimension.Items);

    /// <summary>From raw answers: the same as from their cross-products.</summary>
    /// <param name="rows">Which rows belong to the group; all where null.</param>
    public static Covariance Of(AnswerTable answers, int dimension, Func<int, bool>? rows = null)
    {
        var first = answers.Instrument.FirstItem(dimension);
        var count = answers.Instrument.Dimensions[dimension].Items.Count;
        int[] chosen = [.. Enumerable.Range(0, answers.Rows).Where(r => rows is null || rows(r))];
        var answered = new bool[count];
        foreach (var r in chosen)
        {
            var row = answers.Row(r).Slice(first, count);
            for (var j = 0; j < count; j++) answered[j] |= Answer.FromCode(row[j]).IsOption;
        }

        int[] used = [.. Enumerable.Range(0, count).Where(j => answered[j])];
        var sums = new long[used.Length];
        var products = new long[used.Length, used.Length];
        long complete = 0;
        foreach (var r in chosen)
        {
            var row = answers.Row(r).Slice(first, count);
            if (!IsComplete(row, used)) continue;
            complete++;
            for (var i = 0; i < used.Length; i++)
            {
                // The option's number serves as well as its value: a shift leaves every covariance as it is.
                sums[i] += row[used[i]];
                for (var j = 0; j < used.Length; j++) products[i, j] += row[used[i]] * row[used[j]];
            }
        }

        return Of(new CompleteCases(used, complete, sums, products), count);
    }

    private static Covariance Of(CompleteCases cases, int items) => new(
        cases.SampleCovariance() ?? new double[cases.Items.Count, cases.Items.Count],
        cases.Count,
        cases.Items,
        [.. Enumerable.Range(0, items).Except(cases.Items)]);

    private static bool IsComplete(ReadOnlySpan<byte> row, int[] items)
    {
        if (items.Length == 0) return false;
        foreach (var j in items)
            if (!Answer.FromCode(row[j]).IsOption) return false;
        return true;
    }
}
