using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// Which dimension stands highest and which lowest, judged person by person: each person's scores are set against each other, so that
/// people who see much of
/// everything do not blur it. Said only where it can be told from the others, and then with every dimension that cannot be told from it.
/// </summary>
/// <remarks>
/// One-sample t of a person's score minus their own mean, Benjamini–Hochberg over the dimensions: the highest (lowest) is said at .05.
/// Tied with it is every
/// dimension whose paired difference from it has p above .05 or that prints the same. The interval of the span between two is Student's
/// at .95 for all pairs at
/// once (Bonferroni), because the two were chosen for lying furthest apart.
/// </remarks>
public static class HighestAndLowest
{
    /// <summary>Named together at most; more than these say nothing.</summary>
    public const int MostNamed = 3;

    private const double Rate = 0.05;

    /// <summary>The highest dimension and those tied with it, or null where none can be said.</summary>
    /// <param name="scores">Of everyone.</param>
    /// <param name="printed">Printed means by dimension; all of them.</param>
    /// <param name="fewest">Dimensions that a person's own mean rests on at least.</param>
    /// <param name="lowest">The lowest instead.</param>
    public static IReadOnlyList<int>? Of(ScoreProducts scores, IReadOnlyList<decimal> printed, int fewest, bool lowest)
    {
        if (printed.Count < 2) return null;
        var sign = lowest ? -1 : 1;
        var own = Enumerable.Range(0, printed.Count).Select(d => scores.FromOwnMean(d, fewest)).ToList();
        var p = BenjaminiHochberg.Adjust([.. own.Select(PairedP)]);
        var first = Enumerable.Range(0,
            printed.Count).OrderByDescending(d => sign * printed[d]).ThenByDescending(d => sign * own[d].Mean).ThenBy(d => d).First();
        if (p[first].OrNull is not <= Rate || sign * own[first].Mean <= 0) return null;
        List<int> named = [first];
        for (var d = 0; d < printed.Count; d++)
            if (d != first && (printed[d] == printed[first] || PairedP(scores.Difference(first, d)).OrNull is not <= Rate)) named.Add(d);
        return named.Count <= MostNamed ? named : null;
    }

    /// <summary>The interval of the first dimension's mean minus the second's among the same people; null where it cannot be
    /// told.</summary>
    public static Interval? Span(ScoreProducts scores, int first, int second)
    {
        var difference = scores.Difference(first, second);
        if (difference.SampleVariance.OrNull is not > 0) return null;
        var pairs = scores.Dimensions * (scores.Dimensions - 1) / 2;
        return new TestedDifference(difference.Mean, Math.Sqrt(difference.SampleVariance.Value / difference.Count), difference.Count - 1)
            .Interval(1 - Rate / pairs);
    }

    private static Figure PairedP(Moments difference) => difference.SampleVariance.OrNull switch
    {
        null => Figure.Absent(Absence.TooFewAnswers),
        0 => difference.Mean == 0 ? Figure.Of(1) : Figure.Of(0),
        { } variance => Figure.Of(Distributions.StudentTTwoSided(difference.Mean / Math.Sqrt(variance / difference.Count),
            difference.Count - 1)),
    };
}
