using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Colead.Kit.Texts;
using Colead.Storage;

namespace Colead.Parts.Accounts;

/// <summary>
/// Slows guessing down without locking anybody out. A try counts when it begins, so that many at once gain nothing; after five that failed
/// for one account from one address, that address waits, half a minute first and never more than five. Tries for an account from many
/// addresses are let through one in half a minute. Accounts that do not exist are counted like those that do, and nothing is written: how
/// long an answer takes tells nothing. Each server counts for itself and forgets at a restart.
/// </summary>
public sealed class Tries(TimeProvider clock)
{
    private const int Free = 5;
    private const int FreeFromEverywhere = 50;
    private const int MostKept = 50_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Count> counts = new(StringComparer.Ordinal);

    /// <summary>Counts a try; false where it must wait, and then what was typed may not be used.</summary>
    /// <param name="what">What is guessed at: an address, an account's code.</param>
    public bool Begin(string what, IPAddress? from)
    {
        lock (gate)
        {
            var now = clock.Now();
            if (counts.Count >= MostKept) Tidy(now);
            var (here, everywhere) = (Of(Here(what, from), now), Of(KeyOf(what), now));
            if (now < here.MayAt || now < everywhere.MayAt) return false;
            here.Add(now, Free, Most);
            everywhere.Add(now, FreeFromEverywhere, First);
            return true;
        }
    }

    /// <summary>It was right.</summary>
    public void Succeeded(string what, IPAddress? from)
    {
        lock (gate)
        {
            counts.Remove(Here(what, from));
            if (counts.TryGetValue(KeyOf(what), out var everywhere)) everywhere.TakeBack(FreeFromEverywhere);
        }
    }

    /// <summary>The owner has shown by other means that it is them: nobody waits.</summary>
    public void Clear(string what)
    {
        var key = KeyOf(what);
        lock (gate)
            foreach (var one in counts.Keys.Where(k => k.StartsWith(key, StringComparison.Ordinal)).ToList()) counts.Remove(one);
    }

    /// <summary>How an account's address is counted: the same for all ways of writing it.</summary>
    public static string SignIn(string email) => "sign-in " + EmailAddress.Key(email);

    /// <summary>Passwords and codes that somebody who is, or half is, signed in gives.</summary>
    public static string Proof(long accountId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"proof {accountId}");

    private Count Of(string key, DateTime now)
    {
        if (counts.TryGetValue(key, out var count) && now < count.LastAt + Kept) return count;
        return counts[key] = new Count();
    }

    private void Tidy(DateTime now)
    {
        foreach (var (key, count) in counts.ToList()) if (now >= count.LastAt + Kept) counts.Remove(key);
        if (counts.Count >= MostKept) counts.Clear(); // each of them cost its sender a slow answer
    }

    /// <summary>Of an address of the newer kind a household has the whole first half.</summary>
    private static string Here(string what, IPAddress? from) => KeyOf(what) + from switch
    {
        null => "?",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } =>
            Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)),
        _ => from.MapToIPv4().ToString(),
    };

    private static string KeyOf(string what) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(what))) + " ";

    private sealed class Count
    {
        private int tries;

        public DateTime LastAt { get; private set; }
        public DateTime MayAt { get; private set; }

        public void Add(DateTime now, int free, TimeSpan most)
        {
            LastAt = now;
            if (++tries >= free) MayAt = now + TimeSpan.FromTicks(Math.Min(most.Ticks, First.Ticks << Math.Min(tries - free, 20)));
        }

        public void TakeBack(int free)
        {
            if (--tries < free) MayAt = default;
        }
    }
}
