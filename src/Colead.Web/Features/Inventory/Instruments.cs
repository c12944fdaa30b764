using System.Collections.Concurrent;
using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Data;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>An instrument that a round may take: a shipped one by its id, an own one by its number.</summary>
public sealed record OfferedInstrument(string Key, Instrument Instrument)
{
    public string Title => Languages.InEnglish(Instrument.Titles);

    /// <summary>"30 statements in 7 dimensions, on a scale of 12, in English and Welsh (awaiting review)".</summary>
    public string About => Describe(Instrument);

    public static string Describe(Instrument instrument) =>
        $"{Dates.Count(instrument.ItemCount, "statement", "statements")} in {Dates.Count(instrument.Dimensions.Count, "dimension", "dimensions")}, "
        + $"on a scale of {instrument.Scale.Options.ToString(CultureInfo.InvariantCulture)}, in {Languages.Join(Languages.InOrder(instrument.Languages.Keys).Select(tag => Languages.SayBriefly(instrument, tag)))}";
}

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

    /// <summary>What a round of the partnership can ask: what is shipped, then its own.</summary>
    public async Task<IReadOnlyList<OfferedInstrument>> OfferedAsync(long partnershipId)
    {
        var own = await db.OwnInstruments.Where(i => i.PartnershipId == partnershipId).OrderBy(i => i.Title).ThenBy(i => i.Id).Select(i => new { i.Id, i.Content }).ToListAsync();
        return [.. ShippedInstruments.All.Select(i => new OfferedInstrument(i.Id, i)),
            .. own.Select(i => new OfferedInstrument(i.Id.ToString(CultureInfo.InvariantCulture), InstrumentFile.Read(i.Content).Instrument!))];
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
