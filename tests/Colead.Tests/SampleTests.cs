using System.Text.Json;

namespace Colead.Tests;

public class SampleTests
{
    private static readonly string Answers = Repository.PathOf("samples/harbour-vale-answers.csv");
    private static readonly string Roster = Repository.PathOf("samples/harbour-vale-roster.csv");

    /// <summary>Where they differ, the new files lie beside the tests' program, to be copied.</summary>
    [Fact]
    public async Task Samples_MadeAgain_AreTheFilesInSamples()
    {
        var made = new SampleMaker();
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "samples-made")).FullName;
        var cancel = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(Answers)), made.Answers, cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(Roster)), made.Roster, cancel);
        Assert.Equal(made.Answers, await File.ReadAllTextAsync(Answers, cancel));
        Assert.Equal(made.Roster, await File.ReadAllTextAsync(Roster, cancel));
    }

    [Fact]
    public async Task Samples_Analysed_ShowWhatWasBuiltIn()
    {
        var run = await CommandRun.OfAsync("analyse", Answers, "--roster", Roster, "--instrument", "inventory-12", "--json",
            "--unprotected");
        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        var round = json.RootElement.GetProperty("rounds_detail").GetProperty("1");
        Assert.Equal(140, round.GetProperty("response").GetProperty("overall").GetProperty("invited").GetInt32());
        Assert.InRange(round.GetProperty("n").GetInt32(), 112, 124);
        Assert.True(MeanOf(round, "level", "board", "outcome") > MeanOf(round, "level", "frontline", "outcome") + 1.5);
        Assert.True(MeanOf(round, "sector", "private", "vision") < MeanOf(round, "sector", "public", "vision") - 1.5);
    }

    private static double MeanOf(JsonElement round, string type, string group, string measure) => round.GetProperty("means")
        .EnumerateArray()
        .Single(m => m.GetProperty("group_type").GetString() == type && m.GetProperty("group").GetString() == group
            && m.GetProperty("measure").GetString() == measure)
        .GetProperty("mean").GetDouble();
}
