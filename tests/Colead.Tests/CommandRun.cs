using System.Globalization;
using Colead.Commands;

namespace Colead.Tests;

/// <summary>The program run in process, with what it printed.</summary>
public sealed record CommandRun(int Code, string Output, string Error)
{
    /// <summary>Lines on standard error but for those that say what a long run is at, which come or not as the machine is slow or
    /// fast.</summary>
    public IReadOnlyList<string> Warnings => [.. Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(line => !line.EndsWith('…'))];

    public static async Task<CommandRun> OfAsync(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = await ColeadProgram.RunAsync(arguments, output, error);
        return new(code, output.ToString(), error.ToString());
    }
}

/// <summary>A folder of its own for a test's files, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("colead-test-").FullName;

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
