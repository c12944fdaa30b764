using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Accounts;

/// <summary>
/// Codes of authenticator apps (RFC 6238), each good once: looked at over a shoulder, it opens nothing more. Identity's own keeps no
/// account of what was used. The half minute now is taken, and one before and after for clocks that differ.
/// </summary>
public sealed class OneTimeCodes(ColeadDb db, TimeProvider clock) : IUserTwoFactorTokenProvider<Account>
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Seconds = 30;

    // the app makes them
    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => Task.FromResult("");

    /// <summary>Also where its key cannot be read: Identity would leave out the second step, and whoever takes the file of the lasting key
    /// away would have taken that away too.</summary>
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(user.TwoFactorEnabled);

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key || Read(token) is not { } code) return false;
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / Seconds;
        for (var step = now - 1; step <= now + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeAt(key, step)), Encoding.ASCII.GetBytes(code))
                && await TakeAsync(user.Id, step)) return true;
        return false;
    }

    /// <summary>Six digits, however they were spaced; null for anything else.</summary>
    public static string? Read(string? typed)
    {
        var bare = new string([.. (typed ?? "").Where(c => !char.IsWhiteSpace(c))]);
        return bare.Length == 6 && bare.All(char.IsAsciiDigit) ? bare : null;
    }

    /// <summary>With a new key the app begins anew.</summary>
    public Task<int> BeginAnewAsync(long accountId) => db.AccountCodes.Where(c => c.AccountId == accountId).ExecuteDeleteAsync();

    /// <summary>One statement: of two who come with the same code at once, the second finds the row moved on.</summary>
    private async Task<bool> TakeAsync(long accountId, long step) => await db.Database.ExecuteSqlAsync($"""
        INSERT INTO "AccountCodes" ("AccountId", "Step") VALUES ({accountId}, {step})
        ON CONFLICT ("AccountId") DO UPDATE SET "Step" = excluded."Step" WHERE "AccountCodes"."Step" < excluded."Step"
        """) == 1;

    private static string CodeAt(string base32, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // what authenticator apps use
        var hash = HMACSHA1.HashData(Bytes(base32), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string base32)
    {
        var bytes = new byte[base32.Length * 5 / 8];
        var (bits, held, at) = (0, 0, 0);
        foreach (var letter in base32)
        {
            bits = (bits << 5 | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF;
            held += 5;
            if (held < 8) continue;
            held -= 8;
            bytes[at++] = (byte)(bits >> held);
        }
        return bytes;
    }
}
