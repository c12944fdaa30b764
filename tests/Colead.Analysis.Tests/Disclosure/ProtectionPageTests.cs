using Colead.Analysis.Disclosure;

namespace Colead.Analysis.Tests.Disclosure;

public class ProtectionPageTests
{
    [Fact]
    public void ProtectionPage_OneSmallOrganisation_IsWhatTheEngineDoes()
    {
        var page = new MethodPage("protection", "one-small-organisation");
        var invited = page.Numbers("invited").Select(n => (int)n).ToArray();
        var alone = ProtectorTests.Plan(("A", "public", invited[0]), ("B", "public", invited[1]), ("C", "public", invited[2]),
            ("D", "private", invited[3]));
        page.AssertShows("shown_alone", UnitCounts(alone));
        var folded = new ReportingPlan(alone.Roster, new FoldPlan([[0, 1]], true), Thresholds.Standard);
        page.AssertShows("shown_with_fold", UnitCounts(folded));
        page.AssertShows("recoverable_together", alone.CountOf(alone.Invited, Cell.Sector(1)) - alone.CountOf(alone.Invited, Cell.Unit(2)));
    }

    private static double[] UnitCounts(ReportingPlan plan)
    {
        var shown = new Protector(plan).Dimension(plan.Invited).Members;
        return [.. shown.InOrder.Where(c => c.Kind == ViewKind.Unit).Select(c => (double)plan.CountOf(plan.Invited, c))];
    }
}
