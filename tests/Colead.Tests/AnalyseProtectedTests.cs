using System.Text.Json;
using Colead.Analysis.Publishing;

namespace Colead.Tests;

/// <summary>What `colead analyse` prints unless it is told otherwise.</summary>
public class AnalyseProtectedTests
{
    private static readonly string Oracle = Path.Combine(AppContext.BaseDirectory, "Oracle");
    private static readonly string[] Samples =
    [
        "analyse", Repository.PathOf("samples/harbour-vale-answers.csv"), "--roster", Repository.PathOf("samples/harbour-vale-roster.csv"),
            "--instrument", "inventory-12",
    ];

    [Fact]
    public async Task Protected_Sample_SaysWhatWasBuiltInAndHidesSmallGroups()
    {
        var run = await CommandRun.OfAsync(Samples);
        Assert.Equal(0, run.Code);
        Assert.Empty(run.Warnings);
        Assert.Contains("of 140 people answered.", run.Output, StringComparison.Ordinal);
        Assert.Matches("Board members rate .* higher than front-line staff do: likely a real difference", run.Output);
        Assert.Matches("rates Collective vision .* higher than the private sector does: likely a real difference", run.Output);
        Assert.Matches("Northgate Energy( +–){8}", run.Output);
        Assert.Matches("volunteer( +–){8}", run.Output);
        Assert.Matches(@"ss2 .*\[people are split\]", run.Output);
    }

    [Fact]
    public async Task Guide_Excerpt_IsWhatTheProgramPrints()
    {
        var guide = await File.ReadAllLinesAsync(Repository.PathOf("docs/guide/command-line.md"), TestContext.Current.CancellationToken);
        var printed = (await CommandRun.OfAsync(Samples)).Output.ReplaceLineEndings("\n").Split('\n');
        var start = Array.IndexOf(guide, printed[0]);
        Assert.True(start > 0);
        var excerpt = guide.Skip(start).TakeWhile(l => l.Trim() != "…").ToArray();
        Assert.Equal(printed[..excerpt.Length], excerpt);
    }

    [Fact]
    public async Task Protected_SampleAsJson_IsThePublication()
    {
        var run = await CommandRun.OfAsync([.. Samples, "--json"]);
        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("protected", json.RootElement.EnumerateObject().First().Name);
        var round = json.RootElement.GetProperty("partnerships").GetProperty("Harbour Vale").GetProperty("1");
        var publication = PublicationJson.Read(System.Text.Encoding.UTF8.GetBytes(round.GetRawText()));
        Assert.Equal(140, publication.Members.All.Invited);
        Assert.Equal("inventory-12", publication.Instrument.Id);
    }

    [Fact]
    public async Task Protected_TwiceRun_GivesTheSameBytes() =>
        Assert.Equal((await CommandRun.OfAsync([.. Samples, "--json"])).Output, (await CommandRun.OfAsync([.. Samples, "--json"])).Output);

    [Theory]
    [InlineData("s02_small12")]
    [InlineData("s03_five_orgs")]
    [InlineData("s04_two_rounds")]
    [InlineData("s07_missing")]
    public async Task Protected_OracleSet_ShowsNoExactCountOfAGroup(string set)
    {
        var run = await CommandRun.OfAsync(
            "analyse", Path.Combine(Oracle, "surveys", set + ".csv"), "--roster", Path.Combine(Oracle, "rosters", set + "_roster.csv"),
                "--json");
        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(run.Output);
        foreach (var round in json.RootElement.GetProperty("partnerships").GetProperty("P1").EnumerateObject())
        {
            var publication = PublicationJson.Read(System.Text.Encoding.UTF8.GetBytes(round.Value.GetRawText()));
            var groups = publication.Members.Sectors.Concat(publication.Members.Levels).Concat(publication.Members.Organisations)
                .SelectMany(g => g.Dimensions).ToList();
            Assert.NotEmpty(groups);
            Assert.All(groups, cell => Assert.True(cell.People is null or "5-9" or "10-19" or "20-49" or "50-99" or "100+", cell.People));
        }
    }

    [Fact]
    public async Task Protected_RosterSmallerThanAnswers_SaysSoWithoutNamingAGroup()
    {
        using var folder = new TemporaryFolder();
        var roster = await File.ReadAllLinesAsync(Path.Combine(Oracle, "rosters", "s03_five_orgs_roster.csv"),
            TestContext.Current.CancellationToken);
        var shorter =
            folder.Write("shorter.csv",
            string.Join('\n', roster.Select(l => l.EndsWith(",4", StringComparison.Ordinal) ? l[..^1] + "0" : l)) + "\n");
        var run = await CommandRun.OfAsync("analyse", Path.Combine(Oracle, "surveys", "s03_five_orgs.csv"), "--roster", shorter);
        Assert.Equal(0, run.Code);
        Assert.Equal(["Somewhere more people answered than were invited; there, as many are taken as invited."], run.Warnings);
    }
}
