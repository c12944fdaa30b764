namespace Colead.Storage.Protection;

/// <summary>Which lasting key this database is sealed under. One row: the first server that starts writes it, and every other one reads
/// it.</summary>
public sealed class LastingKeyName
{
    public int Id { get; init; }
    public required string Fingerprint { get; init; }
    /// <summary>What lay open before was sealed, and the engine's files may still hold it open.</summary>
    public bool Unscrubbed { get; init; }
}
