using Colead.Commands;

namespace Colead.Tests;

public class CommandsTests
{
    [Fact]
    public void Commands_Names_AreUnique() =>
        Assert.Equal(ColeadCommands.All().Count(), ColeadCommands.All().DistinctBy(c => c.Name, StringComparer.Ordinal).Count());

    /// <summary>What the person at the machine can mend is told in a sentence, and never as a fault of the program.</summary>
    [Theory]
    [InlineData(ExitCodes.Unavailable, "This is no connection string of PostgreSQL", "--database", "postgres://me@there/colead")]
    [InlineData(ExitCodes.Unavailable, "cannot be reached", "--database", "Host=/nowhere;Database=x;Username=y")]
    [InlineData(ExitCodes.Unavailable, "cannot be used", "--data", "/dev/null")]
    [InlineData(ExitCodes.Unavailable, "The settings cannot be read", "--data", "{folder}")]
    [InlineData(ExitCodes.Unavailable, "is damaged, or no SQLite database", "--data", "{folder}/damaged")]
    public async Task Storage_ThatCannotBeHad_IsToldInASentence(int code, string words, string option, string value)
    {
        using var folder = new TemporaryFolder();
        folder.Write("colead.json", "{ \"Mail\": ");
        Directory.CreateDirectory(Path.Combine(folder.Path, "damaged"));
        folder.Write("damaged/colead.db", new string('x', 5000));
        foreach (var command in new string[][] { ["serve", "--port", "1"], ["demo"], ["user", "link", "a@b.example"] })
        {
            var run = await CommandRun.OfAsync([.. command, option, value.Replace("{folder}", folder.Path, StringComparison.Ordinal)]);
            Assert.Equal(code, run.Code);
            Assert.Contains(words, run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("fault of the program", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("65536"), InlineData("x")]
    public async Task Serve_PortThatIsNone_IsRefused(string port)
    {
        var run = await CommandRun.OfAsync("serve", "--port", port);
        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("--port", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
