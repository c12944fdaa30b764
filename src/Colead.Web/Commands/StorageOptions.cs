using System.CommandLine;
using Colead.Web.Hosting;

namespace Colead.Web.Commands;

/// <summary>Where the data lives, as every command that touches it is told.</summary>
public sealed class StorageOptions
{
    private readonly Option<string?> data = new("--data") { Description = "The folder of the SQLite database and of colead.json; ./data unless stated." };
    private readonly Option<string?> database = new("--database") { Description = "A PostgreSQL connection string, to use instead of SQLite." };

    public void AddTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(database);
    }

    public ColeadSettings Read(ParseResult parsed)
    {
        var settings = ColeadSettings.Read(parsed.GetValue(data));
        settings.Database = parsed.GetValue(database) ?? settings.Database;
        return settings;
    }
}
