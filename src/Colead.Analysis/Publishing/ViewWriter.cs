using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

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

    public PublishedAll All()
    {
        var total = totals[Cell.All];
        var cells = new PublishedCell[Dimensions];
        for (var m = 0; m < Dimensions; m++) cells[m] = AllCell(m);
        change?.AddTo(ViewKind.All, [("", cells)], (_, m) => total.Sums(m).ToMoments(), m => shared[m].Prior, (_, m) => shown.Precise(m, Cell.All));

        var itemCells = new PublishedCell[instrument.ItemCount];
        for (var i = 0; i < itemCells.Length; i++) itemCells[i] = ItemCell(i, Cell.All);
        change?.AddTo(
            ViewKind.All, [("", itemCells)], (_, i) => total.Items[i].ToMoments(Scale), i => PooledVariance.WithinGroups([total.Items[i].ToMoments(Scale)], Scale), (_, _) => true,
            ofItems: true);

        var answered = participation.Answered(tier);
        var mayCount = tier == Tier.Members || participation.Questionnaires >= plan.Thresholds.Details;
        return new()
        {
            Answered = answered.Exact,
            AnsweredPart = answered.Part,
            Invited = mayCount ? round.Roster?.Total : null,
            Withheld = answered == default ? Withheld.Protection : null,
            Dimensions = cells,
            Headlines = [.. Enumerable.Range(0, shown.MeasureCount).Select(m =>
                shared[m].Headline(MeasureId(m), round, plan, totals, shown, m, ledger, tier, Scale))],
            Balance = Balance(cells),
            Items = [.. itemCells.Select((cell, i) => ItemFigures.Of(cell, total.Items[i], known?[Cell.All].Items[i], Told(i), instrument, i))],
            Agreement = ItemFigures.Agreement(instrument, total, known?[Cell.All], itemCells, Told),
        };
    }

    public IReadOnlyList<PublishedGroup> Groups(ViewKind kind, IReadOnlyList<Cell> groups, bool withItems)
    {
        var cells = groups.Select(c => (Group: GroupKey(c), Cells: Enumerable.Range(0, Dimensions).Select(m => GroupCell(m, c)).ToArray())).ToList();
        change?.AddTo(kind, cells, (g, m) => totals[groups[g]].Sums(m).ToMoments(), m => shared[m].Prior, (g, m) => shown.Precise(m, groups[g]));
        return [.. groups.Select((c, g) => new PublishedGroup
        {
            Unit = kind == ViewKind.Unit ? NameOf(c) : null,
            Sector = kind is ViewKind.Sector or ViewKind.SectorLevel ? plan.Structure.Sectors[c.First] : null,
            Level = kind switch
            {
                ViewKind.Level => plan.Structure.Levels[c.First],
                ViewKind.SectorLevel => plan.Structure.Levels[c.Second],
                _ => null,
            },
            Dimensions = cells[g].Cells,
            Items = withItems ? [.. Enumerable.Range(0, instrument.ItemCount).Select(i => ItemCell(i, c))] : [],
        })];
    }

    private string MeasureId(int measure) => measure < Dimensions ? instrument.Dimensions[measure].Id : Measures.Overall;

    private string GroupKey(Cell cell) => cell.Kind == ViewKind.Unit
        ? ChangeFigures.Key(plan.Structure.Sectors[plan.Units[cell.First].Sector], plan.Units[cell.First].Organisations.Select(o => plan.Structure.Organisations[o].Name))
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
        cell = cell.WithGroupInterval(
            sums.ToMoments(), band, round.Roster is null ? null : plan.CountOf(plan.Invited, group), shared[measure].Prior, Scale, shown.Precise(measure, group));
        if (!cell.IsNumber || group.Kind != ViewKind.Unit || shared[measure].PooledOf(group) is not { } pooled) return cell;
        ledger.Add(new(false, measure), tier, shared[measure].GapParts(group));
        return cell with { Gap = Rounding.To(pooled.Gap.Value, 1), GapWord = pooled.Certainty };
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
        return new(highest.Mean!.Value - lowest.Mean!.Value, highest.Measure, lowest.Measure) { Before = change?.BalanceBefore?.Points };
    }
}
