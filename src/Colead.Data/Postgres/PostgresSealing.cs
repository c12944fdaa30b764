using Colead.Data.Audit;
using Colead.Data.Inventory;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colead.Data.Postgres;

/// <summary>
/// A deleted row stays in the table's file until it is vacuumed, and its transaction number with it. So the tables are emptied by TRUNCATE, which gives them new files, and
/// what other rounds still need is put back by one statement in random order.
/// </summary>
internal sealed class PostgresSealing(ColeadDb db) : Sealing(db)
{
    private const int Tries = 199;
    private static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(10); // a million answers, on a small machine

    /// <summary>Nothing is left to do: the old files went with the transaction.</summary>
    public override Task ScrubAsync() => Task.CompletedTask;

    public override async Task<bool> DeleteAsync(IReadOnlyCollection<long> roundIds, params IReadOnlyList<AuditEntry> acts)
    {
        if (!await base.DeleteAsync(roundIds, acts)) return false;
        await Db.Database.ExecuteSqlRawAsync("""VACUUM (FULL) "Publications", "RoundSummaries" """); // their seals allow no TRUNCATE
        return true;
    }

    public override async Task DropCommentsAsync(long roundId)
    {
        await Db.Database.ExecuteSqlRawAsync("""LOCK TABLE "Comments" IN ACCESS EXCLUSIVE MODE""");
        await RewriteAsync("Comments", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"RoundId\" <> {roundId}"));
    }

    /// <summary>
    /// Those who are just sending are let out, others wait at the gate. Behind it closing waits a moment only for any lock, less than the second after which PostgreSQL would
    /// break a circle of waiting transactions by failing one of them: whoever else is in the way goes first.
    /// </summary>
    internal override async Task<bool> InOneTransactionAsync(Func<Task<bool>> work)
    {
        Db.Database.SetCommandTimeout(LongestStatement);
        for (var left = Tries; ; left--)
        {
            try
            {
                await using var transaction = await Db.Database.BeginTransactionAsync();
                await Db.Database.ExecuteSqlRawAsync(left % 10 == 0 ? "SET LOCAL lock_timeout = '3s'" : "SET LOCAL lock_timeout = '400ms'"); // the long one outlasts a table's vacuuming
                await Db.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_xact_lock({PostgresColeadDb.Gate})");
                if (!await work()) return false;
                await transaction.CommitAsync();
                return true;
            }
            catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 + (left * 37 % 200)));
            }
        }
    }

    private protected override Task HoldEverythingAsync() => HoldTablesAsync("Invitations", "Drafts", "Responses", "RoundMessages", "Outbox");

    internal override Task HoldTablesAsync(params IReadOnlyList<string> tables)
    {
        var sql = $"""LOCK TABLE {string.Join(", ", tables.Select(table => $"\"{table}\""))} IN ACCESS EXCLUSIVE MODE""";
        return Db.Database.ExecuteSqlRawAsync(sql);
    }

    private protected override Task MoveAnswersAsync(long roundId) => Db.Database.ExecuteSqlAsync($"""
        INSERT INTO "ClosedResponses" ("Key", "RoundId", "ByOpenLink", "OrganisationId", "Sector", "Level", "Answers")
        SELECT uuid_send(gen_random_uuid()), "RoundId", "ByOpenLink", "OrganisationId", "Sector", "Level", "Answers" FROM "Responses" WHERE "RoundId" = {roundId} ORDER BY 1
        """);

    private protected override Task InsertCommentsAsync(long roundId, bool byOpenLink, string dimensions) => Db.Database.ExecuteSqlAsync($"""
        INSERT INTO "Comments" ("Key", "RoundId", "Dimension", "Text", "Decision")
        SELECT uuid_send(gen_random_uuid()), r."RoundId", {dimensions}::json ->> (c.place::int - 1), btrim(c.text, E' \t\r\n'), 'Pending'
        FROM "Responses" r, json_array_elements_text(r."Comments"::json) WITH ORDINALITY c(text, place)
        WHERE r."RoundId" = {roundId} AND r."ByOpenLink" = {byOpenLink} AND btrim(c.text, E' \t\r\n') <> ''
        ORDER BY 1
        """);

    private protected override async Task ForgetDeletedAsync()
    {
        foreach (var table in new[] { "ClosedResponses", "Comments" }) await RewriteAsync(table, "TRUE");
    }

    private protected override async Task EmptyAsync()
    {
        await RewriteAsync("Outbox", $"""NOT EXISTS (SELECT 1 FROM "RoundMessages" m WHERE m."MessageId" = "Outbox"."Id" AND m."RoundId" NOT IN {Needed})""");
        foreach (var table in new[] { "RoundMessages", "Drafts", "Invitations", "Responses" }) await RewriteAsync(table, $"\"RoundId\" IN {Needed}");
        await RewriteAsync("AnswersUploads", "TRUE"); // files that became a round are deleted already; this takes what is left of them
    }

    internal override Task RewriteAsync(string table, string kept)
    {
        var sql = $"""
            CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM "{table}" WHERE {kept};
            TRUNCATE "{table}";
            INSERT INTO "{table}" SELECT * FROM kept ORDER BY random();
            DROP TABLE kept;
            """;
        return Db.Database.ExecuteSqlRawAsync(sql);
    }
}
