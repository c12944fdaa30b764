using System.Data.Common;
using System.Net.Sockets;
using System.Reflection;
using Colead.Storage.Keys;
using Colead.Storage.Live;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Colead.Storage.Engines.Postgres;

/// <summary>A PostgreSQL server, which several web servers may share.</summary>
public sealed class PostgresEngine : DatabaseEngine
{
    private readonly string connectionString;

    public PostgresEngine(string connectionString, KeyFolder keys, Assembly program)
        : base(keys, program)
    {
        // what is no connection string is refused here, in words, and not somewhere later
        _ = new NpgsqlConnectionStringBuilder(connectionString);
        this.connectionString = connectionString;
    }

    public override string Description
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return $"PostgreSQL database {parts.Database} on {parts.Host}";
        }
    }

    public override void AddTo(IServiceCollection services)
    {
        services.AddDbContextPool<PostgresColeadDb>(Configure);
        services.AddScoped<ColeadDb>(provider => provider.GetRequiredService<PostgresColeadDb>());
        services.AddSingleton<AnswerStore>(_ => new PostgresAnswerStore(connectionString));
        services.AddSingleton<LiveChanges>(_ => new PostgresLiveChanges(connectionString));
    }

    public override ColeadDb Open()
    {
        var options = new DbContextOptionsBuilder<PostgresColeadDb>();
        Configure(options);
        return new PostgresColeadDb(options.Options);
    }

    /// <summary>A column that was dropped stays in its table's file, with what stood in it, until the file is written anew.</summary>
    protected override Task ScrubAsync(ColeadDb db) => db.Database.ExecuteSqlRawAsync("""VACUUM (FULL) "Invitations", "RoundMessages", "Outbox" """);

    protected override async Task MigrateSchemaAsync(ColeadDb db, CancellationToken cancellation)
    {
        if (!await IsUpToDateAsync(cancellation)) await db.Database.MigrateAsync(cancellation);
    }

    internal static bool IsFull(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    public override string? Obstacle(Exception fault) => fault switch
    {
        PostgresException refused => OfThePlace(refused.SqlState) ? $"{Description} cannot be used: {refused.MessageText}" : null,
        NpgsqlException or SocketException or TimeoutException => $"{Description} cannot be reached: {fault.Message}",
        _ => null,
    };

    /// <summary>Sign-in, a missing database, rights, too many connections, a server that starts or stops.</summary>
    private static bool OfThePlace(string state) =>
        state is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege
        || state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
            || state.StartsWith("57P", StringComparison.Ordinal);

    protected override string TableNames => "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";

    internal override void Scrub(DbConnection opened, params IReadOnlyList<string> tables)
    {
        using var command = opened.CreateCommand();
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // names of our own tables
            command.CommandText = $"VACUUM (FULL) \"{table}\"";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    protected internal override DbConnection Connect() => new NpgsqlConnection(connectionString);

    private async Task<bool> IsUpToDateAsync(CancellationToken cancellation)
    {
        await using var connection = Connect();
        try
        {
            await connection.OpenAsync(cancellation);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false; // no database yet
        }
        return await IsUpToDateAsync<PostgresColeadDb>(connection, cancellation);
    }

    // The database is named last: see SqliteEngine.
    private void Configure(DbContextOptionsBuilder options) => TellTables(options)
        // no snapshot; SchemaCheck compares instead
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        .UseNpgsql(connectionString);
}
