using System.Net.Sockets;
using Colead.Storage.Live;
using Npgsql;

namespace Colead.Storage.Engines.Postgres;

/// <summary>
/// Servers tell each other by NOTIFY. Each listens on one connection of its own, from the first watch on; when it breaks it is opened anew,
/// and everyone is told to look again, because what was announced meanwhile is not repeated.
/// </summary>
internal sealed class PostgresLiveChanges(string connectionString) : LiveChanges, IAsyncDisposable
{
    public const string ListenerName = "colead live";
    private const string Channel = "colead_live";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ending = new();
    private readonly Lock starting = new();
    private Task? listening;

    public override LiveWatch Watch(string topic)
    {
        var watch = base.Watch(topic);
        lock (starting) listening ??= Task.Run(ListenAsync);
        return watch;
    }

    public override async Task AnnounceAsync(string topic)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT pg_notify(@channel, @topic)",
                connection) { Parameters = { new("channel", Channel), new("topic", topic) } };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception error) when (IsTrouble(error))
        {
            Tell(topic); // those of this server at least
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (listening is not null) await listening;
        ending.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync();
            }
            catch (Exception error) when (IsTrouble(error) || error is OperationCanceledException)
            {
                await Task.Delay(Pause, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenOnceAsync()
    {
        // Asked now and then whether it is still there: a connection that only listens would not notice that its server is gone.
        var own = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 15, ApplicationName = ListenerName };
        await using var connection = new NpgsqlConnection(own.ToString());
        connection.Notification += (_, told) => Tell(told.Payload);
        await connection.OpenAsync(ending.Token);
        await using (var command = new NpgsqlCommand("LISTEN " + Channel, connection)) await command.ExecuteNonQueryAsync(ending.Token);
        TellAll();
        while (true) await connection.WaitAsync(ending.Token);
    }

    private static bool IsTrouble(Exception error) =>
        error is NpgsqlException or SocketException or IOException or TimeoutException or InvalidOperationException;
}
