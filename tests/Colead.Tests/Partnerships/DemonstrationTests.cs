using System.Security.Cryptography;
using System.Text;
using Colead.Analysis.Comparison;
using Colead.Analysis.Publishing;
using Colead.Parts.Demo;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Partnerships;

public class DemonstrationTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Fill_AnEmptyInstallation_IsTheSameEverywhere_AndLeavesAUsedOneAlone(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        Assert.True(await FillAsync(app));
        Assert.False(await FillAsync(app));
        var people = await app.DbAsync(db => db.Set<Person>().Include(p => p.Memberships).ThenInclude(m => m.Organisation)
            .OrderBy(p => p.Id).AsNoTracking().ToListAsync());
        Assert.Equal(140, people.Count);
        Assert.Equal(6, people.SelectMany(p => p.Memberships).Select(m => m.Level).Distinct().Count());
        Assert.Equal(2, people.Count(p => p.Memberships.Count > 1));
        Assert.All(people, p => Assert.True(p.Email?.EndsWith(".example", StringComparison.Ordinal) ?? true));
        Assert.Equal([4, 4, 4],
            (await app.DbAsync(db => db.Set<Organisation>().GroupBy(o => o.Sector).Select(g => g.Count()).ToListAsync())));
        var all = string.Join('\n',
            people.Select(p => p.Name + " " + string.Join(", ", p.Memberships.OrderBy(m => m.Id)
            .Select(m => $"{m.Organisation!.Name} {m.Level} {m.JoinedOn:yyyy-MM-dd}"))));
        Assert.Equal("d6d9ff2b1917af41", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Coordinator_OfTheDemonstration_IsToldWhatToDoNext(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        Assert.True(await FillAsync(app));
        var coordinator = await app.DbAsync(db => db.Users.SingleAsync(a => a.Email == Demonstration.CoordinatorEmail));
        Assert.True(await app.DbAsync(db => db.Set<RoleGrant>()
            .AnyAsync(g => g.AccountId == coordinator.Id && g.Role == Role.Coordinator)));
        using var visitor = await app.SignedInAsync(coordinator);
        var overview = await visitor.GetAsync("/partnerships/1");
        Assert.Equal("Harbour Vale Moving Together", overview.Heading);
        Assert.Contains("2 of 12 organisations have no partner lead yet", overview.Text, StringComparison.Ordinal);
    }

    /// <summary>What was built into the answers is what a reader is told first.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Rounds_OfTheDemonstration_HaveTheirDifferencesAsTopFindings(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        Assert.True(await FillAsync(app));
        var rounds = await app.DbAsync(db => db.Set<Round>().Include(r => r.Organisations).OrderBy(r => r.ClosesAt).AsNoTracking()
            .ToListAsync());
        Assert.Equal([RoundState.Published, RoundState.Published, RoundState.Open], rounds.Select(r => r.State));
        Assert.Equal(364, (rounds[1].ClosedAt!.Value - rounds[0].ClosedAt!.Value).TotalDays);
        Assert.Contains(rounds[1].Organisations.Where(o => o.Fold is not null).GroupBy(o => o.Fold)
            .Select(fold => string.Join(" and ", fold.Select(o => o.Name).Order(StringComparer.Ordinal))), names =>
            names == "Seafront Housing Trust and Tidewater Youth");

        var contents = await app.DbAsync(db => db.Set<StoredPublication>().Where(p => p.Part == PublicationPart.Figures)
            .OrderBy(p => p.SealedAt).Select(p => p.Content).ToListAsync());
        var (first, second) = (PublicationJson.Read(contents[0]).Members, PublicationJson.Read(contents[1]).Members);
        foreach (var findings in new[] { first.Findings, second.Findings })
        {
            var top = findings.Take(5).ToList();
            Assert.Contains(top, f => f is { Kind: FindingKind.LevelGap, First: "board", Second: "frontline", Word: Certainty.Likely });
            Assert.Contains(top, f => f is { Kind: FindingKind.SectorGap, Measure: "vision", Second: "private", Word: Certainty.Likely });
        }
        Assert.Contains(second.Findings.Take(6), f => f is { Kind: FindingKind.ChangeUp, Measure: "action", Word: Certainty.Likely });
        Assert.Contains(second.Organisations, unit => unit.Unit == "u1" && unit.Dimensions.All(d => d.IsNumber));
        Assert.NotNull(second.OpenLink);

        var comments = await app.DbAsync(db => db.Set<StoredPublication>().Where(p => p.Part == PublicationPart.Comments)
            .OrderBy(p => p.SealedAt).Select(p => p.Content).ToListAsync());
        foreach (var released in comments.Select(c => PublicationJson.ReadComments(c).Comments))
        {
            Assert.InRange(released.Count, 25, 40);
            Assert.DoesNotContain(released, c => c.Text.Contains("Tariq", StringComparison.Ordinal)
                || c.Text.Contains("chaplain", StringComparison.Ordinal));
        }
        Assert.False(await app.DbAsync(db => db.Comments.AnyAsync()));
        Assert.InRange(await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == rounds[2].Id)), 30, 70);
        Assert.Equal(140, await app.DbAsync(db => db.Set<Invited>().Where(i => i.RoundId == rounds[2].Id).SumAsync(i => i.People)));
    }

    [Fact]
    public async Task Rounds_OfTheDemonstration_PublishTheSameOnBothEngines()
    {
        var hashes = new List<string>();
        foreach (var engine in Enum.GetValues<Engine>())
        {
            await using var app = await TestApp.StartAsync(engine);
            await FillAsync(app);
            hashes.Add(string.Join(' ', await app.DbAsync(db => db.Set<StoredPublication>().OrderBy(p => p.SealedAt).ThenBy(p => p.Part)
                .Select(p => p.Hash).ToListAsync())));
        }
        Assert.Equal(hashes[0], hashes[1]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Fill_CutShort_GoesOnWhereItWas(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        Assert.True(await FillAsync(app));
        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync(engine == Engine.Sqlite ? """DROP TRIGGER "AuditEntries_Kept" """ : """DROP TRIGGER "AuditEntries_Kept" ON "AuditEntries" """)); // which keeps it there
        await app.DbAsync(db => db.AuditEntries.Where(e => e.Act == "made the demonstration").ExecuteDeleteAsync());
        var last = await app.DbAsync(db => db.Set<Round>().Where(r => r.State == RoundState.Published).OrderByDescending(r => r.ClosedAt)
            .Select(r => r.Id).FirstAsync());
        await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == last).ExecuteDeleteAsync());
        Assert.True(await FillAsync(app));
        Assert.Equal((3, 2),
            await app.DbAsync(async db => (await db.Set<Round>().CountAsync(), await db.Set<Round>()
            .CountAsync(r => r.State == RoundState.Published))));
        Assert.Equal(140, await app.DbAsync(db => db.Set<Person>().CountAsync()));
    }

    private static async Task<bool> FillAsync(TestApp app)
    {
        using var scope = app.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Demonstration>().FillAsync();
    }
}
