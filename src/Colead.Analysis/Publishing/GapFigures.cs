using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Instruments;

namespace Colead.Analysis.Publishing;

/// <summary>
/// Gaps between the groups of one view, pairs × dimensions as one family: levels by Welch's test, sectors with their organisations at
/// random. Only between groups
/// that may show how far answers lie apart, and only where both means are printed as numbers; the gap printed is the difference of the
/// two printed means, so it adds nothing to them.
/// </summary>
internal sealed class GapFigures(Instrument instrument, ViewTotals totals, ShownCells shown, TierTests tests, Tier tier, Func<Cell,
    string> nameOf)
{
    /// <summary>The gaps, filled in when the tests are decided.</summary>
    public List<PublishedGap> Levels(IReadOnlyList<Cell> groups)
    {
        tests.Open(TestFamily.Levels, Why(groups));
        return Of(TestFamily.Levels, groups, (_, _, _, difference) => TestedDifference.Of(difference));
    }

    /// <param name="sectors">Null where nothing is known of organisations.</param>
    public List<PublishedGap> Sectors(IReadOnlyList<Cell> groups, SectorFigures? sectors)
    {
        var why = Why(groups);
        tests.Open(TestFamily.Sectors, why != NotTested.TooFewPeople || !AnyPair(groups) ? why : sectors is null
            ? NotTested.OrganisationsUnknown : NotTested.OneOrganisationEach);
        return sectors is null ? [] : Of(TestFamily.Sectors, groups, (measure, first, second, difference) => sectors.Test(measure, first,
            second, difference.Value.Value));
    }

    private List<PublishedGap> Of(TestFamily family, IReadOnlyList<Cell> groups, Func<int, Cell, Cell, MeanDifference,
        TestedDifference?> testOf)
    {
        var published = new List<PublishedGap>();
        for (var m = 0; m < instrument.Dimensions.Count; m++)
        {
            var able = Able(groups, m);
            for (var a = 0; a < able.Count; a++)
                for (var b = a + 1; b < able.Count; b++)
                {
                    var (measure, first, second) = (m, able[a], able[b]);
                    MeanDifference difference = new(totals[first].Sums(m).ToMoments(), totals[second].Sums(m).ToMoments());
                    if (!difference.HedgesG.IsDefined || testOf(m, first, second, difference) is not { } test) continue;
                    var place = published.Count;
                    published.Add(null!); // until the verdict
                    tests.Add(family, Figure.Of(test.P), [nameOf(first), nameOf(second)], test.Detectable, verdict =>
                    {
                        var interval = test.Interval();
                        var (low, high) = Rounding.Outward(interval.Low, interval.High);
                        published[place] = new(
                            instrument.Dimensions[measure].Id,
                            nameOf(first),
                            nameOf(second),
                            Rounding.Mean(totals[first].Sums(measure)) - Rounding.Mean(totals[second].Sums(measure)),
                            low,
                            high,
                            null,
                            verdict.AdjustedP,
                            verdict.Word)
                        {
                            Detectable = verdict.Detectable,
                        };
                    });
                }
        }

        return published;
    }

    /// <summary>Why no two of the groups are compared, as far as it follows from which are shown.</summary>
    private NotTested Why(IReadOnlyList<Cell> groups) => groups.Count(g => Enumerable.Range(0,
        instrument.Dimensions.Count).Any(m => shown.Measure(m, g, tier))) switch
    {
        0 => NotTested.NoGroupShown,
        1 => NotTested.OneGroupShown,
        _ => NotTested.TooFewPeople,
    };

    private bool AnyPair(IReadOnlyList<Cell> groups) => Enumerable.Range(0, instrument.Dimensions.Count).Any(m => Able(groups,
        m).Count > 1);

    private List<Cell> Able(IReadOnlyList<Cell> groups, int measure) => [.. groups.Where(c => shown.Measure(measure, c, tier)
        && shown.Precise(measure, c)
        && CellFigures.EndOf(totals[c].Sums(measure), instrument.Scale) == 0)];
}
