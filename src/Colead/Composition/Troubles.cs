using System.Collections.Concurrent;

namespace Colead.Composition;

/// <summary>
/// What the operator should see to, as this server found it: kept in memory, because a full disk is among it. It goes when it is mended,
/// and is found again after a start.
/// </summary>
public sealed class Troubles
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>Sentences for the operator, each once.</summary>
    public IReadOnlyList<string> All => [.. known.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value)];

    /// <summary>True where it is new.</summary>
    public bool Tell(string about, string sentence) => !known.TryGetValue(about, out var told) | (known[about] = sentence) != told;

    public void Mended(string about) => known.TryRemove(about, out _);
}
