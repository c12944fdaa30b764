namespace Colead.Storage;

/// <summary>A record that two people may edit at once: the second to save is told, instead of wiping out the first.</summary>
public abstract class Versioned
{
    /// <summary>Counted up by <see cref="ColeadDb"/> on every change.</summary>
    public int Version { get; set; }
}
