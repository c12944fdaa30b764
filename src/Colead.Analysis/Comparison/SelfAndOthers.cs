using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// How an organisation rates itself against the mean of the ratings it received from m others. The self rating is a
/// fixed number; the interval is that of the others' mean, t with m − 1 degrees of freedom.
/// </summary>
/// <remarks>Kenny 1994, Interpersonal Perception. Lenient raters lift everyone they rate: read it with that in mind.</remarks>
/// <param name="Self">The organisation's own rating.</param>
/// <param name="Received">Ratings by others, one a rater.</param>
public readonly record struct SelfAndOthers(double Self, Moments Received)
{
    /// <summary>Fewest ratings received for showing the comparison.</summary>
    public const int FewestRatings = 5;

    public bool MayShow => Received.Count >= FewestRatings;

    /// <summary>Self minus others; absent where nobody rated.</summary>
    public Figure Difference => Received.Count > 0 ? Figure.Of(Self - Received.Mean) : Figure.Absent(Absence.NoAnswers);

    /// <summary>s/√m.</summary>
    public Figure StandardError
    {
        get
        {
            var m = Received.Count;
            return Received.SampleVariance.Select(s2 => Math.Sqrt(s2 / m));
        }
    }

    /// <summary>Difference ± t(m − 1)·s/√m; null for fewer than two ratings.</summary>
    public Interval? Interval(double level = 0.95)
    {
        if (!StandardError.IsDefined) return null;
        var reach = Distributions.StudentTQuantile(0.5 + level / 2, Received.Count - 1) * StandardError.Value;
        return new(Self - Received.Mean - reach, Self - Received.Mean + reach, IntervalMethod.StudentT, level);
    }
}
