using System.Buffers.Binary;
using System.Security.Cryptography;
using Colead.Storage.Audit;
using Colead.Storage.Keys;
using Microsoft.EntityFrameworkCore;

namespace Colead.Storage.Sealing;

/// <summary>What a closed round keeps: its publication, and comments until a coordinator has looked at them.</summary>
/// <param name="Publication">UTF-8 JSON.</param>
/// <param name="Hash">SHA-256 of it, in hexadecimal.</param>
/// <param name="CommentsKey">The key made for the comments; null where there are none.</param>
public sealed record ClosedRound(long Id, DateTime At, byte[] Publication, string Hash, SealingKey? CommentsKey,
    IReadOnlyList<CommentContent> Comments);

/// <summary>
/// Ends rounds in the database, each step done or not done. Answers lie under the round's key, so what a step deletes is noise to everybody
/// when the key is gone; what an engine does so that nothing stays in its files either is a second lock. Nothing of other rounds is
/// rewritten.
/// </summary>
public abstract class RoundSealing(ColeadDb db)
{
    private static readonly string[] OfOpenRounds = ["Responses", "Drafts", "AnsweredTags", "RoundMessages", "Invitations",
        "RoundProgress"];

    private protected ColeadDb Db { get; } = db;

    /// <summary>From now on the round takes no more answers; those that are being sent are let in first. False where it is not
    /// open.</summary>
    public Task<bool> BeginClosingAsync(long roundId) => InOneTransactionAsync(async () =>
    {
        await HoldSendersAsync();
        return await Db.Database.ExecuteSqlAsync($"""
            UPDATE "Rounds" SET "ClosingBegun" = {true} WHERE "Id" = {roundId} AND "State" = {nameof(RoundState.Open)}
            """) > 0;
    });

    /// <summary>
    /// Puts the publication in place of the answers, in one transaction. The key is still there: it goes when this is on disk. False where
    /// it was not closing; then nothing has changed.
    /// </summary>
    /// <param name="acts">For the audit trail; written when it is done.</param>
    public Task<bool> CloseAsync(ClosedRound closed, params IReadOnlyList<AuditEntry> acts) => InOneTransactionAsync(async () =>
    {
        var (id, at) = (closed.Id, closed.At);
        var commentsKey = closed.CommentsKey?.Fingerprint;
        var done = await Db.Database.ExecuteSqlAsync($"""
            UPDATE "Rounds" SET "State" = {nameof(RoundState.Closed)}, "ClosedAt" = {at}, "ClosingBegun" = {false},
                "CommentsKey" = COALESCE({commentsKey}, "CommentsKey"), "Version" = "Version" + 1
            WHERE "Id" = {id} AND "State" = {nameof(RoundState.Open)} AND "ClosingBegun"
            """);
        if (done == 0) return false;
        Db.ChangeTracker.Clear(); // what a try before this one was to save
        Db.AuditEntries.AddRange(acts);
        await Db.SaveChangesAsync();
        await Db.Database.ExecuteSqlAsync($"""
            INSERT INTO "Publications" ("RoundId", "Part", "Content", "Hash", "SealedAt") VALUES ({id}, 'Figures', {closed.Publication}, {closed.Hash}, {at})
            """);
        foreach (var comments in InRandomOrder(closed).Chunk(ManyRows.AtOnce))
        {
            await using var command = ManyRows.Command(Db,
                "INSERT INTO \"Comments\" (\"Key\", \"RoundId\", \"Content\", \"Decision\") VALUES ", comments, "");
            await command.ExecuteNonQueryAsync();
        }
        await LetGoAsync(id);
        return true;
    });

    /// <summary>Cancels a round that is not closed yet and deletes what was answered. False where it cannot be cancelled any
    /// more.</summary>
    /// <param name="acts">For the audit trail; written when it is done.</param>
    public Task<bool> CancelAsync(long roundId, DateTime at, params IReadOnlyList<AuditEntry> acts) => InOneTransactionAsync(async () =>
    {
        await HoldSendersAsync();
        var cancelled = await Db.Database.ExecuteSqlAsync($"""
            UPDATE "Rounds" SET "State" = {nameof(RoundState.Cancelled)}, "CancelledAt" = {at}, "ClosingBegun" = {false}, "Version" = "Version" + 1
            WHERE "Id" = {roundId} AND "State" IN ({nameof(RoundState.Draft)}, {nameof(RoundState.Open)})
            """);
        if (cancelled == 0) return false;
        Db.ChangeTracker.Clear();
        Db.AuditEntries.AddRange(acts);
        await Db.SaveChangesAsync();
        await LetGoAsync(roundId);
        return true;
    });

    /// <summary>Deletes whole rounds, with all that was published.</summary>
    /// <param name="acts">For the audit trail; written when it is done.</param>
    public virtual Task<bool> DeleteAsync(IReadOnlyCollection<long> roundIds, params IReadOnlyList<AuditEntry> acts) =>
        InOneTransactionAsync(async () =>
    {
        var deleted = 0;
        foreach (var id in roundIds) deleted += await Db.Database.ExecuteSqlAsync($"""DELETE FROM "Rounds" WHERE "Id" = {id}""");
        if (deleted == 0) return false;
        Db.ChangeTracker.Clear();
        Db.AuditEntries.AddRange(acts);
        await Db.SaveChangesAsync();
        return true;
    });

    /// <summary>After the transaction: removes from the engine's files what it left there. Begun again at the next start where a crash cut
    /// it short.</summary>
    public abstract Task ScrubAsync();

    /// <summary>Whether everything that was committed is on disk, standbys included, so that a key to what it replaced may go.</summary>
    public abstract Task<bool> IsOnDiskAsync();

    /// <summary>Bytes that closing may need beside what is there, and bytes that are free; null where the engine's disk is not ours to
    /// see.</summary>
    public abstract Task<(long Needed, long Free)?> RoomAsync();

    /// <summary>Comments of a round that need no more looking after, once what may be read of them is sealed. Inside the caller's
    /// transaction.</summary>
    public Task DropCommentsAsync(long roundId) => Db.Comments.Where(c => c.RoundId == roundId).ExecuteDeleteAsync();

    /// <summary>Runs the work and commits if it says so. Where others are in the way it gives way to them, and begins again.</summary>
    internal abstract Task<bool> InOneTransactionAsync(Func<Task<bool>> work);

    /// <summary>Inside the transaction: those who are just sending are done, and who comes now waits until it ends.</summary>
    private protected abstract Task HoldSendersAsync();

    /// <summary>Whatever an open round kept: only its links stay, as hashes, so that their pages can say that it is over.</summary>
    private async Task LetGoAsync(long roundId)
    {
        await Db.Database.ExecuteSqlAsync($"""
            INSERT INTO "FormerLinks" ("SecretHash", "RoundId", "End") SELECT "SecretHash", "RoundId", 'Closed' FROM "Invitations" WHERE "RoundId" = {roundId} ORDER BY 1 ON CONFLICT DO NOTHING
            """);
        await Db.Database.ExecuteSqlAsync($"""DELETE FROM "Outbox" WHERE "Id" IN (SELECT "MessageId" FROM "RoundMessages" WHERE "RoundId" = {roundId})""");
        foreach (var table in OfOpenRounds)
        {
            var sql = $"DELETE FROM \"{table}\" WHERE \"RoundId\" = {{0}}";
            await Db.Database.ExecuteSqlRawAsync(sql, roundId);
        }
    }

    /// <summary>Keys are random, and rows are written in their order: where a comment lies says nothing of when it came.</summary>
    private static IEnumerable<object?[]> InRandomOrder(ClosedRound closed) =>
        closed.Comments.Select(comment => (Row: RandomNumberGenerator.GetBytes(SealingKey.TagLength), Comment: comment))
        .OrderBy(c => BinaryPrimitives.ReadUInt128BigEndian(c.Row))
        .Select(c => new object?[] { c.Row, closed.Id, c.Comment.Seal(closed.CommentsKey!, closed.Id, c.Row),
            nameof(CommentDecision.Pending) });
}
