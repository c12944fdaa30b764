using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Colead.Storage.Engines.Postgres;
using Colead.Storage.Engines.Sqlite;
using Colead.Storage.Keys;
using Colead.Storage.Upgrades;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Storage;

/// <summary>Where the data lives: SQLite in a folder, or PostgreSQL. Everything that differs between them stands behind this
/// class.</summary>
public abstract class DatabaseEngine(KeyFolder keys, Assembly program)
{
    /// <summary>SQLite in <paramref name="folder"/>, unless a PostgreSQL connection string is given.</summary>
    /// <param name="program">Where the tables of the program's parts are described.</param>
    /// <param name="keys">The folder of keys; beside the data folder unless stated.</param>
    /// <exception cref="ArgumentException">This is no connection string, or the keys would lie beside the data that they
    /// protect.</exception>
    public static DatabaseEngine Choose(Assembly program, string? connectionString, string folder, string? keys = null)
    {
        var folderOfKeys = new KeyFolder(keys ?? KeysBeside(folder));
        if (IsWithin(folderOfKeys.Path,
            folder)) throw new ArgumentException("The folder of keys must lie outside the data folder: a copy of the data would hold the keys to it.", nameof(keys));
        return string.IsNullOrWhiteSpace(connectionString) ? new SqliteEngine(Path.Combine(folder, "colead.db"), folderOfKeys, program)
            : new PostgresEngine(connectionString, folderOfKeys, program);
    }

    /// <summary>Where the keys lie unless something else is said.</summary>
    public static string KeysBeside(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + "-keys";

    /// <summary>Keys to what lies encrypted in the database.</summary>
    public KeyFolder Keys => keys;

    /// <summary>What is used, in words without secrets.</summary>
    public abstract string Description { get; }

    /// <summary>Registers the engine's context, also as <see cref="ColeadDb"/>.</summary>
    public abstract void AddTo(IServiceCollection services);

    /// <summary>A context outside any service provider, for commands and checks.</summary>
    public abstract ColeadDb Open();

    /// <summary>Before the engine itself is named: EF tells settings apart by their order too.</summary>
    private protected DbContextOptionsBuilder TellTables(DbContextOptionsBuilder options)
    {
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new TablesOfProgram(program));
        return options;
    }

    /// <summary>What an upgrade has left for the operator to do; null where there was none.</summary>
    public string? ToTell { get; private set; }

    /// <summary>Creates the database when it is missing and brings its schema, and what lies in it, up to date.</summary>
    public async Task MigrateAsync(ColeadDb db, CancellationToken cancellation = default)
    {
        await MigrateSchemaAsync(db, cancellation);
        if (!await HasTableAsync("OldResponses", cancellation)) return;
        ToTell = await new SealingUpgrade(db, keys).RunAsync(TimeProvider.System.GetUtcNow().UtcDateTime);
        await ScrubAsync(db);
    }

    protected abstract Task MigrateSchemaAsync(ColeadDb db, CancellationToken cancellation);

    /// <summary>After an upgrade: removes from the engine's files what it dropped.</summary>
    protected abstract Task ScrubAsync(ColeadDb db);

    /// <summary>What keeps the database from being opened, for the person at the machine to mend; null where the fault is
    /// another.</summary>
    public abstract string? Obstacle(Exception fault);

    /// <summary>Whether anybody has an account, asked without EF: see <see cref="Connect"/>.</summary>
    public async Task<bool> HasAccountsAsync(CancellationToken cancellation = default)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT CASE WHEN EXISTS (SELECT 1 FROM \"Accounts\") THEN 1 ELSE 0 END";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) == 1;
    }

    /// <summary>Whether there is a table of this name, asked without EF: see <see cref="Connect"/>.</summary>
    internal async Task<bool> HasTableAsync(string table, CancellationToken cancellation = default)
    {
        await using var connection = Connect();
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = TableNames;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            if (rows.GetString(0) == table) return true;
        return false;
    }

    /// <summary>After rows of these tables were rewritten: removes from the engine's files what they said before.</summary>
    internal abstract void Scrub(DbConnection opened, params IReadOnlyList<string> tables);

    /// <summary>A connection without EF, whose model of all tables takes a second or two to make at each start: what the first page needs
    /// does not wait for it.</summary>
    protected internal abstract DbConnection Connect();

    /// <summary>The statement that lists the tables.</summary>
    protected abstract string TableNames { get; }

    private static bool IsWithin(string path, string folder)
    {
        var outer = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return path == outer || path.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

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
        return typeof(TContext).Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(TContext))
            .All(type => done.Contains(type.GetCustomAttribute<MigrationAttribute>()!.Id));
    }
}
