using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Publishing;

/// <summary>Writes the views of one tier.</summary>
internal sealed class ViewWriter(
    RoundToPublish round, ReportingPlan plan, ViewTotals totals, ViewTotals? known, ShownCells shown, Participation participation,
    SharedFigures[] shared, ChangeFigures? change, FigureLedger ledger, Tier tier)
{
    private readonly Instrument instrument = round.Answers.Instrument;

    private Scale Scale => instrument.Scale;

    private int Dimensions => instrument.Dimensions.Count;

    public string NameOf(Cell cell) => cell.Kind switch
    {
        ViewKind.Sector => plan.Structure.Sectors[cell.First],
        ViewKind.Level => plan.Structure.Levels[cell.First],
        ViewKind.Unit => FormattableString.Invariant($"u{cell.First + 1}"),
        _ => "",
    };

    /// <summary>Makes a view's cells, and adds the tests that they bring.</summary>
    public GroupCells Groups(ViewKind kind, IReadOnlyList<Cell> groups, TierTests tests)
    {
        var cells = groups.Select(c => (Group: GroupKey(c), Cells: Enumerable.Range(0, Dimensions).Select(m => GroupCell(m,
            c)).ToArray())).ToList();
        if (kind == ViewKind.Unit) Organisations(groups, cells, tests);
        if (kind != ViewKind.SectorLevel)
            change?.AddToGroups(kind, cells, g => NameOf(groups[g]), (g, m) => totals[groups[g]].Sums(m).ToMoments(), m => shared[m].Prior,
                (g, m) => shown.Precise(m, groups[g]), tests);
        return new(kind, groups, [.. cells.Select(c => c.Cells)], [.. groups.Select(g => Items(kind, g))]);
    }

    /// <summary>Makes the cells of everyone together, and adds the tests that they bring.</summary>
    /// <param name="levels">By which changes are weighted; null where nothing is known of levels.</param>
    public AllCells All(GroupCells? levels, TierTests tests)
    {
        var cells = new PublishedCell[Dimensions];
        for (var m = 0; m < Dimensions; m++) cells[m] = AllCell(m);
        var items = new PublishedCell[instrument.ItemCount];
        for (var i = 0; i < items.Length; i++) items[i] = ItemCell(i, Cell.All);
        if (change is not null)
        {
            change.AddToAll(cells, LevelsNow(levels, ofItems: false), m => shown.Precise(m, Cell.All), tests, ofItems: false);
            change.AddToAll(items, LevelsNow(levels, ofItems: true), _ => true, tests, ofItems: true);
        }

        return new(cells, items);
    }

    /// <summary>Everyone together, once the tests are decided.</summary>
    public PublishedAll Write(AllCells cells)
    {
        var total = totals[Cell.All];
        var answered = participation.Answered(tier);
        var mayCount = tier == Tier.Members || participation.Questionnaires >= plan.Thresholds.Details;
        return new()
        {
            Answered = answered.Exact,
            AnsweredPart = answered.Part,
            Invited = mayCount ? round.Roster?.Total : null,
            Withheld = answered == default ? Withheld.Protection : null,
            Dimensions = cells.Dimensions,
            Headlines = [.. Enumerable.Range(0, shown.MeasureCount).Select(m =>
                shared[m].Headline(MeasureId(m), round, plan, totals, shown, m, ledger, tier, Scale))],
            Balance = Balance(cells.Dimensions),
            Items = ItemFigures.WithWords(
                [.. cells.Items.Select((cell, i) => ItemFigures.Of(cell, total.Items[i], known?[Cell.All].Items[i], Told(i), instrument,
                    i))], total, Told, Scale),
            Agreement = ItemFigures.Agreement(instrument, total, known?[Cell.All], cells.Items, round.Answers.CrossProducts, Told),
        };
    }

    /// <summary>A view's groups, once the tests are decided.</summary>
    public IReadOnlyList<PublishedGroup> Write(GroupCells view) => [.. view.Groups.Select((c, g) => new PublishedGroup
    {
        Unit = view.Kind == ViewKind.Unit ? NameOf(c) : null,
        Sector = view.Kind is ViewKind.Sector or ViewKind.SectorLevel ? plan.Structure.Sectors[c.First] : null,
        Level = view.Kind switch
        {
            ViewKind.Level => plan.Structure.Levels[c.First],
            ViewKind.SectorLevel => plan.Structure.Levels[c.Second],
            _ => null,
        },
        Dimensions = view.Cells[g],
        Items = view.Items[g],
    })];

    /// <summary>Every organisation against the average one, and whether they differ at all.</summary>
    private void Organisations(IReadOnlyList<Cell> units, List<(string Group, PublishedCell[] Cells)> cells, TierTests tests)
    {
        var seen = units.Count(u => Enumerable.Range(0, Dimensions).Any(m => shown.Measure(m, u, tier)));
        tests.Open(TestFamily.Organisations, seen == 0 ? NotTested.NoGroupShown
            : seen < GroupDeviations.FewestGroups ? NotTested.TooFewOrganisations
            : shared.Take(Dimensions).All(s => s.Units.Count < GroupDeviations.FewestGroups) ? NotTested.TooFewNumbers
            : NotTested.TooFewPeople);
        for (var g = 0; g < units.Count; g++)
            for (var m = 0; m < Dimensions; m++)
            {
                if (!cells[g].Cells[m].IsNumber || shared[m].GapOf(units[g]) is not { } gap) continue;
                var (at, measure, unit) = (cells[g].Cells, m, units[g]);
                ledger.Add(new(false, m), tier, shared[m].UnitCells, i => shared[measure].GapPart(unit, i));
                at[m] = at[m] with { Gap = Rounding.To(gap.Gap, 1) };
                if (Band(m, unit) >= plan.Thresholds.Details)
                    tests.Add(TestFamily.Organisations, Figure.Of(gap.Test.P), [NameOf(unit)], alpha => shared[measure].Detectable(unit,
                        u => Band(measure, u), alpha), verdict =>
                        at[measure] = at[measure] with { GapWord = verdict.Word, GapDetectable = verdict.Detectable });
            }

        tests.Add(TestFamily.Organisations, GroupDeviations.OfAll(shared[Dimensions].Units), [], null,
            verdict => tests.Differ(verdict.Word));
    }

    private long Band(int measure, Cell unit) => participation.BandStart(new(false, measure), tier, unit);

    private PublishedCell[] Items(ViewKind kind, Cell group) =>
        kind is ViewKind.Sector or ViewKind.Level ? [.. Enumerable.Range(0, instrument.ItemCount).Select(i => ItemCell(i, group))] : [];

    private List<LevelNow> LevelsNow(GroupCells? levels, bool ofItems) => levels is null ? [] : [.. levels.Groups.Select((cell,
        g) => new LevelNow(
        cell,
        NameOf(cell),
        plan.CountOf(plan.Invited, cell),
        m => ofItems ? levels.Items[g][m] : levels.Cells[g][m],
        m => ofItems ? totals[cell].Items[m].ToMoments(Scale) : totals[cell].Sums(m).ToMoments(),
        (m, parts) => ledger.Add(new(ofItems, m), tier, [.. parts])))];

    private string MeasureId(int measure) => measure < Dimensions ? instrument.Dimensions[measure].Id : Measures.Overall;

    private string GroupKey(Cell cell) => cell.Kind == ViewKind.Unit
        ? ChangeFigures.Key(plan.Structure.Sectors[plan.Units[cell.First].Sector], plan.Units[cell.First]
            .Organisations.Select(o => plan.Structure.Organisations[o].Name))
        : NameOf(cell);

    private PublishedCell AllCell(int measure)
    {
        if (!shown.Measure(measure, Cell.All, tier)) return CellFigures.Hidden(MeasureId(measure));
        var sums = totals[Cell.All].Sums(measure);
        ledger.Add(new(false, measure), tier, Cell.All, sums.Count);
        var said = participation.Of(new(false, measure), sums.Count, tier);
        return CellFigures.Mean(MeasureId(measure), sums, Scale, said.Exact is { } exact ? PrintedCount.Exact(exact) : null, said.Part)
            .WithInterval(sums.ToMoments(), said, round.Roster?.Total, shared[measure].Prior, Scale, shown.Precise(measure, Cell.All));
    }

    private PublishedCell GroupCell(int measure, Cell group)
    {
        if (!shown.Measure(measure, group, tier)) return CellFigures.Hidden(MeasureId(measure));
        var sums = totals[group].Sums(measure);
        ledger.Add(new(false, measure), tier, group, sums.Count);
        var band = participation.BandStart(new(false, measure), tier, group);
        var cell = CellFigures.Mean(MeasureId(measure), sums, Scale, participation.Band(new(false, measure), tier, group));
        if (group.Kind == ViewKind.SectorLevel) return cell;
        return cell.WithGroupInterval(
            sums.ToMoments(), band, round.Roster is null ? null : plan.CountOf(plan.Invited, group), shared[measure].Prior, Scale,
                shown.Precise(measure, group));
    }

    private PublishedCell ItemCell(int item, Cell group)
    {
        var id = instrument.Items[item].Id;
        if (!shown.Item(item, group)) return CellFigures.Hidden(id);
        var sums = totals[group].Items[item].ToSums(Scale);
        ledger.Add(new(true, item), tier, group, sums.Count);
        var column = new Column(true, item);
        if (group.Kind != ViewKind.All) return CellFigures.Mean(id, sums, Scale, participation.Band(column, tier, group));
        var said = participation.Of(column, sums.Count, tier);
        return CellFigures.Mean(id, sums, Scale, said.Exact is { } exact ? PrintedCount.Exact(exact) : null, said.Part);
    }

    /// <summary>How finely shares of a statement's answers may be told.</summary>
    private Fineness Told(int item)
    {
        var column = new Column(true, item);
        return participation.Of(column, 0, tier).Exact is not null ? Fineness.Whole
            : participation.Sure(column, tier) >= Participation.FewestForTens ? Fineness.Tens
            : Fineness.None;
    }

    private PublishedBalance? Balance(PublishedCell[] cells)
    {
        // A dimension shown as a band is the highest or the lowest, so no difference of the others is the balance.
        var numbers = cells.Where(c => c.IsNumber).ToList();
        if (numbers.Count < 2 || cells.Any(c => c.AtMost is not null || c.AtLeast is not null)) return null;
        var highest = numbers.MaxBy(c => c.Mean)!;
        var lowest = numbers.MinBy(c => c.Mean)!;
        var balance = new PublishedBalance(highest.Mean!.Value - lowest.Mean!.Value, highest.Measure,
            lowest.Measure) { Before = change?.BalanceBefore?.Points };
        // Who stands highest is judged person by person, among all of the dimensions or not at all.
        if (numbers.Count < cells.Length || !Enumerable.Range(0, cells.Length).All(m => shown.Precise(m, Cell.All))) return balance;
        var scores = round.Answers.ScoreProducts;
        List<decimal> printed = [.. numbers.Select(c => c.Mean!.Value)];
        var strongest = HighestAndLowest.Of(scores, printed, instrument.DimensionsForOverall, lowest: false);
        var weakest = HighestAndLowest.Of(scores, printed, instrument.DimensionsForOverall, lowest: true);
        if (strongest is not null) balance = balance with { Highest = MeasureId(strongest[0]),
            Strongest = [.. strongest.Select(MeasureId)] };
        if (weakest is not null) balance = balance with { Lowest = MeasureId(weakest[0]), Weakest = [.. weakest.Select(MeasureId)] };
        if (strongest is null || weakest is null || HighestAndLowest.Span(scores, strongest[0],
            weakest[0]) is not { } span) return balance;
        var (low, high) = Rounding.Outward(span.Low, span.High);
        return balance with { Low = low, High = high };
    }
}

/// <summary>The cells of one view, changed until its tests are decided.</summary>
/// <param name="Cells">By group, then dimension.</param>
/// <param name="Items">By group, then statement; none where a view has no statements.</param>
internal sealed record GroupCells(ViewKind Kind, IReadOnlyList<Cell> Groups, IReadOnlyList<PublishedCell[]> Cells,
    IReadOnlyList<PublishedCell[]> Items);

/// <summary>The cells of everyone together, changed until their tests are decided.</summary>
internal sealed record AllCells(PublishedCell[] Dimensions, PublishedCell[] Items);
