using System.Security.Cryptography;
using System.Text;

namespace Colead.Parts.Partnerships;

/// <summary>
/// Who put something on a list, and whether as a coordinator at that time. No account: from before this was recorded, by the command line
/// or for the demonstration, which counts as a coordinator's.
/// </summary>
public readonly record struct Writer(long? AccountId, bool AsCoordinator)
{
    public static Writer Unrecorded => new(null, true);
}

/// <summary>That somebody said of one entry of a list that it is right. It holds for what they saw, and for nothing that is put in its
/// place.</summary>
public sealed record Confirmation(long AccountId, DateTime At, byte[] Hash)
{
    /// <summary>What is confirmed: this name, at this address, in this organisation. The level is not part of it.</summary>
    public static byte[] HashOf(string name, string? emailKey, long organisationId) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{organisationId}\n{name}\n{emailKey}")));

    /// <summary>Nobody confirms what they wrote themselves, whatever they have become since.</summary>
    public bool Covers(Writer part, byte[] hash) => part.AccountId != AccountId && Hash.AsSpan().SequenceEqual(hash);
}
