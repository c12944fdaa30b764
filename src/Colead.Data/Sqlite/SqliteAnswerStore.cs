using System.Collections.Concurrent;
using System.Threading.Channels;
using Colead.Data.Inventory;
using Microsoft.Data.Sqlite;

namespace Colead.Data.Sqlite;

/// <summary>
/// SQLite lets one write at a time and pays a disk sync for each commit. So one writer takes whatever waits, writes it in one transaction, and
/// tells everyone only after its commit: sixty-four savers share one sync, and nothing is acknowledged before it is on disk.
/// </summary>
internal sealed class SqliteAnswerStore(string connectionString) : AnswerStore, IAsyncDisposable
{
    private const int MostInOneCommit = 256;

    private readonly ConcurrentBag<Statements> readers = [];
    private readonly Channel<Write> waiting = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly Lock starting = new();
    private Task? writing;

    public override Task<LinkStanding?> FindAsync(byte[] secretHash, byte[]? draftKey) => Task.FromResult(Find(FindSql, secretHash, draftKey));

    public override Task<LinkStanding?> FindOpenAsync(string openLink, byte[]? draftKey) => Task.FromResult(Find(FindOpenSql, openLink, draftKey));

    public override Task<bool> StartAsync(Draft draft) => WriteAsync(statements =>
    {
        if (statements.Run(StartSql, ("@round", draft.RoundId), ("@invitation", draft.InvitationId), ("@key", draft.Key), ("@code", draft.CodeHash), ("@organisation", draft.OrganisationId),
            ("@level", draft.Level?.ToString()), ("@language", draft.Language), ("@answers", draft.Answers), ("@comments", draft.Comments)) == 0) return false;
        if (draft.InvitationId is not null) statements.Run(DropOldSql, ("@invitation", draft.InvitationId));
        return true;
    });

    public override Task<bool> SaveAsync(SavedDraft seen, SavedDraft next) => WriteAsync(statements =>
        statements.Run(SaveSql, ("@answers", next.Answers), ("@comments", next.Comments), ("@language", next.Language), ("@pages", next.Pages),
            ("@key", seen.Key), ("@seenAnswers", seen.Answers), ("@seenComments", seen.Comments)) == 1);

    public override Task<bool> SendAsync(Sending sending) => WriteAsync(statements => Mark(statements, sending) && Insert(statements, sending.Response));

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        if (writing is not null) await writing;
        foreach (var reader in readers) reader.Dispose();
    }

    private static bool Mark(Statements statements, Sending sending)
    {
        var draft = sending.Draft;
        if (sending.InvitationId is null)
            return statements.Run(
                """
                DELETE FROM "Drafts" WHERE "Key" = @key AND "Answers" = @answers AND "Comments" = @comments AND "InvitationId" IS NULL
                AND EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = @round AND "State" = 'Open')
                """, ("@key", draft.Key), ("@answers", draft.Answers), ("@comments", draft.Comments), ("@round", sending.Response.RoundId)) == 1;
        if (statements.Run(
            """
            UPDATE "Invitations" SET "Answered" = 1, "OrganisationId" = @organisation, "Level" = @level
            WHERE "Id" = @invitation AND "SecretHash" = @link AND NOT "Answered" AND NOT "Withdrawn"
            AND EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = @round AND "State" = 'Open')
            AND EXISTS (SELECT 1 FROM "Drafts" WHERE "Key" = @key AND "Answers" = @answers AND "Comments" = @comments)
            """, ("@organisation", sending.Response.OrganisationId), ("@level", sending.Response.Level.ToString()), ("@invitation", sending.InvitationId), ("@link", sending.SecretHash),
            ("@round", sending.Response.RoundId), ("@key", draft.Key), ("@answers", draft.Answers), ("@comments", draft.Comments)) == 0) return false;
        return statements.Run("""DELETE FROM "Drafts" WHERE "InvitationId" = @invitation""", ("@invitation", sending.InvitationId)) > 0;
    }

    private static bool Insert(Statements statements, Response response) => statements.Run(
        """
        INSERT INTO "Responses" ("Key", "RoundId", "ByOpenLink", "OrganisationId", "Level", "Answers", "Comments")
        VALUES (@key, @round, @open, @organisation, @level, @answers, @comments)
        """, ("@key", response.Key), ("@round", response.RoundId), ("@open", response.ByOpenLink), ("@organisation", response.OrganisationId), ("@level", response.Level.ToString()),
        ("@answers", response.Answers), ("@comments", response.Comments)) == 1;

    private LinkStanding? Find(string sql, object link, byte[]? draftKey)
    {
        if (!readers.TryTake(out var statements)) statements = new Statements(connectionString);
        try
        {
            using var row = statements.Bound(sql, ("@link", link), ("@key", draftKey)).ExecuteReader(); // closed before it is lent again, so that no reader holds up a checkpoint
            return row.Read() ? Read(row) : null;
        }
        finally
        {
            readers.Add(statements);
        }
    }

    private Task<bool> WriteAsync(Func<Statements, bool> act)
    {
        var write = new Write(act);
        ObjectDisposedException.ThrowIf(!waiting.Writer.TryWrite(write), this);
        if (writing is null)
            lock (starting) writing ??= Task.Run(WriteAllAsync);
        return write.Done.Task;
    }

    private async Task WriteAllAsync()
    {
        using var statements = new Statements(connectionString);
        var batch = new List<Write>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostInOneCommit && waiting.Reader.TryRead(out var write)) batch.Add(write);
            if (!Commit(statements, batch))
                foreach (var write in batch) Commit(statements, [write]); // one of them failed: the others must not suffer for it
            batch.Clear();
        }
    }

    /// <summary>False when the transaction was undone and each write of it should be tried by itself.</summary>
    private static bool Commit(Statements statements, IReadOnlyList<Write> batch)
    {
        try
        {
            statements.Run("BEGIN IMMEDIATE");
            foreach (var write in batch) write.Result = write.Act(statements);
            statements.Run("COMMIT");
        }
        catch (SqliteException error)
        {
            statements.RollBack();
            if (batch.Count > 1) return false;
            batch[0].Done.SetException(error);
            return true;
        }
        foreach (var write in batch) write.Done.SetResult(write.Result);
        return true;
    }

    private sealed class Write(Func<Statements, bool> act)
    {
        public Func<Statements, bool> Act => act;
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public bool Result { get; set; }
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
