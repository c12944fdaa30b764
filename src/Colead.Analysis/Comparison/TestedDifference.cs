using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>A difference with its standard error and the degrees of freedom that this error rests on, however it was come by.</summary>
/// <param name="Value">In points of the scale.</param>
/// <param name="StandardError">Above 0.</param>
/// <param name="DegreesOfFreedom">Above 0, not always whole.</param>
public readonly record struct TestedDifference(double Value, double StandardError, double DegreesOfFreedom)
{
    /// <summary>The share of true differences of the detectable size that the test would have found.</summary>
    public const double Power = 0.8;

    /// <summary>Two-sided p value of Student's t, 0..1.</summary>
    public double P => Distributions.StudentTTwoSided(Value / StandardError, DegreesOfFreedom);

    /// <summary>Student's interval.</summary>
    public Interval Interval(double level = 0.95)
    {
        var reach = Distributions.StudentTQuantile(0.5 + level / 2, DegreesOfFreedom) * StandardError;
        return new(Value - reach, Value + reach, IntervalMethod.WelchT, level);
    }

    /// <summary>
    /// The true difference that this test would have found four times in five, had it been judged at <paramref name="alpha"/> (0..1):
    /// se·(t(1 − α/2) + t(.80)).
    /// </summary>
    public double Detectable(double alpha) => StandardError
        * (Distributions.StudentTQuantile(1 - alpha / 2, DegreesOfFreedom) + Distributions.StudentTQuantile(Power, DegreesOfFreedom));

    /// <summary>Welch's test of two groups; null for fewer than two people on a side and where nobody differs.</summary>
    public static TestedDifference? Of(MeanDifference difference) =>
        difference is { StandardError: { IsDefined: true, Value: var error }, DegreesOfFreedom: { IsDefined: true, Value: var freedom } }
            ? new(difference.Value.Value, error, freedom)
            : null;
}
