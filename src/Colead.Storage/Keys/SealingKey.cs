using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Colead.Storage.Keys;

/// <summary>
/// A key under which answers or ballots lie in the database. It is a file of the <see cref="KeyFolder"/> and nowhere else; when the file is
/// destroyed, what lies under it is noise. Everything that is made from it (seals, tags, links) is made here, each from a part of its own.
/// </summary>
public sealed class SealingKey
{
    /// <summary>Bytes of a tag, a row's own key and a device's mark.</summary>
    public const int TagLength = 16;
    /// <summary>Every seal is as long as one of these, and above the last a multiple of it: its length does not tell how much was
    /// said.</summary>
    private static readonly int[] Sizes = [256, 1024, 4096, 16_384, 32_768];
    private const byte Form = 1;
    private const int Nonce = 12;
    private const int Proof = 16;
    private const int Before = 1 + Nonce + Proof;

    private readonly byte[] secret;
    private readonly ConcurrentDictionary<string, byte[]> parts = new(StringComparer.Ordinal);
    private volatile bool forgotten;

    internal SealingKey(byte[] secret, IReadOnlyDictionary<string, byte[]>? given = null)
    {
        this.secret = secret;
        if (given is not null) foreach (var (label, part) in given) parts[label] = part;
        Fingerprint = FingerprintOf(secret);
    }

    /// <summary>By which the database names it, and by which another's key is known for another's.</summary>
    public string Fingerprint { get; }

    /// <summary>Encrypts a row's content, bound to its table, to whom it belongs (a round, a vote) and to the row: in another place it does
    /// not open.</summary>
    public byte[] Seal(string table, long owner, ReadOnlySpan<byte> row, ReadOnlySpan<byte> content)
    {
        var padded = new byte[SizeOf(content.Length + sizeof(int))];
        BinaryPrimitives.WriteInt32LittleEndian(padded, content.Length);
        content.CopyTo(padded.AsSpan(sizeof(int)));
        var seal = new byte[Before + padded.Length];
        seal[0] = Form;
        RandomNumberGenerator.Fill(seal.AsSpan(1, Nonce));
        using (var cipher = new AesGcm(Part("table " + table), Proof))
            cipher.Encrypt(seal.AsSpan(1, Nonce), padded, seal.AsSpan(Before), seal.AsSpan(1 + Nonce, Proof), PlaceOf(owner, row));
        CryptographicOperations.ZeroMemory(padded);
        Refuse();
        return seal;
    }

    /// <summary>What was sealed there; null for what was not: changed, copied from another row, or under another key.</summary>
    public byte[]? Open(string table, long owner, ReadOnlySpan<byte> row, ReadOnlySpan<byte> seal)
    {
        if (seal.Length < Before + sizeof(int) || seal[0] != Form) return null;
        var padded = new byte[seal.Length - Before];
        try
        {
            using var cipher = new AesGcm(Part("table " + table), Proof);
            cipher.Decrypt(seal.Slice(1, Nonce), seal[Before..], seal.Slice(1 + Nonce, Proof), padded, PlaceOf(owner, row));
        }
        catch (AuthenticationTagMismatchException)
        {
            Refuse();
            return null;
        }
        Refuse();
        return padded.AsSpan(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(padded)).ToArray();
    }

    /// <summary>Stands for something known, and tells nothing of it to who lacks the key: always the same for the same, so that there can
    /// be one only.</summary>
    public byte[] Tag(string what, long id)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, id);
        return Tag(what, bytes);
    }

    /// <inheritdoc cref="Tag(string, long)"/>
    public byte[] Tag(string what, ReadOnlySpan<byte> id)
    {
        var tag = HMACSHA256.HashData(Part("tag " + what), id)[..TagLength];
        Refuse();
        return tag;
    }

    /// <summary>A key made from this one, for one use.</summary>
    public byte[] Part(string label)
    {
        if (parts.TryGetValue(label, out var part)) return part;
        part = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes("colead " + label));
        Refuse();
        return parts.GetOrAdd(label, part);
    }

    /// <summary>Nothing can be done with it any more, in this process.</summary>
    internal void Forget()
    {
        forgotten = true;
        CryptographicOperations.ZeroMemory(secret);
        foreach (var part in parts.Values) CryptographicOperations.ZeroMemory(part);
        parts.Clear();
    }

    internal static string FingerprintOf(byte[] secret) =>
        Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, info: "colead fingerprint"u8.ToArray()));

    /// <summary>Asked after each use, not before: what was made from a key that was being wiped is not handed out.</summary>
    private void Refuse()
    {
        if (forgotten) throw new KeyGoneException(Fingerprint);
    }

    private static int SizeOf(int length)
    {
        foreach (var size in Sizes)
            if (length <= size) return size;
        var step = Sizes[^1];
        return (length + step - 1) / step * step;
    }

    private static byte[] PlaceOf(long owner, ReadOnlySpan<byte> row)
    {
        var place = new byte[sizeof(long) + row.Length];
        BinaryPrimitives.WriteInt64LittleEndian(place, owner);
        row.CopyTo(place.AsSpan(sizeof(long)));
        return place;
    }
}

/// <summary>The key that is needed is not in the folder of keys, or is another's. Nobody makes a new one: what lies under the old one would
/// be lost without a word.</summary>
public sealed class KeyGoneException(string fingerprint) : Exception($"The key {fingerprint} is not in the folder of keys.")
{
    public string Fingerprint => fingerprint;
}
