using Microsoft.Data.Sqlite;
using Npgsql;

namespace Colead.Data;

/// <summary>There is no room left, or the disk fails: nobody's fault who uses the program, and nothing was kept.</summary>
public static class FullDisk
{
    private const int NoSpaceLeft = 28, QuotaReached = 122; // of Linux

    public static bool Is(Exception? fault) => fault switch
    {
        null => false,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR } => true,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        IOException { HResult: NoSpaceLeft or QuotaReached } => true,
        _ => Is(fault.InnerException),
    };
}
