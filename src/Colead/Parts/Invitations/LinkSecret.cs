using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Colead.Parts.Invitations;

/// <summary>
/// The 128 bits of a respondent's link, made from the round's key, so that a reminder can repeat a link of which the database holds only
/// the hash. Written in 26 letters and digits that are hard to mistake for each other, so that it can be typed from a letter.
/// </summary>
public sealed record LinkSecret
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's: no i, l, o, u
    private const int Length = 26;

    private readonly byte[] bits;

    private LinkSecret(byte[] bits) => this.bits = bits;

    public static LinkSecret Of(byte[] key, long invitationId, int generation)
    {
        Span<byte> what = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(what, invitationId);
        BinaryPrimitives.WriteInt32LittleEndian(what[8..], generation);
        return new(HMACSHA256.HashData(key, what)[..16]);
    }

    /// <summary>Forgives capitals, spaces, hyphens, and O, I and L typed for 0 and 1.</summary>
    public static LinkSecret? Read(string? text)
    {
        var bits = new byte[16];
        var count = 0;
        foreach (var c in text ?? "")
        {
            if (c is '-' or ' ') continue;
            var value = Alphabet.IndexOf(char.ToLowerInvariant(c) switch { 'o' => '0', 'i' or 'l' => '1', var other => other },
                StringComparison.Ordinal);
            if (value < 0 || count == Length) return null;
            for (var bit = 0; bit < 5; bit++)
            {
                var at = (count * 5) + bit;
                var set = (value & (16 >> bit)) != 0;
                if (at < 128) bits[at / 8] |= (byte)(set ? 128 >> (at % 8) : 0);
                else if (set) return null; // the last letter carries three bits only
            }
            count++;
        }
        return count == Length ? new(bits) : null;
    }

    public byte[] Hash() => SHA256.HashData(bits);

    public override string ToString() => string.Create(Length, bits, static (text, bits) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            var value = 0;
            for (var bit = 0; bit < 5; bit++)
            {
                var at = (i * 5) + bit;
                value = (value << 1) | (at < 128 && (bits[at / 8] & (128 >> (at % 8))) != 0 ? 1 : 0);
            }
            text[i] = Alphabet[value];
        }
    });
}
