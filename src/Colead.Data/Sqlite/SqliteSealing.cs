using Colead.Data.Inventory;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Colead.Data.Sqlite;

/// <summary>
/// Deleted rows are overwritten at once (secure_delete). Afterwards the write-ahead log is emptied and the file written anew, so that neither holds a trace of order or
/// of what was deleted. The file's user_version says, from the same transaction on, that this is still to be done.
/// </summary>
internal sealed class SqliteSealing(ColeadDb db) : Sealing(db)
{
    private const int Tries = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override async Task ScrubAsync()
    {
        await Db.Database.OpenConnectionAsync();
        try
        {
            if (await ReadAsync("PRAGMA user_version") == 0) return;
            await TryAsync("PRAGMA secure_delete = ON; PRAGMA cache_size = -131072; VACUUM; PRAGMA cache_size = -2000"); // after a crash too, so that no page of the new file keeps a second copy
            for (var left = Tries; await ReadAsync("PRAGMA wal_checkpoint(TRUNCATE)") != 0 && left > 0; left--) await Task.Delay(Pause); // somebody reads older pages
            if (await ReadAsync("PRAGMA wal_checkpoint(TRUNCATE)") == 0) await TryAsync("PRAGMA user_version = 0");
        }
        finally
        {
            await Db.Database.CloseConnectionAsync();
        }
    }

    public override async Task DropCommentsAsync(long roundId)
    {
        await MarkAsync();
        await Db.Comments.Where(c => c.RoundId == roundId).ExecuteDeleteAsync();
    }

    internal override async Task<bool> InOneTransactionAsync(Func<Task<bool>> work)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync();
        await MarkAsync();
        if (!await work()) return false;
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>A transaction that writes is the only one.</summary>
    private protected override Task HoldEverythingAsync() => Task.CompletedTask;

    internal override Task HoldTablesAsync(params IReadOnlyList<string> tables) => Task.CompletedTask;

    internal override Task RewriteAsync(string table, string kept)
    {
        // Emptying a whole table is one stroke, where deleting its rows would look for each in every index.
        var sql = $"""
            CREATE TEMPORARY TABLE kept AS SELECT * FROM "{table}" WHERE {kept};
            DELETE FROM "{table}";
            INSERT INTO "{table}" SELECT * FROM kept ORDER BY random();
            DROP TABLE kept;
            """;
        return Db.Database.ExecuteSqlRawAsync(sql);
    }

    private protected override Task MoveAnswersAsync(long roundId) => Db.Database.ExecuteSqlAsync($"""
        INSERT INTO "ClosedResponses" ("Key", "RoundId", "ByOpenLink", "OrganisationId", "Sector", "Level", "Answers")
        SELECT randomblob(16), "RoundId", "ByOpenLink", "OrganisationId", "Sector", "Level", "Answers" FROM "Responses" WHERE "RoundId" = {roundId} ORDER BY 1
        """);

    private protected override Task InsertCommentsAsync(long roundId, bool byOpenLink, string dimensions) => Db.Database.ExecuteSqlAsync($"""
        INSERT INTO "Comments" ("Key", "RoundId", "Dimension", "Text", "Decision")
        SELECT randomblob(16), r."RoundId", json_extract({dimensions}, '$[' || c.key || ']'), trim(c.value, char(9, 10, 13, 32)), 'Pending'
        FROM "Responses" r, json_each(r."Comments") c
        WHERE r."RoundId" = {roundId} AND r."ByOpenLink" = {byOpenLink} AND trim(c.value, char(9, 10, 13, 32)) <> ''
        ORDER BY 1
        """);

    /// <summary>They are overwritten already, and the file is written anew.</summary>
    private protected override Task ForgetDeletedAsync() => Task.CompletedTask;

    private protected override async Task EmptyAsync()
    {
        await Db.Database.ExecuteSqlRawAsync($"""DELETE FROM "Outbox" WHERE "Id" IN (SELECT "MessageId" FROM "RoundMessages" WHERE "RoundId" NOT IN {Needed})""");
        foreach (var table in new[] { "RoundMessages", "Drafts", "Invitations", "Responses" }) await RewriteAsync(table, $"\"RoundId\" IN {Needed}");
    }

    private Task<int> MarkAsync() => Db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON; PRAGMA user_version = 1; PRAGMA cache_size = -131072"); // a large round's indexes fit into 128 MiB

    /// <summary>Whatever keeps the file busy longer than this keeps the mark too: the next start or the daily round finishes it.</summary>
    private async Task TryAsync(string sql)
    {
        for (var left = Tries; ; left--)
        {
            try
            {
                await Db.Database.ExecuteSqlRawAsync(sql);
                return;
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6 && left > 0)
            {
                await Task.Delay(Pause);
            }
        }
    }

    private async Task<long> ReadAsync(string pragma)
    {
        await using var command = Db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
