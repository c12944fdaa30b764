using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Colead.Storage.Keys;

/// <summary>What a key is for; its file's name begins with it.</summary>
public enum KeyUse
{
    /// <summary>Answers and drafts of a round while it is open.</summary>
    Round,
    /// <summary>Comments of a closed round, until they are released.</summary>
    Comments,
    /// <summary>A file of answers from elsewhere, until it becomes a round.</summary>
    Upload,
    /// <summary>Ballots of a secret vote while it is open.</summary>
    Vote,
    /// <summary>What lasts: keys of cookies, secrets of authenticators. Never anything of a round or a vote.</summary>
    Lasting,
}

/// <summary>
/// Where keys lie: one file each, readable by the program's user alone, in a folder outside data folder and database, so that neither a
/// copy of the database, its logs nor its backups hold them. All servers of an installation use the same folder. A key is on disk before
/// anything lies under it, and seen gone before anything says so.
/// </summary>
public sealed class KeyFolder(string path)
{
    private const int SecretLength = 32;
    /// <summary>Asked for so often by those who answer that the file is looked at once in this time only.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// The installation's lasting key, once it is known: where it lies, this is the folder, and not an empty one in whose place the true
    /// one should be mounted.
    /// </summary>
    public string? Lasting { get; set; }

    private bool IsTheOne => Lasting is { } lasting && Has(KeyUse.Lasting, lasting);

    /// <summary>Some key was destroyed: whoever keeps what lay under it in memory lets it go.</summary>
    public event EventHandler? Forgotten;

    /// <summary>Makes a key. When it returns, the key is on disk.</summary>
    /// <param name="given">Parts that are not made from the new secret: a round that was open before there was a key of the round keeps its
    /// links.</param>
    public SealingKey Make(KeyUse use, IReadOnlyDictionary<string, byte[]>? given = null)
    {
        CreateFolder();
        var secret = GC.AllocateUninitializedArray<byte>(SecretLength, pinned: true); // not moved about, so that wiping leaves no copy
        RandomNumberGenerator.Fill(secret);
        var key = new SealingKey(secret, given);
        var file = FileOf(use, key.Fingerprint);
        using (var stream = new FileStream(file, NewFile))
        {
            stream.Write(secret);
            if (given is not null) WriteParts(stream, given);
            stream.Flush(flushToDisk: true);
        }
        SyncFolder();
        known[key.Fingerprint] = new(key, Environment.TickCount64);
        return key;
    }

    /// <summary>The key of this name.</summary>
    /// <exception cref="KeyGoneException">It is not there, or the file holds another.</exception>
    public SealingKey Read(KeyUse use, string fingerprint) => Find(use, fingerprint) ?? throw new KeyGoneException(fingerprint);

    /// <summary>The key of this name; null where it is not there, or the file holds another.</summary>
    public SealingKey? Find(KeyUse use, string? fingerprint)
    {
        if (fingerprint is null) return null;
        var file = FileOf(use, fingerprint);
        var now = Environment.TickCount64;
        if (known.TryGetValue(fingerprint, out var have))
        {
            if (now - have.SeenAt < LookAgain.TotalMilliseconds) return have.Key;
            if (File.Exists(file))
            {
                have.SeenAt = now;
                return have.Key;
            }
            Forget(fingerprint);
            return null;
        }
        if (Load(file) is not { } key || key.Fingerprint != fingerprint) return null;
        return known.GetOrAdd(fingerprint, new Known(key, now)).Key;
    }

    /// <summary>Whether it is there.</summary>
    public bool Has(KeyUse use, string fingerprint) => File.Exists(FileOf(use, fingerprint));

    /// <summary>
    /// Destroys a key. What lay under it is noise from now on. True when it is seen gone: it lay here and does so no more, or it does not
    /// lie here and this is the folder where it would.
    /// </summary>
    public bool Destroy(KeyUse use, string fingerprint)
    {
        var file = FileOf(use, fingerprint);
        var was = File.Exists(file);
        if (was)
        {
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write))
            {
                // where the disk writes in place, this is the end of it; elsewhere the name's going is
                stream.Write(new byte[stream.Length]);
                stream.Flush(flushToDisk: true);
            }
            File.Delete(file);
        }
        if (Directory.Exists(Path)) SyncFolder();
        Forget(fingerprint);
        // a folder that is not mounted, or not the one, shows no file either, and the key is still there
        return (was || IsTheOne) && !System.IO.Path.Exists(file);
    }

    /// <summary>Lets go of keys whose files another server destroyed. Called by the clock, for keys that nobody asks for any
    /// more.</summary>
    public void ForgetGone()
    {
        foreach (var fingerprint in known.Keys)
            if (!Enum.GetValues<KeyUse>().Any(use => Has(use, fingerprint))) Forget(fingerprint);
    }

    /// <summary>
    /// Destroys keys for one use that are a day old and that nobody names: a crash left them between being made and being written down.
    /// </summary>
    public void DestroyUnnamed(KeyUse use, IReadOnlyCollection<string> named, DateTime now)
    {
        if (!IsTheOne) return;
        foreach (var fingerprint in All(use).Except(named, StringComparer.Ordinal))
            if (File.GetLastWriteTimeUtc(FileOf(use, fingerprint)) < now.AddDays(-1)) Destroy(use, fingerprint);
    }

    /// <summary>Fingerprints of the keys for one use that are there.</summary>
    public IReadOnlyList<string> All(KeyUse use) => !Directory.Exists(Path) ? [] :
        [.. Directory.EnumerateFiles(Path, Prefix(use) + "*.key")
            .Select(file => System.IO.Path.GetFileNameWithoutExtension(file)[Prefix(use).Length..]).Order(StringComparer.Ordinal)];

    private void Forget(string fingerprint)
    {
        if (!known.TryRemove(fingerprint, out var gone)) return;
        gone.Key.Forget();
        Forgotten?.Invoke(this, EventArgs.Empty);
    }

    private static void WriteParts(Stream stream, IReadOnlyDictionary<string, byte[]> parts)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        foreach (var (label, part) in parts)
        {
            writer.Write(label);
            writer.Write((byte)part.Length);
            writer.Write(part);
        }
    }

    private static SealingKey? Load(string file)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        if (content.Length < SecretLength) return null;
        var secret = GC.AllocateUninitializedArray<byte>(SecretLength, pinned: true);
        content.AsSpan(0, SecretLength).CopyTo(secret);
        var given = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using (var reader = new BinaryReader(new MemoryStream(content, SecretLength, content.Length - SecretLength)))
            while (reader.BaseStream.Position < reader.BaseStream.Length)
            {
                var label = reader.ReadString();
                given[label] = reader.ReadBytes(reader.ReadByte());
            }
        CryptographicOperations.ZeroMemory(content);
        return new SealingKey(secret, given);
    }

    private string FileOf(KeyUse use, string fingerprint) => System.IO.Path.Combine(Path, $"{Prefix(use)}{fingerprint}.key");

    private static string Prefix(KeyUse use) => use.ToString().ToLowerInvariant() + "-";

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions NewFile => OperatingSystem.IsWindows()
        ? new() { Mode = FileMode.CreateNew, Access = FileAccess.Write }
        : new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };

    /// <summary>A file's name is on disk when its folder is.</summary>
    private void SyncFolder()
    {
        if (OperatingSystem.IsWindows()) return; // NTFS writes names through
        var folder = NativeMethods.Open(Path, 0);
        if (folder < 0) throw new IOException($"The folder of keys {Path} cannot be opened.");
        try
        {
            if (NativeMethods.Sync(folder) != 0) throw new IOException($"The folder of keys {Path} cannot be written to disk.");
        }
        finally
        {
            _ = NativeMethods.Close(folder);
        }
    }

    private sealed class Known(SealingKey key, long seenAt)
    {
        public SealingKey Key => key;
        public long SeenAt { get; set; } = seenAt;
    }
}

internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int file);
}
