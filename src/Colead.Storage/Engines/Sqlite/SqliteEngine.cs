using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Colead.Storage.Keys;
using Colead.Storage.Live;
using Colead.Storage.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Storage.Engines.Sqlite;

/// <summary>One file on the same machine. WAL lets readers read while one writes; synchronous FULL keeps what was acknowledged through a
/// power cut.</summary>
public sealed class SqliteEngine(string path, KeyFolder keys, Assembly program) : DatabaseEngine(keys, program)
{
    public override string Description => $"SQLite in {path}";

    public override void AddTo(IServiceCollection services)
    {
        services.AddDbContextPool<SqliteColeadDb>(Configure);
        services.AddScoped<ColeadDb>(provider => provider.GetRequiredService<SqliteColeadDb>());
        services.AddSingleton<AnswerStore>(_ => new SqliteAnswerStore(ConnectionString));
        services.AddSingleton<LiveChanges>(_ => new SqliteLiveChanges());
    }

    public override ColeadDb Open()
    {
        var options = new DbContextOptionsBuilder<SqliteColeadDb>();
        Configure(options);
        return new SqliteColeadDb(options.Options);
    }

    protected override Task ScrubAsync(ColeadDb db) => db.Sealing.ScrubAsync();

    protected override async Task MigrateSchemaAsync(ColeadDb db, CancellationToken cancellation)
    {
        MakeFile();
        await using (var connection = Connect())
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL"; // a copy made by VACUUM has lost it
            await command.ExecuteNonQueryAsync(cancellation);
            if (await IsUpToDateAsync<SqliteColeadDb>(connection, cancellation)) return;
            // A crash in the middle of a migration leaves EF's lock behind, and every later start would wait for ever. One process owns the
            // file.
            command.CommandText = "DROP TABLE IF EXISTS \"__EFMigrationsLock\"";
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await db.Database.MigrateAsync(cancellation);
    }

    /// <summary>For this user alone. SQLite gives its log and shared memory, which hold the same, the rights of the file.</summary>
    private void MakeFile()
    {
        if (OperatingSystem.IsWindows())
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } place) Directory.CreateDirectory(place);
            return;
        }
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder, OwnFiles.Folder);
        if (!File.Exists(path)) new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write,
            Share = FileShare.ReadWrite, UnixCreateMode = OwnFiles.File }).Dispose();
    }

    internal static bool IsFull(Exception fault) =>
        fault is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR };

    public override string? Obstacle(Exception fault) => fault switch
    {
        IOException or UnauthorizedAccessException => $"The data folder {Path.GetDirectoryName(path)} cannot be used: {fault.Message}",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT } =>
            $"{path} is damaged, or no SQLite database.",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM } =>
            $"{path} cannot be opened for writing: may this user write there?",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR } =>
            $"{path} cannot be written: the disk is full or fails.",
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED } =>
            $"{path} is in use by another program.",
        _ => null,
    };

    protected override string TableNames => "SELECT name FROM sqlite_master WHERE type = 'table'";

    internal override void Scrub(DbConnection opened, params IReadOnlyList<string> tables)
    {
        using var command = opened.CreateCommand();
        command.CommandText = "VACUUM";
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        for (var left = 50; Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) != 0; left--)
        {
            if (left == 0) throw new IOException("The log of the database could not be emptied: somebody reads older pages of it.");
            Thread.Sleep(TimeSpan.FromMilliseconds(100));
        }
    }

    protected internal override DbConnection Connect() => new SqliteConnection(ConnectionString);

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();

    // The database is named last: EF tells settings apart by their order too, and would make the model twice, half a second each, for a
    // program's contexts and for Open's.
    private void Configure(DbContextOptionsBuilder options) => TellTables(options)
        // no snapshot; SchemaCheck compares instead
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        .AddInterceptors(FullSynchronous.Instance)
        .UseSqlite(ConnectionString);

    private sealed class FullSynchronous : DbConnectionInterceptor
    {
        public static readonly FullSynchronous Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default)
        {
            Set(connection);
            return Task.CompletedTask;
        }

        private static void Set(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous = FULL";
            command.ExecuteNonQuery();
        }
    }
}
