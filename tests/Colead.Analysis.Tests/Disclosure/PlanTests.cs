using Colead.Analysis.Disclosure;
using Colead.Analysis.Scoring;

namespace Colead.Analysis.Tests.Disclosure;

public class PlanTests
{
    [Fact]
    public void FoldProposal_RandomRosters_ReachesTwiceKWhereverASectorCan()
    {
        var random = new SeededRandom(95);
        for (var i = 0; i < 500; i++)
        {
            var plan = RandomRound.Draw(random, 120, 12, 4, null, 3).Plan;
            var folded = new ReportingPlan(plan.Roster, FoldProposal.Propose(plan.Roster, Thresholds.Standard), Thresholds.Standard);
            foreach (var sector in folded.Units.GroupBy(u => u.Sector))
            {
                var people = folded.Roster.InvitedWhere(s => plan.Structure.SectorOf[s.Organisation] == sector.Key);
                foreach (var unit in sector)
                {
                    var invited = folded.Roster.InvitedWhere(s => unit.Organisations.Contains(s.Organisation));
                    Assert.True(invited is 0 or >= 10 || people < 10
                        || sector.Count(u => folded.Roster.InvitedWhere(s => u.Organisations.Contains(s.Organisation)) > 0) == 1);
                }
            }

            Assert.All(folded.Folds.Folds, f => Assert.True(f.Count > 1));
        }
    }

    [Fact]
    public void ReportingPlan_FoldOfOne_IsWithheld()
    {
        var alone = ProtectorTests.Plan(("A", "s", 30), ("B", "s", 30), ("C", "s", 30));
        var plan = new ReportingPlan(alone.Roster, new FoldPlan([[0]], true), Thresholds.Standard);
        Assert.DoesNotContain(Cell.Unit(plan.UnitOf(0)), plan.Planned);
        Assert.Contains(Cell.Unit(plan.UnitOf(1)), plan.Planned);
    }

    [Fact]
    public void ReportingPlan_FoldAcrossSectors_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ReportingPlan(ProtectorTests.Plan(("A", "s", 3), ("B", "t", 3)).Roster,
            new FoldPlan([[0, 1]], true), Thresholds.Standard));

    [Fact]
    public void ReportingPlan_NoOrganisationRows_PlansNoneAndNoSectorOfOne()
    {
        var rows = ProtectorTests.Plan(("A", "s", 30), ("B", "t", 30), ("C", "t", 30));
        var plan = new ReportingPlan(rows.Roster, FoldPlan.WithoutOrganisations, Thresholds.Standard);
        Assert.DoesNotContain(plan.Planned, c => c.Kind == ViewKind.Unit);
        Assert.DoesNotContain(Cell.Sector(0), plan.Planned);
        Assert.Contains(Cell.Sector(1), plan.Planned);
    }

    [Fact]
    public void Dimension_NamesExchanged_TheSameCellsByPeople()
    {
        var random = new SeededRandom(96);
        for (var i = 0; i < 300; i++)
        {
            var round = RandomRound.Draw(random, 80, 7, 4, null, 3);
            var structure = round.Plan.Structure;
            var order = Enumerable.Range(0, structure.Organisations.Count).ToArray();
            random.Shuffle<int>(order);
            // The sectors' names turn round too, so that they come in another order.
            var renamed = new Structure(
                [.. order.Select((from, to) => new Organisation($"n{to}", $"t{9 - structure.SectorOf[from]}"))], structure.Levels);
            var at = order.Select((from, to) => (from, to)).ToDictionary(p => p.from, p => p.to);
            var roster = new Roster(renamed, round.Plan.Roster.Invited.ToDictionary(s => new Stratum(at[s.Key.Organisation], s.Key.Level),
                s => s.Value));
            var folds = new FoldPlan([.. round.Plan.Folds.Folds.Select(f => (IReadOnlyList<int>)[.. f.Select(o => at[o])])],
                round.Plan.Folds.OrganisationRows);
            var plan = new ReportingPlan(roster, folds, Thresholds.Standard);
            var counts = plan.Count(s => Enumerable.Range(0, round.People.Count)
                .Count(p => round.Valid[p] && at[round.People[p].Organisation] == s.Organisation && round.People[p].Level == s.Level));
            var before = new Protector(round.Plan).Dimension(round.Counts)
                .Members.Shown.Select(c => (c.Kind, round.Plan.CountOf(round.Counts, c))).Order();
            var after = new Protector(plan).Dimension(counts).Members.Shown.Select(c => (c.Kind, plan.CountOf(counts, c))).Order();
            Assert.Equal(before, after);
        }
    }

    [Fact]
    public void Forecast_SameRosterAndSeed_SaysTheSameAndAgreesWithClosing()
    {
        var plan = ProtectorTests.Plan(("A", "s", 4), ("B", "s", 12), ("C", "s", 30), ("D", "t", 40), ("E", "t", 15));
        var forecast = Forecast.Of(plan, 7, 100);
        Assert.Equal(forecast.Members, Forecast.Of(plan, 7, 100).Members);
        Assert.Equal(new Protector(plan).Dimension(plan.Invited).Members.InOrder, forecast.Members.Where(c => c.IfAll).Select(c => c.Cell));
        var small = forecast.Members.Single(c => c.Cell == Cell.Unit(0));
        var big = forecast.Members.Single(c => c.Cell == Cell.Unit(3));
        Assert.Equal((false, false, 0), (small.IfAll, small.IfHalf, small.Draws));
        Assert.InRange(big.Draws, 80, 100); // withheld where E comes out small and it alone would give E away
        Assert.InRange(forecast.Members.Single(c => c.Cell == Cell.Unit(2)).Draws, 50, 100);
    }

    [Theory]
    [InlineData(5, CountBand.From5To9)]
    [InlineData(10, CountBand.From10To19)]
    [InlineData(49, CountBand.From20To49)]
    [InlineData(99, CountBand.From50To99)]
    [InlineData(100, CountBand.From100)]
    public void CountBands_Edges_FallWhereThePageSays(long count, CountBand band) => Assert.Equal(band, CountBands.Of(count));

    [Fact]
    public void CountBands_BelowFive_HaveNone() => Assert.Throws<ArgumentOutOfRangeException>(() => CountBands.Of(4));

    [Theory]
    [InlineData(0, 24, null)]
    [InlineData(0, 25, RateBand.UnderOneFifth)]
    [InlineData(5, 25, RateBand.FromOneFifth)]
    [InlineData(25, 25, RateBand.FromFourFifths)]
    [InlineData(30, 25, RateBand.FromFourFifths)]
    public void ResponseBand_GroupsOfTwentyFiveOrMore_InFifths(long answered, long invited, RateBand? band) =>
        Assert.Equal(band, ParticipationRules.ResponseBand(answered, invited));

    [Fact]
    public void Comments_FewerThanTen_StaySealed()
    {
        Assert.False(ParticipationRules.CommentsMayShow(9, Thresholds.Standard));
        Assert.True(ParticipationRules.CommentMayNameDimension(40, 10, Thresholds.Standard));
        Assert.False(ParticipationRules.CommentMayNameDimension(40, 9, Thresholds.Standard));
        Assert.False(ParticipationRules.OpenLinkMayShow(9, Thresholds.Standard));
    }

    /// <summary>What greedy withholding costs against the best choice, on random small rounds.</summary>
    [Fact]
    public void Suppression_Greedy_WithholdsHardlyMoreThanTheBest()
    {
        var random = new SeededRandom(97);
        long greedy = 0, best = 0, everything = 0;
        var finished = 0;
        for (var i = 0; i < 300; i++)
        {
            var round = RandomRound.Draw(random, 120, 6, 4);
            var views = new FixedViews(round.Plan, round.Counts, SurePeople.Of(round.Plan, round.Counts, 5, ProtectionRules.All), 5);
            var candidates = new bool[views.Cells];
            foreach (var cell in round.Plan.Planned) candidates[views.IndexOf[cell]] = views.Enough[views.IndexOf[cell]];
            var cost = Enumerable.Range(0, views.Cells).Select(c => views.Worth[c] * Suppression.Usefulness(views.KindOf(c))).ToArray();
            var (quick, _) = Suppression.Choose(views, 5, candidates, new bool[views.Cells], search: false);
            var (searched, optimal) = Suppression.Choose(views, 5, candidates, new bool[views.Cells]);
            if (!optimal) continue;
            finished++;
            greedy += Suppression.Hidden(candidates, quick, cost);
            best += Suppression.Hidden(candidates, searched, cost);
            everything += Enumerable.Range(0, views.Cells).Where(c => candidates[c]).Sum(c => cost[c]);
        }

        TestContext.Current.SendDiagnosticMessage($"withheld of all value: greedy {100.0 * greedy / everything:F2} %, best {100.0 * best / everything:F2} %, {finished} rounds searched to the end");
        Assert.True(finished > 200);
        Assert.InRange(greedy, best, best * 1.05);
    }
}
