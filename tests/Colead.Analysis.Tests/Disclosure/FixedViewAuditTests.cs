using System.Numerics;
using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Tests.Disclosure;

public class FixedViewAuditTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Find_RandomShownCells_AgreesWithEverySubset(int k)
    {
        var random = new SeededRandom(71);
        int leaks = 0, clean = 0;
        for (var round = 0; round < 4000; round++)
        {
            var drawn = RandomRound.Draw(random, 12, 4, 3);
            var plan = drawn.Plan;
            var sure = SurePeople.Of(plan, drawn.Counts, k, ProtectionRules.All);
            var views = new FixedViews(plan, drawn.Counts, sure);
            var shown = new bool[views.Cells];
            var cells = new List<Cell>();
            foreach (var cell in Conceivable(plan).Where(_ => random.Next(2) == 0))
            {
                shown[views.IndexOf[cell]] = true;
                cells.Add(cell);
            }

            var expected = Smallest(plan, cells, sure, k);
            var finding = new FixedViewAudit(views, k).Find(shown);
            Assert.True(finding.Decided);
            Assert.Equal(expected, !finding.Passes);
            if (expected)
            {
                leaks++;
                Assert.InRange(finding.People, 0, k - 1);
                Assert.All(finding.Cells, c => Assert.True(shown[c]));
            }
            else
            {
                clean++;
            }
        }

        Assert.True(leaks > 100 && clean > 100, $"{leaks} leaks, {clean} clean");
    }

    private static IEnumerable<Cell> Conceivable(ReportingPlan plan)
    {
        yield return Cell.All;
        for (var s = 0; s < plan.Structure.Sectors.Count; s++) yield return Cell.Sector(s);
        for (var l = 0; l < plan.Structure.Levels.Count; l++) yield return Cell.Level(l);
        for (var u = 0; u < plan.Units.Count; u++) yield return Cell.Unit(u);
        for (var s = 0; s < plan.Structure.Sectors.Count; s++)
            for (var l = 0; l < plan.Structure.Levels.Count; l++)
                yield return Cell.SectorLevel(s, l);
    }

    /// <summary>Every set of invited strata with fewer than k sure people: does a combination live within it?</summary>
    private static bool Smallest(ReportingPlan plan, List<Cell> cells, long[] sure, int k)
    {
        var levels = plan.Structure.Levels.Count;
        var strata = (from u in Enumerable.Range(0, plan.Units.Count)
                      from l in Enumerable.Range(0, levels)
                      where plan.Invited[u, l] > 0
                      select (u, l)).ToArray();
        var space = new RationalSpace(strata.Length, cells.Select(c => strata.Select(s => plan.Has(c, s.u, s.l) ? BigInteger.One : 0).ToArray()));
        for (var subset = 1; subset < 1 << strata.Length; subset++)
        {
            long people = 0;
            for (var i = 0; i < strata.Length; i++)
                if ((subset >> i & 1) == 1) people += sure[strata[i].u * levels + strata[i].l];
            if (people < k && space.ReachesWithin(i => (subset >> i & 1) == 1)) return true;
        }

        return false;
    }
}
