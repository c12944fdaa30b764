using System.Collections.Concurrent;
using Colead.Storage.Sealing;
using Microsoft.Data.Sqlite;

namespace Colead.Storage.Engines.Sqlite;

/// <summary>
/// SQLite lets one write at a time and pays a disk sync for each commit. So those who write at the same time share a transaction, and
/// nobody is told before its commit.
/// </summary>
internal sealed class SqliteAnswerStore : AnswerStore, IDisposable
{
    private const int MostInOneCommit = 256;

    private readonly string connectionString;
    private readonly ConcurrentBag<Statements> idle = [];
    private readonly Together<Func<Statements, bool>, bool> writes;

    public SqliteAnswerStore(string connectionString)
    {
        this.connectionString = connectionString;
        // While the file is busy none of them can be written: each by itself would wait as long again.
        writes = new(MostInOneCommit, acts => Task.FromResult(Commit(acts)),
            error => error is SqliteException { SqliteErrorCode: not SQLitePCL.raw.SQLITE_BUSY });
    }

    public override Task<LinkStanding?> FindAsync(byte[] secretHash, byte[]? draftKey) =>
        Task.FromResult(Find(FindSql, secretHash, draftKey));

    public override Task<LinkStanding?> FindOpenAsync(string openLink, byte[]? draftKey) =>
        Task.FromResult(Find(FindOpenSql, openLink, draftKey));

    public override Task<(bool Answered, bool HasDrafts)> StandsAsync(byte[] answered, byte[] draftTag) =>
        Task.FromResult(Lend(statements =>
    {
        using var row = statements.Bound(StandsSql, ("@answered", answered), ("@tag", draftTag)).ExecuteReader();
        row.Read();
        return (row.GetBoolean(0), row.GetBoolean(1));
    }));

    public override Task<bool> StartAsync(NewDraft draft) => writes.AskAsync(statements =>
    {
        var (key, tag, content) = draft.Draft;
        if (statements.Run(StartSql, ("@key", key), ("@round", draft.RoundId), ("@tag", tag), ("@code", draft.CodeHash),
            ("@content", content), ("@answered", draft.Answered)) == 0) return false;
        if (draft.Answered is not null) statements.Run(DropOldSql, ("@tag", tag));
        return true;
    });

    public override Task<bool> SaveAsync(SealedDraft seen, byte[] content) => writes.AskAsync(statements =>
        statements.Run(SaveSql, ("@content", content), ("@key", seen.Key), ("@seen", seen.Content)) == 1);

    public override Task<bool> SendAsync(Sending sending) =>
        writes.AskAsync(statements => Take(statements, sending) && Insert(statements, sending.Response));

    public void Dispose()
    {
        writes.Dispose();
        foreach (var statements in idle) statements.Dispose();
    }

    /// <summary>Takes the draft away, and for an invitation puts its tag.</summary>
    private static bool Take(Statements statements, Sending sending)
    {
        var (key, tag, seen) = sending.Draft;
        var round = sending.Response.RoundId;
        if (sending.Answered is null) return statements.Run(TakeOpenDraftSql, ("@key", key), ("@seen", seen), ("@round", round)) == 1;
        if (statements.Run(MarkSql, ("@answered", sending.Answered), ("@round", round), ("@link", sending.SecretHash), ("@key", key),
            ("@seen", seen)) == 0) return false;
        return statements.Run(ForgetDraftsSql, ("@tag", tag), ("@alone", sending.LeavesOtherDrafts), ("@key", key)) > 0;
    }

    private static bool Insert(Statements statements, Response response) =>
        statements.Run("""INSERT INTO "Responses" ("Key", "RoundId", "Content") VALUES (@key, @round, @content)""", ("@key", response.Key), ("@round", response.RoundId), ("@content", response.Content)) == 1;

    private LinkStanding? Find(string sql, object link, byte[]? draftKey) => Lend(statements =>
    {
        // closed before it is lent again, so that no reader holds up a checkpoint
        using var row = statements.Bound(sql, ("@link", link), ("@key", draftKey)).ExecuteReader();
        return row.Read() ? Read(row) : null;
    });

    private bool[] Commit(IReadOnlyList<Func<Statements, bool>> acts) => Lend(statements =>
    {
        try
        {
            statements.Run("BEGIN IMMEDIATE");
            bool[] results = [.. acts.Select(act => act(statements))];
            statements.Run("COMMIT");
            return results;
        }
        catch
        {
            statements.RollBack();
            throw;
        }
    });

    private T Lend<T>(Func<Statements, T> use)
    {
        if (!idle.TryTake(out var statements)) statements = new Statements(connectionString);
        try
        {
            return use(statements);
        }
        finally
        {
            idle.Add(statements);
        }
    }

    /// <summary>A connection with its statements, prepared once.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly SqliteConnection connection;
        private readonly Dictionary<string, SqliteCommand> prepared = new(ReferenceEqualityComparer.Instance);

        public Statements(string connectionString)
        {
            connection = new SqliteConnection(connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 268435456";
            command.ExecuteNonQuery();
        }

        public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Bound(sql, values).ExecuteNonQuery();

        public SqliteCommand Bound(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
        {
            if (!prepared.TryGetValue(sql, out var command))
            {
                prepared[sql] = command = connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
            return command;
        }

        public void RollBack()
        {
            if (!SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle).Equals(0)) return; // a failed commit may have undone it already
            Run("ROLLBACK");
        }

        public void Dispose()
        {
            foreach (var command in prepared.Values) command.Dispose();
            connection.Dispose();
        }
    }
}
