using Colead.Analysis.Scoring;

namespace Colead.Analysis.Comparison;

/// <summary>
/// Who answered, beside how the answers changed: the mix of levels in both rounds, and the change with both rounds
/// weighted to the later round's roster, so that a different mix of people is not taken for a change of mind.
/// </summary>
/// <remarks>Post-stratified mean: Σ (N_h/N)·m_h over the levels with answers in both rounds. Cochran 1977, Sampling Techniques, ch.
/// 5A.</remarks>
/// <param name="Levels">Every level that was invited or answered, in order.</param>
/// <param name="Change">Later minus earlier mean, each person equal.</param>
/// <param name="EarlierPostStratified">Earlier mean with the later roster's weights.</param>
/// <param name="LaterPostStratified">Later mean with the later roster's weights.</param>
/// <param name="PostStratifiedChange">The difference of the two.</param>
/// <param name="LevelsLeftOut">Invited levels without answers in one of the rounds: no part of the weighted change.</param>
public sealed record Composition(
    IReadOnlyList<LevelShare> Levels,
    Figure Change,
    Figure EarlierPostStratified,
    Figure LaterPostStratified,
    Figure PostStratifiedChange,
    IReadOnlyList<int> LevelsLeftOut)
{
    /// <summary>How much of the plain change comes from a different mix: plain minus post-stratified.</summary>
    public Figure FromMix
    {
        get
        {
            var weighted = PostStratifiedChange;
            return !Change.IsDefined ? Change : weighted.IsDefined ? Figure.Of(Change.Value - weighted.Value) : weighted;
        }
    }

    /// <param name="earlier">Moments by level of the earlier round.</param>
    /// <param name="later">The same levels, later round.</param>
    /// <param name="laterRoster">People invited by level in the later round; raised to the number who answered where lower.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static Composition Of(ReadOnlySpan<Moments> earlier, ReadOnlySpan<Moments> later, ReadOnlySpan<long> laterRoster)
    {
        if (earlier.Length != later.Length || later.Length != laterRoster.Length)
            throw new ArgumentException("The same levels in both rounds and on the roster.", nameof(later));
        long before = 0, after = 0;
        double sumBefore = 0, sumAfter = 0, weight = 0, weightedBefore = 0, weightedAfter = 0;
        var leftOut = new List<int>();
        for (var h = 0; h < later.Length; h++)
        {
            before += earlier[h].Count;
            after += later[h].Count;
            sumBefore += earlier[h].Count * earlier[h].Mean;
            sumAfter += later[h].Count * later[h].Mean;
            var invited = Math.Max(laterRoster[h], later[h].Count);
            if (invited == 0) continue;
            if (earlier[h].Count == 0 || later[h].Count == 0)
            {
                leftOut.Add(h);
                continue;
            }

            weight += invited;
            weightedBefore += invited * earlier[h].Mean;
            weightedAfter += invited * later[h].Mean;
        }

        var shares = new List<LevelShare>();
        for (var h = 0; h < later.Length; h++)
            if (earlier[h].Count > 0 || later[h].Count > 0 || laterRoster[h] > 0)
                shares.Add(new(h, Share(earlier[h].Count, before), Share(later[h].Count, after)));

        var none = Figure.Absent(Absence.NoAnswers);
        var change = before > 0 && after > 0 ? Figure.Of(sumAfter / after - sumBefore / before) : none;
        return weight > 0
            ? new(shares, change, Figure.Of(weightedBefore / weight), Figure.Of(weightedAfter / weight),
                Figure.Of((weightedAfter - weightedBefore) / weight), leftOut)
            : new(shares, change, none, none, none, leftOut);
    }

    private static Figure Share(long part, long whole) =>
        whole > 0 ? Figure.Of((double)part / whole) : Figure.Absent(Absence.NoAnswers);
}

/// <summary>A level's share of those who answered, 0..1, in each round.</summary>
public readonly record struct LevelShare(int Level, Figure Earlier, Figure Later);
