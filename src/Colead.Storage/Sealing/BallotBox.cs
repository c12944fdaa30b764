using System.Security.Cryptography;
using System.Text;
using Colead.Storage.Keys;
using Microsoft.EntityFrameworkCore;

namespace Colead.Storage.Sealing;

/// <summary>What was in the box of a secret vote: what each ballot says, in no order of casting, and which organisations cast one on
/// screen.</summary>
/// <param name="LeftOut">Rows that were not as they had been put in: changed, copied, swapped, or nobody's.</param>
public sealed record OpenedBox(IReadOnlyList<string> Marks, IReadOnlyList<long> Organisations, int LeftOut);

/// <summary>A slip of a vote that is open.</summary>
public sealed record Slip(long ProposalId, int Number);

/// <summary>
/// Where the ballots of a secret vote lie while it is open: encrypted under a key of the vote, which is a file outside the database. When
/// they are counted they are deleted, then the key is destroyed, and only when it was seen gone the vote is marked untraceable. Nobody but
/// this class reads a ballot.
/// </summary>
public sealed class BallotBox(ColeadDb db, KeyFolder keys)
{
    internal const string Table = "SealedBallots";

    /// <summary>A new vote's. Its key is on disk before anybody can vote.</summary>
    public SecretVote Make(long proposalId, int slips) => new() { ProposalId = proposalId, KeyName = keys.Make(KeyUse.Vote).Fingerprint,
        Slips = slips };

    /// <summary>For a vote that was not opened after all.</summary>
    public void Unmake(SecretVote vote) => keys.Destroy(KeyUse.Vote, vote.KeyName);

    /// <summary>Null where the key is not in the folder of keys, or is another's: then nothing can be put in, and nothing
    /// counted.</summary>
    public SealingKey? KeyOf(SecretVote vote) => keys.Find(KeyUse.Vote, vote.KeyName);

    /// <summary>Who votes on screen, as the box knows them.</summary>
    public static byte[] TagOf(SealingKey key, long organisationId) => key.Tag("organisation", organisationId);

    /// <inheritdoc cref="TagOf"/>
    public static byte[] TagOfSlip(SealingKey key, int slip) => key.Tag("slip", slip);

    /// <summary>Inside the transaction that holds the voting: puts a ballot in. False where this voter's is in already; that is no error,
    /// for an error would be logged, and a log says when.</summary>
    public async Task<bool> PutAsync(SealingKey key, long proposalId, byte[] tag, string marks)
    {
        var seal = key.Seal(Table, proposalId, tag, Encoding.UTF8.GetBytes(marks));
        return await db.Database.ExecuteSqlAsync($"""INSERT INTO "SealedBallots" ("ProposalId", "Tag", "Seal") VALUES ({proposalId}, {tag}, {seal}) ON CONFLICT DO NOTHING""") == 1;
    }

    /// <summary>The codes of a vote's slips: made from its key, so that they need not be stored, and the same whenever they are
    /// printed.</summary>
    public static IReadOnlyList<string> CodesOf(SealingKey key, SecretVote vote) =>
        [.. Enumerable.Range(1, vote.Slips).Select(slip => SlipCode.Of(key, slip))];

    /// <summary>The slip of this code, where its vote is open. Whether it was used is told to nobody who does not send a ballot with
    /// it.</summary>
    public async Task<Slip?> FindSlipAsync(string? typed)
    {
        if (SlipCode.Read(typed) is not { } code) return null;
        foreach (var vote in await Open().Where(v => v.Slips > 0).ToListAsync())
        {
            if (KeyOf(vote) is { } key && CodesOf(key, vote).ToList()
                .FindIndex(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), code)) is >= 0 and var at)
                return new(vote.ProposalId, at + 1);
        }
        return null;
    }

    /// <summary>Closes an electronic secret vote: what is counted goes in, and every ballot out, in one transaction that is done or not
    /// done.</summary>
    /// <param name="count">Saves what came of it. It may be called again where others were in the way.</param>
    /// <returns>False where it was not being voted on; then nothing has changed.</returns>
    /// <exception cref="KeyGoneException">Nobody can count them here.</exception>
    public Task<bool> CloseAsync(long proposalId, Func<OpenedBox, Task> count) => EmptyAsync(proposalId, async vote =>
    {
        var box = await OpenAsync(vote);
        await count(box);
        return true;
    });

    /// <summary>Destroys the ballots of a vote whose key is lost. False where it is there, or the vote is not open.</summary>
    public Task<bool> GiveUpAsync(long proposalId, Func<Task> withdraw) => EmptyAsync(proposalId, async vote =>
    {
        if (KeyOf(vote) is not null) return false;
        await withdraw();
        return true;
    });

    /// <summary>After the ballots' end is on disk: destroys the key, and when it is seen gone, says so. Done again where it was cut
    /// short.</summary>
    public async Task FinishAsync(long proposalId)
    {
        if (await Ended().FirstOrDefaultAsync(v => v.ProposalId == proposalId) is not { } vote) return;
        if (!keys.Destroy(KeyUse.Vote, vote.KeyName)) throw new IOException("The vote's key is still there.");
        await db.SecretVotes.Where(v => v.ProposalId == proposalId).ExecuteUpdateAsync(set => set.SetProperty(v => v.Untraceable, true));
        await db.Sealing.ScrubAsync(); // a second lock
    }

    /// <summary>Secret votes on screen that are open.</summary>
    public Task<List<SecretVote>> OpenAsync() => Open().ToListAsync();

    /// <summary>Votes whose ballots are gone, and whose keys may not be.</summary>
    public Task<List<long>> UnfinishedAsync() => Ended().OrderBy(v => v.ProposalId).Select(v => v.ProposalId).ToListAsync();

    private IQueryable<SecretVote> Ended() => db.SecretVotes.FromSql($"""
        SELECT v.* FROM "SecretVotes" v JOIN "Proposals" p ON p."Id" = v."ProposalId" WHERE p."State" IN ('Decided', 'Withdrawn')
        """).AsNoTracking().Where(v => !v.Untraceable);

    private IQueryable<SecretVote> Open() => db.SecretVotes.FromSql($"""
        SELECT v.* FROM "SecretVotes" v JOIN "Proposals" p ON p."Id" = v."ProposalId" WHERE p."State" = {SecretVote.Voting}
        """).AsNoTracking();

    private Task<bool> EmptyAsync(long proposalId, Func<SecretVote, Task<bool>> work) => db.Sealing.InOneTransactionAsync(async () =>
    {
        db.ChangeTracker.Clear(); // what a try before this one read
        if (!await db.HoldVotingAsync(proposalId, alone: true)) return false;
        if (!await work(await db.SecretVotes.AsNoTracking().FirstAsync(v => v.ProposalId == proposalId))) return false;
        await db.Set<SealedBallot>().Where(b => b.ProposalId == proposalId).ExecuteDeleteAsync();
        return true;
    });

    /// <summary>A ballot counts where it opens in its own place, and its place is that of somebody who has a voice.</summary>
    private async Task<OpenedBox> OpenAsync(SecretVote vote)
    {
        var key = keys.Read(KeyUse.Vote, vote.KeyName);
        var rows = await db.Set<SealedBallot>().AsNoTracking().Where(b => b.ProposalId == vote.ProposalId).ToListAsync();
        var voices = await db.Database.SqlQuery<long>($"""
            SELECT "OrganisationId" AS "Value" FROM "ProposalVoices" WHERE "ProposalId" = {vote.ProposalId} AND NOT "BySlip"
            """).ToListAsync();
        var whose = voices.ToDictionary(id => Convert.ToHexString(TagOf(key, id)), id => (long?)id, StringComparer.Ordinal);
        for (var slip = 1; slip <= vote.Slips; slip++) whose[Convert.ToHexString(TagOfSlip(key, slip))] = null;
        var (marks, organisations) = (new List<string>(), new List<long>());
        foreach (var row in rows)
        {
            if (!whose.Remove(Convert.ToHexString(row.Tag), out var organisation)
                || key.Open(Table, vote.ProposalId, row.Tag, row.Seal) is not { } content) continue;
            marks.Add(Encoding.UTF8.GetString(content));
            if (organisation is { } id) organisations.Add(id);
        }
        marks.Sort(StringComparer.Ordinal);
        return new(marks, organisations, rows.Count - marks.Count);
    }
}

/// <summary>A slip's code: 80 bits in 16 letters and digits that are hard to mistake for each other, in groups of four.</summary>
internal static class SlipCode
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's: no i, l, o, u
    private const int Length = 16;

    public static string Of(SealingKey key, int slip)
    {
        var bits = new UInt128(0, 0);
        foreach (var b in key.Tag("slip code", slip)) bits = (bits << 8) | b;
        return string.Create(Length, bits, static (text, bits) =>
        {
            for (var i = 0; i < Length; i++) text[i] = Alphabet[(int)((bits >> (5 * i)) & 31)];
        });
    }

    /// <summary>Forgives capitals, spaces, hyphens, and O, I and L typed for 0 and 1. Null for what can be no code.</summary>
    public static byte[]? Read(string? typed)
    {
        var code = new List<byte>(Length);
        foreach (var c in typed ?? "")
        {
            if (c == '-' || char.IsWhiteSpace(c)) continue;
            var letter = char.ToLowerInvariant(c) switch { 'o' => '0', 'i' or 'l' => '1', var other => other };
            if (code.Count == Length || !Alphabet.Contains(letter, StringComparison.Ordinal)) return null;
            code.Add((byte)letter);
        }
        return code.Count == Length ? [.. code] : null;
    }
}
