namespace Colead.Analysis.Scoring;

/// <summary>
/// Count, mean and sum of squared deviations of a set of values: all that means, variances, t tests, ICC and pooling
/// need. Build it from exact sums (<see cref="ScoreSums"/>) or from values.
/// </summary>
/// <param name="Count">Number of valid values.</param>
/// <param name="Mean">Mean; 0 where <paramref name="Count"/> is 0 (ask <see cref="MeanFigure"/>).</param>
/// <param name="SumOfSquares">Sum of squared deviations from the mean, ≥ 0.</param>
public readonly record struct Moments(long Count, double Mean, double SumOfSquares)
{
    /// <summary>Two-pass sums in the given order.</summary>
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.Length == 0) return default;
        double sum = 0;
        foreach (var v in values) sum += v;
        var mean = sum / values.Length;
        double squares = 0, slip = 0;
        foreach (var v in values)
        {
            squares += (v - mean) * (v - mean);
            slip += v - mean;
        }

        return new(values.Length, mean, Math.Max(0, squares - slip * slip / values.Length));
    }

    public Figure MeanFigure => Count > 0 ? Figure.Of(Mean) : Figure.Absent(Absence.NoAnswers);

    /// <summary>Sample variance (n − 1); below <see cref="Numerics.ZeroVariance"/> it is exactly 0. Absent for n &lt; 2.</summary>
    public Figure SampleVariance => Count > 1 ? Figure.Of(Flush(SumOfSquares / (Count - 1))) : Figure.Absent(Absence.TooFewAnswers);

    /// <summary>Population variance (n). Absent for n = 0.</summary>
    public Figure PopulationVariance => Count > 0 ? Figure.Of(Flush(SumOfSquares / Count)) : Figure.Absent(Absence.NoAnswers);

    public Figure SampleStandardDeviation => SampleVariance.Select(Math.Sqrt);

    private static double Flush(double variance) => Numerics.IsZeroVariance(variance) ? 0 : variance;
}

/// <summary>
/// Exact integer sums of scores, each a whole multiple of 1/<see cref="Unit"/>. Integers merge to the same sums in any
/// order, so a publication is the same to the byte however its strata were added.
/// </summary>
public readonly record struct ScoreSums(long Count, Int128 Sum, Int128 SumOfSquares, long Unit)
{
    public static ScoreSums Empty(long unit) => new(0, 0, 0, unit);

    public ScoreSums Add(long scaledScore) =>
        new(Count + 1, Sum + scaledScore, SumOfSquares + (Int128)scaledScore * scaledScore, Unit);

    /// <exception cref="ArgumentException">The units differ.</exception>
    public ScoreSums Merge(ScoreSums other) => Unit == other.Unit
        ? new(Count + other.Count, Sum + other.Sum, SumOfSquares + other.SumOfSquares, Unit)
        : throw new ArgumentException("Scores of different units cannot be merged.", nameof(other));

    /// <summary>Mean and squared deviations without cancellation: n·Σx² − (Σx)² is taken in integers.</summary>
    public Moments ToMoments()
    {
        if (Count == 0) return default;
        double deviations;
        if (Sum < int.MaxValue && Sum > int.MinValue && SumOfSquares < int.MaxValue && Count < int.MaxValue)
            deviations = Count * (long)SumOfSquares - (long)Sum * (long)Sum;
        else
            deviations = (double)checked(Count * SumOfSquares - Sum * Sum);
        return new(Count, (double)Sum / ((double)Unit * Count), deviations / ((double)Count * Unit * Unit));
    }
}
