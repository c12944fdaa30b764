using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Publishing;

/// <summary>
/// What comparing sectors needs to know of the organisations in them, from published cells alone: the organisations and folds shown as
/// numbers, and what is left of a shown
/// sector as one more, where at least the threshold stand in it who are in no small group.
/// </summary>
internal sealed class SectorFigures
{
    private const int FewestGroups = 2;
    private readonly NestedGroups fit;

    private SectorFigures(NestedGroups fit) => this.fit = fit;

    /// <param name="shared">By measure.</param>
    public static SectorFigures Of(
        ReportingPlan plan, ViewTotals totals, ShownCells shown, Participation participation, SharedFigures[] shared,
            Instrument instrument, ScoreProducts products)
    {
        var groups = new List<IReadOnlyList<(int Sector, Moments Moments)>>();
        for (var m = 0; m < instrument.Dimensions.Count; m++)
        {
            var column = new Column(false, m);
            var units = shared[m].UnitCells.ToList();
            var of = units.Select((u, i) => (plan.Units[u.First].Sector, shared[m].Units[i])).ToList();
            foreach (var sector in plan.Planned.Where(c => c.Kind == ViewKind.Sector && shown.Measure(m, c, Tier.Members)
                && shown.Precise(m, c)))
            {
                var within = units.Where(u => plan.Units[u.First].Sector == sector.First).ToList();
                var rest = within.Aggregate(totals[sector].Sums(m), (left, u) => Without(left, totals[u].Sums(m)));
                var sure = participation.Sure(column, Tier.Members, sector) - within.Sum(u => participation.Sure(column, Tier.Members, u));
                if (sure >= plan.Thresholds.Means) of.Add((sector.First, rest.ToMoments()));
            }

            groups.Add(of);
        }

        return new(NestedGroups.Of(groups, SquaredCorrelation(totals, shared, instrument, products)));
    }

    /// <summary>Null unless both sectors rest on two organisations or more.</summary>
    public TestedDifference? Test(int measure, Cell first, Cell second, double difference) =>
        Math.Min(fit.GroupsIn(measure, first.First), fit.GroupsIn(measure, second.First)) >= FewestGroups
            ? fit.Test(measure, first.First, second.First, difference)
            : null;

    /// <summary>
    /// Mean squared correlation of two dimensions within organisations: products over everyone less those between the organisations shown
    /// and everyone else together.
    /// </summary>
    private static double SquaredCorrelation(ViewTotals totals, SharedFigures[] shared, Instrument instrument, ScoreProducts products)
    {
        double sum = 0;
        var pairs = 0;
        for (var d = 0; d < instrument.Dimensions.Count; d++)
            for (var e = d + 1; e < instrument.Dimensions.Count; e++)
            {
                var units = shared[d].UnitCells.Intersect(shared[e].UnitCells).ToList();
                var scale = Within(d, d) * Within(e, e);
                if (scale <= 0) continue;
                var within = Within(d, e);
                sum += Math.Min(1, within * within / scale);
                pairs++;

                double Within(int one, int other)
                {
                    var (first, second) = (Means(one), Means(other));
                    double between = 0;
                    var (mean1, mean2) = (totals[Cell.All].Sums(one).ToMoments().Mean, totals[Cell.All].Sums(other).ToMoments().Mean);
                    for (var g = 0; g < first.Count; g++)
                        between += Math.Sqrt((double)first[g].Count * second[g].Count) * (first[g].Mean - mean1) * (second[g].Mean - mean2);
                    return products.Within(one, other).Products - between;
                }

                List<Moments> Means(int measure)
                {
                    var all = totals[Cell.All].Sums(measure);
                    return [.. units.Select(u => totals[u].Sums(measure).ToMoments()),
                        units.Aggregate(all, (left, u) => Without(left, totals[u].Sums(measure))).ToMoments()];
                }
            }

        return pairs > 0 ? sum / pairs : 0;
    }

    private static ScoreSums Without(ScoreSums all, ScoreSums part) =>
        new(all.Count - part.Count, all.Sum - part.Sum, all.SumOfSquares - part.SumOfSquares, all.Unit);
}
