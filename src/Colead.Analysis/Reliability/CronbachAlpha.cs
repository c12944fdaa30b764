using Colead.Analysis.Scoring;

namespace Colead.Analysis.Reliability;

/// <summary>How one item stands to the others of its dimension.</summary>
/// <param name="Item">Index within the dimension.</param>
/// <param name="ItemTotal">r_drop: correlation of the item with the sum of the others, −1..1; absent where either does not vary.</param>
/// <param name="AlphaIfDeleted">Alpha of the other items; needs at least two of them.</param>
/// <param name="IsWeak">Item–total correlation below .30 with at least 100 complete rows.</param>
public sealed record ItemReliability(int Item, Figure ItemTotal, Figure AlphaIfDeleted, bool IsWeak);

/// <summary>
/// Cronbach's alpha, J/(J − 1)·(1 − Σs_j²/s_T²), of the people who answered every item used, with Feldt's interval and
/// the part each item plays. It says how good the instrument is, not how good the partnership.
/// </summary>
/// <remarks>Cronbach 1951, Psychometrika 16:297; Feldt 1965, Psychometrika 30:357.</remarks>
/// <param name="Value">At most 1, may be negative. Absent for fewer than two items or two complete rows, and where the sum score does not
/// vary.</param>
/// <param name="Interval">Feldt's F interval; null where there is no alpha.</param>
/// <param name="Items">The items used, in order.</param>
/// <param name="ItemsDropped">Items that nobody answered, left out: say so.</param>
public sealed record CronbachAlpha(
    Figure Value, Interval? Interval, IReadOnlyList<ItemReliability> Items, IReadOnlyList<int> ItemsDropped, long CompleteRows)
{
    /// <summary>Fewest complete rows with which alpha is shown.</summary>
    public const int ShownFrom = 30;

    /// <summary>Below this many complete rows alpha is shown with its interval only.</summary>
    public const int ShownAloneFrom = 100;

    /// <summary>An item–total correlation below this is flagged.</summary>
    public const double WeakItem = 0.30;

    /// <summary>Fewest complete rows with which a weak item is flagged.</summary>
    public const int WeakItemFrom = 100;

    /// <param name="level">Level of the interval, between 0 and 1.</param>
    public static CronbachAlpha Of(Covariance covariance, double level = 0.95)
    {
        var n = covariance.CompleteRows;
        var matrix = covariance.Matrix;
        var items = covariance.Items;
        int[] all = [.. Enumerable.Range(0, items)];
        var alpha = n < 2 ? Figure.Absent(n == 0 ? Absence.NoAnswers : Absence.TooFewAnswers) : Alpha(matrix, all);
        var parts = all.Select(j =>
        {
            int[] others = [.. all.Where(k => k != j)];
            var itemTotal = n < 2 ? Figure.Absent(Absence.TooFewAnswers) : ItemTotal(matrix, j, others);
            return new ItemReliability(
                covariance.ItemsUsed[j],
                itemTotal,
                n < 2 ? Figure.Absent(Absence.TooFewAnswers) : Alpha(matrix, others),
                n >= WeakItemFrom && itemTotal.IsDefined && itemTotal.Value < WeakItem);
        });
        return new(alpha, alpha.IsDefined ? Feldt(alpha.Value, n, items, level) : null, [.. parts], covariance.ItemsDropped, n);
    }

    /// <summary>(1 − alpha)·F on n − 1 and (n − 1)(J − 1) degrees of freedom bounds 1 − the true alpha.</summary>
    private static Interval Feldt(double alpha, long n, int items, double level)
    {
        double df1 = n - 1, df2 = (n - 1.0) * (items - 1);
        var tail = (1 - level) / 2;
        return new(
            1 - (1 - alpha) * Distributions.FQuantile(1 - tail, df1, df2),
            1 - (1 - alpha) * Distributions.FQuantile(tail, df1, df2),
            IntervalMethod.FeldtF,
            level);
    }

    private static Figure Alpha(double[,] matrix, int[] items)
    {
        if (items.Length < 2) return Figure.Absent(Absence.TooFewItems);
        double total = 0, own = 0;
        foreach (var j in items)
        {
            own += matrix[j, j];
            foreach (var k in items) total += matrix[j, k];
        }

        return Numerics.IsZeroVariance(total)
            ? Figure.Absent(Absence.EveryoneAnsweredAlike)
            : Figure.Of(items.Length / (items.Length - 1.0) * (1 - own / total));
    }

    private static Figure ItemTotal(double[,] matrix, int item, int[] others)
    {
        if (others.Length == 0) return Figure.Absent(Absence.TooFewItems);
        double shared = 0, rest = 0;
        foreach (var j in others)
        {
            shared += matrix[item, j];
            foreach (var k in others) rest += matrix[j, k];
        }

        return Numerics.IsZeroVariance(matrix[item, item]) || Numerics.IsZeroVariance(rest)
            ? Figure.Absent(Absence.EveryoneAnsweredAlike)
            : Figure.Of(Math.Clamp(shared / Math.Sqrt(matrix[item, item] * rest), -1, 1));
    }
}
