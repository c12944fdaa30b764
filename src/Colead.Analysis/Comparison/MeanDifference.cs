using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// The difference of two independent means, first minus second, with Welch's test and Hedges' g. No finite-population
/// correction: a comparison claims something beyond the people invited. Computed when asked for, from the two sets of
/// moments alone.
/// </summary>
/// <remarks>
/// Means may be shown from 5 people on each side, tests from 10; g is for raw data alone. Welch 1947, Biometrika 34:28; Hedges 1981, J Educ
/// Stat 6:107; Borenstein et al. 2009, Introduction to Meta-Analysis, ch. 4.
/// </remarks>
public readonly record struct MeanDifference(Moments First, Moments Second)
{
    /// <summary>Fewest people on each side for showing the means.</summary>
    public const int FewestForMeans = 5;

    /// <summary>Fewest people on each side for showing a test or an effect size.</summary>
    public const int FewestForTest = 10;

    public bool MeansMayBeShown => Math.Min(First.Count, Second.Count) >= FewestForMeans;

    public bool TestMayBeShown => Math.Min(First.Count, Second.Count) >= FewestForTest;

    /// <summary>First mean minus second; absent where either side is empty.</summary>
    public Figure Value => First.Count > 0 && Second.Count > 0
        ? Figure.Of(First.Mean - Second.Mean)
        : Figure.Absent(Absence.NoAnswers);

    /// <summary>√(s₁²/n₁ + s₂²/n₂). Absent for n &lt; 2 on a side and where nobody on either side differs: no test then.</summary>
    public Figure StandardError => Parts(out var v1, out var v2) is { } why ? Figure.Absent(why) : Figure.Of(Math.Sqrt(v1 + v2));

    /// <summary>Welch–Satterthwaite degrees of freedom.</summary>
    public Figure DegreesOfFreedom => Parts(out var v1, out var v2) is { } why ? Figure.Absent(why) : Figure.Of(Welch(v1, v2));

    public Figure T => Parts(out var v1, out var v2) is { } why ? Figure.Absent(why)
        : Figure.Of((First.Mean - Second.Mean) / Math.Sqrt(v1 + v2));

    /// <summary>Two-sided p value of Welch's t.</summary>
    public Figure P => Parts(out var v1, out var v2) is { } why
        ? Figure.Absent(why)
        : Figure.Of(Distributions.StudentTTwoSided((First.Mean - Second.Mean) / Math.Sqrt(v1 + v2), Welch(v1, v2)));

    /// <summary>Welch's interval of the difference; null where there is no test.</summary>
    public Interval? Interval(double level = 0.95)
    {
        if (Parts(out var v1, out var v2) is not null) return null;
        var reach = Distributions.StudentTQuantile(0.5 + level / 2, Welch(v1, v2)) * Math.Sqrt(v1 + v2);
        var difference = First.Mean - Second.Mean;
        return new(difference - reach, difference + reach, IntervalMethod.WelchT, level);
    }

    /// <summary>Hedges' g = J·difference/s_pooled, J = 1 − 3/(4(n₁ + n₂ − 2) − 1).</summary>
    public Figure HedgesG => Parts(out _, out _) is { } why ? Figure.Absent(why) : Figure.Of(Correction * StandardisedDifference);

    /// <summary>√(J²·((n₁ + n₂)/(n₁n₂) + d²/(2(n₁ + n₂)))), d the uncorrected standardised difference.</summary>
    public Figure HedgesGStandardError
    {
        get
        {
            if (Parts(out _, out _) is { } why) return Figure.Absent(why);
            double n1 = First.Count, n2 = Second.Count, d = StandardisedDifference;
            return Figure.Of(Correction * Math.Sqrt((n1 + n2) / (n1 * n2) + d * d / (2 * (n1 + n2))));
        }
    }

    private double StandardisedDifference => (First.Mean - Second.Mean)
        / Math.Sqrt((First.SumOfSquares + Second.SumOfSquares) / (First.Count + Second.Count - 2));

    private double Correction => 1 - 3 / (4.0 * (First.Count + Second.Count - 2) - 1);

    private Absence? Parts(out double v1, out double v2)
    {
        v1 = v2 = 0;
        if (First.Count < 2 || Second.Count < 2) return Absence.TooFewAnswers;
        v1 = First.SampleVariance.Value / First.Count;
        v2 = Second.SampleVariance.Value / Second.Count;
        return v1 + v2 > 0 ? null : Absence.EveryoneAnsweredAlike;
    }

    private double Welch(double v1, double v2) =>
        (v1 + v2) * (v1 + v2) / (v1 * v1 / (First.Count - 1) + v2 * v2 / (Second.Count - 1));
}
