using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Microsoft.Extensions.Caching.Memory;

namespace Colead.Parts.Findings;

/// <summary>A publication beside the words of the instrument it was made with.</summary>
public sealed record Edition(Publication Publication, Names Names);

/// <summary>
/// Publications as read, known by the hash of their bytes: they never change, so reading each once is enough. Only what was used lately is
/// kept.
/// </summary>
public sealed class PublicationShelf : IDisposable
{
    /// <summary>Bytes of JSON that may stand here; their objects take several times as much.</summary>
    private const long Room = 16 << 20;

    private readonly MemoryCache editions = new(new MemoryCacheOptions { SizeLimit = Room });

    /// <param name="hash">The publication's seal; with its instrument's hash, all there is to know it by.</param>
    /// <param name="load">Bytes of publication and instrument, fetched when they are not here yet.</param>
    public async Task<Edition> ReadAsync(string hash, string instrumentHash, Func<Task<(byte[] Publication, byte[] Instrument)>> load)
    {
        if (editions.TryGetValue((hash, instrumentHash), out Edition? known) && known is not null) return known;
        var (content, instrument) = await load();
        var publication = PublicationJson.Read(content);
        var edition = new Edition(publication, new Names(InstrumentFile.Read(instrument).Instrument, publication));
        return editions.Set((hash, instrumentHash), edition, new MemoryCacheEntryOptions { Size = content.Length + instrument.Length });
    }

    public void Dispose() => editions.Dispose();
}
