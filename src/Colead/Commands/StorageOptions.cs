using System.CommandLine;
using Colead.Composition;
using Colead.Storage;
using Colead.Storage.Upgrades;

namespace Colead.Commands;

/// <summary>Where the data lives, as every command that touches it is told.</summary>
public sealed class StorageOptions
{
    private readonly Option<string?> data =
        new("--data") { Description = "The folder of the SQLite database and of colead.json; ./data unless stated." };
    private readonly Option<string?> keys =
        new("--keys") { Description = "The folder of keys, outside the data folder; DATA-keys beside it unless stated." };
    private readonly Option<string?> database =
        new("--database") { Description = "A PostgreSQL connection string, to use instead of SQLite." };

    public void AddTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(keys);
        command.Options.Add(database);
    }

    /// <exception cref="UnusableStorageException">The settings cannot be read.</exception>
    public ColeadSettings Read(ParseResult parsed)
    {
        try
        {
            var settings = ColeadSettings.Read(parsed.GetValue(data));
            settings.Keys = parsed.GetValue(keys) ?? settings.Keys;
            settings.Database = parsed.GetValue(database) ?? settings.Database;
            return settings;
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new UnusableStorageException($"The settings cannot be read. {fault.Message} {fault.InnerException?.Message}".TrimEnd(),
                fault);
        }
    }

    /// <exception cref="UnusableStorageException">The connection string is none.</exception>
    public static DatabaseEngine Choose(ColeadSettings settings)
    {
        try
        {
            return ColeadDatabase.Choose(settings.Database, settings.DataFolder, settings.Keys);
        }
        catch (ArgumentException fault) when (fault.ParamName == "keys")
        {
            throw new UnusableStorageException(fault.Message, fault);
        }
        catch (ArgumentException fault)
        {
            throw new UnusableStorageException("This is no connection string of PostgreSQL. It reads like \"Host=localhost;Database=colead;Username=colead;Password=…\".", fault);
        }
    }

    /// <summary>Makes the database where it is missing, and brings it up to date.</summary>
    /// <exception cref="UnusableStorageException">It cannot be opened.</exception>
    public static async Task MigrateAsync(DatabaseEngine engine, CancellationToken cancellation)
    {
        try
        {
            await using var db = engine.Open();
            await engine.MigrateAsync(db, cancellation);
            await BallotUpgrade.RunAsync(engine, cancellation);
        }
        catch (Exception fault) when (engine.Obstacle(fault) is { } obstacle)
        {
            throw new UnusableStorageException(obstacle, fault);
        }
    }
}
