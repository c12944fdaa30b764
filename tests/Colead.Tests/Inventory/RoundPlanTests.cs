using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Parts.Rounds;
using Colead.Storage;

namespace Colead.Tests.Inventory;

public class RoundPlanTests
{
    [Fact]
    public void Structure_HasTheRoundsOrganisationsInAFixedOrder_AndTheFieldsLevels()
    {
        var plan = RoundPlan.Of(Round(Organisation(30, Sector.Private), Organisation(7, Sector.Public),
            Organisation(12, Sector.Voluntary)), []);
        Assert.Equal(["Organisation 7", "Organisation 12", "Organisation 30"], plan.Structure.Organisations.Select(o => o.Name));
        Assert.Equal(["public", "voluntary", "private"], plan.Structure.Organisations.Select(o => o.Sector));
        Assert.Equal(Field.Levels, plan.Structure.Levels);
        Assert.Equal(new Stratum(2, 3), plan.StratumOf(30, null, Level.Frontline));
        Assert.Throws<ArgumentException>(() => plan.StratumOf(8, null, Level.Board));
    }

    [Fact]
    public void Names_OfSectorsAndLevels_AreThoseOfTheField()
    {
        Assert.Equal(Field.Sectors, Enum.GetValues<Sector>().Select(RoundPlan.NameOf));
        Assert.Equal(Field.Levels, Enum.GetValues<Level>().Select(RoundPlan.NameOf));
        Assert.All(Enum.GetValues<Sector>(), sector => Assert.Equal(sector.ToString(), RoundPlan.NameOf(sector), ignoreCase: true));
        Assert.All(Enum.GetValues<Level>(), level => Assert.Equal(level.ToString(), RoundPlan.NameOf(level), ignoreCase: true));
    }

    [Fact]
    public void Folds_OfOneOrganisation_AreWithheld_AndOfSeveralAreOneUnit()
    {
        var plan = RoundPlan.Of(
            Round(Organisation(1, Sector.Public, fold: 2), Organisation(2, Sector.Public, fold: 2),
                Organisation(3, Sector.Public, fold: 1), Organisation(4, Sector.Public)),
            [new(1, Level.Board, 6), new(2, Level.Board, 6), new(3, Level.Board, 20), new(4, Level.Board, 20)]);
        Assert.Equal([[2], [0, 1]], plan.Folds.Folds);
        Assert.Equal([false, true, true], plan.Reporting.Units.Select(u => u.MayShow));
        Assert.Equal(52, plan.Roster!.Total);
    }

    [Fact]
    public void OrganisationRows_Declined_PlansNone()
    {
        var round = Round(Organisation(1, Sector.Public, fold: 1), Organisation(2, Sector.Public, fold: 1));
        round.OrganisationRows = false;
        Assert.Same(FoldPlan.WithoutOrganisations, RoundPlan.Of(round, []).Folds);
    }

    [Fact]
    public void Thresholds_AreTheRounds()
    {
        var round = Round(Organisation(1, Sector.Public));
        (round.MeansFrom, round.DetailsFrom) = (8, 12);
        var thresholds = RoundPlan.Of(round, []).Thresholds;
        Assert.Equal((8, 12), (thresholds.Means, thresholds.Details));
    }

    [Fact]
    public void Imported_WithoutOrganisations_KnowsSectorsWhereTheFileTellsThem()
    {
        var round = new Round { Name = "Elsewhere", Origin = RoundOrigin.Imported, InstrumentHash = "", Contact = "", CreatedAt = default };
        var plan = RoundPlan.Of(round, []);
        Assert.Null(plan.Roster);
        Assert.Equal(Field.Sectors, plan.Structure.Organisations.Select(o => o.Sector));
        Assert.Equal(new Stratum(1, 0), plan.StratumOf(null, Sector.Public, null));
        Assert.Equal(Groupings.Sectors, plan.GroupingsWhere(allHaveSector: true, allHaveLevel: false));
        Assert.Equal(Groupings.Levels, plan.GroupingsWhere(allHaveSector: false, allHaveLevel: true));
    }

    private static Round Round(params RoundOrganisation[] organisations)
    {
        var round = new Round { Name = "Autumn", InstrumentHash = "", Contact = "", CreatedAt = default };
        round.Organisations.AddRange(organisations);
        return round;
    }

    private static RoundOrganisation Organisation(long id, Sector sector, int? fold = null) =>
        new() { OrganisationId = id, Name = $"Organisation {id}", Sector = sector, Fold = fold };
}
