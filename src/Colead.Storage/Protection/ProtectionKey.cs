namespace Colead.Storage.Protection;

/// <summary>A key that protects cookies and links, kept in the database so that every server has it and a restart signs nobody
/// out.</summary>
public sealed class ProtectionKey
{
    public long Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
}
