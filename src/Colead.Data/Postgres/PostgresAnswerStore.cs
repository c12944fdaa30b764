using Colead.Data.Inventory;
using Npgsql;
using NpgsqlTypes;

namespace Colead.Data.Postgres;

/// <summary>
/// One round trip an act. Acts of several statements are a batch, which PostgreSQL runs as one transaction; savers at the same time share a disk sync by themselves.
/// </summary>
internal sealed class PostgresAnswerStore(string connectionString) : AnswerStore, IAsyncDisposable
{
    /// <summary>As <see cref="PostgresColeadDb.HoldOpenAsync"/>: closing waits for us and we for it. A statement of its own, before any table is locked, so that neither waits for the other in a ring.</summary>
    private const string HoldOpenSql = $"SELECT pg_advisory_xact_lock_shared({PostgresColeadDb.Gate})";

    private const string InsertSql =
        """
        INSERT INTO "Responses" ("Key", "RoundId", "ByOpenLink", "OrganisationId", "Level", "Answers", "Comments")
        SELECT @newKey, @round, @open, @organisation, @level, @newAnswers, @newComments
        """;

    private const string SendSql =
        """
        WITH marked AS (
            UPDATE "Invitations" SET "Answered" = TRUE, "OrganisationId" = @organisation, "Level" = @level
            WHERE "Id" = @invitation AND "SecretHash" = @link AND NOT "Answered" AND NOT "Withdrawn"
            AND EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = @round AND "State" = 'Open')
            AND EXISTS (SELECT 1 FROM "Drafts" WHERE "Key" = @key AND "Answers" = @answers AND "Comments" = @comments)
            RETURNING "Id"
        ), gone AS (DELETE FROM "Drafts" USING marked WHERE "InvitationId" = marked."Id")
        """ + InsertSql + " FROM marked";

    private const string SendOpenSql =
        """
        WITH gone AS (
            DELETE FROM "Drafts" WHERE "Key" = @key AND "Answers" = @answers AND "Comments" = @comments AND "InvitationId" IS NULL
            AND EXISTS (SELECT 1 FROM "Rounds" WHERE "Id" = @round AND "State" = 'Open')
            RETURNING "Key"
        )
        """ + InsertSql + " FROM gone";

    private readonly NpgsqlDataSource source = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2, NoResetOnClose = true, Enlist = false } }.Build();

    public override Task<LinkStanding?> FindAsync(byte[] secretHash, byte[]? draftKey) => FindAsync(FindSql, Of("link", secretHash), draftKey);

    public override Task<LinkStanding?> FindOpenAsync(string openLink, byte[]? draftKey) => FindAsync(FindOpenSql, Of("link", openLink), draftKey);

    public override async Task<bool> StartAsync(Draft draft)
    {
        await using var batch = source.CreateBatch();
        Add(batch, HoldOpenSql);
        var start = Add(batch, StartSql, Of("round", draft.RoundId), Of("invitation", draft.InvitationId), Of("key", draft.Key), Of("code", draft.CodeHash), Of("organisation", draft.OrganisationId),
            Of("level", draft.Level?.ToString()), Of("language", draft.Language), Of("answers", draft.Answers), Of("comments", draft.Comments));
        if (draft.InvitationId is not null) Add(batch, DropOldSql, Of("invitation", draft.InvitationId));
        await batch.ExecuteNonQueryAsync();
        return start.RecordsAffected == 1;
    }

    public override async Task<bool> SaveAsync(SavedDraft seen, SavedDraft next)
    {
        await using var command = source.CreateCommand(SaveSql);
        foreach (var value in (ReadOnlySpan<NpgsqlParameter>)[Of("answers", next.Answers), Of("comments", next.Comments), Of("language", next.Language), new NpgsqlParameter<int>("pages", next.Pages),
            Of("key", seen.Key), Of("seenAnswers", seen.Answers), Of("seenComments", seen.Comments)]) command.Parameters.Add(value);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    public override async Task<bool> SendAsync(Sending sending)
    {
        var (draft, response) = (sending.Draft, sending.Response);
        await using var batch = source.CreateBatch();
        Add(batch, HoldOpenSql);
        var send = Add(batch, sending.InvitationId is null ? SendOpenSql : SendSql,
            Of("round", response.RoundId), Of("organisation", response.OrganisationId), Of("level", response.Level.ToString()),
            Of("newKey", response.Key), new NpgsqlParameter<bool>("open", response.ByOpenLink), Of("newAnswers", response.Answers), Of("newComments", response.Comments),
            Of("key", draft.Key), Of("answers", draft.Answers), Of("comments", draft.Comments));
        if (sending.InvitationId is { } invitation)
        {
            send.Parameters.Add(Of("invitation", invitation));
            send.Parameters.Add(Of("link", sending.SecretHash));
        }
        await batch.ExecuteNonQueryAsync();
        return send.RecordsAffected == 1;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<LinkStanding?> FindAsync(string sql, NpgsqlParameter link, byte[]? draftKey)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(link);
        command.Parameters.Add(Of("key", draftKey));
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? Read(row) : null;
    }

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value);
        batch.BatchCommands.Add(command);
        return command;
    }

    private static NpgsqlParameter Of(string name, byte[]? value) => new(name, NpgsqlDbType.Bytea) { Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter Of(string name, string? value) => new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter Of(string name, long? value) => new(name, NpgsqlDbType.Bigint) { Value = (object?)value ?? DBNull.Value };
}
