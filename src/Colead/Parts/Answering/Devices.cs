using System.Buffers.Text;
using System.Security.Cryptography;
using Colead.Storage.Keys;

namespace Colead.Parts.Answering;

/// <summary>
/// What lets a device go on with a draft: a mark in its cookie, made from the draft's key and the round's key. It cannot be made from the
/// link alone, nor from the database.
/// </summary>
public static class Devices
{
    private const int KeyLength = SealingKey.TagLength;

    public static string Mark(SealingKey key, byte[] draftKey) => Base64Url.EncodeToString([.. draftKey, .. Seal(key, draftKey)]);

    /// <summary>The draft's key, as the mark says it; whether the mark is genuine <see cref="IsOf"/> tells, when the round is
    /// known.</summary>
    public static byte[]? KeyOf(string? mark) => Read(mark) is { } bytes ? bytes[..KeyLength] : null;

    /// <summary>Whether this mark was made with the round's key.</summary>
    public static bool IsOf(SealingKey key, string? mark) =>
        Read(mark) is { } bytes && CryptographicOperations.FixedTimeEquals(Seal(key, bytes[..KeyLength]), bytes.AsSpan(KeyLength));

    /// <summary>In two groups of four, as a short code is shown.</summary>
    public static string Spaced(string code) => code[..4] + " " + code[4..];

    private static byte[]? Read(string? mark)
    {
        var bytes = new byte[2 * KeyLength];
        return mark is { Length: <= 60 } && Base64Url.IsValid(mark) && Base64Url.TryDecodeFromChars(mark, bytes, out var length)
            && length == bytes.Length ? bytes : null;
    }

    private static byte[] Seal(SealingKey key, byte[] draftKey) => HMACSHA256.HashData(key.Part("draft marks"), draftKey)[..KeyLength];
}
