using Colead.Data.Live;

namespace Colead.Data.Sqlite;

/// <summary>One process owns the file, so everyone who could watch is in it.</summary>
internal sealed class SqliteLiveChanges : LiveChanges
{
    public override Task AnnounceAsync(string topic)
    {
        Tell(topic);
        return Task.CompletedTask;
    }
}
