using System.Collections.Concurrent;
using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Instruments;

/// <summary>An instrument that a round may take: a shipped one by its key, an own one by its number.</summary>
public sealed record OfferedInstrument(string Key, Instrument Instrument)
{
    public string Title => Languages.InEnglish(Instrument.Titles) + (IsEarlier ? ", version 1" : "");
    /// <summary>Of an earlier version, for partnerships that go on comparing with it.</summary>
    public bool IsEarlier => Key is "inventory-12" or "agreement-5";
    public bool IsShipped => ShippedInstruments.Find(Key) is not null;

    /// <summary>"30 statements in 7 dimensions, on a scale of 12, in English and Welsh (awaiting review)".</summary>
    public string About => Describe(Instrument);

    public static string Describe(Instrument instrument) =>
        $"{Dates.Count(instrument.ItemCount, "statement", "statements")} in {Dates.Count(instrument.Dimensions.Count, "dimension", "dimensions")}, "
        + $"on a scale of {instrument.Scale.Options.ToString(CultureInfo.InvariantCulture)}, in {Languages.Join(Languages.InOrder(instrument.Languages.Keys).Select(tag => Languages.SayBriefly(instrument, tag)))}";
}

/// <summary>
/// Instruments: shipped, a partnership's own, and as rounds keep them, which is by the hash of their content and never changed. What a
/// coordinator writes is kept only when a round could use it.
/// </summary>
public sealed class InstrumentOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    /// <summary>More of its own a partnership hardly needs.</summary>
    public const int MostOwn = 50;

    private static readonly ConcurrentDictionary<string, Instrument> Known = new(StringComparer.Ordinal);

    /// <summary>The instrument of a round.</summary>
    public async Task<Instrument> ReadAsync(string hash)
    {
        if (Known.TryGetValue(hash, out var instrument)) return instrument;
        var content = await db.Set<StoredInstrument>().Where(i => i.Hash == hash).Select(i => i.Content).SingleAsync();
        return Known[hash] = InstrumentFile.Read(content).Instrument
            ?? throw new InvalidOperationException($"The stored instrument {hash} cannot be read.");
    }

    /// <summary>What a round of the partnership can ask: what is shipped, then its own.</summary>
    public async Task<IReadOnlyList<OfferedInstrument>> OfferedAsync(long partnershipId)
    {
        var own = await db.Set<OwnInstrument>().AsNoTracking().Where(i => i.PartnershipId == partnershipId).OrderBy(i => i.Title)
            .ThenBy(i => i.Id).Select(i => new { i.Id, i.Content }).ToListAsync();
        return [.. ShippedInstruments.Keys.Select(key => new OfferedInstrument(key, ShippedInstruments.Find(key)!)),
            .. own.Select(i => new OfferedInstrument(i.Id.ToString(CultureInfo.InvariantCulture), InstrumentFile.Read(i.Content)
                .Instrument!))];
    }

    /// <summary>Keeps an instrument for rounds to use, once, and returns its hash.</summary>
    public async Task<string> KeepAsync(Instrument instrument)
    {
        var hash = InstrumentFile.ContentHash(instrument);
        var content = InstrumentFile.Write(instrument);
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "Instruments" ("Hash", "Content") VALUES ({hash}, {content}) ON CONFLICT DO NOTHING""");
        return hash;
    }

    /// <summary>What the partnership has written itself.</summary>
    public IQueryable<OwnInstrument> Own(Standing standing) => db.Set<OwnInstrument>()
        .Where(i => i.PartnershipId == standing.PartnershipId);

    /// <summary>A shipped instrument by its key, or an own one by its number; null where there is none.</summary>
    public async Task<OfferedInstrument?> FindAsync(Standing standing, string key) => (await OfferedAsync(standing.PartnershipId))
        .FirstOrDefault(i => i.Key == key);

    /// <summary>Adds an instrument to the partnership's own; null when there are too many.</summary>
    public async Task<OwnInstrument?> AddAsync(Standing standing, Instrument instrument)
    {
        if (await Own(standing).CountAsync() >= MostOwn) return null;
        var own = new OwnInstrument { PartnershipId = standing.PartnershipId, Title = TitleOf(instrument),
            Content = InstrumentFile.Write(instrument), ChangedAt = clock.Now() };
        db.Set<OwnInstrument>().Add(own);
        access.Record(standing, "added a questionnaire", own.Title);
        await db.SaveChangesAsync();
        return own;
    }

    /// <summary>Saves an edited instrument. What no round could use is not saved, and the reasons are returned.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Someone else changed it since <paramref name="version"/> was read.</exception>
    public async Task<IReadOnlyList<string>> SaveAsync(Standing standing, OwnInstrument own, int version, Instrument edited)
    {
        var content = InstrumentFile.Write(edited);
        var reading = InstrumentFile.Read(content);
        if (reading.Instrument is null) return [.. reading.Problems.Select(p => p.Reason)];
        (own.Title, own.Content, own.ChangedAt) = (TitleOf(edited), content, clock.Now());
        var token = db.Entry(own).Property(i => i.Version);
        (token.IsModified, token.OriginalValue) = (true, version);
        access.Record(standing, "changed a questionnaire", own.Title);
        await db.SaveChangesAsync();
        return [];
    }

    /// <summary>Takes an own instrument off the list. Rounds that took it keep it.</summary>
    public async Task RemoveAsync(Standing standing, OwnInstrument own)
    {
        db.Set<OwnInstrument>().Remove(own);
        access.Record(standing, "removed a questionnaire", own.Title);
        await db.SaveChangesAsync();
    }

    private static string TitleOf(Instrument instrument) => Languages.InEnglish(instrument.Titles);
}
