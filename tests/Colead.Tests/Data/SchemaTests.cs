using System.Data.Common;
using Colead.Composition;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Data;

public class SchemaTests
{
    /// <summary>Hand-written migrations and the model must not drift apart: the same tables, columns, types, keys and indexes come from
    /// both.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Migrations_OnAnEmptyDatabase_MakeWhatTheModelSays(Engine engine)
    {
        await using var migrated = await TestDatabase.CreateAsync(engine);
        await using var modelled = await TestDatabase.CreateAsync(engine, migrate: false);
        await using var byMigration = migrated.Engine.Open();
        await using var byModel = modelled.Engine.Open();
        await byModel.Database.ExecuteSqlRawAsync(byModel.Database.GenerateCreateScript().Replace("{", "{{", StringComparison.Ordinal)
            .Replace("}", "}}", StringComparison.Ordinal));
        var expected = await DescribeAsync(byModel, engine);
        Assert.Contains(expected, line => line.Contains("Partnerships", StringComparison.Ordinal));
        Assert.Equal(expected, await DescribeAsync(byMigration, engine));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Migrate_Twice_ChangesNothing(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var db = database.Engine.Open();
        var before = await DescribeAsync(db, engine);
        await database.Engine.MigrateAsync(db);
        Assert.Equal(before, await DescribeAsync(db, engine));
    }

    [Fact]
    public async Task Migrate_AfterACrashWhileMigrating_DoesNotWaitForItsLock()
    {
        using var folder = new TemporaryFolder();
        var engine = ColeadDatabase.Choose(null, folder.Path);
        await using var db = engine.Open();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        await engine.MigrateAsync(db).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    /// <summary>A start that finds nothing to migrate does not ask EF; it must notice when something is left.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Migrate_WithOneMigrationLeft_DoesIt(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var db = database.Engine.Open();
        var last = db.Database.GetMigrations().Last();
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = {last}""");
        var failed = await Record.ExceptionAsync(() => database.Engine.MigrateAsync(db));
        // what the last one makes is there, or what it takes away is gone
        Assert.Matches("already exists|duplicate column|no such column|does not exist", failed!.Message);
    }

    [Fact]
    public async Task Sqlite_Connections_KeepWhatIsAcknowledged()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var db = database.Engine.Open();
        Assert.Equal("wal", (await RowsAsync(db, "PRAGMA journal_mode")).Single());
        Assert.Equal("2", (await RowsAsync(db, "PRAGMA synchronous")).Single());
        Assert.Equal("1", (await RowsAsync(db, "PRAGMA foreign_keys")).Single());
    }

    private static Task<List<string>> DescribeAsync(ColeadDb db, Engine engine) => RowsAsync(db, engine == Engine.Sqlite
        ? """
          WITH tables AS (SELECT * FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\_\_EF%' ESCAPE '\' AND name NOT LIKE 'sqlite%')
          SELECT 'column ' || t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk || ' ' || (c.pk AND t.sql LIKE '%AUTOINCREMENT%') FROM tables t, pragma_table_info(t.name) c
          UNION ALL SELECT 'key ' || t.name || ' ' || k."from" || ' ' || k."table" || ' ' || k."to" || ' ' || k.on_delete FROM tables t, pragma_foreign_key_list(t.name) k
          UNION ALL SELECT 'index ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
          ORDER BY 1
          """
        : """
          SELECT line FROM (
            SELECT 'column ' || table_name || ' ' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length, 0) || ' ' || is_nullable || ' ' || is_identity AS line
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT 'constraint ' || c.conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' AND c.contype <> 't'
          ) d WHERE line NOT LIKE '%EFMigrations%' ORDER BY line
          """);

    private static async Task<List<string>> RowsAsync(ColeadDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(string.Join(' ', reader.GetValue(0)
            .ToString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return rows;
    }
}
