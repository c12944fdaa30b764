namespace Colead.Composition;

/// <summary>The data cannot be had, for a reason that the person at the machine can mend.</summary>
public sealed class UnusableStorageException(string message, Exception? inner = null) : Exception(message, inner);
