using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Disclosure;

/// <summary>The attacks that were carried out on a plain reading of the rules: shared figures computed from hidden cells.</summary>
public class PublicationAttackTests
{
    // Public: A 3, B 8, C 12, F 15; private: D 20, E 9. One level. B is withheld with A.
    private static readonly ReportingPlan Plan = ProtectorTests.Plan(
        ("A", "public", 3), ("B", "public", 8), ("C", "public", 12), ("F", "public", 15), ("D", "private", 20), ("E", "private", 9));

    private static readonly System.Collections.Frozen.FrozenSet<Cell> Shown = new Protector(Plan).Dimension(Plan.Invited).Members.Shown;

    [Fact]
    public void EqualWeightHeadline_OverHiddenOrganisationsToo_GivesTwoHiddenMeansAndIsRefused()
    {
        var all = Enumerable.Range(0, Plan.Units.Count).ToArray();
        Assert.False(Gate(Headline(all)));
        Assert.Equal(AuditVerdict.Leaks, General(Headline(all)));
        var shown = all.Where(u => Shown.Contains(Cell.Unit(u))).ToArray();
        Assert.True(shown.Length < all.Length && Gate(Headline(shown)));
        Assert.Equal(AuditVerdict.Passes, General(Headline(shown)));
    }

    [Fact]
    public void PooledMean_WithWeightsOverHiddenOrganisations_GivesOneAwayAndIsRefused()
    {
        double[] weights = [0.31, 0, 0.9, 1.1, 1.3, 0.8];
        Assert.False(Gate(Weighted(weights)));
        Assert.Equal(AuditVerdict.Leaks, General(Weighted(weights)));
        weights[0] = 0;
        Assert.True(Gate(Weighted(weights)));
    }

    [Fact]
    public void TwoHeadlinesOverLevels_WithTwoLevelsHidden_GiveBothAwayAndAreRefused()
    {
        var structure = new Structure([new("A", "s"), new("B", "s")], ["board", "senior", "frontline", "citizen"]);
        var roster = new Roster(structure, new Dictionary<Stratum, int>
        {
            [new(0, 0)] = 3, [new(1, 1)] = 7, [new(0, 2)] = 9, [new(1, 2)] = 6, [new(0, 3)] = 8,
        });
        var plan = new ReportingPlan(roster, FoldPlan.WithoutOrganisations, Thresholds.Standard);
        var shown = new Protector(plan).Dimension(plan.Invited).Members.Shown;
        Assert.DoesNotContain(Cell.Level(0), shown.Order());
        Assert.DoesNotContain(Cell.Level(1), shown.Order());
        Assert.True(shown.Contains(Cell.All) && shown.Contains(Cell.Level(2)) && shown.Contains(Cell.Level(3)));

        // Each person equal is "all"; each level equal adds the second equation for the two hidden levels.
        var headline = new double[8];
        long[] byLevel = [3, 7, 15, 8];
        for (var u = 0; u < 2; u++)
            for (var l = 0; l < 4; l++)
                headline[u * 4 + l] = 1.0 / 4 / byLevel[l];
        Assert.False(ReleaseAudit.AreWithin(plan, plan.Invited, shown, [headline]));
        for (var u = 0; u < 2; u++) headline[u * 4] = headline[u * 4 + 1] = 0;
        Assert.True(ReleaseAudit.AreWithin(plan, plan.Invited, shown, [headline]));
    }

    [Fact]
    public void ReleaseAudit_OneMoreCellShown_Fails()
    {
        Assert.True(ReleaseAudit.Passes(Plan, Plan.Invited, 5, Shown));
        Assert.False(ReleaseAudit.Passes(Plan, Plan.Invited, 5, Shown.Append(Cell.Unit(1)).ToHashSet()));
        Assert.False(ReleaseAudit.Passes(Plan, Plan.Invited, 5, Shown.Append(Cell.Unit(0)).ToHashSet()));
    }

    private static double[] Headline(int[] units) => Weighted([.. Enumerable.Range(0, Plan.Units.Count)
        .Select(u => units.Contains(u) ? 1.0 / units.Length : 0)]);

    private static double[] Weighted(double[] weights) => [.. weights.Select((w, u) => w / Plan.Invited[u, 0])];

    private static bool Gate(double[] figure) => ReleaseAudit.AreWithin(Plan, Plan.Invited, Shown, [figure]);

    /// <summary>The same by the general audit, figure beside cells.</summary>
    private static AuditVerdict General(double[] figure) => LinearAudit.Run(
        [.. Shown.Select(c => Enumerable.Range(0, Plan.Units.Count).Select(u => Plan.Has(c, u, 0) ? 1.0 : 0).ToArray()), figure],
        [.. Enumerable.Range(0, Plan.Units.Count).Select(u => Plan.Invited[u, 0])], 5);
}
