namespace Colead.Analysis.Voice;

/// <summary>
/// How evenly the strata of a roster answered: the R-indicator, 1 = every stratum answered at the same rate, lower = some
/// are missing more than others. Small rosters inflate the spread by chance alone, so the bias-adjusted form is shown.
/// </summary>
/// <remarks>
/// ρ_h = r_h/N_h, S² = Σ N_h(ρ_h − ρ)²/(N − 1), R = 1 − 2S; adjusted S² = max(0, S² − Σ (1 − N_h/N)·ρ_h(1 − ρ_h)·N_h/(N_h − 1)/(N − 1)),
/// the last factor 1 where N_h = 1. Schouten, Cobben &amp; Bethlehem 2009, Survey Methodology 35:101; Shlomo, Skinner &amp;
/// Schouten 2012, J Stat Planning Inference 142:201. The adjustment is derived here for binomial strata.
/// </remarks>
/// <param name="Overall">All strata together.</param>
/// <param name="R">Unadjusted R-indicator.</param>
/// <param name="AdjustedR">Bias-adjusted: the one to show.</param>
/// <param name="CoefficientOfVariation">S/ρ: no mean of the round can be further from everyone's than this many standard deviations, if the
/// strata explain who answers.</param>
/// <param name="AdjustedCoefficientOfVariation">The same from the adjusted S.</param>
/// <param name="Partial">√(N_h/N)·(ρ_h − ρ) by stratum: who is missing (negative) or over-represented. Absent where nobody was
/// invited.</param>
public sealed record Representativeness(
    ResponseRate Overall,
    Figure R,
    Figure AdjustedR,
    Figure CoefficientOfVariation,
    Figure AdjustedCoefficientOfVariation,
    IReadOnlyList<Figure> Partial)
{
    /// <summary>Fewest people invited for showing the indicator.</summary>
    public const int FewestInvitedToShow = 50;

    /// <summary>Strata with fewer people invited are merged for display.</summary>
    public const int FewestInStratum = 5;

    public bool MayShow => Overall.Invited >= FewestInvitedToShow && AdjustedR.IsDefined;

    /// <summary>Strata without invited people are left out. Absent for fewer than two invited people.</summary>
    public static Representativeness Of(ReadOnlySpan<ResponseRate> strata)
    {
        var all = default(ResponseRate);
        foreach (var s in strata) all = all.Add(s);
        var partial = new Figure[strata.Length];
        Array.Fill(partial, Figure.Absent(Absence.NobodyInvited));
        if (all.Invited < 2)
        {
            var none = Figure.Absent(all.Invited == 0 ? Absence.NobodyInvited : Absence.TooFewAnswers);
            return new(all, none, none, none, none, partial);
        }

        double n = all.Invited, rho = all.Answered / n, spread = 0, chance = 0;
        for (var h = 0; h < strata.Length; h++)
        {
            if (strata[h].Invited == 0) continue;
            double invited = strata[h].Invited, rate = strata[h].Answered / invited;
            spread += invited * (rate - rho) * (rate - rho);
            chance += (1 - invited / n) * rate * (1 - rate) * (invited > 1 ? invited / (invited - 1) : 1);
            partial[h] = Figure.Of(Math.Sqrt(invited / n) * (rate - rho));
        }

        var s2 = spread / (n - 1);
        var adjusted = Math.Max(0, s2 - chance / (n - 1));
        return new(all, Indicator(s2), Indicator(adjusted), Relative(s2, rho), Relative(adjusted, rho), partial);
    }

    /// <summary>
    /// For display: strata with fewer than <see cref="FewestInStratum"/> invited become one; if that one is still too
    /// small it takes in the smallest of the others (the first of equals). Each merged stratum lists its members.
    /// </summary>
    public static IReadOnlyList<MergedStratum> MergeSmall(IReadOnlyList<ResponseRate> strata)
    {
        var small = Enumerable.Range(0, strata.Count).Where(h => strata[h].Invited is > 0 and < FewestInStratum).ToList();
        var large = Enumerable.Range(0, strata.Count).Where(h => strata[h].Invited >= FewestInStratum).ToList();
        if (small.Count > 0 && small.Sum(h => strata[h].Invited) < FewestInStratum && large.Count > 0)
        {
            var next = large.MinBy(h => strata[h].Invited);
            large.Remove(next);
            small.Add(next);
            small.Sort();
        }

        var merged = large.Select(h => new MergedStratum([h], strata[h])).ToList();
        if (small.Count > 0) merged.Add(new(small, small.Aggregate(default(ResponseRate), (sum, h) => sum.Add(strata[h]))));
        return merged;
    }

    private static Figure Indicator(double s2) => Figure.Of(1 - 2 * Math.Sqrt(s2));

    private static Figure Relative(double s2, double rho) =>
        rho > 0 ? Figure.Of(Math.Sqrt(s2) / rho) : Figure.Absent(Absence.NoAnswers);
}

/// <summary>One stratum, or several small ones together.</summary>
public sealed record MergedStratum(IReadOnlyList<int> Members, ResponseRate Response);
