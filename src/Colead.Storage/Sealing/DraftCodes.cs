using System.Security.Cryptography;
using Colead.Storage.Keys;

namespace Colead.Storage.Sealing;

/// <summary>The short code that a respondent is shown, with which another device goes on with their draft. Made from draft, link and the
/// round's key, so that neither opens it alone.</summary>
public static class DraftCodes
{
    private const int Length = 8;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // as in links: no i, l, o, u

    public static string Of(SealingKey key, byte[] draftKey, byte[] secretHash)
    {
        var bits = HMACSHA256.HashData(key.Part("draft codes"), (byte[])[.. draftKey, .. secretHash]);
        return string.Create(Length, bits, static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = Alphabet[bits[i] & 31];
        });
    }

    /// <summary>What the database keeps of it: without the key nobody can try codes against it.</summary>
    public static byte[] Hash(SealingKey key, string code) => key.Tag("draft code", System.Text.Encoding.UTF8.GetBytes(code));

    /// <summary>Forgives capitals, spaces, hyphens, and O, I and L typed for 0 and 1.</summary>
    public static string Read(string? typed) =>
        new([.. (typed ?? "").ToLowerInvariant().Where(c => c is not (' ' or '-')).Take(2 * Length)
            .Select(c => c switch { 'o' => '0', 'i' or 'l' => '1', _ => c })]);
}
