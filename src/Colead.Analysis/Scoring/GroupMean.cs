using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>
/// Pooled within-organisation variance s0² of one round and measure, Σ SS / Σ(n − 1): what the variance of a small group
/// is drawn towards.
/// </summary>
/// <param name="Value">Variance in squared scale points.</param>
/// <param name="DegreesOfFreedom">Σ(n − 1); 0 where no organisation has two scores and the scale's own prior
/// (<see cref="Scale.PriorVariance"/>) stands in.</param>
public readonly record struct PooledVariance(double Value, long DegreesOfFreedom)
{
    /// <param name="organisations">Moments of each organisation's scores, in a fixed order; empty ones count nothing.</param>
    public static PooledVariance WithinGroups(IEnumerable<Moments> organisations, Scale scale)
    {
        double squares = 0;
        long degrees = 0;
        foreach (var moments in organisations)
        {
            if (moments.Count == 0) continue;
            squares += moments.SumOfSquares;
            degrees += moments.Count - 1;
        }

        if (degrees == 0) return new(scale.PriorVariance, 0);
        var value = squares / degrees;
        return new(Numerics.IsZeroVariance(value) ? 0 : value, degrees);
    }
}

/// <summary>A variance with its degrees of freedom, the standard error it gives a mean, and the interval.</summary>
public sealed record MeanEstimate(double Variance, double DegreesOfFreedom, double StandardError, Interval Interval);

/// <summary>Where the mean of everyone invited must lie, whatever those who did not answer would have said (Manski).</summary>
public sealed record WorstCaseBounds(double Low, double High);

/// <summary>
/// The mean of a group's person scores, n of N invited, with its uncertainty about <i>these invited people</i>.
/// Moderated t with finite-population correction: s̃² = (ν0·s0² + (n − 1)·s²)/(ν0 + n − 1), SE = √((1 − n/N)·s̃²/n),
/// m ± t(.975, ν0 + n − 1)·SE, clipped to the scale, ν0 = 4. Non-response is not in the interval: that is what
/// <see cref="Bounds"/> are for.
/// </summary>
/// <remarks>Cochran 1977, Sampling Techniques §2.6 (correction); Smyth 2004, Statistical Applications in Genetics and
/// Molecular Biology 3:3 (moderated variance); Manski 1989, Journal of Human Resources 24:343 (bounds).</remarks>
public sealed record GroupMean
{
    /// <summary>Degrees of freedom that the pooled variance is worth, ν0.</summary>
    public const int PriorDegreesOfFreedom = 4;

    public const double Level = 0.95;

    private GroupMean(Mean mean, Figure standardDeviation) => (Mean, StandardDeviation) = (mean, standardDeviation);

    public Mean Mean { get; }

    /// <summary>Sample standard deviation (n − 1); absent for fewer than two.</summary>
    public Figure StandardDeviation { get; }

    /// <summary>N: people invited, raised to n where the roster names fewer; null without a roster.</summary>
    public long? Invited { get; private init; }

    /// <summary>The roster named fewer people than answered, and N was raised to n: to be said beside the figure.</summary>
    public bool RosterWasShort { get; private init; }

    /// <summary>1 − n/N; absent without a roster or without answers.</summary>
    public Figure FinitePopulationCorrection { get; private init; } = Figure.Absent(Absence.NoRoster);

    /// <summary>Moderated t, the interval that is shown; null without answers.</summary>
    public MeanEstimate? Moderated { get; private init; }

    /// <summary>Student's t, for comparison; null for fewer than two scores.</summary>
    public MeanEstimate? Student { get; private init; }

    /// <summary>Null without a roster or without answers.</summary>
    public WorstCaseBounds? Bounds { get; private init; }

    /// <summary>Every invited person has a score: print "all N answered" instead of an interval of no width.</summary>
    public bool EveryoneAnswered => Mean.Count > 0 && Invited == Mean.Count;

    /// <summary>The interval to print; null where there is none to print.</summary>
    public Interval? ShownInterval => EveryoneAnswered ? null : Moderated?.Interval;

    /// <param name="scores">The group's person scores.</param>
    /// <param name="invited">People invited in the group, 0 or more; null without a roster (then neither correction nor bounds).</param>
    /// <param name="prior">s0² of the same round and measure.</param>
    public static GroupMean Of(Moments scores, Counted counted, long? invited, PooledVariance prior, Scale scale)
    {
        var n = scores.Count;
        var mean = new GroupMean(new Mean(scores.MeanFigure, n, counted, scale), scores.SampleStandardDeviation);
        if (n == 0)
            return mean with
            {
                Invited = invited,
                FinitePopulationCorrection = Figure.Absent(invited is null ? Absence.NoRoster : Absence.NoAnswers),
            };

        var roster = invited is { } named ? Math.Max(named, n) : (long?)null;
        var correction = roster is { } people ? 1 - (double)n / people : 1;
        var variance = scores.SampleVariance;
        var degrees = PriorDegreesOfFreedom + n - 1;
        var moderated = (PriorDegreesOfFreedom * prior.Value + (n - 1) * (variance.OrNull ?? 0)) / degrees;
        return mean with
        {
            Invited = roster,
            RosterWasShort = invited < n,
            FinitePopulationCorrection = roster is null ? Figure.Absent(Absence.NoRoster) : Figure.Of(correction),
            Moderated = Estimate(
                scores.Mean, n, moderated, degrees, correction, scale,
                roster is null ? IntervalMethod.ModeratedT : IntervalMethod.ModeratedTFinitePopulation),
            Student = variance.OrNull is { } s2
                ? Estimate(
                    scores.Mean, n, s2, n - 1, correction, scale,
                    roster is null ? IntervalMethod.StudentT : IntervalMethod.StudentTFinitePopulation)
                : null,
            Bounds = roster is { } all ? WorstCase(scores.Mean, n, all, scale) : null,
        };
    }

    private static MeanEstimate Estimate(
        double mean, long n, double variance, long degrees, double correction, Scale scale, IntervalMethod method)
    {
        var error = Math.Sqrt(correction * variance / n);
        var half = Distributions.StudentTQuantile(0.5 + Level / 2, degrees) * error;
        return new(variance, degrees, error, new Interval(scale.Clip(mean - half), scale.Clip(mean + half), method, Level));
    }

    private static WorstCaseBounds WorstCase(double mean, long n, long invited, Scale scale)
    {
        var silent = (double)(invited - n);
        return new((n * mean + silent * scale.Lowest) / invited, (n * mean + silent * scale.Highest) / invited);
    }
}
