namespace Colead.Commands;

/// <summary>What the program says to the shell; the numbers of BSD's sysexits.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command was called wrongly.</summary>
    public const int Usage = 64;

    /// <summary>A file was read and something in it is wrong.</summary>
    public const int BadData = 65;

    /// <summary>A file could not be read.</summary>
    public const int NoInput = 66;

    /// <summary>The database, its folder or the port cannot be had.</summary>
    public const int Unavailable = 69;

    /// <summary>A fault of the program itself.</summary>
    public const int Internal = 70;

    public const string Help = """
        Exit codes: 0 done, 64 called wrongly, 65 something wrong in a file (each problem is named by line and column),
        66 a file cannot be read, 69 the database cannot be used, 70 a fault of the program itself.
        """;
}
