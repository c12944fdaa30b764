using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Change since the round before: only between cells that both rounds publish as numbers in the same tier, with the same
/// definition (a sector or level by name, an organisation or fold by the very set of its organisations) and the same
/// statements, in the same words, on the same scale. Of the earlier round there is nothing but what it printed, and nothing else is asked
/// for: its mean, its count or band, and its interval, from which the error of its mean is taken.
/// </summary>
internal sealed class ChangeFigures
{
    /// <summary>A printed interval reaches so many standard errors to each side; exactly so for large groups, a little more for small ones,
    /// which is cautious.</summary>
    private const double Reach = 1.96;

    /// <summary>A change of all has no word where the levels that are not printed in both rounds hold more than one in so many of those
    /// invited.</summary>
    private const double LargestPartLeftOut = 5;

    private readonly PublishedTier before;
    private readonly bool isOpen;
    private readonly Thresholds thresholds;
    private readonly Scale scale;
    private readonly SameQuestions same;

    /// <summary>People invited in all then and now; null where nobody knew, and no interval was corrected.</summary>
    private readonly int? invited, invitedNow;
    private readonly Dictionary<string, string> units = new(StringComparer.Ordinal);
    private readonly HashSet<string> organisations;

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
        organisations = new(round.Publication.Units.SelectMany(u => u.Organisations), StringComparer.Ordinal);
    }

    /// <summary>Null where there is no earlier round, or it asked something else.</summary>
    /// <param name="invited">People invited in all this time.</param>
    public static ChangeFigures? Since(PublishedRound? before, Instrument now, Tier tier, int? invited) =>
        before is not null && SameQuestions.Between(before.Instrument, now) is { } same ? new(before, same, tier, invited) : null;

    /// <summary>Of the same dimensions, all of them: with one fewer the balance is of something else.</summary>
    public PublishedBalance? BalanceBefore => same.All ? before.All.Balance : null;

    /// <summary>Says which families of changes there are.</summary>
    public static void Open(TierTests tests)
    {
        tests.Open(TestFamily.ChangeOfAll, NotTested.NothingInBothRounds);
        tests.Open(TestFamily.ChangeOfStatements, NotTested.NothingInBothRounds);
        tests.Open(TestFamily.ChangeOfGroups, NotTested.NothingInBothRounds);
    }

    /// <summary>The two rounds did not ask the same organisations, or nobody knows.</summary>
    /// <param name="now">Organisations of this round's units.</param>
    public bool OtherOrganisations(IEnumerable<string> now) =>
        !organisations.SetEquals(now);

    /// <summary>Adds changes to the cells of sectors, levels or organisations.</summary>
    /// <param name="cells">By group, then measure.</param>
    /// <param name="nameOf">A group as a family of tests names it.</param>
    /// <param name="now">Moments of this round behind a cell.</param>
    /// <param name="spread">This round's pooled variance of a measure: it stands in where the earlier round printed no interval.</param>
    /// <param name="precise">May this round show how far answers lie apart there?</param>
    public void AddToGroups(
        ViewKind kind,
        IReadOnlyList<(string Group, PublishedCell[] Cells)> cells,
        Func<int, string> nameOf,
        Func<int, int, Moments> now,
        Func<int, PooledVariance> spread,
        Func<int, int, bool> precise,
        TierTests tests)
    {
        var least = isOpen ? thresholds.Details : thresholds.Means;
        var changes = new List<(int Group, int Measure, PublishedCell Before, MeanDifference Difference)>();
        for (var g = 0; g < cells.Count; g++)
        {
            if (Earlier(kind, cells[g].Group, ofItems: false) is not { } published) continue;
            for (var m = 0; m < cells[g].Cells.Length; m++)
                if (Pair(cells[g].Cells[m], published, ofItems: false) is { } before)
                    changes.Add((g, m, before, Change.Between(AsPrinted(before, kind, least, spread(m).Value), now(g, m))));
        }

        var pooled = kind == ViewKind.Unit ? Pool(changes, (g, m) => (double)cells[g].Cells[m].Mean!.Value) : [];
        foreach (var (g, m, before, difference) in changes)
        {
            var current = cells[g].Cells[m];
            var tells = precise(g, m) && before.Coarse != true;
            var enough = IsEnough(current, before, least, precise(g, m));
            var test = TestedDifference.Of(difference);
            (decimal Low, decimal High)? interval = tells && test?.Interval() is { } i ? Rounding.Outward(i.Low, i.High) : null;
            var change = new PublishedChange(current.Mean!.Value - before.Mean!.Value, interval?.Low, interval?.High, null)
            {
                Indicative = enough ? null : true,
                Pooled = pooled.TryGetValue((g, m), out var p) ? Rounding.To(p, 1) : null,
            };
            cells[g].Cells[m] = current with { Change = change };
            if (enough && test is { } tested)
                tests.Add(TestFamily.ChangeOfGroups, Figure.Of(tested.P), [nameOf(g)], tells ? tested.Detectable : null, verdict =>
                    cells[g].Cells[m] = cells[g].Cells[m] with { Change = change with { Word = verdict.Word,
                        Detectable = verdict.Detectable } });
        }
    }

    /// <summary>
    /// Adds changes to the cells of everyone together, both rounds weighted to the levels as invited this time: else more answers from
    /// one level would look like a change of
    /// mind. Strata are the levels that both rounds printed; where the others hold more than a fifth of those invited a change has its
    /// size alone.
    /// </summary>
    /// <param name="cells">By measure.</param>
    /// <param name="levels">This round's levels.</param>
    public void AddToAll(PublishedCell[] cells, IReadOnlyList<LevelNow> levels, Func<int, bool> precise, TierTests tests, bool ofItems)
    {
        var family = ofItems ? TestFamily.ChangeOfStatements : TestFamily.ChangeOfAll;
        var least = ofItems || isOpen ? thresholds.Details : thresholds.Means;
        var all = levels.Sum(l => (double)l.Invited);
        var comparable = false;
        for (var m = 0; m < cells.Length; m++)
        {
            if (Earlier(ViewKind.All, "", ofItems) is not { } published || Pair(cells[m], published, ofItems) is not { } before) continue;
            var (measure, current) = (m, cells[m]);
            var change = new PublishedChange(current.Mean!.Value - before.Mean!.Value, null, null, null);
            var enough = IsEnough(current, before, least, precise(m));
            if (!enough) change = change with { Indicative = true };
            cells[m] = current with { Change = change };
            var strata = new List<(LevelNow Level, PublishedCell Before, Moments Now)>();
            foreach (var level in levels)
                if (level.Cells(m) is { } cell && Earlier(ViewKind.Level, level.Name, ofItems) is { } then && Pair(cell, then,
                    ofItems) is { } earlier)
                    strata.Add((level, earlier, level.Now(m)));
            var held = strata.Sum(s => (double)s.Level.Invited);
            if (all == 0 || (all - held) * LargestPartLeftOut > all)
            {
                if (!comparable) tests.Open(family, invitedNow is null ? NotTested.InvitedUnknown : NotTested.LevelsNotComparable);
                continue;
            }

            comparable = true;
            if (Weighted(strata, held, least) is not { } test) continue;
            strata[0].Level.Note(m, [.. strata.Select(s => (s.Level.Cell, s.Level.Invited / held, s.Now.Count))]);
            var tells = precise(m) && before.Coarse != true;
            (decimal Low, decimal High)? interval = tells && test.Interval() is var i ? Rounding.Outward(i.Low, i.High) : null;
            change = change with { Weighted = Rounding.To(test.Value, 1), Low = interval?.Low, High = interval?.High };
            cells[m] = current with { Change = change };
            if (enough)
                tests.Add(family, Figure.Of(test.P), [], tells ? test.Detectable : null, verdict =>
                    cells[measure] = cells[measure] with { Change = change with { Word = verdict.Word,
                        Detectable = verdict.Detectable } });
        }
    }

    /// <summary>d = Σ W_h(m2h − m1h) with its error: this round's variance is pooled within levels, the earlier one's is what each level
    /// printed.</summary>
    private TestedDifference? Weighted(List<(LevelNow Level, PublishedCell Before, Moments Now)> strata, double held, int least)
    {
        double difference = 0, squares = 0, share = 0, earlier = 0, freedomBefore = 0;
        long people = 0;
        foreach (var (level, before, now) in strata)
        {
            squares += now.SumOfSquares;
            people += now.Count;
            var weight = level.Invited / held;
            share += weight * weight / now.Count;
            difference += weight * (now.Mean - (double)before.Mean!.Value);
        }

        if (people <= strata.Count || Numerics.IsZeroVariance(squares / (people - strata.Count))) return null;
        var spread = squares / (people - strata.Count);
        foreach (var (level, before, _) in strata)
        {
            var weight = level.Invited / held;
            var n = People(before, least, null);
            earlier += weight * weight * Error(before, n, level.Invited, spread);
            freedomBefore += n - 1;
        }

        var later = spread * share;
        var freedom = (later + earlier) * (later + earlier) / (later * later / (people - strata.Count) + earlier * earlier / Math.Max(1,
            freedomBefore));
        return new(difference, Math.Sqrt(later + earlier), freedom);
    }

    /// <summary>
    /// Variance of an earlier level's printed mean. Its interval was corrected for how many were invited there, which is printed nowhere:
    /// undone with the number invited this time, but
    /// never below what was printed, and not above what this round's spread gives for the fewest people printed.
    /// </summary>
    private double Error(PublishedCell before, long people, long invitedThere, double spread)
    {
        var most = spread / people;
        if (before is not { Low: { } low, High: { } high } || before.Coarse == true) return most;
        var printed = Half(before, low, high) / Reach;
        if (invited is null) return printed * printed;
        var left = 1 - Math.Min(people, invitedThere - 1) / (double)Math.Max(invitedThere, 2);
        return Math.Max(printed * printed, Math.Min(most, printed * printed / left));
    }

    /// <summary>Half of a printed interval; one cut off at an end of the scale keeps its other arm, and none is finer than it was
    /// printed.</summary>
    private double Half(PublishedCell cell, decimal low, decimal high) => Math.Max(0.05, (double)(
        low <= scale.Lowest || high >= scale.Highest ? Math.Max(cell.Mean!.Value - low, high - cell.Mean.Value) : (high - low) / 2));

    /// <summary>The earlier cell that a cell is compared with; null where there is none, or either is no number.</summary>
    private PublishedCell? Pair(PublishedCell now, IReadOnlyList<PublishedCell> published, bool ofItems) =>
        now.IsNumber && same.PlaceBefore(now.Measure, ofItems) is not null
            && published.FirstOrDefault(c => c.Measure == now.Measure) is { IsNumber: true } before ? before : null;

    /// <summary>Ten people or more in both rounds, by what is printed.</summary>
    private bool IsEnough(PublishedCell now, PublishedCell before, int least, bool precise) =>
        (precise || People(now, least, invitedNow) >= Change.FewestForFirm)
        && ((before.Low is not null && before.Coarse != true) || People(before, least, invited) >= Change.FewestForFirm);

    /// <summary>What makes an organisation or fold the same in both rounds.</summary>
    public static string Key(string sector, IEnumerable<string> organisations) =>
        $"{sector}\n{string.Join('\n', organisations.Order(StringComparer.Ordinal))}";

    /// <summary>
    /// A printed mean as moments that give it the error it was printed with: half its interval over 1.96, the finite-population correction
    /// undone. The correction of a group other than all took people who were invited there, which is printed nowhere; there, as where no
    /// interval was printed, the error is that of this round's pooled spread for the fewest people printed, and that of the interval where
    /// it is larger.
    /// </summary>
    private Moments AsPrinted(PublishedCell cell, ViewKind kind, int least, double spread)
    {
        var people = People(cell, least, invited);
        var error = Math.Sqrt(spread / people);
        if (cell is { Low: { } low, High: { } high })
        {
            var printed = Half(cell, low, high) / Reach;
            if (invited is not { } all) error = printed;
            else if (kind != ViewKind.All) error = Math.Max(error, printed);
            else if (Said(cell, all) is var said && said < all) error = printed / Math.Sqrt(1 - said / (double)all);
        }

        return new(people, (double)cell.Mean!.Value, error * error * people * (people - 1));
    }

    /// <summary>The fewest people a cell may rest on, by what is printed.</summary>
    private static long People(PublishedCell cell, int least, int? invited) => Math.Max(least, Said(cell, invited));

    private static long Said(PublishedCell cell, int? invited) => PrintedCount.Least(cell.People) ?? new SaidCount(null, cell.PeoplePart)
        .Least(invited);

    private static Dictionary<(int Group, int Measure), double> Pool(
        List<(int Group, int Measure, PublishedCell Before, MeanDifference Difference)> changes, Func<int, int, double> printedNow)
    {
        var pooled = new Dictionary<(int, int), double>();
        foreach (var measure in changes.GroupBy(c => c.Measure))
        {
            var list = measure.ToList();
            var fit = Change.Shrink(
                [.. list.Select(c => c.Difference.Second)],
                    [.. list.Select(c => c.Difference.First with { Mean = printedNow(c.Group, c.Measure) })]);
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

/// <summary>A level of this round, for weighting everyone's change.</summary>
/// <param name="Invited">People invited there.</param>
/// <param name="Cells">Its published cell of a measure; null where there is none.</param>
/// <param name="Now">The moments behind it.</param>
/// <param name="Note">Writes a weighted mean of levels into the ledger.</param>
internal sealed record LevelNow(
    Cell Cell, string Name, long Invited, Func<int, PublishedCell?> Cells, Func<int, Moments> Now, Action<int, IReadOnlyList<(Cell Cell,
        double Weight, long Count)>> Note);
