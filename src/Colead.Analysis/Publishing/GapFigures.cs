using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Welch gaps between the groups of one view, pairs × dimensions as one family. Only between groups that may show how
/// far answers lie apart, and only where both means are printed as numbers; the gap printed is the difference of the
/// two printed means, so it adds nothing to them.
/// </summary>
internal static class GapFigures
{
    public static IReadOnlyList<PublishedGap> Of(
        IReadOnlyList<Cell> groups, Func<Cell, string> name, Instrument instrument, ViewTotals totals, ShownCells shown, Tier tier)
    {
        var gaps = new List<(int Measure, Cell First, Cell Second, MeanDifference Difference)>();
        for (var m = 0; m < instrument.Dimensions.Count; m++)
        {
            var measure = m;
            var able = groups.Where(c => shown.Measure(measure, c, tier) && shown.Precise(measure, c)
                && CellFigures.EndOf(totals[c].Sums(measure), instrument.Scale) == 0).ToList();
            for (var a = 0; a < able.Count; a++)
                for (var b = a + 1; b < able.Count; b++)
                    gaps.Add((m, able[a], able[b], new(totals[able[a]].Sums(m).ToMoments(), totals[able[b]].Sums(m).ToMoments())));
        }

        var adjusted = BenjaminiHochberg.Adjust([.. gaps.Select(g => g.Difference.P)]);
        var published = new List<PublishedGap>();
        for (var i = 0; i < gaps.Count; i++)
        {
            var (measure, first, second, difference) = gaps[i];
            if (!adjusted[i].IsDefined || difference.Interval() is not { } interval) continue;
            published.Add(new(
                instrument.Dimensions[measure].Id,
                name(first),
                name(second),
                Rounding.Mean(totals[first].Sums(measure)) - Rounding.Mean(totals[second].Sums(measure)),
                Rounding.To(interval.Low, 1),
                Rounding.To(interval.High, 1),
                Rounding.To(difference.HedgesG.Value, 2),
                Rounding.P(adjusted[i].Value),
                CertaintyWords.OfAdjustedP(adjusted[i])));
        }

        return published;
    }
}
