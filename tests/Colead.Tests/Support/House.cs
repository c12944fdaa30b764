using Colead.Composition;
using Colead.Storage;
using Colead.Storage.Upgrades;
using Microsoft.EntityFrameworkCore;
using Npgsql;

[assembly: AssemblyFixture(typeof(Colead.Tests.Support.House))]

namespace Colead.Tests.Support;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a test once on each engine.</summary>
public sealed class Engines : TheoryData<Engine>
{
    public Engines() => AddRange(Engine.Sqlite, Engine.Postgres);
}

/// <summary>The real program on each engine, started once and shared: tests make their own partnerships and people, so they do not
/// meet.</summary>
public sealed class House : IAsyncLifetime
{
    private readonly Dictionary<Engine, Task<TestApp>> apps = [];

    public Task<TestApp> OnAsync(Engine engine)
    {
        lock (apps) return apps.TryGetValue(engine, out var app) ? app : apps[engine] = TestApp.StartAsync(engine);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps.Values) await (await app).DisposeAsync();
        await TestDatabase.DropTemplatesAsync();
    }
}

/// <summary>An empty database of each engine, gone afterwards.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static int count;
    private readonly string? postgresName;

    private TestDatabase(string folder, string? postgresName, string? connection, DatabaseEngine engine) =>
        (Folder, this.postgresName, Connection, Engine) = (folder, postgresName, connection, engine);

    public string Folder { get; }
    /// <summary>Of PostgreSQL; SQLite has none.</summary>
    public string? Connection { get; }
    public DatabaseEngine Engine { get; }

    private static readonly Dictionary<Engine, Task<TestDatabase>> Templates = [];
    private static readonly SemaphoreSlim OneCopy = new(1);

    /// <summary>Migrated once an engine, then copied: tests need many.</summary>
    public static async Task<TestDatabase> CreateAsync(Engine engine, bool migrate = true)
    {
        if (!migrate) return await NewAsync(engine, template: "template1");
        Task<TestDatabase>? template;
        lock (Templates)
        {
            if (!Templates.TryGetValue(engine, out template)) Templates[engine] = template = MigratedAsync(engine);
        }
        return await (await template).CopyAsync();
    }

    public static async Task DropTemplatesAsync()
    {
        foreach (var template in Templates.Values) await (await template).DisposeAsync();
        Templates.Clear();
    }

    private static async Task<TestDatabase> MigratedAsync(Engine engine)
    {
        var database = await NewAsync(engine, template: "template1");
        await using var db = database.Engine.Open();
        await database.Engine.MigrateAsync(db);
        await BallotUpgrade.RunAsync(database.Engine, default);
        return database;
    }

    /// <summary>Another with the same content and keys, file for file, while nobody uses this one.</summary>
    public async Task<TestDatabase> CopyAsync()
    {
        if (postgresName is not null)
        {
            await using (var connection = new NpgsqlConnection(Connection)) NpgsqlConnection.ClearPool(connection);
            return CopyKeys(await NewAsync(Colead.Tests.Support.Engine.Postgres, postgresName));
        }
        await OneCopy.WaitAsync(); // of two who empty the log at once one would be turned away, and copy half of it
        try
        {
            await using (var db = Engine.Open()) await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            var copy = await NewAsync(Colead.Tests.Support.Engine.Sqlite, template: "");
            File.Copy(Path.Combine(Folder, "colead.db"), Path.Combine(copy.Folder, "colead.db"));
            return CopyKeys(copy);
        }
        finally
        {
            OneCopy.Release();
        }
    }

    private TestDatabase CopyKeys(TestDatabase copy)
    {
        if (!Directory.Exists(Engine.Keys.Path)) return copy;
        Directory.CreateDirectory(copy.Engine.Keys.Path);
        foreach (var file in Directory.GetFiles(Engine.Keys.Path)) File.Copy(file,
            Path.Combine(copy.Engine.Keys.Path, Path.GetFileName(file)));
        return copy;
    }

    private static async Task<TestDatabase> NewAsync(Engine engine, string template)
    {
        var folder = Directory.CreateTempSubdirectory("colead-test-").FullName;
        string? name = null;
        string? connection = null;
        if (engine == Colead.Tests.Support.Engine.Postgres)
        {
            name = $"colead_test_{Environment.ProcessId}_{Interlocked.Increment(ref count)}";
            await CommandAsync($"CREATE DATABASE {name} TEMPLATE {template}");
            connection = new NpgsqlConnectionStringBuilder(Server) { Database = name, MaxPoolSize = 20 }.ToString();
        }
        return new TestDatabase(folder, name, connection, ColeadDatabase.Choose(connection, folder));
    }

    /// <summary>SQL as another version's dump holds it.</summary>
    public async Task RunScriptAsync(string sql)
    {
        await using System.Data.Common.DbConnection connection = postgresName is null
            ? new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Folder, "colead.db")};Pooling=False")
            : new NpgsqlConnection(Connection + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (postgresName is not null) await CommandAsync($"DROP DATABASE {postgresName} WITH (FORCE)");
        else Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
        if (Directory.Exists(Engine.Keys.Path)) Directory.Delete(Engine.Keys.Path, recursive: true);
    }

    private static string Server => Environment.GetEnvironmentVariable("COLEAD_TEST_POSTGRES")
        ?? throw new InvalidOperationException("The tests need a PostgreSQL server. ./test starts one; or set COLEAD_TEST_POSTGRES to a connection string of a user who may create databases.");

    private static async Task CommandAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The system's clock, moved by tests.</summary>
public sealed class MovableClock : TimeProvider
{
    private TimeSpan offset = ToNoon(System.GetUtcNow());

    public void Move(TimeSpan by) => offset += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;

    /// <summary>It begins at the next noon: what lasts an hour does not run into the next day because a test ran late.</summary>
    private static TimeSpan ToNoon(DateTimeOffset now) => TimeSpan.FromHours(now.TimeOfDay < TimeSpan.FromHours(12) ? 12
        : 36) - now.TimeOfDay;
}
