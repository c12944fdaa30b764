namespace Colead.Commands.Surveys;

/// <summary>Reads files that people name, saying kindly why one cannot be read.</summary>
public static class InputFile
{
    /// <exception cref="UnreadableFileException">There is no such file, it is a folder, it may not be read, or it is too large.</exception>
    /// <param name="most">Bytes that are read; whoever takes fewer says so.</param>
    public static byte[] ReadAll(string path, int? most = null)
    {
        if (Directory.Exists(path)) throw new UnreadableFileException($"{path} is a folder, not a file.");
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > Array.MaxLength)
                throw new UnreadableFileException($"{path} is larger than 2 GB; split it by partnership or round.");
            if (most is { } limit && file.Exists
                && file.Length > limit) throw new UnreadableFileException($"{path} is larger than {limit / 1024 / 1024} MB.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableFileException($"There is no file {path}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnreadableFileException($"{path} may not be read by you.", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableFileException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
