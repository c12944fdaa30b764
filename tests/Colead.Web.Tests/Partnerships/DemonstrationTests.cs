using System.Security.Cryptography;
using System.Text;
using Colead.Data.Partnerships;
using Colead.Web.Features.Partnerships.Demo;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Web.Tests.Partnerships;

public class DemonstrationTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Fill_AnEmptyInstallation_IsTheSameEverywhere_AndLeavesAUsedOneAlone(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        Assert.True(await FillAsync(app));
        Assert.False(await FillAsync(app));
        var people = await app.DbAsync(db => db.People.Include(p => p.Memberships).ThenInclude(m => m.Organisation).OrderBy(p => p.Id).AsNoTracking().ToListAsync());
        Assert.Equal(140, people.Count);
        Assert.Equal(6, people.SelectMany(p => p.Memberships).Select(m => m.Level).Distinct().Count());
        Assert.Equal(2, people.Count(p => p.Memberships.Count > 1));
        Assert.All(people, p => Assert.True(p.Email?.EndsWith(".example", StringComparison.Ordinal) ?? true));
        Assert.Equal([4, 4, 4], (await app.DbAsync(db => db.Organisations.GroupBy(o => o.Sector).Select(g => g.Count()).ToListAsync())));
        var all = string.Join('\n', people.Select(p => p.Name + " " + string.Join(", ", p.Memberships.OrderBy(m => m.Id).Select(m => $"{m.Organisation!.Name} {m.Level} {m.JoinedOn:yyyy-MM-dd}"))));
        Assert.Equal("d6d9ff2b1917af41", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..16]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Coordinator_OfTheDemonstration_IsToldWhatToDoNext(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        Assert.True(await FillAsync(app));
        var coordinator = await app.DbAsync(db => db.Users.SingleAsync(a => a.Email == Demonstration.CoordinatorEmail));
        Assert.True(await app.DbAsync(db => db.RoleGrants.AnyAsync(g => g.AccountId == coordinator.Id && g.Role == Role.Coordinator)));
        using var visitor = await app.SignedInAsync(coordinator);
        var overview = await visitor.GetAsync("/partnerships/1");
        Assert.Equal("Harbour Vale Moving Together", overview.Heading);
        Assert.Contains("9 of 12 organisations have no partner lead yet", overview.Text, StringComparison.Ordinal);
    }

    private static async Task<bool> FillAsync(TestApp app)
    {
        using var scope = app.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Demonstration>().FillAsync();
    }
}
