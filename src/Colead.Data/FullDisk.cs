using Colead.Data.Postgres;
using Colead.Data.Sqlite;

namespace Colead.Data;

/// <summary>There is no room left, or the disk fails: nobody's fault who uses the program, and nothing was kept.</summary>
public static class FullDisk
{
    private const int NoSpaceLeft = 28, QuotaReached = 122; // of Linux

    public static bool Is(Exception? fault) =>
        fault is not null && (fault is IOException { HResult: NoSpaceLeft or QuotaReached } || SqliteEngine.IsFull(fault) || PostgresEngine.IsFull(fault) || Is(fault.InnerException));
}
