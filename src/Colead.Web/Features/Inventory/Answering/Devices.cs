using System.Buffers.Text;
using System.Security.Cryptography;

namespace Colead.Web.Features.Inventory.Answering;

/// <summary>
/// What lets a device go on with a draft: a mark in its cookie, made from the draft's key and a key of the server, and a short code that only the respondent is shown,
/// with which another device gets the same mark. Neither can be made from the link alone.
/// </summary>
public sealed class Devices(ServerKeys keys)
{
    private const int KeyLength = 16;
    private const int CodeLength = 8;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // as in links: no i, l, o, u

    public async ValueTask<string> MarkAsync(byte[] draftKey)
    {
        var mark = new byte[2 * KeyLength];
        draftKey.CopyTo(mark, 0);
        await SealAsync(draftKey, mark.AsMemory(KeyLength));
        return Base64Url.EncodeToString(mark);
    }

    /// <summary>The draft's key, when the mark is one that this server made.</summary>
    public async ValueTask<byte[]?> KeyOfAsync(string? mark)
    {
        var bytes = new byte[2 * KeyLength];
        if (mark is null || mark.Length > 60 || !Base64Url.TryDecodeFromChars(mark, bytes, out var length) || length != bytes.Length) return null;
        var key = bytes[..KeyLength];
        var seal = new byte[KeyLength];
        await SealAsync(key, seal);
        return CryptographicOperations.FixedTimeEquals(seal, bytes.AsSpan(KeyLength)) ? key : null;
    }

    /// <summary>The short code of a draft begun by a link; a replaced link's codes open nothing by the new one.</summary>
    public async ValueTask<string> CodeAsync(byte[] draftKey, byte[] secretHash)
    {
        var bits = HMACSHA256.HashData(await keys.ReadAsync("draft codes"), (byte[])[.. draftKey, .. secretHash]);
        return string.Create(CodeLength, bits, static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = Alphabet[bits[i] & 31];
        });
    }

    /// <summary>In two groups of four, as it is shown.</summary>
    public static string Spaced(string code) => code[..4] + " " + code[4..];

    /// <summary>Forgives capitals, spaces, hyphens, and O, I and L typed for 0 and 1.</summary>
    public static byte[] HashOfCode(string? typed)
    {
        var code = new string([.. (typed ?? "").ToLowerInvariant().Where(c => c is not (' ' or '-')).Take(2 * CodeLength).Select(c => c switch { 'o' => '0', 'i' or 'l' => '1', _ => c })]);
        return SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code));
    }

    private async ValueTask SealAsync(byte[] draftKey, Memory<byte> into)
    {
        var seal = HMACSHA256.HashData(await keys.ReadAsync("draft marks"), draftKey);
        seal.AsMemory(0, KeyLength).CopyTo(into);
    }
}
