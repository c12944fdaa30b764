using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// What several cells share: pooled variance, headlines, pooling over organisations. All of it is computed from cells
/// that are published as numbers, a fold counting as one organisation. A withheld cell, or one shown as a band, has no
/// part in it: two headlines would otherwise give away two hidden means.
/// </summary>
internal sealed class SharedFigures
{
    private readonly Dictionary<Cell, int> place = [];

    private readonly DrawnInGaps? drawnIn;
    private readonly IReadOnlyList<TestedDifference?> deviations;

    private SharedFigures(PooledVariance prior, bool allUnitsAreNumbers, IReadOnlyList<Moments> units, double range)
    {
        Prior = prior;
        AllShownUnitsAreNumbers = allUnitsAreNumbers;
        Units = units;
        drawnIn = DrawnInGaps.Of(units, range);
        deviations = GroupDeviations.Of(units);
    }

    public PooledVariance Prior { get; }

    public bool AllShownUnitsAreNumbers { get; }

    public IReadOnlyList<Moments> Units { get; }

    public static SharedFigures Of(ReportingPlan plan, ViewTotals totals, ShownCells shown, int measure, Scale scale)
    {
        var numbers = new List<(Cell Cell, Moments Moments)>();
        var all = true;
        foreach (var cell in plan.Planned.Where(c => c.Kind == ViewKind.Unit && shown.Measure(measure, c, Tier.Members)))
        {
            var sums = totals[cell].Sums(measure);
            if (CellFigures.EndOf(sums, scale) == 0) numbers.Add((cell, sums.ToMoments()));
            else all = false;
        }

        Moments[] moments = [.. numbers.Select(n => n.Moments)];
        var shared = new SharedFigures(PooledVariance.WithinGroups(moments, scale), all, moments, scale.Range);
        for (var i = 0; i < numbers.Count; i++) shared.place[numbers[i].Cell] = i;
        return shared;
    }

    /// <summary>Cells of the organisations shown as numbers, in the order of <see cref="Units"/>.</summary>
    public IEnumerable<Cell> UnitCells => place.OrderBy(p => p.Value).Select(p => p.Key);

    /// <summary>Gaps are drawn in: five organisations or more.</summary>
    public bool AreDrawnIn => drawnIn is not null;

    /// <summary>An organisation's distance from the average one and the test of it; null where none can be set against the
    /// average.</summary>
    public (double Gap, TestedDifference Test)? GapOf(Cell unit) =>
        place.TryGetValue(unit, out var i) && deviations[i] is { } test ? (drawnIn?.Gaps[i] ?? test.Value, test) : null;

    /// <summary>
    /// The distance that the test would have found, for the fewest people that the printed bands stand for: from the numbers themselves
    /// it would tell how many answered,
    /// since all else in it is shared.
    /// </summary>
    /// <param name="bandStart">Of an organisation's printed band.</param>
    public double Detectable(Cell unit, Func<Cell, long> bandStart, double alpha) =>
        GroupDeviations.Of(Units, [.. UnitCells.Select(bandStart)])[place[unit]]?.Detectable(alpha) ?? double.PositiveInfinity;

    /// <summary>The distance as the weights it gives each organisation's mean: the average takes in all of them.</summary>
    public IEnumerable<(Cell Cell, double Weight, long Count)> GapParts(Cell unit)
    {
        var own = place[unit];
        foreach (var (cell, i) in place)
            yield return (cell, drawnIn?.Weight(own, i) ?? (cell == unit ? 1 : 0) - 1.0 / Units.Count, Units[i].Count);
    }

    /// <summary>The three headlines of one measure in one tier; organisations are not in the open tier.</summary>
    public PublishedHeadline Headline(
        string name, RoundToPublish round, ReportingPlan plan, ViewTotals totals, ShownCells shown, int measure,
        FigureLedger ledger, Tier tier, Scale scale)
    {
        var all = totals[Cell.All].Sums(measure);
        if (!shown.Measure(measure, Cell.All, tier) || CellFigures.EndOf(all, scale) != 0) return new(name, null, null, null, null);

        var column = new Column(false, measure);
        var people = Rounding.Mean(all);
        ledger.Add(column, tier, Cell.All, all.Count);
        decimal? organisations = tier == Tier.Members && round.Groupings.HasFlag(Groupings.Organisations) && AllShownUnitsAreNumbers && Units.Count > 1
            ? Rounding.To(Units.Average(u => u.Mean), 1)
            : null;
        if (organisations is not null) ledger.Add(column, tier, place.Select(u => (u.Key, 1.0 / Units.Count, Units[u.Value].Count)));
        var (levels, leftOut) = PostStratified(round, plan, totals, shown, measure, ledger, tier, scale);
        HeadlineKind best = levels is not null ? HeadlineKind.PostStratifiedByLevel
            : organisations is not null ? HeadlineKind.EachOrganisationEqual
            : HeadlineKind.EachPersonEqual;
        return new(name, people, organisations, levels, best) { LevelsLeftOut = leftOut };
    }

    /// <summary>Σ N_h·m_h / Σ N_h over the levels published as numbers; none where a published level is a band.</summary>
    private static (decimal? Mean, IReadOnlyList<string> LeftOut) PostStratified(
        RoundToPublish round, ReportingPlan plan, ViewTotals totals, ShownCells shown, int measure, FigureLedger ledger, Tier tier, Scale scale)
    {
        if (round.Roster is null || !round.Groupings.HasFlag(Groupings.Levels)) return (null, []);
        double sum = 0;
        long people = 0;
        var leftOut = new List<string>();
        var parts = new List<(Cell Cell, double Weight, long Count)>();
        foreach (var cell in plan.Planned.Where(c => c.Kind == ViewKind.Level))
        {
            if (!shown.Measure(measure, cell, tier))
            {
                leftOut.Add(plan.Structure.Levels[cell.First]);
                continue;
            }

            var sums = totals[cell].Sums(measure);
            if (CellFigures.EndOf(sums, scale) != 0) return (null, []);
            var invited = plan.CountOf(plan.Invited, cell);
            sum += invited * sums.ToMoments().Mean;
            people += invited;
            parts.Add((cell, invited, sums.Count));
        }

        if (people > 0) ledger.Add(new(false, measure), tier, parts.Select(p => p with { Weight = p.Weight / people }));
        return people > 0 ? (Rounding.To(sum / people, 1), leftOut) : (null, []);
    }
}
