using System.Collections.Concurrent;
using System.Security.Cryptography;
using Colead.Data;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>Random keys of this installation, made on first use and shared by all its servers through the database.</summary>
public sealed class ServerKeys(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<string, byte[]> known = new(StringComparer.Ordinal);

    public async Task<byte[]> ReadAsync(string name) => known.TryGetValue(name, out var key) ? key : known[name] = await FindOrMakeAsync(name);

    private async Task<byte[]> FindOrMakeAsync(string name)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<ColeadDb>();
        if (await FindAsync(db, name) is { } found) return found;
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "ServerKeys" ("Name", "Value") VALUES ({name}, {RandomNumberGenerator.GetBytes(32)}) ON CONFLICT DO NOTHING"""); // another server may be first
        return await FindAsync(db, name) ?? throw new InvalidOperationException($"The key {name} is neither there nor could it be made.");
    }

    private static Task<byte[]?> FindAsync(ColeadDb db, string name) => db.ServerKeys.Where(k => k.Name == name).Select(k => k.Value).FirstOrDefaultAsync();
}
