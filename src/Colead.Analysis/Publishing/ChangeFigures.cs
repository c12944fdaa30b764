using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Change since the round before: only between cells that both rounds publish as numbers in the same tier, with the same
/// definition (a sector or level by name, an organisation or fold by the very set of its organisations) and the same
/// statements, in the same words, on the same scale. Of the earlier round there is nothing but what it printed, and nothing else is asked for: its mean, its count or
/// band, and its interval, from which the error of its mean is taken.
/// </summary>
internal sealed class ChangeFigures
{
    /// <summary>A printed interval reaches so many standard errors to each side; exactly so for large groups, a little more for small ones, which is cautious.</summary>
    private const double Reach = 1.96;

    private readonly PublishedTier before;
    private readonly bool isOpen;
    private readonly Thresholds thresholds;
    private readonly Scale scale;
    private readonly SameQuestions same;

    /// <summary>People invited in all then and now; null where nobody knew, and no interval was corrected.</summary>
    private readonly int? invited, invitedNow;
    private readonly Dictionary<string, string> units = new(StringComparer.Ordinal);

    private ChangeFigures(PublishedRound round, SameQuestions same, Tier tier, int? invitedNow)
    {
        this.invitedNow = invitedNow;
        this.same = same;
        isOpen = tier == Tier.Open;
        before = isOpen ? round.Publication.Open : round.Publication.Members;
        thresholds = round.Publication.Thresholds;
        scale = round.Instrument.Scale;
        invited = round.Publication.Members.All.Invited;
        foreach (var unit in round.Publication.Units) units[Key(unit.Sector, unit.Organisations)] = unit.Id;
    }

    /// <summary>Null where there is no earlier round, or it asked something else.</summary>
    /// <param name="invited">People invited in all this time.</param>
    public static ChangeFigures? Since(PublishedRound? before, Instrument now, Tier tier, int? invited) =>
        before is not null && SameQuestions.Between(before.Instrument, now) is { } same ? new(before, same, tier, invited) : null;

    /// <summary>Of the same dimensions, all of them: with one fewer the balance is of something else.</summary>
    public PublishedBalance? BalanceBefore => same.All ? before.All.Balance : null;

    /// <summary>Adds changes to one view's cells, groups × measures as one family.</summary>
    /// <param name="cells">By group, then measure.</param>
    /// <param name="now">Moments of this round behind a cell.</param>
    /// <param name="spread">This round's pooled variance of a measure: it stands in where the earlier round printed no interval.</param>
    /// <param name="precise">May this round show how far answers lie apart there?</param>
    public void AddTo(
        ViewKind kind,
        IReadOnlyList<(string Group, PublishedCell[] Cells)> cells,
        Func<int, int, Moments> now,
        Func<int, PooledVariance> spread,
        Func<int, int, bool> precise,
        bool ofItems = false)
    {
        var least = ofItems || isOpen ? thresholds.Details : thresholds.Means;
        var changes = new List<(int Group, int Measure, PublishedCell Before, MeanDifference Difference)>();
        for (var g = 0; g < cells.Count; g++)
        {
            if (Earlier(kind, cells[g].Group, ofItems) is not { } published) continue;
            for (var m = 0; m < cells[g].Cells.Length; m++)
                if (cells[g].Cells[m] is { IsNumber: true } current && same.PlaceBefore(current.Measure, ofItems) is not null
                    && published.FirstOrDefault(c => c.Measure == current.Measure) is { IsNumber: true } cell)
                    changes.Add((g, m, cell, Change.Between(AsPrinted(cell, kind, least, spread(m).Value), now(g, m))));
        }

        var adjusted = BenjaminiHochberg.Adjust([.. changes.Select(c => c.Difference.P)]);
        var pooled = kind == ViewKind.Unit ? Pool(changes, (g, m) => (double)cells[g].Cells[m].Mean!.Value) : [];
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
                    Indicative = People(current, least, invitedNow) < Change.FewestForFirm || People(cell, least, invited) < Change.FewestForFirm ? true : null,
                    Pooled = pooled.TryGetValue((g, m), out var p) ? Rounding.To(p, 1) : null,
                },
            };
        }
    }

    /// <summary>What makes an organisation or fold the same in both rounds.</summary>
    public static string Key(string sector, IEnumerable<string> organisations) => $"{sector}\n{string.Join('\n', organisations.Order(StringComparer.Ordinal))}";

    /// <summary>
    /// A printed mean as moments that give it the error it was printed with: half its interval over 1.96, the finite-population correction undone. The correction of a
    /// group other than all took people who were invited there, which is printed nowhere; there, as where no interval was printed, the error is
    /// that of this round's pooled spread for the fewest people printed, and that of the interval where it is larger.
    /// </summary>
    private Moments AsPrinted(PublishedCell cell, ViewKind kind, int least, double spread)
    {
        var people = People(cell, least, invited);
        var error = Math.Sqrt(spread / people);
        if (cell is { Mean: { } mean, Low: { } low, High: { } high })
        {
            // An interval cut off at an end of the scale keeps its other arm.
            var cut = low <= scale.Lowest || high >= scale.Highest;
            var half = (double)(cut ? Math.Max(mean - low, high - mean) : (high - low) / 2);
            var printed = Math.Max(half, 0.05) / Reach; // no finer than it was printed
            if (invited is not { } all) error = printed;
            else if (kind != ViewKind.All) error = Math.Max(error, printed);
            else if (Said(cell, all) is var said && said < all) error = printed / Math.Sqrt(1 - said / (double)all);
        }

        return new(people, (double)cell.Mean!.Value, error * error * people * (people - 1));
    }

    /// <summary>The fewest people a cell may rest on, by what is printed.</summary>
    private static long People(PublishedCell cell, int least, int? invited) => Math.Max(least, Said(cell, invited));

    private static long Said(PublishedCell cell, int? invited) => PrintedCount.Least(cell.People) ?? new SaidCount(null, cell.PeoplePart).Least(invited);

    private static Dictionary<(int Group, int Measure), double> Pool(
        List<(int Group, int Measure, PublishedCell Before, MeanDifference Difference)> changes, Func<int, int, double> printedNow)
    {
        var pooled = new Dictionary<(int, int), double>();
        foreach (var measure in changes.GroupBy(c => c.Measure))
        {
            var list = measure.ToList();
            var fit = Change.Shrink(
                [.. list.Select(c => c.Difference.Second)], [.. list.Select(c => c.Difference.First with { Mean = printedNow(c.Group, c.Measure) })]);
            foreach (var group in fit.Groups) pooled[(list[group.Group].Group, measure.Key)] = group.Shrunken.Value;
        }

        return pooled;
    }

    private IReadOnlyList<PublishedCell>? Earlier(ViewKind kind, string group, bool ofItems)
    {
        if (kind == ViewKind.All) return ofItems ? [.. before.All.Items.Select(i => i.Mean)] : before.All.Dimensions;
        var found = kind switch
        {
            ViewKind.Sector => before.Sectors.FirstOrDefault(g => g.Sector == group),
            ViewKind.Level => before.Levels.FirstOrDefault(g => g.Level == group),
            ViewKind.Unit => units.TryGetValue(group, out var id) ? before.Organisations.FirstOrDefault(g => g.Unit == id) : null,
            _ => null,
        };
        return ofItems ? found?.Items : found?.Dimensions;
    }
}
