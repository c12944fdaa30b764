using System.Diagnostics;
using Colead.Tests.Support;

namespace Colead.Tests.Hosting;

/// <summary>The built program as somebody starts it.</summary>
public class ServingTests
{
    [Theory, InlineData("localhost"), InlineData("127.0.0.1"), InlineData("0.0.0.0")]
    public async Task Serve_AtAPortThatTheSystemChooses_SaysWhichAndLinksThere(string listen)
    {
        using var folder = new TemporaryFolder();
        await using var program =
            await Served.StartAsync("dotnet", ["--listen", listen, "--port", "0", "--sign-in-link", "--data",
            Path.Combine(folder.Path, "data"), "--keys", Path.Combine(folder.Path, "keys")]);
        Assert.NotEqual(0, program.Address.Port);
        var link = new Uri(program.Lines.Single(line => line.StartsWith("Begin here:", StringComparison.Ordinal)).Split(' ')[^1]);
        Assert.Equal(program.Address.Authority, link.Authority);
        using var visitor = new Visitor(program.Address);
        Assert.Equal(200, (await visitor.GetAsync(link.PathAndQuery)).Status);
    }

    /// <summary>Even where the shell would let everybody read: data, the database's logs, keys.</summary>
    [Fact]
    public async Task Serve_OnAFolderThatIsNew_MakesFilesForItsUserAlone()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "new", "data");
        await using var program = await Served.StartAsync("sh", ["-c", "umask 0; exec dotnet \"$@\"", "sh"],
            ["--port", "0", "--sign-in-link", "--data", data, "--keys", Path.Combine(folder.Path, "new", "keys")]);
        using var visitor = new Visitor(program.Address);
        Assert.Equal(200, (await visitor.GetAsync("/sign-in")).Status); // makes keys of cookies
        var made = new DirectoryInfo(folder.Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).ToList();
        Assert.Superset(new HashSet<string>(["new", "data", "colead.db", "colead.db-wal", "colead.db-shm"], StringComparer.Ordinal),
            made.Select(m => m.Name).ToHashSet(StringComparer.Ordinal));
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(made, m => Assert.True(m.UnixFileMode == (m is DirectoryInfo ? Own | UnixFileMode.UserExecute : Own),
            $"{m.FullName}: {m.UnixFileMode}"));
    }

    /// <summary>A database that a command makes before anybody serves it.</summary>
    [Fact]
    public async Task Database_MadeByACommand_IsForItsUserAlone()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("The tests run on Linux.");
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite, migrate: false);
        await using (var db = database.Engine.Open()) await database.Engine.MigrateAsync(db, TestContext.Current.CancellationToken);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(database.Folder, "colead.db")));
    }
}

/// <summary>The built program in a process of its own, killed afterwards.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly Process process;

    private Served(Process process) => this.process = process;

    public int Id => process.Id;
    public List<string> Lines { get; } = [];
    public Uri Address { get; private set; } = null!;

    public static Task<Served> StartAsync(string program, string[] options) => StartAsync(program, [], options);

    /// <param name="before">What the outer program needs before it is told which one to start.</param>
    public static async Task<Served> StartAsync(string program, string[] before, string[] options)
    {
        var served = new Served(Process.Start(new ProcessStartInfo(program,
            [.. before, Path.Combine(AppContext.BaseDirectory, "colead.dll"), "serve", .. options]) { UseShellExecute = false,
            RedirectStandardOutput = true })!);
        while (served.Lines.Count == 0 || !served.Lines[^1].StartsWith("Stop it", StringComparison.Ordinal))
            served.Lines.Add(await served.process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException("The program ended before it served."));
        served.Address = new(served.Lines.Single(line => line.StartsWith("Colead is at ", StringComparison.Ordinal)).Split(' ')[3]);
        return served;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
