namespace Colead.Analysis.Matching;

/// <summary>Sample quantiles of Hyndman and Fan's type 7: linear between order statistics at (n − 1)p, as in R and in
/// spreadsheets.</summary>
/// <remarks>Hyndman &amp; Fan 1996, The American Statistician 50:361.</remarks>
public static class Quantile
{
    /// <param name="sorted">Ascending, at least one value.</param>
    /// <param name="p">0..1.</param>
    /// <exception cref="ArgumentException">No values.</exception>
    public static double Type7(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.Length == 0) throw new ArgumentException("A quantile needs a value.", nameof(sorted));
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "Between 0 and 1.");
        var place = (sorted.Length - 1) * p;
        var below = Math.Min((int)place, sorted.Length - 1);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /// <summary>Type 7 at one half: the ordinary median.</summary>
    public static double Median(ReadOnlySpan<double> sorted) => Type7(sorted, 0.5);
}
