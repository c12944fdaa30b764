using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>Turns a cell's exact sums into what is printed: a rounded mean with its interval, or a band, or nothing.</summary>
internal static class CellFigures
{
    /// <summary>"Withheld to protect people": one form for every reason, so that it tells nothing.</summary>
    public static PublishedCell Hidden(string measure) => new() { Measure = measure, Withheld = Publishing.Withheld.Protection };

    /// <summary>The number or band alone.</summary>
    /// <param name="people">Exact for all where it may be said, a band elsewhere.</param>
    public static PublishedCell Mean(string measure, ScoreSums sums, Scale scale, string? people, CoarsePart? part = null)
    {
        var cell = new PublishedCell { Measure = measure, People = people, PeoplePart = part };
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

    /// <summary>
    /// Would the printed mean tell that those who count lie at an end of the scale, more closely than "at most" or "at least" does? The
    /// reader knows the answers of those who do not count: a mean of both that is a number gives the others', and so does an end that only
    /// they lie at.
    /// </summary>
    public static bool GivesAwayAnEnd(ScoreSums all, ScoreSums known, Scale scale)
    {
        if (known.Count == 0 || all.Count == known.Count) return false;
        var end = EndOf(new(all.Count - known.Count, all.Sum - known.Sum, all.SumOfSquares - known.SumOfSquares, all.Unit), scale);
        return end != 0 && (EndOf(all, scale) != end || EndOf(known, scale) != end);
    }

    /// <summary>
    /// Adds the interval for the whole partnership and the worst-case bounds. Both take the number that is said to have answered; the
    /// bounds the printed mean too.
    /// </summary>
    public static PublishedCell WithInterval(this PublishedCell cell, Moments moments, SaidCount said, long? invited, PooledVariance prior,
        Scale scale, bool precise)
    {
        if (!cell.IsNumber) return cell;
        double fraction = 0;
        if (invited is { } all and > 0 && said.Least(invited) is > 0 and var answered)
        {
            fraction = Math.Min(answered, all) / (double)all;
            var mean = (double)cell.Mean!.Value * fraction;
            var (least, most) = Rounding.Outward(mean + (1 - fraction) * scale.Lowest, mean + (1 - fraction) * scale.Highest);
            cell = cell with { WorstLow = least, WorstHigh = most };
        }

        return GroupMean.Of(moments, Counted.DimensionScores, null, prior, scale).Moderated is { } estimate
            ? Ends(cell, moments.Mean, estimate, Math.Sqrt(1 - fraction), scale, precise)
            : cell;
    }

    /// <summary>
    /// Adds a group's interval. The finite-population correction takes the count's band at its lower end, and never all
    /// of the invited: an exact one would say how many answered, and that everyone did.
    /// </summary>
    /// <param name="band">Lower end of the printed band.</param>
    public static PublishedCell WithGroupInterval(
        this PublishedCell cell, Moments moments, long band, long? invited, PooledVariance prior, Scale scale, bool precise)
    {
        if (!cell.IsNumber) return cell;
        var estimate = GroupMean.Of(moments, Counted.DimensionScores, null, prior, scale).Moderated;
        if (estimate is null) return cell;
        var fraction = invited is { } n and > 0 ? Math.Min(band, n - 1) / (double)n : 0;
        return Ends(cell, moments.Mean, estimate, Math.Sqrt(1 - fraction), scale, precise);
    }

    private static PublishedCell Ends(PublishedCell cell, double mean, MeanEstimate estimate, double correction, Scale scale, bool precise)
    {
        var half = Distributions.StudentTQuantile(0.5 + GroupMean.Level / 2,
            estimate.DegreesOfFreedom) * estimate.StandardError * correction;
        var (low, high) = (scale.Clip(mean - half), scale.Clip(mean + half));
        if (!precise)
            return cell with
            {
                Low = Rounding.Outward(low, scale.CoarseStep, down: true),
                High = Rounding.Outward(high, scale.CoarseStep, down: false),
                Coarse = true,
            };
        (var least, var most) = Rounding.Outward(low, high);
        return cell with { Low = least, High = most };
    }
}
