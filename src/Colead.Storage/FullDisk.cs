using Colead.Storage.Engines.Postgres;
using Colead.Storage.Engines.Sqlite;

namespace Colead.Storage;

/// <summary>There is no room left, or the disk fails: nobody's fault who uses the program, and nothing was kept.</summary>
public static class FullDisk
{
    private const int NoSpaceLeft = 28, QuotaReached = 122; // of Linux

    public static bool Is(Exception? fault) => fault switch
    {
        null => false,
        IOException { HResult: NoSpaceLeft or QuotaReached } => true,
        _ => SqliteEngine.IsFull(fault) || PostgresEngine.IsFull(fault) || Is(fault.InnerException),
    };
}
