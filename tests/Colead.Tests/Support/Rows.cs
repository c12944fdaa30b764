using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Colead.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Colead.Tests.Support;

/// <summary>Every row of every table as text; kept once, compared, and put back.</summary>
internal sealed class Rows : IAsyncDisposable
{
    /// <summary>
    /// Left out: the hour in which a session was last used. It is written beside reading, by the program's own clock and not by any page:
    /// see Visits_AreWrittenBesideReading_ToTheHour.
    /// </summary>
    private const string Visits = "\"SeenAt\"";

    private readonly string connection;
    private readonly Engine engine;
    private readonly SqliteConnection? copy;
    private readonly string query;
    private readonly IReadOnlyList<string> tables;

    private Rows(string connection, Engine engine, SqliteConnection? copy, IReadOnlyList<(string Table, string Columns)> shapes)
    {
        (this.connection, this.engine, this.copy, tables) = (connection, engine, copy, [.. shapes.Select(s => s.Table)]);
        query = string.Join(engine == Engine.Postgres ? " UNION ALL " : ";\n", shapes.Select(s => engine == Engine.Postgres
            ? $"SELECT '{s.Table}', t::text FROM (SELECT {s.Columns} FROM public.\"{s.Table}\") t"
                : $"SELECT {s.Columns} FROM \"{s.Table}\""));
    }

    /// <summary>What was kept.</summary>
    public HashSet<string> Kept { get; private set; } = [];

    /// <summary>Keeps the database as it is.</summary>
    public static async Task<Rows> KeepAsync(TestApp app, Engine engine)
    {
        var shapes = await app.DbAsync(ShapesAsync);
        var at = engine == Engine.Postgres ? app.Settings.Database! : $"Data Source={Path.Combine(app.Settings.DataFolder, "colead.db")}";
        SqliteConnection? copy = null;
        if (engine == Engine.Sqlite)
        {
            copy = new SqliteConnection("Data Source=:memory:");
            await copy.OpenAsync();
        }
        var rows = new Rows(at, engine, copy, shapes);
        await using (var database = await rows.OpenAsync())
        {
            if (database is SqliteConnection live) live.BackupDatabase(copy!);
            else await RunAsync(database,
                "CREATE SCHEMA kept;" + string.Concat(shapes.Select(s =>
                $"CREATE TABLE kept.\"{s.Table}\" AS TABLE public.\"{s.Table}\";")));
        }
        rows.Kept = await rows.ReadAsync();
        return rows;
    }

    /// <summary>Rows that were not there, and rows that are there no more.</summary>
    public async Task<List<string>> ChangesAsync()
    {
        var now = await ReadAsync();
        return [.. now.Except(Kept).Select(row => "+ " + row), .. Kept.Except(now).Select(row => "- " + row)];
    }

    /// <summary>Puts back what was kept, in spite of triggers.</summary>
    public async Task RestoreAsync(IEnumerable<string> changes)
    {
        await using var database = await OpenAsync();
        if (database is SqliteConnection live)
        {
            copy!.BackupDatabase(live);
            return;
        }
        var changed = changes.Select(c => c[2..c.IndexOf(':', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal).ToList();
        await RunAsync(database, "BEGIN; SET LOCAL session_replication_role = replica;"
            + string.Concat(changed.Select(t =>
                $"DELETE FROM public.\"{t}\"; INSERT INTO public.\"{t}\" OVERRIDING SYSTEM VALUE SELECT * FROM kept.\"{t}\";")) + "COMMIT");
    }

    /// <summary>From here on every table counts in a range of its own, so that a number says of what it is.</summary>
    public static Task NumberAsync(TestApp app, int from) => app.DbAsync(async db =>
    {
        var number = 0;
        foreach (var table in Numbered(db))
        {
            var start = At(number++, from);
#pragma warning disable EF1002 // the names are the model's
            if (db.Database.IsSqlite())
                await db.Database.ExecuteSqlRawAsync($"DELETE FROM sqlite_sequence WHERE name = '{table}'; INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {start})");
            else await db.Database.ExecuteSqlRawAsync($"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'Id'), {start})");
#pragma warning restore EF1002
        }
        return 0;
    });

    /// <summary>Tables whose rows the database numbers.</summary>
    public static IReadOnlyList<string> Numbered(ColeadDb db) => [.. db.Model.GetEntityTypes()
        .Where(e => e.FindPrimaryKey() is { Properties: [{ Name: "Id" } id] } && id.ClrType == typeof(long)
            && id.ValueGenerated == Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.OnAdd)
        .Select(e => e.GetTableName()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public static long At(int table, int from) => 1_000_000 + (table * 100_000) + from;

    public async ValueTask DisposeAsync()
    {
        if (copy is not null) await copy.DisposeAsync();
    }

    private static async Task<IReadOnlyList<(string Table, string Columns)>> ShapesAsync(ColeadDb db)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = db.Database.IsSqlite()
            ? "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
            : "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position";
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string Table, string Column)>();
        while (await reader.ReadAsync())
            columns.Add((reader.GetString(0), reader.GetString(2) == "bytea" ? $"md5(\"{reader.GetString(1)}\")"
                : $"\"{reader.GetString(1)}\""));
        return [.. columns.Where(c => c.Column != Visits).GroupBy(c => c.Table, c => c.Column, StringComparer.Ordinal)
            .Select(g => (g.Key, string.Join(", ", g)))];
    }

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection database = engine == Engine.Postgres ? new NpgsqlConnection(connection) : new SqliteConnection(connection);
        await database.OpenAsync();
        return database;
    }

    private async Task<HashSet<string>> ReadAsync()
    {
        await using var database = await OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = query;
        var rows = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        var table = 0;
        do
        {
            while (await reader.ReadAsync())
                rows.Add(engine == Engine.Postgres ? $"{reader.GetString(0)}: {reader.GetString(1)}"
                    : $"{tables[table]}: " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Say(reader, i))));
            table++;
        }
        while (await reader.NextResultAsync());
        return rows;
    }

    private static string Say(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DBNull => "",
        byte[] { Length: > 100 } bytes => Convert.ToHexString(SHA256.HashData(bytes)),
        byte[] bytes => Convert.ToHexString(bytes),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static async Task RunAsync(DbConnection database, string sql)
    {
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
