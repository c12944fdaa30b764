using System.Runtime.InteropServices;

namespace Colead.Storage;

/// <summary>Files that the program makes are for its user alone.</summary>
public static partial class OwnFiles
{
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>From now on whatever this process makes, files of libraries and files on their way in too.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows()) _ = SetMask(0x3F); // nothing for group and others
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
