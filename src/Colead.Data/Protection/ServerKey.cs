namespace Colead.Data.Protection;

/// <summary>A random key of this installation, from which links and device marks are made.</summary>
public sealed class ServerKey
{
    public required string Name { get; init; }
    public required byte[] Value { get; init; }
}
