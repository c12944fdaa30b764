using System.Text.Json;
using Colead.Data.Audit;
using Microsoft.EntityFrameworkCore;

namespace Colead.Data.Inventory;

/// <summary>
/// Parts answers from people, in one transaction that is done or not done: answers are rewritten in random order under new random keys, comments are parted from
/// them, and drafts, invitations, links and letters go. What an engine does so that nothing stays in its files either is the engine's.
/// </summary>
public abstract class Sealing(ColeadDb db)
{
    /// <summary>States in which a round still needs its drafts, answers and invitations.</summary>
    private protected const string Needed = """(SELECT "Id" FROM "Rounds" WHERE "State" IN ('Draft', 'Open'))""";

    private protected ColeadDb Db { get; } = db;

    /// <summary>Closes an open round. False where it was not open; then nothing has changed.</summary>
    /// <param name="dimensions">Ids of the dimensions beside which comments were written, in the instrument's order; none where comments belong to no dimension.</param>
    /// <param name="commentsFrom">Comments of fewer questionnaires than this are nobody's to read: they are destroyed.</param>
    /// <param name="acts">For the audit trail; written when it is done.</param>
    public async Task<bool> CloseAsync(long roundId, DateTime at, IReadOnlyList<string> dimensions, int commentsFrom, params IReadOnlyList<AuditEntry> acts)
    {
        var cutShort = await BeginClosingAsync(roundId);
        return await InOneTransactionAsync(async () =>
        {
            var closed = await Db.Rounds.Where(r => r.Id == roundId && r.State == RoundState.Open).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.State, RoundState.Closed).SetProperty(r => r.ClosedAt, at).SetProperty(r => r.ClosingBegun, false).SetProperty(r => r.Version, r => r.Version + 1));
            if (closed == 0) return false;
            await HoldEverythingAsync();
            if (cutShort) await ForgetDeletedAsync();
            cutShort = true; // a further try clears what this one leaves
            await Db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Invited" ("RoundId", "OrganisationId", "Level", "People")
                SELECT "RoundId", "OrganisationId", "Level", count(*) FROM "Invitations" WHERE "RoundId" = {roundId} AND ("Answered" OR NOT "Withdrawn")
                GROUP BY "RoundId", "OrganisationId", "Level"
                """);
            await PartCommentsAsync(roundId, dimensions, commentsFrom);
            await MoveAnswersAsync(roundId);
            await LetGoAsync(roundId);
            await RecordAsync(acts);
            return true;
        });
    }

    /// <summary>Cancels a round that is not closed yet and destroys what was answered. False where it cannot be cancelled any more.</summary>
    /// <param name="acts">For the audit trail; written when it is done.</param>
    public Task<bool> DestroyAsync(long roundId, DateTime at, params IReadOnlyList<AuditEntry> acts) => InOneTransactionAsync(async () =>
    {
        var cutShort = await Db.Rounds.AnyAsync(r => r.Id == roundId && r.ClosingBegun);
        var cancelled = await Db.Rounds.Where(r => r.Id == roundId && (r.State == RoundState.Draft || r.State == RoundState.Open)).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.State, RoundState.Cancelled).SetProperty(r => r.CancelledAt, at).SetProperty(r => r.ClosingBegun, false).SetProperty(r => r.Version, r => r.Version + 1));
        if (cancelled == 0) return false;
        await HoldEverythingAsync();
        if (cutShort) await ForgetDeletedAsync();
        await LetGoAsync(roundId);
        await RecordAsync(acts);
        return true;
    });

    /// <summary>Deletes whole rounds, with all that was published.</summary>
    /// <param name="acts">For the audit trail; written when it is done.</param>
    public virtual Task<bool> DeleteAsync(IReadOnlyCollection<long> roundIds, params IReadOnlyList<AuditEntry> acts) => InOneTransactionAsync(async () =>
    {
        if (await Db.Rounds.Where(r => roundIds.Contains(r.Id)).ExecuteDeleteAsync() == 0) return false;
        await ForgetDeletedAsync();
        await RecordAsync(acts);
        return true;
    });

    /// <summary>After the transaction: removes from the engine's files what it left there. Begun again at the next start where a crash cut it short.</summary>
    public abstract Task ScrubAsync();

    /// <summary>Comments of a round that need no more looking after, once what may be read of them is sealed. Inside the caller's transaction.</summary>
    public abstract Task DropCommentsAsync(long roundId);

    /// <summary>Runs the work and commits if it says so. Where others are in the way it gives way to them, and begins again.</summary>
    internal abstract Task<bool> InOneTransactionAsync(Func<Task<bool>> work);

    /// <summary>Inside the transaction: nobody else reads or writes these tables.</summary>
    internal abstract Task HoldTablesAsync(params IReadOnlyList<string> tables);

    /// <summary>Inside the transaction: drops rows for good, in the files too, and puts the others back in random order.</summary>
    /// <param name="kept">The SQL condition of those that stay.</param>
    internal abstract Task RewriteAsync(string table, string kept);

    /// <summary>Nobody else reads or writes what is about to be rewritten.</summary>
    private protected abstract Task HoldEverythingAsync();

    /// <summary>Moves answers to those of closed rounds: one statement, random keys, in the order of these.</summary>
    private protected abstract Task MoveAnswersAsync(long roundId);

    /// <summary>Moves comments into their own table, in random order.</summary>
    /// <param name="byOpenLink">Whose comments: those of people who answered by open link, or of those who were invited.</param>
    private protected abstract Task InsertCommentsAsync(long roundId, bool byOpenLink, string dimensions);

    /// <summary>Leaves nothing in the files of answers and comments but those that are there: not of deleted rounds, and not of a closing that was cut short.</summary>
    private protected abstract Task ForgetDeletedAsync();

    /// <summary>Empties the tables of everything that no open round needs.</summary>
    private protected abstract Task EmptyAsync();

    /// <summary>Says so before anything is written: a closing that is cut short may leave copies of answers in the files, which the next one has to clear. True where one was.</summary>
    private async Task<bool> BeginClosingAsync(long roundId) =>
        await Db.Rounds.Where(r => r.Id == roundId && r.State == RoundState.Open && !r.ClosingBegun).ExecuteUpdateAsync(set => set.SetProperty(r => r.ClosingBegun, true)) == 0;

    private async Task RecordAsync(IReadOnlyList<AuditEntry> acts)
    {
        Db.ChangeTracker.Clear(); // what a try before this one was to save
        Db.AuditEntries.AddRange(acts);
        await Db.SaveChangesAsync();
    }

    /// <summary>People who answered by open link are a group of their own here too: each group's comments need enough questionnaires.</summary>
    private async Task PartCommentsAsync(long roundId, IReadOnlyList<string> dimensions, int commentsFrom)
    {
        foreach (var byOpenLink in new[] { false, true })
        {
            if (await Db.Responses.CountAsync(r => r.RoundId == roundId && r.ByOpenLink == byOpenLink) < commentsFrom) continue;
            await InsertCommentsAsync(roundId, byOpenLink, JsonSerializer.Serialize(dimensions));
        }
    }

    private async Task LetGoAsync(long roundId)
    {
        await Db.Database.ExecuteSqlAsync($"""
            INSERT INTO "FormerLinks" ("SecretHash", "RoundId", "End") SELECT "SecretHash", "RoundId", 'Closed' FROM "Invitations" WHERE "RoundId" = {roundId} ORDER BY 1 ON CONFLICT DO NOTHING
            """);
        await Db.RoundProgress.Where(p => p.RoundId == roundId).ExecuteDeleteAsync();
        await EmptyAsync();
    }
}
