using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>Now and wished-for, over the people who rated both: moments of each and of desired − current within a person.</summary>
public readonly record struct PairedRatings(Moments Current, Moments Desired, Moments Gap)
{
    /// <summary>Pairs position by position; a person with either rating missing is left out of all three.</summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static PairedRatings Of(ReadOnlySpan<double?> current, ReadOnlySpan<double?> desired)
    {
        if (current.Length != desired.Length) throw new ArgumentException("Each person has a place in both lists.", nameof(desired));
        var (now, wished, gap) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < current.Length; i++)
        {
            if (current[i] is not { } c || desired[i] is not { } d) continue;
            now.Add(c);
            wished.Add(d);
            gap.Add(d - c);
        }

        return new(Moments.Of(now.ToArray()), Moments.Of(wished.ToArray()), Moments.Of(gap.ToArray()));
    }
}

/// <summary>Where a dimension lies when current and desired are split at their means over the dimensions.</summary>
public enum Quadrant
{
    /// <summary>Wished for less than the average dimension and rated lower: leave for now.</summary>
    LowPriority,

    /// <summary>Wished for more, rated lower: the first to work on.</summary>
    ConcentrateHere,

    /// <summary>Wished for more and rated higher.</summary>
    KeepItUp,

    /// <summary>Wished for less, rated higher: perhaps more effort than needed.</summary>
    PossibleOverkill,
}

/// <summary>One dimension's gap between wish and present, with a paired t test.</summary>
/// <param name="Rank">1 = widest gap; equal gaps share the smallest rank. 0 where there is no gap to rank.</param>
/// <param name="AdjustedP">Benjamini–Hochberg over the dimensions.</param>
/// <param name="Quadrant">Null where nobody rated both.</param>
public sealed record DesiredGap(PairedRatings Ratings, int Rank, Figure AdjustedP, Quadrant? Quadrant)
{
    public long Count => Ratings.Gap.Count;

    /// <summary>Mean of desired − current.</summary>
    public Figure Gap => Ratings.Gap.MeanFigure;

    /// <summary>s/√n of the within-person gaps; absent for n &lt; 2 and where every gap is the same.</summary>
    public Figure StandardError => CurrentAndDesired.PairedError(Ratings.Gap);

    public Figure T
    {
        get
        {
            var mean = Ratings.Gap.Mean;
            return StandardError.Select(se => mean / se);
        }
    }

    /// <summary>Two-sided p value of the paired t, n − 1 degrees of freedom.</summary>
    public Figure P => CurrentAndDesired.PairedP(Ratings.Gap);

    /// <summary>Desired × gap: an index some boards ask for. A plot says more; shown only by choice.</summary>
    public Figure Index
    {
        get
        {
            var desired = Ratings.Desired.Mean;
            return Gap.Select(g => desired * g);
        }
    }

    /// <summary>Paired t interval of the gap; null where there is no test.</summary>
    public Interval? Interval(double level = 0.95)
    {
        if (!StandardError.IsDefined) return null;
        var reach = Distributions.StudentTQuantile(0.5 + level / 2, Count - 1) * StandardError.Value;
        return new(Ratings.Gap.Mean - reach, Ratings.Gap.Mean + reach, IntervalMethod.StudentT, level);
    }
}

/// <summary>Current against desired over the dimensions of an instrument.</summary>
/// <remarks>
/// Martilla &amp; James 1977, J Marketing 41:77 (the quadrants); Bacon 2003, Int J Market Research 45:55 (split at the
/// data's own means, and the caution against multiplying).
/// </remarks>
public static class CurrentAndDesired
{
    /// <summary>One result for each dimension, in order.</summary>
    public static IReadOnlyList<DesiredGap> Of(IReadOnlyList<PairedRatings> dimensions)
    {
        var adjusted = BenjaminiHochberg.Adjust([.. dimensions.Select(d => PairedP(d.Gap))]);
        var rated = dimensions.Where(d => d.Gap.Count > 0).ToList();
        var current = rated.Count > 0 ? rated.Average(d => d.Current.Mean) : 0;
        var desired = rated.Count > 0 ? rated.Average(d => d.Desired.Mean) : 0;
        return [.. dimensions.Select((d, i) => d.Gap.Count == 0
            ? new DesiredGap(d, 0, adjusted[i], null)
            : new DesiredGap(d, 1 + rated.Count(o => o.Gap.Mean > d.Gap.Mean), adjusted[i],
                Place(d.Current.Mean >= current, d.Desired.Mean >= desired)))];
    }

    internal static Figure PairedError(Moments gap) => gap.SampleVariance is { IsDefined: true } variance
        ? variance.Value > 0 ? Figure.Of(Math.Sqrt(variance.Value / gap.Count)) : Figure.Absent(Absence.EveryoneAnsweredAlike)
        : Figure.Absent(Absence.TooFewAnswers);

    internal static Figure PairedP(Moments gap) =>
        PairedError(gap).Select(se => Distributions.StudentTTwoSided(gap.Mean / se, gap.Count - 1));

    private static Quadrant Place(bool high, bool wished) => (high, wished) switch
    {
        (true, true) => Quadrant.KeepItUp,
        (false, true) => Quadrant.ConcentrateHere,
        (true, false) => Quadrant.PossibleOverkill,
        (false, false) => Quadrant.LowPriority,
    };
}
