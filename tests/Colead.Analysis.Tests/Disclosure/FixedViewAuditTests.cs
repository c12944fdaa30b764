using System.Numerics;
using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Tests.Disclosure;

public class FixedViewAuditTests
{
    [Theory]
    [InlineData(2, 4, false)]
    [InlineData(3, 5, false)]
    [InlineData(3, 5, true)]
    [InlineData(5, 10, false)]
    public void Find_RandomShownCells_AgreesWithEverySubset(int means, int details, bool auditDetails)
    {
        var random = new SeededRandom(71);
        int leaks = 0, clean = 0;
        for (var round = 0; round < 1200; round++)
        {
            var drawn = RandomRound.Draw(random, 24, 4, 3, Thresholds.ForSmallTests(means, details));
            var plan = drawn.Plan;
            var k = auditDetails ? details : means;
            var sure = SurePeople.Of(plan, drawn.Counts, k, ProtectionRules.All);
            var views = new FixedViews(plan, drawn.Counts, sure, k);
            var shown = new bool[views.Cells];
            var cells = new List<Cell>();
            foreach (var cell in plan.Planned.Where(c => plan.CountOf(drawn.Counts, c) >= k && random.Next(4) > 0))
            {
                shown[views.IndexOf[cell]] = true;
                cells.Add(cell);
            }

            var expected = Leaks(plan, drawn.Counts, cells, sure, k);
            var finding = new FixedViewAudit(views, k).Find(shown);
            Assert.True(finding.Decided);
            Assert.Equal(expected, !finding.Passes);
            Assert.All(finding.Cells, c => Assert.True(shown[c]));
            leaks += expected ? 1 : 0;
            clean += expected ? 0 : 1;
        }

        Assert.True(leaks > 100 && clean > 100, $"{leaks} leaks, {clean} clean");
    }

    [Fact]
    public void Find_CellBelowItsThreshold_IsALeakByItself()
    {
        var plan = ProtectorTests.Plan(("A", "s", 20), ("B", "s", 4));
        var views = new FixedViews(plan, plan.Invited, SurePeople.Of(plan, plan.Invited, 5, ProtectionRules.All), 5);
        var shown = new bool[views.Cells];
        shown[views.IndexOf[Cell.Unit(1)]] = true;
        Assert.Equal([views.IndexOf[Cell.Unit(1)]], new FixedViewAudit(views, 5).Find(shown).Cells);
    }

    /// <summary>
    /// Every set of invited strata that has fewer than k sure people and contains no planned cell of k or more: does a
    /// combination live within it?
    /// </summary>
    private static bool Leaks(ReportingPlan plan, ReportingCounts valid, List<Cell> cells, long[] sure, int k)
    {
        var levels = plan.Structure.Levels.Count;
        var strata = (from u in Enumerable.Range(0, plan.Units.Count)
                      from l in Enumerable.Range(0, levels)
                      where plan.Invited[u, l] > 0
                      select (u, l)).ToArray();
        var space = new RationalSpace(strata.Length, cells.Select(c => strata.Select(s => plan.Has(c, s.u, s.l) ? BigInteger.One : 0)
            .ToArray()));
        var large = plan.Planned.Where(c => plan.CountOf(valid, c) >= k)
            .Select(c => Enumerable.Range(0, strata.Length).Where(i => plan.Has(c, strata[i].u, strata[i].l))
                .Aggregate(0, (set, i) => set | 1 << i)).ToArray();
        for (var subset = 1; subset < 1 << strata.Length; subset++)
        {
            long people = 0;
            for (var i = 0; i < strata.Length; i++)
                if ((subset >> i & 1) == 1) people += sure[strata[i].u * levels + strata[i].l];
            if (people < k && !Array.Exists(large, c => (subset & c) == c) && space.ReachesWithin(i => (subset >> i & 1) == 1)) return true;
        }

        return false;
    }
}
