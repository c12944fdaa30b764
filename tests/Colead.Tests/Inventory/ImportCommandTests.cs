using System.Text;
using Colead.Analysis.Instruments;
using Colead.Commands;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

public class ImportCommandTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Import_TheExportOfASurvey_LooksFirst_ThenKeeps(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("Spring 2025.csv", ElsewhereTests.LimeSurvey);
        var look = await RunAsync(app, file, partnership);
        Assert.Equal((ExitCodes.Ok, ""), (look.Code, look.Error));
        Assert.Contains("cv1: 6 we can name everyone affected", look.Output, StringComparison.Ordinal);
        Assert.Contains("organisation: not in the file", look.Output, StringComparison.Ordinal);
        Assert.Contains("dropped: 1 Response ID, 2 Date submitted", look.Output, StringComparison.Ordinal);
        Assert.Contains("300 answers, 742 comments", look.Output, StringComparison.Ordinal);
        Assert.False(await app.DbAsync(db => db.Set<Round>().AnyAsync()));
        var kept = await RunAsync(app, file, partnership, "--yes");
        Assert.Equal((ExitCodes.Ok, ""), (kept.Code, kept.Error));
        var round = await app.DbAsync(db => db.Set<Round>().SingleAsync());
        Assert.Equal((RoundOrigin.Imported, RoundState.Closed, "Spring 2025", partnership.Id),
            (round.Origin, round.State, round.Name, round.PartnershipId));
        Assert.Equal("colead import", await app.DbAsync(db => db.AuditEntries.Where(a => a.Act == "brought answers from elsewhere")
            .Select(a => a.Who).SingleAsync()));
    }

    [Fact]
    public async Task Import_WithOptions_TakesThemOverTheGuess_AndNamesWhatIsWrong()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        using var folder = new TemporaryFolder();
        var items = ShippedInstruments.Inventory12.Items;
        var text = "Team,Grade,Note," + string.Join(',', items.Select((_, i) => $"Q{i + 1}")) + "\n"
            + "Council,Boss,Good work," + string.Join(',', items.Select(_ => "7")) + "\n"
            + "Council,Boss,," + string.Join(',', items.Select(_ => "Plenty")) + "\n";
        var file = folder.Write("old.csv", Encoding.UTF8.GetBytes(text));
        string[] columns = ["--map", .. items.Select((item, i) => $"{item.Id}=Q{i + 1}"), "organisation=Team", "level=2", "comment=Note"];
        var problems = await RunAsync(app, file, partnership, ["--instrument", "inventory-12", .. columns, "--yes"]);
        Assert.Equal(ExitCodes.BadData, problems.Code);
        Assert.Contains("old.csv, row 2, column Team: No organisation here is called “Council”.", problems.Error, StringComparison.Ordinal);
        Assert.Contains("row 3, column Q1: “Plenty” is not on the scale.", problems.Error, StringComparison.Ordinal);
        Assert.False(await app.DbAsync(db => db.Set<Round>().AnyAsync()));
        string[] words = ["--word", $"Council={partnership.Organisations[0].Name}", "Boss=senior", "Plenty=10"];
        var wrong = await RunAsync(app, file, partnership, [.. columns, "nothing=Note", "cv1=Q99", "--word", "Boss=emperor"]);
        Assert.Equal(ExitCodes.Usage, wrong.Code);
        Assert.Equal(3, wrong.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var kept = await RunAsync(app, file, partnership, ["--instrument", "inventory-12", .. columns, .. words, "--name", "Old answers",
            "--yes"]);
        Assert.Equal((ExitCodes.Ok, ""), (kept.Code, kept.Error));
        Assert.Contains("2 answers, 1 comment;", kept.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WhatCannotBeRead_SaysSoWithItsCode()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCodes.NoInput, (await RunAsync(app, Path.Combine(folder.Path, "none.csv"), partnership)).Code);
        var empty = await RunAsync(app, folder.Write("empty.csv", []), partnership);
        Assert.Equal((ExitCodes.BadData, true), (empty.Code, empty.Error.Contains("The file is empty.", StringComparison.Ordinal)));
        var file = folder.Write("a.csv", ElsewhereTests.LimeSurvey);
        Assert.Equal(ExitCodes.Usage, (await CommandRun.OfAsync("import", file)).Code);
        var stranger = await CommandRun.OfAsync("import", file, "--partnership", "999999", "--data", app.Settings.DataFolder);
        Assert.Equal((ExitCodes.BadData, "There is no partnership 999999.\n"), (stranger.Code, stranger.Error));
        Assert.Equal(ExitCodes.BadData, (await RunAsync(app, file, partnership, "--instrument", folder.Write("broken.json", "{"))).Code);
        Assert.Equal(ExitCodes.BadData, (await RunAsync(app, folder.Write("other.csv", "Name,Colour\nA,Red\nB,Blue\n"), partnership)).Code);
    }

    private static Task<CommandRun> RunAsync(TestApp app, string file, TestPartnership partnership, params string[] options) =>
        CommandRun.OfAsync(["import", file, "--partnership", partnership.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            .. options, "--data", app.Settings.DataFolder, .. app.Settings.Database is { } database ? ["--database", database]
            : Array.Empty<string>()]);
}
