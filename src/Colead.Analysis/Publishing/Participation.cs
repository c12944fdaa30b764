using Colead.Analysis.Scoring;
using System.Globalization;
using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Publishing;

/// <summary>How many of all answered, as far as it is said: the number, at least a part of those invited, or nothing.</summary>
internal readonly record struct SaidCount(long? Exact, CoarsePart? Part)
{
    /// <summary>People said to have answered, at least; 0 where nothing is said.</summary>
    public long Least(long? invited) => Exact ?? (Part is not null && invited is { } all ? (3 * all + 4) / 5 : 0);
}

/// <summary>
/// How many people figures rest on, as far as it may be said. A band is of the people in no small group. The exact number for all would
/// tell how many of a small group answered wherever the bands leave the others no room, so it is said only where they do; what decides it
/// looks at people in no small group alone.
/// </summary>
/// <remarks>
/// Room is looked for jointly over all views: the answers of k − 1 people more, and of k − 1 fewer, are placed one by one where people were
/// invited (or answered) so that no printed band of any column changes and no group crosses its threshold. What is found that way is
/// possible, so whatever a small group did between 0 and k − 1, others could have made up for it. Not finding any only says less.
/// </remarks>
internal sealed class Participation
{
    /// <summary>Fewest answers for shares where the exact number is not said.</summary>
    public const int FewestForTens = 30;

    private const long Unlimited = long.MaxValue / 4;
    private readonly RoundToPublish round;
    private readonly ReportingPlan plan;
    private readonly Dictionary<(Column?, bool Details), Facts> facts = [];
    private readonly Dictionary<Cell, long> tops = [];
    private readonly bool roomForMeans, roomForDetails;
    private readonly OpenBands openMeans, openDetails;
    private readonly long[] invited;
    private readonly ProtectionRules rules;
    private readonly long respondents, counting;

    private Participation(RoundToPublish round, ReportingPlan plan, Columns columns, ShownCells shown, ProtectionRules rules)
    {
        (this.round, this.plan, this.rules) = (round, plan, rules);
        respondents = round.Answers.Respondents.Sum(s => s.Value);
        Questionnaires = columns.Questionnaires.Total;
        var levels = plan.Structure.Levels.Count;
        invited = Invited(columns);
        counting = round.Roster?.Invited.Sum(stratum => stratum.Value - Uncounted(columns, stratum.Key)) ?? 0;
        var means = new Room(plan, columns.Questionnaires, invited);
        var details = new Room(plan, columns.Questionnaires, invited);
        Look(null, columns.Questionnaires, null, false);
        Look(null, columns.Questionnaires, null, true);
        foreach (var column in columns.All)
        {
            var valid = columns.Valid(column);
            if (!column.IsItem) Look(column, valid, shown.Pattern(column.Index).Members, false);
            Look(column, valid, column.IsItem ? shown.ItemPattern(column.Index) : shown.Pattern(column.Index).Open, true);
        }

        foreach (var (organisation, told) in round.Told?.Organisations ?? new Dictionary<int, ToldCount>())
        {
            means.Limit(plan.UnitOf(organisation), told, plan.Thresholds.Means - 1);
            details.Limit(plan.UnitOf(organisation), told, plan.Thresholds.Details - 1);
        }
        roomForMeans = means.Leaves(plan.Thresholds.Means - 1);
        roomForDetails = roomForMeans && details.Leaves(plan.Thresholds.Details - 1);
        if (round.Told?.Everyone is { } everyone && rules.TotalNeedsRoom)
        {
            openMeans = means.Beside(everyone, plan.Thresholds.Means - 1);
            openDetails = openMeans.And(details.Beside(everyone, plan.Thresholds.Details - 1));
        }

        void Look(Column? column, ReportingCounts valid, CellPattern? pattern, bool ofDetails)
        {
            var k = ofDetails ? plan.Thresholds.Details : plan.Thresholds.Means;
            var places = SurePeople.Places(plan, valid, k, rules);
            var sure = SurePeople.Of(plan, valid, k, rules);
            var cells = new CellCounts(plan, sure);
            facts[(column, ofDetails)] = new(cells, Silent(valid, invited, places, k));
            if (!ofDetails) means.Narrow(valid, places);
            details.Narrow(valid, places);
            if (pattern is null) return;
            // What one column's bands say of a group holds the others too: most people answer everything.
            var everybody = new CellCounts(plan, [.. sure.Select((_, i) => valid[i / levels, i % levels])]);
            foreach (var cell in plan.Planned)
                if (pattern.Shows(cell))
                    tops[cell] = Math.Min(tops.GetValueOrDefault(cell, Unlimited),
                        CountBands.End(CountBands.Start(Math.Max(cells[cell], k))));
            means.Narrow(everybody, cells, pattern, binding: !ofDetails);
            details.Narrow(everybody, cells, pattern, binding: true);
        }
    }

    public static Participation Of(RoundToPublish round, ReportingPlan plan, Columns columns, ShownCells shown, ProtectionRules rules) =>
        new(round, plan, columns, shown, rules);

    /// <summary>Questionnaires of people who count.</summary>
    public long Questionnaires { get; }

    /// <summary>How many sent an answer.</summary>
    public SaidCount Answered(Tier tier) => tier == Tier.Open && Questionnaires < plan.Thresholds.Details ? default
        : Say(null, respondents, tier);

    /// <summary>How many have a value of a column.</summary>
    /// <param name="count">Of everybody, who counts or not.</param>
    public SaidCount Of(Column column, long count, Tier tier) => Say(column, count, tier);

    /// <summary>People of all who have a value and stand in no small group.</summary>
    public long Sure(Column column, Tier tier) => facts[(column, column.IsItem || tier == Tier.Open)].Cells[Cell.All];

    /// <summary>People of a group who have a value and stand in no small group.</summary>
    public long Sure(Column column, Tier tier, Cell cell) => facts[(column, column.IsItem || tier == Tier.Open)].Cells[cell];

    /// <summary>The band of a group's people: of those in no small group, and at least the threshold.</summary>
    public long BandStart(Column column, Tier tier, Cell cell)
    {
        var details = column.IsItem || tier == Tier.Open;
        var fewest = details ? plan.Thresholds.Details : plan.Thresholds.Means;
        var open = details ? openDetails : openMeans;
        return CountBands.Start(open.NoStart ? fewest : Math.Max(facts[(column, details)].Cells[cell], fewest));
    }

    /// <summary>
    /// The band as it is printed: without an upper end, or as the threshold alone, where all bands beside the fifths that were told of
    /// everyone would leave small groups no room. People in no small group decide that.
    /// </summary>
    public string Band(Column column, Tier tier, Cell cell)
    {
        var open = column.IsItem || tier == Tier.Open ? openDetails : openMeans;
        return PrintedCount.Band(BandStart(column, tier, cell), open.NoEnd || open.NoStart);
    }

    private SaidCount Say(Column? column, long count, Tier tier)
    {
        var details = column is { IsItem: true } || tier == Tier.Open;
        var (cells, silent) = facts[(column, details)];
        var five = plan.Thresholds.Means;
        var exact = (details ? roomForDetails : roomForMeans) && cells[Cell.All] >= five && silent >= five;
        if (exact && round is { KnownSilent: 0, Slips: 0 } || !rules.TotalNeedsRoom) return new(count, null);
        if (round.Roster is not { } roster || 5 * cells[Cell.All] < 3L * roster.Total) return default;
        // So many of those who count and could answer may stay silent, and it is three fifths of all all the same.
        var othersMay = counting - round.KnownSilent - (3L * roster.Total + 4) / 5;
        if (!MayBeSilent((3L * roster.Total + 4) / 5, details ? openDetails : openMeans)) return default;
        return othersMay >= five || (round.KnownSilent == 0 && counting >= roster.Total) ? new(null, CoarsePart.ThreeFifths) : default;
    }

    /// <summary>
    /// Whoever keeps an envelope, or took links back, knows of so many that they did not answer. Where all are said to be so many at least,
    /// and none of the others in the way is above what its band says, five of each group may be silent all the same. Any slips may be
    /// those: where they lie is not looked at.
    /// </summary>
    private bool MayBeSilent(long least, OpenBands open)
    {
        var aside = round.Slips + round.KnownSilent;
        if (aside == 0) return true;
        var levels = plan.Structure.Levels.Count;
        var places = Enumerable.Range(0, invited.Length).ToList();
        Func<int, Cell>[] views = [i => Cell.Unit(i / levels), i => Cell.Sector(plan.Units[i / levels].Sector),
            i => Cell.Level(i % levels)];
        return Array.TrueForAll(views, view =>
        {
            var groups = places.GroupBy(view, i => invited[i]).Select(g => (Invited: g.Sum(), Cell: g.Key)).Where(g => g.Invited > 0)
                .Select(g => (g.Invited, Top: open.NoEnd || open.NoStart ? g.Invited
                    : Math.Min(g.Invited, tops.GetValueOrDefault(g.Cell, Unlimited)))).ToList();
            var all = groups.Sum(g => g.Top);
            return groups.TrueForAll(g => least + aside - (all - g.Top) <= Math.Max(0, g.Invited - plan.Thresholds.Means));
        });
    }

    /// <summary>People who count and were invited, by unit × level; without a roster nobody knows, and there may be any number.</summary>
    private long[] Invited(Columns columns)
    {
        var levels = plan.Structure.Levels.Count;
        var invited = new long[plan.Units.Count * levels];
        if (round.Roster is not { } roster)
        {
            Array.Fill(invited, Unlimited);
            return invited;
        }

        foreach (var (stratum, people) in roster.Invited)
            invited[plan.UnitOf(stratum.Organisation) * levels + stratum.Level] +=
                people - Uncounted(columns, stratum);
        for (var i = 0; i < invited.Length; i++) invited[i] = Math.Max(invited[i], columns.Questionnaires[i / levels, i % levels]);
        return invited;
    }

    private long Uncounted(Columns columns, Stratum stratum) =>
        Math.Max(columns.UncountedAt(stratum), round.UncountedInvited?.Invited.GetValueOrDefault(stratum) ?? 0);

    /// <summary>How many at least did not answer, whatever small groups did.</summary>
    private long Silent(ReportingCounts valid, long[] invited, bool[] places, int k)
    {
        if (round.Roster is null) return Unlimited;
        var levels = plan.Structure.Levels.Count;
        long silent = 0;
        for (var i = 0; i < invited.Length; i++) silent += Math.Max(0, invited[i] - (places[i] ? valid[i / levels, i % levels] : k - 1));
        return silent;
    }

    /// <summary>What of bands is not printed.</summary>
    private readonly record struct OpenBands(bool NoEnd, bool NoStart)
    {
        public OpenBands And(OpenBands other) => new(NoEnd || other.NoEnd, NoStart || other.NoStart);
    }

    private sealed record Facts(CellCounts Cells, long Silent);

    /// <summary>How far counts may move, by place and by cell, with everything printed staying as it is.</summary>
    private sealed class Room(ReportingPlan plan, ReportingCounts questionnaires, long[] invited)
    {
        private readonly int levels = plan.Structure.Levels.Count;
        private readonly bool[] sure = NewFilled(invited.Length, true);
        private readonly long[] least = NewFilled(invited.Length, Unlimited);
        private readonly Dictionary<Cell, (long Up, long Down)> slack = [];
        private bool allShown = true;

        /// <summary>Only people in no small group of any column can make up for others.</summary>
        public void Narrow(ReportingCounts valid, bool[] places)
        {
            for (var i = 0; i < sure.Length; i++)
            {
                sure[i] &= places[i];
                least[i] = Math.Min(least[i], valid[i / levels, i % levels]);
            }
        }

        /// <param name="everybody">People who count, in small groups or not.</param>
        /// <param name="cells">Those in no small group.</param>
        /// <param name="binding">Does it matter here whether a cell is shown?</param>
        public void Narrow(CellCounts everybody, CellCounts cells, CellPattern pattern, bool binding)
        {
            foreach (var cell in plan.Planned)
            {
                if (cell.Kind == ViewKind.All || !pattern.Kinds.Contains(cell.Kind)) continue;
                var shown = pattern.Shows(cell);
                if (binding) allShown &= shown;
                var n = cells[cell];
                var k = cell.Kind is ViewKind.Unit or ViewKind.SectorLevel ? plan.Thresholds.Means : pattern.Threshold;
                var (up, down) = slack.TryGetValue(cell, out var known) ? known : (Unlimited, Unlimited);
                if (everybody[cell] < k)
                {
                    slack[cell] = (0, down); // it stays small: nobody is placed in it
                    continue;
                }

                var start = CountBands.Start(Math.Max(n, k));
                // A group that is not small stays so; a withheld one may be anything above.
                slack[cell] = shown
                    ? (Math.Min(up, CountBands.End(start) - n), Math.Min(down, Math.Max(0, n - Math.Max(start, k))))
                    : (up, Math.Min(down, Math.Max(0, n - k)));
            }
        }

        /// <summary>
        /// What was told of an organisation while the round was open is kept to as a band is: by people in no small group, with whatever
        /// others it may have in small ones. An upper end that they alone exceed was passed after the count, and says nothing. In a fold
        /// nobody can tell whose people are placed; so none are.
        /// </summary>
        public void Limit(int unit, ToldCount told, long small)
        {
            var (up, down) = slack.GetValueOrDefault(Cell.Unit(unit), (Unlimited, Unlimited));
            long here = 0, others = 0;
            for (var l = 0; l < levels; l++)
            {
                var i = unit * levels + l;
                if (sure[i]) here += questionnaires[unit, l];
                else others += Math.Min(small, invited[i]);
            }

            slack[Cell.Unit(unit)] = plan.Units[unit].Organisations.Count > 1 ? (0, 0)
                : (here > told.Most ? up : Math.Min(up, Math.Max(0, told.Most - here - others)),
                    Math.Min(down, Math.Max(0, here - told.Least)));
        }

        /// <summary>
        /// Beside what was told of everyone: could people in no small group be so many that nobody in a small one need have answered, and
        /// so few that all of one may have, with every band as it is printed?
        /// </summary>
        public OpenBands Beside(ToldCount everyone, long small)
        {
            if (allShown) return default;
            long here = 0;
            for (var i = 0; i < sure.Length; i++)
                if (sure[i]) here += questionnaires[i / levels, i % levels];
            return new(
                NoEnd: !Place(everyone.Least - here, i => invited[i] - questionnaires[i / levels, i % levels], s => s.Up),
                NoStart: here <= everyone.Most && !Place(here + small - everyone.Most, i => least[i], s => s.Down));
        }

        /// <summary>Is there room for so many answers more, and so many fewer? Where everything is shown there is no small group to
        /// protect.</summary>
        public bool Leaves(long people) =>
            allShown || (Place(people, i => invited[i] - questionnaires[i / levels, i % levels], s => s.Up)
                && Place(people, i => least[i], s => s.Down));

        private bool Place(long people, Func<int, long> capacity, Func<(long Up, long Down), long> of)
        {
            var left = slack.ToDictionary(s => s.Key, s => of(s.Value));
            for (var u = 0; u < plan.Units.Count; u++)
                for (var l = 0; l < levels; l++)
                {
                    if (!sure[u * levels + l]) continue;
                    var s = plan.Units[u].Sector;
                    Cell[] cells = [Cell.Unit(u), Cell.Sector(s), Cell.Level(l), Cell.SectorLevel(s, l)];
                    var move = Math.Min(people, capacity(u * levels + l));
                    foreach (var cell in cells) move = Math.Min(move, left.GetValueOrDefault(cell, Unlimited));
                    if (move <= 0) continue;
                    foreach (var cell in cells)
                        if (left.TryGetValue(cell, out var rest)) left[cell] = rest - move;
                    if ((people -= move) == 0) return true;
                }

            return people <= 0;
        }

        private static T[] NewFilled<T>(int length, T value)
        {
            var filled = new T[length];
            Array.Fill(filled, value);
            return filled;
        }
    }
}

/// <summary>Bands as they are printed.</summary>
internal static class PrintedCount
{
    public static string Exact(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <param name="open">Without an upper end.</param>
    public static string Band(long start, bool open = false) => CountBands.End(start) is var end && (open || end > start + 1_000_000)
        ? FormattableString.Invariant($"{start}+")
        : FormattableString.Invariant($"{start}-{end}");

    /// <summary>The fewest people that a printed count or band stands for; null for one that says nothing.</summary>
    public static long? Least(string? people) => CountBands.Least(people);
}
