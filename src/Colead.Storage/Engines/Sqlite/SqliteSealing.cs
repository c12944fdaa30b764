using Colead.Storage.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Colead.Storage.Engines.Sqlite;

/// <summary>
/// Deleted rows are overwritten at once (secure_delete). Afterwards the write-ahead log is emptied and the file written anew, so that
/// neither holds a trace of order or of what was deleted. The file's user_version says, from the same transaction on, that this is still to
/// be done.
/// </summary>
internal sealed class SqliteSealing(ColeadDb db) : RoundSealing(db)
{
    private const int Tries = 100;
    /// <summary>What a start, a night and letters want beside it.</summary>
    private const long Reserve = 16 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override async Task ScrubAsync()
    {
        await Db.Database.OpenConnectionAsync();
        try
        {
            if (await ReadAsync("PRAGMA user_version") == 0) return;
            // after a crash too, so that no page of the new file keeps a second copy
            await TryAsync("PRAGMA secure_delete = ON; PRAGMA cache_size = -131072; VACUUM; PRAGMA cache_size = -2000");
            // somebody reads older pages
            for (var left = Tries; await ReadAsync("PRAGMA wal_checkpoint(TRUNCATE)") != 0 && left > 0; left--) await Task.Delay(Pause);
            if (await ReadAsync("PRAGMA wal_checkpoint(TRUNCATE)") == 0) await TryAsync("PRAGMA user_version = 0");
        }
        catch (SqliteException full) when (full.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL)
        {
            // There is no room to write the file anew. What it still holds is overwritten, and noise without the key; the mark stays, and
            // the next night tries again.
        }
        finally
        {
            await Db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Every commit waits for the disk (synchronous FULL).</summary>
    public override Task<bool> IsOnDiskAsync() => Task.FromResult(true);

    /// <summary>Every page may go through the write-ahead log once when rows are overwritten.</summary>
    public override Task<(long Needed, long Free)?> RoomAsync()
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(Db.Database.GetConnectionString()).DataSource);
        var drive = new DriveInfo(Path.GetDirectoryName(file)!);
        return Task.FromResult<(long, long)?>((new FileInfo(file).Length + Reserve, drive.AvailableFreeSpace));
    }

    internal override async Task<bool> InOneTransactionAsync(Func<Task<bool>> work)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync();
        // a large round's indexes fit into 128 MiB
        await Db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON; PRAGMA user_version = 1; PRAGMA cache_size = -131072");
        if (!await work()) return false;
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>A transaction that writes is the only one.</summary>
    private protected override Task HoldSendersAsync() => Task.CompletedTask;

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
