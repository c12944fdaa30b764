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
    private readonly Cell[] cells;
    private IReadOnlyList<TestedDifference?>? ofBands;

    private SharedFigures(PooledVariance prior, bool allUnitsAreNumbers, Cell[] cells, IReadOnlyList<Moments> units, double range)
    {
        this.cells = cells;
        for (var i = 0; i < cells.Length; i++) place[cells[i]] = i;
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
        return new(PooledVariance.WithinGroups(moments, scale), all, [.. numbers.Select(n => n.Cell)], moments, scale.Range);
    }

    /// <summary>Cells of the organisations shown as numbers, in the order of <see cref="Units"/>.</summary>
    public IReadOnlyList<Cell> UnitCells => cells;

    /// <summary>Gaps are drawn in: five organisations or more.</summary>
    public bool AreDrawnIn => drawnIn is not null;

    /// <summary>An organisation's distance from the average one and the test of it; null where none can be set against the
    /// average.</summary>
    public (double Gap, TestedDifference Test)? GapOf(Cell unit) =>
        place.TryGetValue(unit, out var i) && deviations[i] is { } test ? (drawnIn?.Gaps[i] ?? test.Value, test) : null;

    /// <summary>
    /// The distance that the test would have found, for the fewest people that the printed bands stand for: from the numbers themselves
    /// it would tell how many answered, since all else in it is shared.
    /// </summary>
    /// <param name="bandStart">Of an organisation's printed band; the same at every call.</param>
    public double Detectable(Cell unit, Func<Cell, long> bandStart, double alpha)
    {
        ofBands ??= GroupDeviations.Of(Units, [.. cells.Select(bandStart)]);
        return ofBands[place[unit]]?.Detectable(alpha) ?? double.PositiveInfinity;
    }

    /// <summary>The weight that the distance gives an organisation's mean, by its place in <see cref="UnitCells"/>: the average takes in
    /// all of them.</summary>
    public (double Weight, long Count) GapPart(Cell unit, int of)
    {
        var own = place[unit];
        return (drawnIn?.Weight(own, of) ?? (own == of ? 1 : 0) - 1.0 / Units.Count, Units[of].Count);
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
        decimal? organisations = tier == Tier.Members && round.Groupings.HasFlag(Groupings.Organisations) && AllShownUnitsAreNumbers
            && Units.Count > 1
            ? Rounding.To(Units.Average(u => u.Mean), 1)
            : null;
        if (organisations is not null) ledger.Add(column, tier, cells, i => (1.0 / Units.Count, Units[i].Count));
        var (levels, leftOut) = PostStratified(round, plan, totals, shown, measure, ledger, tier, scale);
        HeadlineKind best = levels is not null ? HeadlineKind.PostStratifiedByLevel
            : organisations is not null ? HeadlineKind.EachOrganisationEqual
            : HeadlineKind.EachPersonEqual;
        return new(name, people, organisations, levels, best) { LevelsLeftOut = leftOut };
    }

    /// <summary>Σ N_h·m_h / Σ N_h over the levels published as numbers; none where a published level is a band.</summary>
    private static (decimal? Mean, IReadOnlyList<string> LeftOut) PostStratified(
        RoundToPublish round, ReportingPlan plan, ViewTotals totals, ShownCells shown, int measure, FigureLedger ledger, Tier tier,
            Scale scale)
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

        if (people > 0) ledger.Add(new(false, measure), tier, [.. parts.Select(p => p with { Weight = p.Weight / people })]);
        return people > 0 ? (Rounding.To(sum / people, 1), leftOut) : (null, []);
    }
}
