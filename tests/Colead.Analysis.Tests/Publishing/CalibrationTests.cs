using Colead.Bench;

namespace Colead.Analysis.Tests.Publishing;

/// <summary>
/// Words that mean what they say: worlds in which it is known what is true, published by the closing computation itself, and how often
/// the words are wrong. Seeded, so that
/// it is always the same; fewer draws than <c>calibration</c> in bench, whose figures the pages of methods quote.
/// </summary>
public class CalibrationTests
{
    private const ulong Seed = 4711;

    /// <summary>Of 60 pages at most 6 per cent, with the room that so few draws need: 7 or more would come in one of forty runs of a true
    /// 5 per cent.</summary>
    [Fact]
    public void NothingDiffers_HardlyAPageSaysLikely_AndIntervalsHold()
    {
        var found = Calibration.Of(new World(), 60, Seed);
        Assert.InRange(found["page: likely"], 0, 0.1);
        Assert.InRange(found["page: headed by likely"], 0, 0.1);
        Assert.Equal(0, found["page: headed by possibly"]);
        Assert.InRange(found["page: highest said"], 0, 0.1);
        Assert.Equal(0, found["page: statement agreed"]); // true r_wg is .65
        foreach (var name in found.Names.Where(n => n.StartsWith("interval", StringComparison.Ordinal)
            && n != "interval: span")) Assert.True(found[name] >= 0.94, $"{name}: {found[name]}");
        Assert.True(found.Of("interval: gap of sectors") > 1000 && found.Of("interval: gap of levels") > 1000
            && found.Of("interval: organisation") > 1000);
    }

    [Fact]
    public void OrganisationsDiffer_SectorsAreHardlyCalledDifferent()
    {
        var found = Calibration.Of(new World { Organisations = 0.5 }, 40, Seed);
        Assert.InRange(found["page: likely, sectors"], 0, 0.1);
        Assert.InRange(found["interval: gap of sectors"], 0.9, 1); // 40 draws of seven dimensions that move together
    }

    [Fact]
    public void GapsOfTwoPoints_AreFound()
    {
        var sector = Calibration.Of(CalibrationBench.SectorGap(new()), 25, Seed, CalibrationBench.SectorTruth);
        Assert.InRange(sector["page: likely, sectors"], 0.7, 1);
        Assert.InRange(sector["sector gap of 0: likely"], 0, 0.02);
        var level = Calibration.Of(CalibrationBench.FrontLineLower(new()), 25, Seed, CalibrationBench.LevelTruth);
        Assert.InRange(level["page: likely, levels"], 0.8, 1);
        Assert.InRange(level["level gap of 0: likely"], 0, 0.02);
        var organisation = Calibration.Of(CalibrationBench.OrganisationLower(new()), 25, Seed, (_, _, _) => null);
        Assert.InRange(organisation["third organisation on first dimension: likely"], 0.6, 1);
    }

    [Fact]
    public void TwoRounds_ChangeIsFoundWhereThereIsOne()
    {
        var risen = Calibration.Of(new World { Change = 1 }, 12, Seed);
        Assert.InRange(risen["change of all: likely"], 0.9, 1);
        var same = Calibration.Of(new World { Change = 0 }, 25, Seed);
        Assert.InRange(same["change of all: likely"], 0, 0.02);
        Assert.InRange(same["page: headed by likely"], 0, 0.16);
        foreach (var name in same.Names.Where(n =>
            n.StartsWith("interval: change", StringComparison.Ordinal))) Assert.True(same[name] >= 0.94, $"{name}: {same[name]}");
    }
}
