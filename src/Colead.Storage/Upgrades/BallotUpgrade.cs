using System.Security.Cryptography;
using System.Text;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Storage.Upgrades;

/// <summary>
/// Converts secret votes that were open when ballots were not yet encrypted: each gets a key, its ballots are sealed, and who has voted
/// becomes tags. The two tables of before go in the same transaction, so that a start that was cut short finds them again, and one that
/// finds none has nothing to do.
/// </summary>
public static class BallotUpgrade
{
    private const string Before = "SecretBallots";

    public static async Task RunAsync(DatabaseEngine engine, CancellationToken cancellation)
    {
        if (!await engine.HasTableAsync(Before, cancellation)) return;
        await using var db = engine.Open();
        await db.Sealing.InOneTransactionAsync(async () =>
        {
            db.ChangeTracker.Clear();
            if (!await engine.HasTableAsync(Before, cancellation)) return false; // another server's start was faster
            foreach (var id in await db.Database.SqlQuery<long>($"""
                SELECT "Id" AS "Value" FROM "Proposals" WHERE "State" = {SecretVote.Voting} AND "Secret" ORDER BY "Id"
                """).ToListAsync(cancellation))
                await ConvertAsync(db, engine.Keys, id, cancellation);
            await db.Database.ExecuteSqlRawAsync("""DROP TABLE "SecretBallots"; DROP TABLE "BallotMarks";""", cancellation);
            return true;
        });
        await db.Sealing.ScrubAsync();
    }

    /// <summary>Which ballot is whose was never known, so each gets any of those who voted: they are counted all alike. Papers that were
    /// entered already count like the others.</summary>
    private static async Task ConvertAsync(ColeadDb db, KeyFolder keys, long proposalId, CancellationToken cancellation)
    {
        var marks = (await db.Database.SqlQuery<string>($"""SELECT "Marks" AS "Value" FROM "SecretBallots" WHERE "ProposalId" = {proposalId}""").ToListAsync(cancellation)).ToArray();
        var voted = await db.Database.SqlQuery<Voted>($"""SELECT "OrganisationId", "OnPaper" FROM "BallotMarks" WHERE "ProposalId" = {proposalId}""").ToListAsync(cancellation);
        var key = keys.Make(KeyUse.Vote);
        db.SecretVotes.Add(new() { ProposalId = proposalId, KeyName = key.Fingerprint, Converted = voted.Count > 0,
            Papers = voted.Count(v => v.OnPaper) });
        RandomNumberGenerator.Shuffle(marks.AsSpan());
        foreach (var (says, who) in marks.Zip(voted))
        {
            var tag = BallotBox.TagOf(key, who.OrganisationId);
            db.Set<SealedBallot>().Add(new() { ProposalId = proposalId, Tag = tag,
                Seal = key.Seal(BallotBox.Table, proposalId, tag, Encoding.UTF8.GetBytes(says)) });
        }
        await db.SaveChangesAsync(cancellation);
    }

    private sealed record Voted(long OrganisationId, bool OnPaper);
}
