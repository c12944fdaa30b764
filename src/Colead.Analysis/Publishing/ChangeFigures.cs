using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Change since the round before: only between cells that both rounds publish as numbers in the same tier, with the same
/// definition (a sector or level by name, an organisation or fold by the very set of its organisations) and the same
/// statements, in the same words, on the same scale. Nothing of the earlier round is computed anew but the error of the difference.
/// </summary>
internal sealed class ChangeFigures
{
    private readonly PublishedTier before;
    private readonly ViewTotals totals;
    private readonly Structure structure;
    private readonly Instrument instrument;
    private readonly SameQuestions same;
    private readonly Dictionary<string, int> sectors;
    private readonly Dictionary<string, int> levels;
    private readonly Dictionary<string, (string Unit, int Place)> units = new(StringComparer.Ordinal);

    private ChangeFigures(PublishedRound round, SameQuestions same, Tier tier)
    {
        this.same = same;
        before = tier == Tier.Open ? round.Publication.Open : round.Publication.Members;
        instrument = round.Answers.Instrument;
        structure = round.Answers.Structure;
        sectors = Index(structure.Sectors);
        levels = Index(structure.Levels);
        var unitOf = new int[structure.Organisations.Count];
        var organisations = Index([.. structure.Organisations.Select(o => o.Name)]);
        for (var u = 0; u < round.Publication.Units.Count; u++)
        {
            var unit = round.Publication.Units[u];
            units[Key(unit.Sector, unit.Organisations)] = (unit.Id, u);
            foreach (var name in unit.Organisations) unitOf[organisations[name]] = u;
        }

        totals = ViewTotals.Of(round.Answers, o => unitOf[o]);
        static Dictionary<string, int> Index(IReadOnlyList<string> names) =>
            names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => n.i, StringComparer.Ordinal);
    }

    /// <summary>Null where there is no earlier round, or it asked something else.</summary>
    public static ChangeFigures? Since(PublishedRound? before, Instrument now, Tier tier) =>
        before is not null && SameQuestions.Between(before.Answers.Instrument, now) is { } same ? new(before, same, tier) : null;

    /// <summary>Of the same dimensions, all of them: with one fewer the balance is of something else.</summary>
    public PublishedBalance? BalanceBefore => same.All ? before.All.Balance : null;

    /// <summary>Adds changes to one view's cells, groups × measures as one family.</summary>
    /// <param name="cells">By group, then measure.</param>
    /// <param name="now">Sums of this round behind a cell.</param>
    /// <param name="precise">May this round show how far answers lie apart there?</param>
    public void AddTo(
        ViewKind kind,
        IReadOnlyList<(string Group, PublishedCell[] Cells)> cells,
        Func<int, int, ScoreSums> now,
        Func<int, int, bool> precise,
        bool ofItems = false)
    {
        var changes = new List<(int Group, int Measure, PublishedCell Before, MeanDifference Difference)>();
        for (var g = 0; g < cells.Count; g++)
        {
            if (Earlier(kind, cells[g].Group) is not { } earlier) continue;
            var published = ofItems ? earlier.Items : earlier.Cells;
            for (var m = 0; m < cells[g].Cells.Length; m++)
                if (cells[g].Cells[m] is { IsNumber: true } current && same.PlaceBefore(current.Measure, ofItems) is { } place
                    && published.FirstOrDefault(c => c.Measure == current.Measure) is { IsNumber: true } cell)
                    changes.Add((g, m, cell, Change.Between(Sums(earlier.Total, place, ofItems).ToMoments(), now(g, m).ToMoments())));
        }

        var adjusted = BenjaminiHochberg.Adjust([.. changes.Select(c => c.Difference.P)]);
        var pooled = kind == ViewKind.Unit ? Pool(changes) : [];
        for (var i = 0; i < changes.Count; i++)
        {
            var (g, m, cell, difference) = changes[i];
            var current = cells[g].Cells[m];
            var tells = precise(g, m) && cell.Coarse != true;
            var interval = tells ? difference.Interval() : null;
            cells[g].Cells[m] = current with
            {
                Change = new(
                    current.Mean!.Value - cell.Mean!.Value,
                    interval is null ? null : Rounding.To(interval.Low, 1),
                    interval is null ? null : Rounding.To(interval.High, 1),
                    CertaintyWords.OfAdjustedP(adjusted[i]))
                {
                    Indicative = Change.IsIndicative(difference) ? true : null,
                    Pooled = pooled.TryGetValue((g, m), out var p) ? Rounding.To(p, 1) : null,
                },
            };
        }
    }

    /// <summary>What makes an organisation or fold the same in both rounds.</summary>
    public static string Key(string sector, IEnumerable<string> organisations) => $"{sector}\n{string.Join('\n', organisations.Order(StringComparer.Ordinal))}";

    private static Dictionary<(int Group, int Measure), double> Pool(List<(int Group, int Measure, PublishedCell Before, MeanDifference Difference)> changes)
    {
        var pooled = new Dictionary<(int, int), double>();
        foreach (var measure in changes.GroupBy(c => c.Measure))
        {
            var list = measure.ToList();
            var fit = Change.Shrink([.. list.Select(c => c.Difference.Second)], [.. list.Select(c => c.Difference.First)]);
            foreach (var group in fit.Groups) pooled[(list[group.Group].Group, measure.Key)] = group.Shrunken.Value;
        }

        return pooled;
    }

    private ScoreSums Sums(StratumSummary total, int measure, bool ofItems) =>
        ofItems ? total.Items[measure].ToSums(instrument.Scale) : total.Sums(measure);

    private (IReadOnlyList<PublishedCell> Cells, IReadOnlyList<PublishedCell> Items, StratumSummary Total)? Earlier(ViewKind kind, string group) => kind switch
    {
        ViewKind.All => (before.All.Dimensions, [.. before.All.Items.Select(i => i.Mean)], totals[Cell.All]),
        ViewKind.Sector => Find(before.Sectors, g => g.Sector == group, sectors.TryGetValue(group, out var s) ? Cell.Sector(s) : null),
        ViewKind.Level => Find(before.Levels, g => g.Level == group, levels.TryGetValue(group, out var l) ? Cell.Level(l) : null),
        ViewKind.Unit => units.TryGetValue(group, out var u) ? Find(before.Organisations, g => g.Unit == u.Unit, Cell.Unit(u.Place)) : null,
        _ => null,
    };

    private (IReadOnlyList<PublishedCell> Cells, IReadOnlyList<PublishedCell> Items, StratumSummary Total)? Find(
        IReadOnlyList<PublishedGroup> groups, Func<PublishedGroup, bool> matches, Cell? cell) =>
        cell is { } c && groups.FirstOrDefault(matches) is { } group ? (group.Dimensions, group.Items, totals[c]) : null;
}
