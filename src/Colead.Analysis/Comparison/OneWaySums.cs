using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// The one-way analysis of variance in five sums: all that ICC and partial pooling need. Groups without a value are left
/// out. Two passes over the groups in the given order, nothing allocated: made for 25,000 of them.
/// </summary>
/// <param name="Groups">G, groups with at least one value.</param>
/// <param name="Count">N, values in all.</param>
/// <param name="GrandMean">Mean of all values.</param>
/// <param name="Between">Σ n_i (m_i − grand mean)².</param>
/// <param name="Within">Σ squared deviations inside groups.</param>
/// <param name="N0">(N − Σ n_i² / N) / (G − 1), the size that stands for unequal groups; 0 for G &lt; 2.</param>
public readonly record struct OneWaySums(int Groups, long Count, double GrandMean, double Between, double Within, double N0)
{
    public static OneWaySums Of(ReadOnlySpan<Moments> groups)
    {
        var used = 0;
        long count = 0;
        double sum = 0, squaredSizes = 0, within = 0;
        foreach (ref readonly var g in groups)
        {
            if (g.Count == 0) continue;
            used++;
            count += g.Count;
            sum += g.Count * g.Mean;
            squaredSizes += (double)g.Count * g.Count;
            within += g.SumOfSquares;
        }

        if (used == 0) return default;
        var grand = sum / count;
        double between = 0;
        foreach (ref readonly var g in groups)
            if (g.Count > 0) between += g.Count * (g.Mean - grand) * (g.Mean - grand);
        return new(used, count, grand, between, within, used > 1 ? (count - squaredSizes / count) / (used - 1) : 0);
    }

    /// <summary>MSB, G − 1 degrees of freedom.</summary>
    public Figure BetweenMeanSquare => Groups > 1 ? Figure.Of(Flush(Between / (Groups - 1))) : Figure.Absent(Absence.TooFewGroups);

    /// <summary>MSW, N − G degrees of freedom: the pooled within-group variance σ².</summary>
    public Figure WithinMeanSquare => Count > Groups ? Figure.Of(Flush(Within / (Count - Groups))) : Figure.Absent(Absence.TooFewAnswers);

    private static double Flush(double variance) => Numerics.IsZeroVariance(variance) ? 0 : variance;
}
