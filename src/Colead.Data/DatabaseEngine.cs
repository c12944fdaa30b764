using System.Data.Common;
using System.Reflection;
using Colead.Data.Postgres;
using Colead.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Data;

/// <summary>Where the data lives: SQLite in a folder, or PostgreSQL. Everything that differs between them stands behind this class.</summary>
public abstract class DatabaseEngine
{
    /// <summary>SQLite in <paramref name="folder"/>, unless a PostgreSQL connection string is given.</summary>
    public static DatabaseEngine Choose(string? connectionString, string folder) =>
        string.IsNullOrWhiteSpace(connectionString) ? new SqliteEngine(Path.Combine(folder, "colead.db")) : new PostgresEngine(connectionString);

    /// <summary>What is used, in words without secrets.</summary>
    public abstract string Description { get; }

    /// <summary>Registers the engine's context, also as <see cref="ColeadDb"/>.</summary>
    public abstract void AddTo(IServiceCollection services);

    /// <summary>A context outside any service provider, for commands and checks.</summary>
    public abstract ColeadDb Open();

    /// <summary>Creates the database when it is missing and brings its schema up to date.</summary>
    public abstract Task MigrateAsync(ColeadDb db, CancellationToken cancellation = default);

    /// <summary>A connection without EF, whose first question takes a second: a start should not wait for that to learn that there is nothing to do.</summary>
    protected abstract DbConnection Connect();

    /// <summary>Whether nothing is left to migrate.</summary>
    protected static async Task<bool> IsUpToDateAsync<TContext>(DbConnection opened, CancellationToken cancellation)
        where TContext : ColeadDb
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        await using var command = opened.CreateCommand();
        command.CommandText = "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"";
        try
        {
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation)) done.Add(rows.GetString(0));
        }
        catch (DbException)
        {
            return false; // no history yet
        }
        return typeof(TContext).Assembly.GetTypes().Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(TContext))
            .All(type => done.Contains(type.GetCustomAttribute<MigrationAttribute>()!.Id));
    }
}
