using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// Each of several groups against the average of them all, every group counting the same: what the word for an organisation rests on. The
/// error is
/// that of people within groups, so nothing is assumed of how far groups lie apart.
/// </summary>
/// <remarks>
/// G groups of n_i, N people: dev_i = m_i − Σ m_j/G, se² = MSW·((1 − 2/G)/n_i + Σ(1/n_j)/G²), t on N − G degrees of freedom. Scheffé
/// 1959, The Analysis of
/// Variance, ch. 3.
/// </remarks>
public static class GroupDeviations
{
    /// <summary>With fewer groups none is set against the average.</summary>
    public const int FewestGroups = 3;

    /// <summary>One for each group, in order; null without a value, and for all where they are fewer than three or nobody differs within
    /// one.</summary>
    /// <param name="groups">Moments by group.</param>
    /// <param name="counts">People by group that errors are to rest on instead; null: those of the moments.</param>
    public static IReadOnlyList<TestedDifference?> Of(IReadOnlyList<Moments> groups, IReadOnlyList<long>? counts = null)
    {
        var sums = OneWaySums.Of([.. groups]);
        var tested = new TestedDifference?[groups.Count];
        if (sums.Groups < FewestGroups || sums.WithinMeanSquare.OrNull is not > 0) return tested;
        double mean = 0, inverse = 0, people = 0;
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Count == 0) continue;
            mean += groups[i].Mean / sums.Groups;
            inverse += 1.0 / CountOf(i) / ((double)sums.Groups * sums.Groups);
            people += CountOf(i);
        }

        if (people <= sums.Groups) return tested;
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Count == 0) continue;
            var variance = sums.WithinMeanSquare.Value * ((1 - 2.0 / sums.Groups) / CountOf(i) + inverse);
            tested[i] = new(groups[i].Mean - mean, Math.Sqrt(variance), people - sums.Groups);
        }

        return tested;

        double CountOf(int i) => counts?[i] ?? groups[i].Count;
    }

    /// <summary>P value of the analysis of variance: do the groups differ at all? Absent as above.</summary>
    public static Figure OfAll(IReadOnlyList<Moments> groups)
    {
        var sums = OneWaySums.Of([.. groups]);
        if (sums.Groups < FewestGroups) return Figure.Absent(Absence.TooFewGroups);
        if (!sums.WithinMeanSquare.IsDefined) return Figure.Absent(sums.WithinMeanSquare.Why);
        return sums.WithinMeanSquare.Value > 0
            ? Figure.Of(Distributions.FUpperTail(sums.BetweenMeanSquare.Value / sums.WithinMeanSquare.Value, sums.Groups - 1,
                sums.Count - sums.Groups))
            : Figure.Absent(Absence.EveryoneAnsweredAlike);
    }
}
