using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Disclosure;

public class ProtectorTests
{
    [Fact]
    public void Thresholds_BelowFiveOrTen_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Thresholds(4, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Thresholds(5, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Thresholds(12, 11));
    }

    [Fact]
    public void Dimension_OneSmallOrganisation_TakesTheSmallestOtherOfItsSectorWithIt()
    {
        var plan = Plan(("A", "public", 3), ("B", "public", 8), ("C", "public", 12), ("D", "private", 20));
        var shown = new Protector(plan).Dimension(plan.Invited).Members;
        Assert.Equal([Cell.All, Cell.Sector(0), Cell.Sector(1), Cell.Level(0), Cell.Unit(2), Cell.Unit(3), Cell.SectorLevel(1, 0)],
            shown.InOrder);
    }

    [Fact]
    public void Dimension_StricterSets_LieWithinWiderOnes()
    {
        var random = new SeededRandom(72);
        for (var i = 0; i < 2000; i++)
        {
            var round = RandomRound.Draw(random, 60, 6, 4);
            var pattern = new Protector(round.Plan).Dimension(round.Counts);
            Assert.True(pattern.Open.Shown.IsSubsetOf(pattern.Precise.Shown));
            Assert.True(pattern.Precise.Shown.IsSubsetOf(pattern.Members.Shown));
        }
    }

    internal static ReportingPlan Plan(params (string Name, string Sector, int Invited)[] organisations)
    {
        var structure = new Structure([.. organisations.Select(o => new Organisation(o.Name, o.Sector))], ["all"]);
        var invited = organisations.Select((o, i) => (o, i)).ToDictionary(o => new Stratum(o.i, 0), o => o.o.Invited);
        return new(new Roster(structure, invited), FoldPlan.None, Thresholds.Standard);
    }
}
