using System.Collections.Frozen;
using System.Collections.ObjectModel;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Disclosure;

/// <summary>How many valid values of people who count each stratum has, and their sum: what one column's means are made of.</summary>
public sealed record StratumTotals(IReadOnlyDictionary<Stratum, (long Count, double Sum)> Strata)
{
    /// <summary>The values of people who do not count. They are in the printed means, and the reader knows each of them.</summary>
    public IReadOnlyDictionary<Stratum, (long Count, double Sum)> Known { get; init; } = ReadOnlyDictionary<Stratum,
        (long Count, double Sum)>.Empty;

    /// <summary>From a round's summaries, one statistic.</summary>
    public static StratumTotals Of(RoundSummary summary, Func<StratumSummary, Moments> of) =>
        new(summary.Strata.Select(s => (s.Key, Moments: of(s.Value))).Where(s => s.Moments.Count > 0)
            .ToDictionary(s => s.Key, s => (s.Moments.Count, s.Moments.Count * s.Moments.Mean)));
}

/// <summary>What a reader of the published means can conclude about a hidden group's mean.</summary>
/// <param name="Low">Smallest mean found possible.</param>
/// <param name="High">Largest mean found possible.</param>
/// <param name="Holding">Shown cells that keep it from being wider.</param>
internal sealed record KnownInterval(double Low, double High, IReadOnlyList<Cell> Holding, StratumTotals AtLow, StratumTotals AtHigh)
{
    public double Width => High - Low;
}

/// <summary>
/// Exact arithmetic is not all: where published means lie near an end of the scale, rounded figures can still pin a small
/// hidden group down. The guard asks, for every group of fewer than k people that is not shown, how far its mean could be
/// elsewhere with every published mean still printed the same; where that is less than a quarter of the range, it withholds
/// more. Counts are taken to be known to the reader, and so are the answers of people who do not count.
/// </summary>
/// <remarks>
/// A width is only ever claimed on the strength of two sets of stratum totals that print alike. They are looked for first by
/// moving answers between people who stand in the same shown cells, then by linear programming.
/// </remarks>
public static class IntervalGuard
{
    /// <summary>Most classes of people the linear programme moves; all others stay as they are, which can only make it stricter.</summary>
    private const int MostClasses = 240;

    /// <summary>A first try with these few is quick and nearly always enough.</summary>
    private const int FewClasses = 90;

    /// <summary>Least width, as a share of the scale's range.</summary>
    public const double LeastShare = 0.25;

    /// <summary>Guards a dimension's (or the overall score's) sets of figures.</summary>
    /// <param name="step">Every person's value is a whole multiple of it: 1/unit for scores.</param>
    public static DimensionPattern Apply(ReportingPlan plan, DimensionPattern pattern, StratumTotals totals, Scale scale, double step)
    {
        var members = Apply(plan, pattern.Members, totals, scale, step);
        var precise = Within(pattern.Precise, members);
        return new(members, precise, Apply(plan, Within(pattern.Open, precise), totals, scale, step));
    }

    /// <summary>Guards one set of figures.</summary>
    /// <param name="step">Every person's value is a whole multiple of it: 1 for items, 1/unit for scores. A reader knows it too.</param>
    public static CellPattern Apply(ReportingPlan plan, CellPattern pattern, StratumTotals totals, Scale scale, double step)
    {
        var groups = Guarded(plan, pattern, totals);
        if (groups.Count == 0) return pattern;
        var shown = pattern.Shown.Order().ToList();
        var reader = new Reader(plan, shown, totals, scale, step);
        for (var g = 0; g < groups.Count && shown.Count > 0;)
        {
            if (reader.IsWide(groups[g])
                || reader.IsWide(groups[g], reader.Know(groups[g], FewClasses, stopEarly: true))
                || (reader.Know(groups[g]) is var known && reader.IsWide(groups[g], known)))
            {
                g++;
                continue;
            }

            // Withholding only ever widens, so the groups before this one stay wide.
            var holding = known.Holding.Count > 0 ? known.Holding : shown;
            shown.Remove(holding.MinBy(c => (Suppression.Usefulness(c.Kind) * Count(plan, totals, c), c)));
            reader = new Reader(plan, shown, totals, scale, step);
        }

        return shown.Count == pattern.Shown.Count ? pattern : pattern with { Shown = shown.ToFrozenSet(), Optimal = false };
    }

    /// <summary>Groups of fewer than k people that are not shown: planned cells, and organisations alone or in a fold.</summary>
    internal static List<HashSet<Stratum>> Guarded(ReportingPlan plan, CellPattern pattern, StratumTotals totals)
    {
        var hidden = plan.Planned.Where(c => pattern.Kinds.Contains(c.Kind) && !pattern.Shows(c)).ToHashSet();
        var cells = new Dictionary<Cell, long>();
        var organisations = new Dictionary<int, long>();
        foreach (var (stratum, (count, _)) in totals.Strata)
        {
            foreach (var cell in CellsOf(stratum))
                if (hidden.Contains(cell)) cells[cell] = cells.GetValueOrDefault(cell) + count;
            // An organisation in a fold is hidden too, though its fold may be shown.
            var unit = plan.UnitOf(stratum.Organisation);
            var folded = plan.Units[unit].Organisations.Count > 1;
            if (folded || (!pattern.Shows(Cell.Unit(unit)) && !hidden.Contains(Cell.Unit(unit))))
                organisations[stratum.Organisation] = organisations.GetValueOrDefault(stratum.Organisation) + count;
        }

        // Only of the small ones is it worth to know who is in them: most are not.
        var smallCells = cells.Where(g => IsSmall(g.Value, pattern.Threshold)).OrderBy(g => g.Key).ToDictionary(g => g.Key,
            _ => new HashSet<Stratum>());
        var smallOrganisations = organisations.Where(g => IsSmall(g.Value, plan.Thresholds.Means)).OrderBy(g => g.Key)
            .ToDictionary(g => g.Key, _ => new HashSet<Stratum>());
        if (smallCells.Count + smallOrganisations.Count == 0) return [];
        foreach (var stratum in totals.Strata.Keys)
        {
            foreach (var cell in CellsOf(stratum))
                if (smallCells.TryGetValue(cell, out var group)) group.Add(stratum);
            if (smallOrganisations.TryGetValue(stratum.Organisation, out var own)) own.Add(stratum);
        }

        return [.. smallCells.Values, .. smallOrganisations.Values];

        Cell[] CellsOf(Stratum stratum)
        {
            var sector = plan.Structure.SectorOf[stratum.Organisation];
            return [Cell.All, Cell.Sector(sector), Cell.Level(stratum.Level), Cell.Unit(plan.UnitOf(stratum.Organisation)),
                Cell.SectorLevel(sector, stratum.Level)];
        }

        static bool IsSmall(long people, int k) => people > 0 && people < k;
    }

    private static long Count(ReportingPlan plan, StratumTotals totals, Cell cell) =>
        totals.Strata.Where(s => plan.Belongs(s.Key, cell)).Sum(s => s.Value.Count);

    private static CellPattern Within(CellPattern pattern, CellPattern wider) =>
        pattern.Shown.IsSubsetOf(wider.Shown) ? pattern : pattern with { Shown = pattern.Shown.Intersect(wider.Shown).ToFrozenSet(),
            Optimal = false };

    /// <summary>Someone who knows every count and every shown mean as printed.</summary>
    internal sealed class Reader
    {
        private readonly List<Cell> shown;
        private readonly StratumTotals totals;
        private readonly Scale scale;
        private readonly double step;
        private readonly Dictionary<Stratum, int> classOf = [];
        private readonly List<(long Count, double Sum, int[] Cells)> classes = [];
        private readonly long[] cellCount;
        private readonly double[] knownSum;
        private readonly PublishedMean?[] printed;

        public Reader(ReportingPlan plan, List<Cell> shown, StratumTotals totals, Scale scale, double step)
        {
            this.shown = shown;
            this.totals = totals;
            this.scale = scale;
            this.step = step;
            var at = shown.Select((c, i) => (c, i)).ToDictionary(c => c.c, c => c.i);
            cellCount = new long[shown.Count];
            knownSum = new double[shown.Count];
            var sums = new double[shown.Count];
            var index = new Dictionary<(int, int, int, int, int), int>();
            foreach (var (stratum, (count, sum)) in totals.Strata.OrderBy(s => (s.Key.Organisation, s.Key.Level)))
            {
                var signature = Signature(stratum);
                if (!index.TryGetValue(signature, out var c))
                {
                    index[signature] = c = classes.Count;
                    classes.Add((0, 0, [.. new[] { signature.Item1, signature.Item2, signature.Item3, signature.Item4,
                        signature.Item5 }.Where(i => i >= 0)]));
                }

                classOf[stratum] = c;
                classes[c] = (classes[c].Count + count, classes[c].Sum + sum, classes[c].Cells);
                foreach (var cell in classes[c].Cells)
                {
                    cellCount[cell] += count;
                    sums[cell] += sum;
                }
            }

            foreach (var (stratum, (count, sum)) in totals.Known)
            {
                var signature = Signature(stratum);
                foreach (var cell in new[] { signature.Item1, signature.Item2, signature.Item3, signature.Item4,
                    signature.Item5 }.Where(i => i >= 0))
                {
                    cellCount[cell] += count;
                    sums[cell] += sum;
                    knownSum[cell] += sum;
                }
            }

            printed = [.. sums.Select((s, i) => cellCount[i] > 0
                ? PublishedMean.Of(Math.Clamp(s / cellCount[i], scale.Lowest, scale.Highest), scale) : null)];

            int At(Cell cell) => at.GetValueOrDefault(cell, -1);

            (int, int, int, int, int) Signature(Stratum stratum)
            {
                var sector = plan.Structure.SectorOf[stratum.Organisation];
                return (At(Cell.All), At(Cell.Sector(sector)), At(Cell.Level(stratum.Level)),
                    At(Cell.Unit(plan.UnitOf(stratum.Organisation))), At(Cell.SectorLevel(sector, stratum.Level)));
            }
        }

        /// <summary>Wide by exchanging answers within classes alone: everything published stays exactly as it is.</summary>
        public bool IsWide(HashSet<Stratum> group)
        {
            double room = 0;
            long people = 0;
            foreach (var (c, (count, sum)) in Parts(group))
            {
                var others = classes[c].Count - count;
                var theirs = classes[c].Sum - sum;
                room += Math.Min(scale.Highest * count - sum, theirs - scale.Lowest * others)
                    + Math.Min(sum - scale.Lowest * count, scale.Highest * others - theirs);
                people += count;
            }

            return room >= LeastShare * scale.Range * people + 1e-9;
        }

        /// <summary>Wide enough, and room for another set of answers at all.</summary>
        public bool IsWide(HashSet<Stratum> group, KnownInterval known) =>
            known.Width >= LeastShare * scale.Range - 1e-9 && known.Width * Parts(group).Values.Sum(p => p.Count) >= step - 1e-9;

        /// <summary>The widest interval linear programming finds.</summary>
        public KnownInterval Know(HashSet<Stratum> group, int most = MostClasses, bool stopEarly = false)
        {
            var parts = Parts(group);
            var movable = parts.Keys.Order().ToList();
            // People outside the group: the freest first, those in fewest cells that do not hold people of the group too.
            var near = movable.SelectMany(c => classes[c].Cells).ToHashSet();
            movable.AddRange(Enumerable.Range(0, classes.Count).Where(c => !parts.ContainsKey(c))
                .OrderBy(c => classes[c].Cells.Count(i => !near.Contains(i))).ThenBy(c => c).Take(Math.Max(0, most - movable.Count))
                    .ToList());
            var variables = new List<(int Class, bool InGroup, long Count, double Sum)>();
            foreach (var c in movable)
            {
                var (count, sum) = parts.GetValueOrDefault(c);
                if (count > 0) variables.Add((c, true, count, sum));
                if (classes[c].Count > count) variables.Add((c, false, classes[c].Count - count, classes[c].Sum - sum));
            }

            // In units of one person's range: 0 all at the lowest option, Count all at the highest.
            double range = scale.Range;
            var rows = movable.SelectMany(c => classes[c].Cells).Distinct().Order().ToArray();
            var moved = new double[rows.Length];
            var rowLow = new double[rows.Length];
            var rowHigh = new double[rows.Length];
            var matrix = new double[rows.Length][];
            for (var r = 0; r < rows.Length; r++)
            {
                matrix[r] = [.. variables.Select(v => classes[v.Class].Cells.Contains(rows[r]) ? 1.0 : 0)];
                var fixedSum = knownSum[rows[r]];
                foreach (var (_, _, _, sum) in variables.Where((_, i) => matrix[r][i] > 0)) moved[r] += sum;
                for (var c = 0; c < classes.Count; c++)
                    if (classes[c].Cells.Contains(rows[r])) fixedSum += classes[c].Sum;
                fixedSum -= moved[r];
                var n = cellCount[rows[r]];
                var own = variables.Where((_, i) => matrix[r][i] > 0).Sum(v => v.Count);
                // Sums are whole multiples of the step, and the reader knows it.
                rowLow[r] = (Math.Ceiling(printed[rows[r]]!.Low * n / step - 1e-6) * step - fixedSum - scale.Lowest * own) / range;
                rowHigh[r] = (Math.Floor(printed[rows[r]]!.High * n / step + 1e-6) * step - fixedSum - scale.Lowest * own) / range;
            }

            var objective = variables.Select(v => v.InGroup ? 1.0 : 0).ToArray();
            var simplex = new BoundedSimplex(matrix, new double[variables.Count], [.. variables.Select(v => (double)v.Count)], rowLow,
                rowHigh,
                [.. variables.Select(v => (v.Sum - scale.Lowest * v.Count) / range)]);
            var holding = new SortedSet<Cell>();
            var people = (double)parts.Values.Sum(p => p.Count);
            var truth = parts.Values.Sum(p => p.Sum) / people;
            // One side may be wide enough by itself; then the other need not be looked for.
            var ample = Math.Max(LeastShare * people, step / range) + 1e-9;
            var (high, atHigh) = Solve(1);
            var (low, atLow) = stopEarly && (high - truth) / range * people >= ample ? (truth, totals) : Solve(-1);
            return new(Math.Min(low, truth), Math.Max(high, truth), [.. holding], atLow, atHigh);

            (double Mean, StratumTotals At) Solve(double sign)
            {
                var now = sign * (truth - scale.Lowest) / range * people;
                if (!simplex.Maximise([.. objective.Select(o => o * sign)], stopEarly ? now + ample
                    : double.PositiveInfinity)) return (truth, totals);
                foreach (var r in simplex.BindingRows) holding.Add(shown[rows[r]]);
                var solution = simplex.Solution;
                double sum = 0;
                var strata = new Dictionary<Stratum, (long, double)>(totals.Strata);
                var share = new Dictionary<(int, bool), double>();
                for (var v = 0; v < variables.Count; v++)
                {
                    var mean = scale.Lowest + Math.Clamp(solution[v] / variables[v].Count, 0, 1) * range;
                    if (variables[v].InGroup) sum += mean * variables[v].Count;
                    share[(variables[v].Class, variables[v].InGroup)] = mean;
                }

                foreach (var (stratum, (count, _)) in totals.Strata)
                    if (share.TryGetValue((classOf[stratum], group.Contains(stratum)), out var mean)) strata[stratum] =
                        (count, mean * count);
                return (sum / people, totals with { Strata = strata });
            }
        }

        private Dictionary<int, (long Count, double Sum)> Parts(HashSet<Stratum> group)
        {
            var parts = new Dictionary<int, (long Count, double Sum)>();
            foreach (var stratum in group)
            {
                if (!totals.Strata.TryGetValue(stratum, out var own)) continue;
                var c = classOf[stratum];
                var (count, sum) = parts.GetValueOrDefault(c);
                parts[c] = (count + own.Count, sum + own.Sum);
            }

            return parts;
        }
    }
}
