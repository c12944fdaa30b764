using Colead.Parts.Partnerships;
using Colead.Parts.Vision;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Vision;

public class FitNumberMigrationTests
{
    /// <summary>What was said before anybody kept of which wording, was said of the wording in force that day.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Fits_OfBefore_AreOfTheWordingInForceWhenTheyWereSaid(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var db = database.Engine.Open();
        static DateTime Day(int day) => new(2026, 3, day, 9, 0, 0, DateTimeKind.Utc);
        var partnership = new Partnership { Name = "x", Kind = PartnershipKind.Informal, Place = "x", Purpose = "x", WhyNotAlone = "x",
            CreatedAt = Day(1) };
        foreach (var name in new[] { "Early", "Late" }) partnership.Organisations.Add(new Organisation { Name = name,
            Sector = Sector.Voluntary });
        db.Set<Partnership>().Add(partnership);
        await db.SaveChangesAsync();
        var aim = new SharedAim { PartnershipId = partnership.Id, Name = "x", ProposedAt = Day(1) };
        foreach (var day in new[] { 2, 10 })
        {
            var wording = new AimWording { Name = "x", Text = "x", Why = "", Who = "x", At = Day(1), BasedOn = 0 };
            aim.Wordings.Add(wording);
            aim.Accept(wording, "x", null, Day(day));
        }
        db.Set<SharedAim>().Add(aim);
        await db.SaveChangesAsync();
        foreach (var (n, day) in new[] { 5, 12 }.Index())
            db.Set<Fit>().Add(new Fit { SharedAimId = aim.Id, OrganisationId = partnership.Organisations[n].Id, Number = 7,
                Word = FitWord.Neutral, Why = "", SaidBy = "x", SaidAt = Day(day) });
        await db.SaveChangesAsync();

        var migration = db.Database.GetMigrations().Single(m => m.EndsWith("_FitNumber", StringComparison.Ordinal));
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Fits\" DROP COLUMN \"Number\"");
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = {migration}""");
        await database.Engine.MigrateAsync(db);
        db.ChangeTracker.Clear();
        Assert.Equal([1, 2], await db.Set<Fit>().OrderBy(f => f.SaidAt).Select(f => f.Number).ToListAsync());
    }
}
