using System.Globalization;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>Turns a cell's exact sums into what is printed: a rounded mean with its interval, or a band, or nothing.</summary>
internal static class CellFigures
{
    /// <summary>"Withheld to protect people": one form for every reason, so that it tells nothing.</summary>
    public static PublishedCell Hidden(string measure) => new() { Measure = measure, Withheld = Publishing.Withheld.Protection };

    /// <summary>The number or band alone.</summary>
    /// <param name="people">Exact for all, a band elsewhere.</param>
    public static PublishedCell Mean(string measure, ScoreSums sums, Scale scale, string people)
    {
        var cell = new PublishedCell { Measure = measure, People = people };
        return EndOf(sums, scale) switch
        {
            < 0 => cell with { AtMost = Rounding.Up(scale.LowUnanimity) },
            > 0 => cell with { AtLeast = Rounding.Down(scale.HighUnanimity) },
            _ => cell with { Mean = Rounding.Mean(sums) },
        };
    }

    /// <summary>−1 or 1 where the mean lies in the eighth of the range at the low or high end, 0 elsewhere; exact.</summary>
    public static int EndOf(ScoreSums sums, Scale scale)
    {
        var mean = 8 * sums.Sum;
        var whole = (Int128)sums.Unit * sums.Count;
        if (mean <= (8 * scale.Lowest + scale.Range) * whole) return -1;
        return mean >= (8 * scale.Highest - scale.Range) * whole ? 1 : 0;
    }

    /// <summary>Adds the interval for the whole partnership, whose counts are exact, and the worst-case bounds.</summary>
    public static PublishedCell WithInterval(this PublishedCell cell, Moments moments, long? invited, PooledVariance prior, Scale scale, bool precise)
    {
        if (!cell.IsNumber) return cell;
        var mean = GroupMean.Of(moments, Counted.DimensionScores, invited, prior, scale);
        if (mean.Bounds is { } bounds)
            cell = cell with { WorstLow = Rounding.To(bounds.Low, 1), WorstHigh = Rounding.To(bounds.High, 1) };
        if (mean.EveryoneAnswered) return cell with { AllAnswered = true };
        return mean.Moderated is { } estimate ? Ends(cell, moments.Mean, estimate, 1, scale, precise) : cell;
    }

    /// <summary>
    /// Adds a group's interval. The finite-population correction takes the count's band at its lower end, and never all
    /// of the invited: an exact one would say how many answered, and that everyone did.
    /// </summary>
    public static PublishedCell WithGroupInterval(this PublishedCell cell, Moments moments, long? invited, PooledVariance prior, Scale scale, bool precise)
    {
        if (!cell.IsNumber) return cell;
        var estimate = GroupMean.Of(moments, Counted.DimensionScores, null, prior, scale).Moderated;
        if (estimate is null) return cell;
        var fraction = invited is { } n and > 0 ? Math.Min(BandStart(moments.Count), n - 1) / (double)n : 0;
        return Ends(cell, moments.Mean, estimate, Math.Sqrt(1 - fraction), scale, precise);
    }

    public static string Band(long count)
    {
        var start = BandStart(count);
        return start switch
        {
            5 => "5-9",
            10 => "10-19",
            20 => "20-49",
            50 => "50-99",
            _ => "100+",
        };
    }

    public static string Exact(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static long BandStart(long count) => CountBands.Of(count) switch
    {
        CountBand.From5To9 => 5,
        CountBand.From10To19 => 10,
        CountBand.From20To49 => 20,
        CountBand.From50To99 => 50,
        _ => 100,
    };

    private static PublishedCell Ends(PublishedCell cell, double mean, MeanEstimate estimate, double correction, Scale scale, bool precise)
    {
        var half = Distributions.StudentTQuantile(0.5 + GroupMean.Level / 2, estimate.DegreesOfFreedom) * estimate.StandardError * correction;
        var (low, high) = (scale.Clip(mean - half), scale.Clip(mean + half));
        return precise
            ? cell with { Low = Rounding.To(low, 1), High = Rounding.To(high, 1) }
            : cell with
            {
                Low = Rounding.Outward(low, scale.CoarseStep, down: true),
                High = Rounding.Outward(high, scale.CoarseStep, down: false),
                Coarse = true,
            };
    }
}
