using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// Change from one anonymous round to the next: later minus earlier, Welch, no finite-population correction. People who
/// answered both rounds cannot be paired, which makes the test conservative: say so beside it.
/// </summary>
public static class Change
{
    /// <summary>Fewer people than this in either round: "indicative".</summary>
    public const int FewestForFirm = 10;

    /// <summary>The later round comes first, so a rise is positive.</summary>
    public static MeanDifference Between(Moments earlier, Moments later) => new(later, earlier);

    /// <summary>Shown, but to be labelled "indicative".</summary>
    public static bool IsIndicative(MeanDifference change) => Math.Min(change.First.Count, change.Second.Count) < FewestForFirm;

    /// <summary>
    /// One transition's changes of all groups × measures, p values adjusted over them: the partnership as a whole is one
    /// family (a single group), the organisations another. By group, then measure.
    /// </summary>
    /// <param name="earlier">By group, then measure; the same groups as <paramref name="later"/>.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static IReadOnlyList<Gap> Family(
        IReadOnlyList<IReadOnlyList<Moments>> earlier, IReadOnlyList<IReadOnlyList<Moments>> later)
    {
        if (earlier.Count != later.Count) throw new ArgumentException("The same groups in both rounds.", nameof(later));
        var changes = new List<Gap>();
        for (var g = 0; g < earlier.Count; g++)
        {
            if (earlier[g].Count != later[g].Count) throw new ArgumentException("The same measures in both rounds.", nameof(later));
            for (var d = 0; d < earlier[g].Count; d++) changes.Add(new(g, g, d, Between(earlier[g][d], later[g][d]), default));
        }

        return Gaps.Adjusted([.. changes]);
    }

    /// <summary>
    /// Organisations' changes of one measure drawn towards their common change (DerSimonian–Laird), with
    /// v = σ²_w·(1/n₁ + 1/n₂) and σ²_w the variance within organisation and round, pooled over all cells of both rounds.
    /// Organisations without a value in either round have no change; fewer than two with one: absent.
    /// </summary>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static ShrunkenChange Shrink(ReadOnlySpan<Moments> earlier, ReadOnlySpan<Moments> later)
    {
        if (earlier.Length != later.Length) throw new ArgumentException("The same groups in both rounds.", nameof(later));
        double squares = 0;
        long freedom = 0;
        var groups = new List<int>();
        for (var i = 0; i < earlier.Length; i++)
        {
            squares += earlier[i].SumOfSquares + later[i].SumOfSquares;
            freedom += Math.Max(0, earlier[i].Count - 1) + Math.Max(0, later[i].Count - 1);
            if (earlier[i].Count > 0 && later[i].Count > 0) groups.Add(i);
        }

        if (groups.Count < 2) return ShrunkenChange.Absent(Absence.TooFewGroups);
        if (freedom == 0) return ShrunkenChange.Absent(Absence.TooFewAnswers);
        var within = squares / freedom;
        if (Numerics.IsZeroVariance(within)) return ShrunkenChange.Absent(Absence.EveryoneAnsweredAlike);

        var change = new double[groups.Count];
        var variance = new double[groups.Count];
        for (var i = 0; i < change.Length; i++)
        {
            var (before, after) = (earlier[groups[i]], later[groups[i]]);
            change[i] = after.Mean - before.Mean;
            variance[i] = within * (1.0 / before.Count + 1.0 / after.Count);
        }

        var fit = RandomEffects.DerSimonianLaird(change, variance);
        return new(Figure.Of(within), fit, [.. groups.Select((g, i) => new GroupChange(g, change[i], variance[i], fit.Effects[i]))]);
    }
}

/// <summary>Shrunken changes of one measure between two rounds.</summary>
/// <param name="WithinVariance">σ²_w.</param>
/// <param name="Groups">The organisations with a change, in order.</param>
public sealed record ShrunkenChange(Figure WithinVariance, RandomEffectsFit Fit, IReadOnlyList<GroupChange> Groups)
{
    internal static ShrunkenChange Absent(Absence why) => new(Figure.Absent(why), RandomEffectsFit.Absent(why), []);
}

/// <summary>One organisation's change: as measured, its sampling variance, and as shrunken.</summary>
public readonly record struct GroupChange(int Group, double Change, double Variance, ShrunkenEffect Shrunken);
