using System.Globalization;
using Npgsql;

namespace Colead.Bench;

/// <summary>A database of its own on a server, gone afterwards, with the processor time of all of the server's processes.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;
    private readonly int postmaster;

    private PostgresDatabase(string server, string name, int postmaster) => (this.server, this.name, this.postmaster) =
        (server, name, postmaster);

    public string Connection => new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 32 }.ToString();

    public static async Task<PostgresDatabase> CreateAsync(string server)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"colead_bench_{Environment.ProcessId}");
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand("CREATE DATABASE " + name, connection);
        await create.ExecuteNonQueryAsync();
        return new(server, name, int.Parse(Status(connection.ProcessID)[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Milliseconds so far, of the processes that live and of those that have ended.</summary>
    public double Processor()
    {
        double ticks = Ticks(Status(postmaster), andChildren: true);
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Status(id) is { Length: > 14 } status
                && status[1] == postmaster.ToString(CultureInfo.InvariantCulture)) ticks += Ticks(status, andChildren: false);
        return ticks * 10; // a hundred ticks a second
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    private static double Ticks(string[] status, bool andChildren) => Enumerable.Range(11, andChildren ? 4 : 2)
        .Sum(field => double.Parse(status[field], CultureInfo.InvariantCulture));

    /// <summary>The fields of /proc/N/stat after the name: state, parent, …; nothing when the process has ended.</summary>
    private static string[] Status(int process)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
