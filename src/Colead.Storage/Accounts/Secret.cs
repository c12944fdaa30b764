using System.Buffers.Text;
using System.Security.Cryptography;

namespace Colead.Storage.Accounts;

/// <summary>Secrets in links: 128 random bits shown once, kept only as a hash.</summary>
public static class Secret
{
    /// <summary>A new secret, 22 letters, digits, hyphens and underscores.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The secret that comes of something secret and random: always the same, so that a form sent twice makes one.</summary>
    public static string Of(string random) => Base64Url.EncodeToString(Hash("secret of " + random).AsSpan(0, 16));

    public static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
