namespace Colead.Analysis.Instruments;

/// <summary>
/// An answer scale: the consecutive integers <see cref="Lowest"/>..<see cref="Highest"/>, 2 to 12 of them, in order.
/// All that formulas need of a scale is asked here, so that nothing is written for five points alone.
/// </summary>
public sealed record Scale
{
    public const int FewestOptions = 2;
    public const int MostOptions = 12;

    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 or more than 12 options.</exception>
    public Scale(int lowest, int highest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(highest - lowest + 1, FewestOptions, nameof(highest));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(highest - lowest + 1, MostOptions, nameof(highest));
        Lowest = lowest;
        Highest = highest;
    }

    public int Lowest { get; }

    public int Highest { get; }

    /// <summary>Number of options, A = b − a + 1.</summary>
    public int Options => Highest - Lowest + 1;

    /// <summary>Highest minus lowest option, b − a.</summary>
    public int Range => Highest - Lowest;

    public double Midpoint => (Lowest + Highest) / 2.0;

    /// <summary>Variance of a uniform draw from the options, (A² − 1)/12: the null of r_wg.</summary>
    public double UniformVariance => ((double)Options * Options - 1) / 12.0;

    /// <summary>Largest population variance possible, ((A − 1)/2)²: half of the answers at each end.</summary>
    public double LargestVariance => Range * Range / 4.0;

    /// <summary>Prior within-group variance where no data can give one: 0.04·(b − a)² (0.64 on five points).</summary>
    public double PriorVariance => 0.04 * Range * Range;

    /// <summary>Conventional cut for average deviation, A/6.</summary>
    public double AverageDeviationCut => Options / 6.0;

    /// <summary>How many options form each end ("favourable", "split"): two fifths, rounded down, at least one.</summary>
    public int EndOptions => Math.Max(1, 2 * Options / 5);

    /// <summary>A mean at or below this is published as a band (an eighth of the range from the end).</summary>
    public double LowUnanimity => Lowest + Range / 8.0;

    /// <summary>A mean at or above this is published as a band.</summary>
    public double HighUnanimity => Highest - Range / 8.0;

    /// <summary>Width to which interval ends of small groups are rounded outward: 0.25 up to 7 options, 0.5 beyond.</summary>
    public double CoarseStep => Options <= 7 ? 0.25 : 0.5;

    /// <summary>The value of option <paramref name="number"/> (1 = lowest).</summary>
    public int ValueOf(int number) => number >= 1 && number <= Options
        ? Lowest + number - 1
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"Options are numbered 1 to {Options}.");

    public double Clip(double value) => Math.Clamp(value, Lowest, Highest);

    public static Scale FivePoint { get; } = new(1, 5);

    public static Scale TwelvePoint { get; } = new(1, 12);
}
