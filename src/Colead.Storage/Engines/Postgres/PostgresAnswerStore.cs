using Colead.Storage.Sealing;
using Npgsql;
using NpgsqlTypes;

namespace Colead.Storage.Engines.Postgres;

/// <summary>
/// Those who come at the same time share a round trip: a batch, which PostgreSQL runs as one transaction with one disk sync.
/// </summary>
internal sealed class PostgresAnswerStore : AnswerStore, IDisposable
{
    private const int MostInOneGo = 64;

    /// <summary>As <see cref="PostgresColeadDb.HoldOpenAsync"/>: closing waits for us and we for it. A statement of its own, before any
    /// table is locked, so that neither waits for the other in a ring.</summary>
    private const string HoldOpenSql = $"SELECT pg_advisory_xact_lock_shared({PostgresColeadDb.Gate})";

    private const string InsertSql = """INSERT INTO "Responses" ("Key", "RoundId", "Content") SELECT @newKey, @round, @content FROM """;

    private const string SendSql =
        $"""
        WITH marked AS ({MarkSql} RETURNING 1), gone AS ({ForgetDraftsSql} AND EXISTS (SELECT 1 FROM marked))
        {InsertSql} marked
        """;

    private const string SendOpenSql =
        $"""
        WITH gone AS ({TakeOpenDraftSql} RETURNING 1)
        {InsertSql} gone
        """;

    private readonly NpgsqlDataSource source;
    // Commands are made anew for each try: one that failed cannot run again.
    private readonly Together<Func<NpgsqlBatchCommand>, LinkStanding?> finds;
    private readonly Together<Func<NpgsqlBatchCommand>, (bool, bool)> stands;
    private readonly Together<Func<NpgsqlBatchCommand>, bool> saves;
    /// <summary>By themselves, because they wait at the gate.</summary>
    private readonly Together<Func<NpgsqlBatchCommand[]>, bool> others;

    public PostgresAnswerStore(string connectionString)
    {
        source = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2,
            NoResetOnClose = true, Enlist = false } }.Build();
        finds = new(MostInOneGo, FindAsync, IsOfOne);
        stands = new(MostInOneGo, StandAsync, IsOfOne);
        saves = new(MostInOneGo, SaveAsync, IsOfOne);
        others = new(MostInOneGo, PassAsync, IsOfOne);
        static bool IsOfOne(Exception error) => error is PostgresException; // else the server cannot be reached
    }

    public override Task<LinkStanding?> FindAsync(byte[] secretHash, byte[]? draftKey) =>
        finds.AskAsync(() => Command(FindSql, Of("link", secretHash), Of("key", draftKey)));

    public override Task<LinkStanding?> FindOpenAsync(string openLink, byte[]? draftKey) =>
        finds.AskAsync(() => Command(FindOpenSql, Of("link", openLink), Of("key", draftKey)));

    public override Task<(bool Answered, bool HasDrafts)> StandsAsync(byte[] answered, byte[] draftTag) =>
        stands.AskAsync(() => Command(StandsSql, Of("answered", answered), Of("tag", draftTag)));

    public override Task<bool> StartAsync(NewDraft draft) => others.AskAsync(() =>
    {
        var (key, tag, content) = draft.Draft;
        var start = Command(StartSql, Of("key", key), Of("round", draft.RoundId), Of("tag", tag), Of("code", draft.CodeHash),
            Of("content", content), Of("answered", draft.Answered));
        return draft.Answered is null ? [start] : [start, Command(DropOldSql, Of("tag", tag))];
    });

    public override Task<bool> SaveAsync(SealedDraft seen, byte[] content) =>
        saves.AskAsync(() => Command(SaveSql, Of("content", content), Of("key", seen.Key), Of("seen", seen.Content)));

    public override Task<bool> SendAsync(Sending sending) => others.AskAsync(() =>
    {
        var ((key, tag, seen), response) = (sending.Draft, sending.Response);
        var send = Command(sending.Answered is null ? SendOpenSql : SendSql,
            Of("round", response.RoundId), Of("newKey", response.Key), Of("content", response.Content), Of("key", key), Of("seen", seen));
        if (sending.Answered is not null)
        {
            foreach (var value in new[] { Of("answered", sending.Answered), Of("link", sending.SecretHash),
                Of("tag", tag) }) send.Parameters.Add(value);
            send.Parameters.Add(new NpgsqlParameter<bool>("alone", sending.LeavesOtherDrafts));
        }
        return [send];
    });

    public void Dispose()
    {
        finds.Dispose();
        stands.Dispose();
        saves.Dispose();
        others.Dispose();
        source.Dispose();
    }

    private async Task<LinkStanding?[]> FindAsync(IReadOnlyList<Func<NpgsqlBatchCommand>> asked)
    {
        await using var batch = Batch(asked.Select(make => make()));
        await using var rows = await batch.ExecuteReaderAsync();
        var found = new LinkStanding?[asked.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = await rows.ReadAsync() ? Read(rows) : null;
            await rows.NextResultAsync();
        }
        return found;
    }

    private async Task<(bool, bool)[]> StandAsync(IReadOnlyList<Func<NpgsqlBatchCommand>> asked)
    {
        await using var batch = Batch(asked.Select(make => make()));
        await using var rows = await batch.ExecuteReaderAsync();
        var found = new (bool, bool)[asked.Count];
        for (var i = 0; i < found.Length; i++)
        {
            await rows.ReadAsync();
            found[i] = (rows.GetBoolean(0), rows.GetBoolean(1));
            await rows.NextResultAsync();
        }
        return found;
    }

    private async Task<bool[]> SaveAsync(IReadOnlyList<Func<NpgsqlBatchCommand>> asked)
    {
        var commands = asked.Select(make => make()).ToList();
        await using var batch = Batch(commands);
        await batch.ExecuteNonQueryAsync();
        return [.. commands.Select(command => command.RecordsAffected == 1)];
    }

    /// <summary>Of each act, the first command tells whether it was done.</summary>
    private async Task<bool[]> PassAsync(IReadOnlyList<Func<NpgsqlBatchCommand[]>> asked)
    {
        var acts = asked.Select(make => make()).ToList();
        await using var batch = Batch([new NpgsqlBatchCommand(HoldOpenSql), .. acts.SelectMany(act => act)]);
        await batch.ExecuteNonQueryAsync();
        return [.. acts.Select(act => act[0].RecordsAffected == 1)];
    }

    private NpgsqlBatch Batch(IEnumerable<NpgsqlBatchCommand> commands)
    {
        var batch = source.CreateBatch();
        foreach (var command in commands) batch.BatchCommands.Add(command);
        return batch;
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value);
        return command;
    }

    private static NpgsqlParameter Of(string name, byte[]? value) =>
        new(name, NpgsqlDbType.Bytea) { Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter Of(string name, string? value) =>
        new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter Of(string name, long? value) =>
        new(name, NpgsqlDbType.Bigint) { Value = (object?)value ?? DBNull.Value };
}
