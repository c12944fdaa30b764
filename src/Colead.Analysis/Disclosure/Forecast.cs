using Colead.Analysis.Scoring;

namespace Colead.Analysis.Disclosure;

/// <summary>How often a planned cell would be shown for a question that everyone who takes part answers.</summary>
/// <param name="IfAll">Shown if everyone answers.</param>
/// <param name="IfHalf">Shown if half of every stratum answers, rounded up.</param>
/// <param name="Draws">In how many of the draws at half it was shown.</param>
public sealed record CellForecast(Cell Cell, bool IfAll, bool IfHalf, int Draws);

/// <summary>What a round could publish, told before it opens.</summary>
/// <param name="Members">Means for members.</param>
/// <param name="Open">The open tier; also statements and comparisons between sectors and levels.</param>
public sealed record RoundForecast(IReadOnlyList<CellForecast> Members, IReadOnlyList<CellForecast> Open, int DrawsMade);

/// <summary>The closing's own decision, tried on the roster before anybody has answered.</summary>
public static class Forecast
{
    public const int Draws = 200;

    /// <summary>
    /// Everyone answers; half of every stratum, rounded up; and <paramref name="draws"/> seeded draws in which each invited
    /// person answers or not with equal chance.
    /// </summary>
    /// <param name="counting">How many of those invited count towards thresholds. Null: everybody.</param>
    public static RoundForecast Of(ReportingPlan plan, ulong seed = 200, int draws = Draws, Roster? counting = null)
    {
        var people = (counting ?? plan.Roster).Invited;
        var protector = new Protector(plan);
        var all = protector.Dimension(plan.Count(s => people.GetValueOrDefault(s)));
        var half = protector.Dimension(plan.Count(s => (people.GetValueOrDefault(s) + 1) / 2));
        var members = new Dictionary<Cell, int>();
        var open = new Dictionary<Cell, int>();
        var random = new SeededRandom(seed);
        for (var i = 0; i < draws; i++)
        {
            var drawn = protector.Dimension(plan.Count(s => Half(random, people.GetValueOrDefault(s))));
            foreach (var cell in drawn.Members.Shown) members[cell] = members.GetValueOrDefault(cell) + 1;
            foreach (var cell in drawn.Open.Shown) open[cell] = open.GetValueOrDefault(cell) + 1;
        }

        return new(
            [.. plan.Planned.Select(c => new CellForecast(c, all.Members.Shows(c), half.Members.Shows(c), members.GetValueOrDefault(c)))],
            [.. plan.Planned.Where(c => c.Kind is ViewKind.All or ViewKind.Sector or ViewKind.Level)
                .Select(c => new CellForecast(c, all.Open.Shows(c), half.Open.Shows(c), open.GetValueOrDefault(c)))],
            draws);
    }

    /// <summary>How many of <paramref name="people"/> answer when each tosses a fair coin.</summary>
    private static long Half(SeededRandom random, int people)
    {
        long answered = 0;
        for (; people >= 64; people -= 64) answered += (long)ulong.PopCount(random.NextBits());
        if (people > 0) answered += (long)ulong.PopCount(random.NextBits() >> (64 - people));
        return answered;
    }
}
