using System.Collections.Concurrent;
using Colead.Analysis.Instruments;
using Colead.Data;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>Instruments as rounds keep them: by the hash of their content, never changed.</summary>
public sealed class Instruments(ColeadDb db)
{
    private static readonly ConcurrentDictionary<string, Instrument> Known = new(StringComparer.Ordinal);

    /// <summary>The instrument of a round.</summary>
    public async Task<Instrument> ReadAsync(string hash)
    {
        if (Known.TryGetValue(hash, out var instrument)) return instrument;
        var content = await db.Instruments.Where(i => i.Hash == hash).Select(i => i.Content).SingleAsync();
        return Known[hash] = InstrumentFile.Read(content).Instrument ?? throw new InvalidOperationException($"The stored instrument {hash} cannot be read.");
    }

    /// <summary>Keeps an instrument for rounds to use, once, and returns its hash.</summary>
    public async Task<string> KeepAsync(Instrument instrument)
    {
        var hash = InstrumentFile.ContentHash(instrument);
        var content = InstrumentFile.Write(instrument);
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Instruments" ("Hash", "Content") VALUES ({hash}, {content}) ON CONFLICT DO NOTHING""");
        return hash;
    }
}
