using Colead.Composition;
using Colead.Storage.Keys;

namespace Colead.Tests.Data;

/// <summary>Keys are files that are on disk before anything lies under them, and seen gone before anything says so.</summary>
public sealed class KeyFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private static readonly byte[] Row = new byte[16];

    private string Path => System.IO.Path.Combine(folder.Path, "keys");

    [Fact]
    public void Made_IsAFileOfItsUserAlone_ThatAnotherServerReads()
    {
        var key = new KeyFolder(Path).Make(KeyUse.Round);
        var file = Assert.Single(Directory.GetFiles(Path));
        if (!OperatingSystem.IsWindows()) // which has no such modes
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path));
        }
        var seal = key.Seal("Responses", 7, Row, [1, 2, 3]);
        Assert.Equal([1, 2, 3], new KeyFolder(Path).Read(KeyUse.Round, key.Fingerprint).Open("Responses", 7, Row, seal));
        Assert.DoesNotContain(Convert.ToHexString(File.ReadAllBytes(file))[..16], key.Fingerprint.ToUpperInvariant(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Made_ByManyServersAtOnce_AreAllDifferentAndAllThere()
    {
        var made = new System.Collections.Concurrent.ConcurrentBag<string>();
        Parallel.For(0, 64, _ => made.Add(new KeyFolder(Path).Make(KeyUse.Round).Fingerprint));
        Assert.Equal(made.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), new KeyFolder(Path).All(KeyUse.Round));
        Assert.Equal(64, made.Count);
    }

    [Fact]
    public void Destroyed_ByOneServer_IsForgottenByTheOther_AndOpensNothingAnyMore()
    {
        var (one, other) = (new KeyFolder(Path), new KeyFolder(Path));
        var key = one.Make(KeyUse.Round);
        var seal = key.Seal("Responses", 7, Row, [1]);
        var held = other.Read(KeyUse.Round, key.Fingerprint);
        var told = 0;
        other.Forgotten += (_, _) => told++;
        Assert.True(one.Destroy(KeyUse.Round, key.Fingerprint));
        Assert.Empty(Directory.GetFiles(Path));
        Assert.Throws<KeyGoneException>(() => key.Open("Responses", 7, Row, seal));
        other.ForgetGone();
        Assert.Equal(1, told);
        Assert.Null(other.Find(KeyUse.Round, key.Fingerprint));
        Assert.Throws<KeyGoneException>(() => held.Open("Responses", 7, Row, seal)); // whoever holds it still has nothing
        Assert.Throws<KeyGoneException>(() => other.Read(KeyUse.Round, key.Fingerprint));
        Assert.False(one.Destroy(KeyUse.Round, key.Fingerprint)); // gone before, or another folder: nobody can say
        Assert.False(Directory.EnumerateFileSystemEntries(Path).Any()); // and nobody makes a new one
    }

    [Fact]
    public async Task Destroyed_ByOneServer_IsGoneForTheOtherWithinASecondOfItsNextUse()
    {
        var (one, other) = (new KeyFolder(Path), new KeyFolder(Path));
        var key = one.Make(KeyUse.Round);
        Assert.NotNull(other.Find(KeyUse.Round, key.Fingerprint));
        one.Destroy(KeyUse.Round, key.Fingerprint);
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        Assert.Null(other.Find(KeyUse.Round, key.Fingerprint));
    }

    /// <summary>A file of that name with another's content is another installation's: not this key.</summary>
    [Fact]
    public void AnotherKeyUnderItsName_IsNotFound()
    {
        var key = new KeyFolder(Path).Make(KeyUse.Round);
        var file = Directory.GetFiles(Path)[0];
        foreach (var content in new byte[][] { [], new byte[5], new byte[32], [.. File.ReadAllBytes(file)[..31], 7] })
        {
            File.WriteAllBytes(file, content);
            Assert.Null(new KeyFolder(Path).Find(KeyUse.Round, key.Fingerprint));
        }
    }

    /// <summary>Where the file cannot be seen gone nothing says that it is: something stands in its place, or the folder is not
    /// mounted.</summary>
    [Fact]
    public void Destroyed_IsSaidOnly_WhereItIsSeen()
    {
        var keys = new KeyFolder(Path);
        var key = keys.Make(KeyUse.Round);
        var file = Directory.GetFiles(Path)[0];
        Directory.Move(Path, Path + "-elsewhere");
        Assert.False(keys.Destroy(KeyUse.Round, key.Fingerprint));
        Directory.Move(Path + "-elsewhere", Path);
        File.Delete(file);
        Directory.CreateDirectory(file);
        Assert.False(keys.Destroy(KeyUse.Round, key.Fingerprint));
        Directory.Delete(file);
        // an empty folder may be one in whose place the true one should be mounted
        Assert.False(keys.Destroy(KeyUse.Round, key.Fingerprint));
        keys.Lasting = keys.Make(KeyUse.Lasting).Fingerprint;
        Assert.True(keys.Destroy(KeyUse.Round, key.Fingerprint));
        keys.Lasting = new KeyFolder(Path + "-elsewhere").Make(KeyUse.Lasting).Fingerprint;
        Assert.False(keys.Destroy(KeyUse.Round, key.Fingerprint)); // another installation's
        Directory.Delete(Path + "-elsewhere", recursive: true);
    }

    /// <summary>A copied, moved or changed row does not open.</summary>
    [Fact]
    public void Seal_OpensInItsPlaceAlone_AndTellsNoLength()
    {
        var keys = new KeyFolder(Path);
        var (key, other) = (keys.Make(KeyUse.Round), keys.Make(KeyUse.Round));
        var seal = key.Seal("Responses", 7, Row, [1, 2, 3]);
        byte[] elsewhere = [1, .. Row[1..]];
        Assert.Null(key.Open("Responses", 7, elsewhere, seal));
        Assert.Null(key.Open("Responses", 8, Row, seal));
        Assert.Null(key.Open("Drafts", 7, Row, seal));
        Assert.Null(other.Open("Responses", 7, Row, seal));
        foreach (var at in new[] { 0, 1, 20, 40, seal.Length - 1 })
        {
            var changed = (byte[])seal.Clone();
            changed[at] ^= 1;
            Assert.Null(key.Open("Responses", 7, Row, changed));
        }
        Assert.Null(key.Open("Responses", 7, Row, seal.AsSpan(..^1)));
        Assert.Null(key.Open("Responses", 7, Row, []));
        Assert.Equal([285, 285, 1053, 4125, 16_413, 32_797, 65_565],
            new[] { 0, 252, 253, 4_000, 16_000, 32_764, 32_765 }.Select(length => key.Seal("Responses", 7, Row, new byte[length]).Length));
    }

    [Fact]
    public void Folder_WithinTheData_IsRefused()
    {
        foreach (var inside in new[] { folder.Path, Path, System.IO.Path.Combine(folder.Path, "a", "..", "b") })
            Assert.Throws<ArgumentException>(() => ColeadDatabase.Choose(null, folder.Path, inside));
        Assert.StartsWith(folder.Path + "-keys", ColeadDatabase.Choose(null, folder.Path).Keys.Path, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
