using System.Data.Common;
using Colead.Data.Inventory;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Data.Sqlite;

/// <summary>One file on the same machine. WAL lets readers read while one writes; synchronous FULL keeps what was acknowledged through a power cut.</summary>
public sealed class SqliteEngine(string path) : DatabaseEngine
{
    public override string Description => $"SQLite in {path}";

    public override void AddTo(IServiceCollection services)
    {
        services.AddDbContextPool<SqliteColeadDb>(Configure);
        services.AddScoped<ColeadDb>(provider => provider.GetRequiredService<SqliteColeadDb>());
        services.AddSingleton<AnswerStore>(_ => new SqliteAnswerStore(ConnectionString));
    }

    public override ColeadDb Open()
    {
        var options = new DbContextOptionsBuilder<SqliteColeadDb>();
        Configure(options);
        return new SqliteColeadDb(options.Options);
    }

    public override async Task MigrateAsync(ColeadDb db, CancellationToken cancellation = default)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        await db.Database.OpenConnectionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
        // A crash in the middle of a migration leaves EF's lock behind, and every later start would wait for ever. One process owns the file.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellation);
        await db.Database.MigrateAsync(cancellation);
        await db.Database.CloseConnectionAsync();
    }

    private string ConnectionString => new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();

    private void Configure(DbContextOptionsBuilder options) => options
        .UseSqlite(ConnectionString)
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)) // no snapshot; SchemaCheck compares instead
        .AddInterceptors(FullSynchronous.Instance);

    private sealed class FullSynchronous : DbConnectionInterceptor
    {
        public static readonly FullSynchronous Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
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
