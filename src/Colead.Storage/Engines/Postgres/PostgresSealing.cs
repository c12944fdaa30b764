using Colead.Storage.Audit;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colead.Storage.Engines.Postgres;

/// <summary>
/// Deleted rows stay in a table's file until it is vacuumed, and in the write-ahead log as long as that is kept: noise, when the round's
/// key is gone. Vacuuming afterwards is a second lock, and keeps nobody waiting.
/// </summary>
internal sealed class PostgresSealing(ColeadDb db) : RoundSealing(db)
{
    private const int Tries = 199;
    private const int LooksAtStandbys = 40;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(10); // a million answers, on a small machine

    public override Task ScrubAsync() => Db.Database.ExecuteSqlRawAsync("""VACUUM "Responses", "Drafts", "AnsweredTags", "Invitations", "RoundMessages", "Outbox", "Comments", "RoundProgress" """);

    /// <summary>Our own disk is waited for by every commit. Standbys that are connected are given a while to write all that we have now;
    /// one that this user may not see is the operator's to know.</summary>
    public override async Task<bool> IsOnDiskAsync()
    {
        var now = await Db.Database.SqlQueryRaw<string>("""SELECT pg_current_wal_insert_lsn()::text AS "Value" """).SingleAsync();
        for (var left = LooksAtStandbys; left > 0; left--)
        {
            if (await Db.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM pg_stat_replication WHERE flush_lsn < {now}::pg_lsn""").SingleAsync() == 0) return true;
            await Task.Delay(Pause);
        }
        return false;
    }

    public override Task<(long Needed, long Free)?> RoomAsync() => Task.FromResult<(long, long)?>(null);

    public override async Task<bool> DeleteAsync(IReadOnlyCollection<long> roundIds, params IReadOnlyList<AuditEntry> acts)
    {
        if (!await base.DeleteAsync(roundIds, acts)) return false;
        await Db.Database.ExecuteSqlRawAsync("""VACUUM (FULL) "Publications" """); // what was deleted is read by nobody who copies the file
        return true;
    }

    /// <summary>Waits a moment only for any lock, less than the second after which PostgreSQL would break a circle of waiting transactions
    /// by failing one of them: whoever else is in the way goes first.</summary>
    internal override async Task<bool> InOneTransactionAsync(Func<Task<bool>> work)
    {
        Db.Database.SetCommandTimeout(LongestStatement);
        for (var left = Tries; ; left--)
        {
            try
            {
                await using var transaction = await Db.Database.BeginTransactionAsync();
                // the long one outlasts a table's vacuuming
                await Db.Database.ExecuteSqlRawAsync(left % 10 == 0 ? "SET LOCAL lock_timeout = '3s'; SET LOCAL synchronous_commit = on"
                    : "SET LOCAL lock_timeout = '400ms'; SET LOCAL synchronous_commit = on");
                if (!await work()) return false;
                await transaction.CommitAsync();
                return true;
            }
            catch (Exception error) when (left > 0 && IsBusy(error))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 + (left * 37 % 200)));
            }
        }
    }

    /// <summary>The mapper wraps what may be tried again.</summary>
    private static bool IsBusy(Exception? error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected }
            || (error is not null && IsBusy(error.InnerException));

    /// <summary>Who sends holds the gate with many; who begins to close holds it alone, for a moment.</summary>
    private protected override Task HoldSendersAsync()
    {
        var sql = $"SELECT pg_advisory_xact_lock({PostgresColeadDb.Gate})";
        return Db.Database.ExecuteSqlRawAsync(sql);
    }
}
