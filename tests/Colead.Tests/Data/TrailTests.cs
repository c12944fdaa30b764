using Colead.Storage.Audit;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Data;

/// <summary>The audit trail is only added to: neither the program nor a statement that goes round it changes or deletes an entry.</summary>
public class TrailTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Trail_IsNeitherChangedNorDeleted(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var who = TestApp.NewEmail();
        await app.SaveAsync(db => db.AuditEntries.Add(new AuditEntry { At = DateTime.UnixEpoch, Who = who, Act = "tried",
            Detail = "as it was" }));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            app.SaveAsync(db => db.AuditEntries.Remove(db.AuditEntries.Single(e => e.Who == who))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.SaveAsync(db => db.Entry(db.AuditEntries.Single(e => e.Who == who))
            .Property(e => e.Detail).CurrentValue = "otherwise"));
        string[] statements =
        [
            $"UPDATE \"AuditEntries\" SET \"Detail\" = 'otherwise' WHERE \"Who\" = '{who}'",
                $"DELETE FROM \"AuditEntries\" WHERE \"Who\" = '{who}'",
            engine == Engine.Postgres ? "TRUNCATE \"AuditEntries\""
                : $"INSERT OR REPLACE INTO \"AuditEntries\" SELECT \"Id\", \"At\", \"AccountId\", \"Who\", \"PartnershipId\", \"Act\", 'otherwise' FROM \"AuditEntries\" WHERE \"Who\" = '{who}'",
        ];
        foreach (var sql in statements)
        {
            var refused = await Record.ExceptionAsync(() => app.DbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));
            Assert.True(refused?.Message.Contains("only added to", StringComparison.Ordinal), $"{sql}: {refused?.Message ?? "done"}");
        }
        Assert.Equal("as it was", await app.DbAsync(db => db.AuditEntries.Where(e => e.Who == who).Select(e => e.Detail).SingleAsync()));
    }
}
