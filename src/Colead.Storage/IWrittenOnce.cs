namespace Colead.Storage;

/// <summary>A record that is neither changed nor deleted once it is written; <see cref="ColeadDb"/> refuses to.</summary>
public interface IWrittenOnce;
