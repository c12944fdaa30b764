using Colead.Storage.Live;

namespace Colead.Storage.Engines.Sqlite;

/// <summary>One process owns the file, so everyone who could watch is in it.</summary>
internal sealed class SqliteLiveChanges : LiveChanges
{
    public override Task AnnounceAsync(string topic)
    {
        Tell(topic);
        return Task.CompletedTask;
    }
}
