using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>The three ways of saying one number for a whole partnership. They answer different questions and are never blended.</summary>
public enum HeadlineKind
{
    /// <summary>(a) Every person who answered counts the same.</summary>
    EachPersonEqual,

    /// <summary>(b) Every organisation with a score counts the same, large or small.</summary>
    EachOrganisationEqual,

    /// <summary>(c) Every invited person counts the same: levels weigh by their share of the roster.</summary>
    PostStratifiedByLevel,
}

/// <summary>One headline.</summary>
/// <param name="Mean">(a) and (c) count people, (b) organisations.</param>
/// <param name="StandardError">With finite-population correction and moderated variance; absent for (b).</param>
public sealed record Headline(HeadlineKind Kind, Mean Mean, Figure StandardError);

/// <summary>The three headlines of one measure.</summary>
/// <param name="LevelsWithoutData">Invited levels of which nobody has a score: (c) is silent about them, and says so.</param>
/// <param name="Default">(c) where the roster is known, else (b).</param>
/// <remarks>Cochran 1977, Sampling Techniques ch. 5A.</remarks>
public sealed record Headlines(
    Headline People, Headline Organisations, Headline Levels, IReadOnlyList<int> LevelsWithoutData, HeadlineKind Default)
{
    public Headline Shown => Default == HeadlineKind.PostStratifiedByLevel ? Levels : Organisations;

    /// <param name="organisations">Moments of each organisation's person scores; those without scores are left out of (b).</param>
    /// <param name="levels">Moments of each level's person scores.</param>
    /// <param name="invitedByLevel">People invited at each level, as many as <paramref name="levels"/>; null without a roster.
    /// Fewer than answered are raised to those who answered.</param>
    /// <param name="prior">s0² of the same round and measure.</param>
    /// <exception cref="ArgumentException">The lists of levels differ in length.</exception>
    public static Headlines Of(
        Moments all,
        IReadOnlyList<Moments> organisations,
        IReadOnlyList<Moments> levels,
        IReadOnlyList<long>? invitedByLevel,
        Counted counted,
        PooledVariance prior,
        Scale scale)
    {
        if (invitedByLevel is not null && invitedByLevel.Count != levels.Count)
            throw new ArgumentException("As many invited counts as levels.", nameof(invitedByLevel));
        var people = GroupMean.Of(all, counted, invitedByLevel?.Sum(), prior, scale);
        double sum = 0;
        long groups = 0;
        foreach (var organisation in organisations)
        {
            if (organisation.Count == 0) continue;
            sum += organisation.Mean;
            groups++;
        }

        var each = groups > 0 ? Figure.Of(sum / groups) : Figure.Absent(Absence.NoAnswers);
        return new(
            new(HeadlineKind.EachPersonEqual, people.Mean, Error(people)),
            new(HeadlineKind.EachOrganisationEqual, new Mean(each, groups, Counted.Organisations, scale),
                Figure.Absent(Absence.NotComputed)),
            PostStratified(levels, invitedByLevel, counted, prior, scale),
            [.. Enumerable.Range(0, levels.Count).Where(h => invitedByLevel is not null && invitedByLevel[h] > 0 && levels[h].Count == 0)],
            invitedByLevel is null ? HeadlineKind.EachOrganisationEqual : HeadlineKind.PostStratifiedByLevel);
    }

    /// <summary>Σ (N_h/N)·m_h and √Σ (N_h/N)²·SE_h² over the levels h with data, N their roster together.</summary>
    private static Headline PostStratified(
        IReadOnlyList<Moments> levels, IReadOnlyList<long>? invitedByLevel, Counted counted, PooledVariance prior, Scale scale)
    {
        const HeadlineKind kind = HeadlineKind.PostStratifiedByLevel;
        var n = levels.Sum(l => l.Count);
        if (invitedByLevel is null || n == 0)
        {
            var none = Figure.Absent(invitedByLevel is null ? Absence.NoRoster : Absence.NoAnswers);
            return new(kind, new Mean(none, n, counted, scale), none);
        }

        double mean = 0, variance = 0, total = 0;
        for (var h = 0; h < levels.Count; h++)
        {
            if (GroupMean.Of(levels[h], counted, invitedByLevel[h], prior, scale) is not { Moderated: { } moderated,
                Invited: { } invited }) continue;
            mean += invited * levels[h].Mean;
            variance += (double)invited * invited * moderated.StandardError * moderated.StandardError;
            total += invited;
        }

        return new(kind, new Mean(Figure.Of(mean / total), n, counted, scale), Figure.Of(Math.Sqrt(variance) / total));
    }

    private static Figure Error(GroupMean mean) => mean.Moderated is { } moderated
        ? Figure.Of(moderated.StandardError)
        : Figure.Absent(Absence.NoAnswers);
}
