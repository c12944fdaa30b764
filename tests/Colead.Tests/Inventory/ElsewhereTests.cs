using System.Globalization;
using System.Text;
using System.Text.Json;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;
using Colead.Parts.Importing;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Answer = Colead.Tests.Support.Answer;

namespace Colead.Tests.Inventory;

/// <summary>Files of answers from other tools become closed rounds.</summary>
public class ElsewhereTests(House house)
{
    /// <summary>As LimeSurvey 6.10 exports a survey: 300 answers in words, seven columns of comments by one name, nothing about
    /// organisation or level.</summary>
    internal static byte[] LimeSurvey => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Inventory", "Files",
        "limesurvey-6.10-export.csv"));

    private static readonly HashSet<string> NoOrganisations = new(StringComparer.Ordinal);

    [Fact]
    public void Guess_TheExportOfASurvey_FindsEveryStatementByItsWords()
    {
        var table = TableFile.Read(LimeSurvey, ImportOperations.Limits);
        var reading = AnswersGuess.Of(table, ShippedInstruments.All, NoOrganisations);
        Assert.Equal(InstrumentFile.ContentHash(ShippedInstruments.Agreement5), reading.Instrument);
        int[] comments = [9, 14, 19, 24, 29, 35, 41];
        Assert.Equal(comments, reading.Comments);
        Assert.Equal(Enumerable.Range(5, 37).Except(comments),
            ShippedInstruments.Agreement5.Items.Select(item => reading.ColumnOf(item.Id)));
        Assert.Empty(reading.Unsure);
        Assert.All(Enum.GetValues<GroupColumn>(), group => Assert.Equal(-1, reading[group]));
        Assert.Equal(1, reading.Sent);
    }

    /// <summary>The order of the columns does not matter where their words tell which is which.</summary>
    [Fact]
    public void Guess_ColumnsInAnotherOrder_FindsThemAll()
    {
        var table = TableFile.Read(LimeSurvey, ImportOperations.Limits);
        var order = Enumerable.Range(0, table.Headers.Count).OrderBy(column => column * 17 % table.Headers.Count).ToList();
        var mixed = new TableFile(table.Kind, [.. order.Select(column => table.Headers[column])],
            [.. table.Rows.Select(row => new TableRow(row.Number, [.. order.Select(column => row[column])]))]);
        var straight = AnswersGuess.Of(table, ShippedInstruments.All, NoOrganisations);
        var reading = AnswersGuess.Of(mixed, ShippedInstruments.All, NoOrganisations);
        Assert.All(ShippedInstruments.Agreement5.Items, item => Assert.Equal(straight.ColumnOf(item.Id), order[reading.ColumnOf(item.Id)]));
    }

    private static TableFile Numbered(Instrument instrument)
    {
        var items = instrument.Items;
        var text = "Id;" + string.Join(';', items.Select((_, i) => $"Q{i + 1}")) + ";Sector;Any other comments\n"
            + string.Concat(Enumerable.Range(1, 12).Select(n => $"{n};" + string.Join(';', items.Select((_, i) => ((n + i) % 12) + 1))
                + ";Charity;We do well\n"));
        return TableFile.Read(Encoding.UTF8.GetBytes(text), ImportOperations.Limits);
    }

    /// <summary>Numbers tell no version from the other: it is the first, unless the partnership asked the second.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Guess_NumbersAlone_AreOfTheFirstVersion_UnlessTheSecondWasAsked(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var scope = app.Services.CreateScope();
        var import = scope.ServiceProvider.GetRequiredService<ImportOperations>();
        var table = Numbered(ShippedInstruments.Inventory12);
        var first = await import.GuessAsync(partnership.Id, table, ShippedInstruments.All);
        Assert.Equal((InstrumentFile.ContentHash(ShippedInstruments.Inventory12), 0), (first.Instrument, first.Rivals.Count));
        await app.DraftRoundAsync(partnership); // of the second version, as every new round
        var second = await import.GuessAsync(partnership.Id, table, ShippedInstruments.All);
        Assert.Equal(new[] { ShippedInstruments.Inventory12, ShippedInstruments.Inventory2 }.Select(InstrumentFile.ContentHash).Order(),
            second.Rivals.Append(second.Instrument).Order());
    }

    [Fact]
    public void Guess_NumberedQuestions_AreTakenByPlaceAndMarkedAsAGuess()
    {
        var items = ShippedInstruments.Inventory12.Items;
        var reading = AnswersGuess.Of(Numbered(ShippedInstruments.Inventory12), [ShippedInstruments.Inventory12], NoOrganisations);
        Assert.Equal(Enumerable.Range(1, 30), items.Select(item => reading.ColumnOf(item.Id)));
        Assert.Equal(30, reading.Unsure.Count);
        Assert.Equal((31, 32), (reading[GroupColumn.Sector], Assert.Single(reading.Comments)));
    }

    [Theory]
    [InlineData("Strongly agree", 5), InlineData("strongly  AGREE", 5), InlineData("5", 5), InlineData("5 – Strongly agree", 5),
        InlineData("Tend to disagree", 2), InlineData("Cytuno'n gryf", 5)]
    [InlineData("Don’t know", 255), InlineData("don't know", 255), InlineData("N/A", 255), InlineData("", 0), InlineData("No answer", 0),
        InlineData("6", null), InlineData("-1", null), InlineData("Yes", null), InlineData("0", null)]
    public void Find_WordsOfFivePoints_AreTheirPoint(string text, int? code) =>
        Assert.Equal(code, AnswerWords.Find(text, ShippedInstruments.Agreement5)?.Code);

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_TheExportOfASurvey_BecomesARoundOfAnswersWithoutTrace(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var matched = await MatchAsync(visitor, partnership, "spring 2025.csv", LimeSurvey);
        Assert.Equal("All 30 statements were found", matched.Heading);
        Assert.Empty(await RoundsAsync(app, partnership));
        var confirm = await GoOnAsync(visitor, matched, []);
        Assert.Equal("300 answers are ready to become a round", confirm.Heading);
        Assert.Equal("spring 2025", confirm.ValueOf("Name"));
        Assert.Contains("742 comments wait", confirm.Text, StringComparison.Ordinal);
        Assert.Contains("the partnership as a whole", confirm.Text, StringComparison.Ordinal);
        Assert.Empty(await RoundsAsync(app, partnership));

        var nameless = await visitor.SubmitAsync(confirm, new() { ["Name"] = " " });
        Assert.Equal((400, "Enter a name for the round"), (nameless.Status, nameless.ErrorOf("Name")));
        var kept = await visitor.SubmitAsync(confirm, new() { ["Name"] = "Spring 2025" });
        Assert.Equal(302, kept.Status);
        var round = Assert.Single(await RoundsAsync(app, partnership));
        Assert.Equal((RoundOrigin.Imported, RoundState.Closed, "Spring 2025"), (round.Origin, round.State, round.Name));
        using (var scope = app.Services.CreateScope())
        {
            var comments = await scope.ServiceProvider.GetRequiredService<RoundComments>().ReadAsync(round.Id);
            Assert.Equal((742, 742), (comments.Count, comments.Count(c => c.Dimension is null)));
        }
        using (var publication = await PublicationAsync(app, round))
        {
            var members = publication.RootElement.GetProperty("members");
            Assert.Equal(0, members.GetProperty("sectors").GetArrayLength() + members.GetProperty("levels").GetArrayLength()
                + members.GetProperty("organisations").GetArrayLength());
        }
        Assert.Equal(200, (await visitor.GetAsync(kept.Location!)).Status);
        Assert.False(await app.DbAsync(db => db.Set<AnswersUpload>().AnyAsync(u => u.PartnershipId == partnership.Id)));
        Assert.Equal(RoundsLinks.Rounds(partnership.Id), (await visitor.SubmitAsync(confirm, new() { ["Name"] = "Again" })).Location);
        Assert.Single(await RoundsAsync(app, partnership));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_SectorsAndLevelsAlone_ArePublishedWithoutOrganisations(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        string[] sectors = ["Charity", "Council", "Business"];
        var text = "Sector,Level," + string.Join(',', ShippedInstruments.Agreement5.Items.Select(item => item.Id)) + "\n"
            + string.Concat(Enumerable.Range(0, 90).Select(n => $"{sectors[n % 3]},{(n / 3 % 2 == 0 ? "Board" : "Volunteer")},"
                + string.Join(',', Enumerable.Range(0, 30).Select(i => (((n * 7) + i) % 5) + 1)) + "\n"));
        var confirm = await GoOnAsync(visitor, await MatchAsync(visitor, partnership, "sectors.csv", Encoding.UTF8.GetBytes(text)),
            new() { ["ask.instrument"] = InstrumentFile.ContentHash(ShippedInstruments.Agreement5) });
        Assert.Contains("Findings can tell apart sectors and levels", confirm.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(confirm, [])).Status);
        using var publication = await PublicationAsync(app, Assert.Single(await RoundsAsync(app, partnership)));
        var members = publication.RootElement.GetProperty("members");
        Assert.Equal((3, 2, 0), (members.GetProperty("sectors").GetArrayLength(), members.GetProperty("levels").GetArrayLength(),
            members.GetProperty("organisations").GetArrayLength()));
    }

    /// <summary>Row numbers, seeds, dates and the file itself leave nothing behind.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Import_TheFile_LeavesNoTraceInTheDatabase(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var confirm = await GoOnAsync(visitor, await MatchAsync(visitor, partnership, "x.csv", LimeSurvey), []);
        Assert.Equal(302, (await visitor.SubmitAsync(confirm, [])).Status);
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.Equal((0, 0), (files.CountOf("323946139"), files.CountOf("1980-01-01 00:00:00\",\"7\"")));
        var keys = app.Services.GetRequiredService<KeyFolder>();
        // and no key to what a copy of the disk may still hold
        Assert.Equal((0, 0), (keys.All(KeyUse.Upload).Count, keys.All(KeyUse.Round).Count));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_APlainFile_AsksWhatWordsMean_NamesProblemsByRowAndColumn_AndKeepsAllOrNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var council = partnership.Organisations[0].Name;
        string Row(string organisation, string level, string first, int rest) => $"{organisation};{level};{first};"
            + string.Join(';', Enumerable.Repeat(rest, 29)) + "\n";
        var text = "Where do you work?;Your level;"
            + string.Join(';', ShippedInstruments.Inventory12.Items.Select(item => item.Id.ToUpperInvariant())) + "\n"
            + Row(council, "Front line", "3", 4)
            + Row(partnership.Organisations[1].Name, "Volunteer", "Total evidence", 12)
            + Row("The Council", "Front line", "1", 2)      // 4: an organisation by another name
            + Row(council, "Boss", "1", 2)                  // 5: a level we do not know
            + Row(council, "Front line", "Loads", 2)        // 6: a word we do not know
            + Row("", "Front line", "2", 2)                 // 7: no organisation
            + Row(council, "Front line", "13", 2);          // 8: not on the scale
        var matched = await MatchAsync(visitor, partnership, "old.csv", Encoding.Latin1.GetBytes(text));
        Assert.Equal("All 30 statements were found", matched.Heading);
        var confirm = await GoOnAsync(visitor, matched, []);
        Assert.Equal("2 answers ready, and 5 rows to look at", confirm.Heading);
        Assert.Equal(
            [(4, "Where do you work?"), (5, "Your level"), (6, "CV1"), (7, "Where do you work?"), (8, "CV1")],
            confirm.Document.QuerySelectorAll("table.problems tbody tr").Select(row =>
                (int.Parse(row.Children[0].TextContent.Replace("Row", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
                row.Children[1].TextContent.Trim())));
        var refused = await visitor.SubmitAsync(confirm, new() { ["Name"] = "Old round" });
        Assert.Equal(400, refused.Status);
        Assert.NotNull(refused.ErrorOf("LeaveOut"));
        Assert.Equal("Old round", refused.ValueOf("Name"));
        Assert.Empty(await RoundsAsync(app, partnership));

        var told = await GoOnAsync(visitor, await visitor.GetAsync(matched.Path), new()
        {
            ["Organisation.THECOUNCIL"] = partnership.Organisations[0].Id.ToString(CultureInfo.InvariantCulture),
            ["Level.BOSS"] = "Senior",
            ["word.LOADS"] = "11",
        });
        Assert.Equal("5 answers ready, and 2 rows to look at", told.Heading);
        var stale = await visitor.SubmitAsync(confirm, new() { ["Name"] = "Old round", ["LeaveOut"] = "true" });
        Assert.Equal(409, stale.Status);
        Assert.Equal(302, (await visitor.SubmitAsync(told, new() { ["Name"] = "Old round", ["LeaveOut"] = "true" })).Status);
        var round = Assert.Single(await RoundsAsync(app, partnership));
        var organisations = await app.DbAsync(db => db.Set<RoundOrganisation>().Where(o => o.RoundId == round.Id)
            .Select(o => o.OrganisationId).Order().ToListAsync());
        Assert.Equal(partnership.Organisations.Take(2).Select(o => o.Id), organisations);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_AWrongColumnChosen_IsRefusedAndKept(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var matched = await MatchAsync(visitor, partnership, "x.csv", LimeSurvey);
        var twice = await visitor.SubmitAsync(matched, new() { ["statement.cv1"] = "6" });
        Assert.Equal(400, twice.Status);
        Assert.Contains("chosen twice", twice.Text, StringComparison.Ordinal);
        Assert.Equal("6", ((AngleSharp.Html.Dom.IHtmlSelectElement)twice.Document.GetElementById("statement.cv1")!).Value);
        var comment = await visitor.SubmitAsync(matched, new() { ["statement.cv1"] = "9", ["comment.9"] = "" });
        Assert.Equal(400, comment.Status);
        foreach (var forged in new[] { "999", "-7", "x", "99999999999" })
            Assert.True((await visitor.SubmitAsync(matched, new() { ["statement.cv2"] = forged, ["group.Level"] = forged,
                ["Organisation.X"] = forged, ["word.X"] = forged, ["Instrument"] = forged })).Status is 302 or 400);
        var none = matched.Document.QuerySelectorAll("select[name^='statement.']")
            .ToDictionary(select => select.GetAttribute("name")!, _ => "-1", StringComparer.Ordinal);
        Assert.Contains("Choose the columns of the statements", (await visitor.SubmitAsync(matched, none)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_AnotherQuestionnaireChosen_IsGuessedAnew(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var matched = await MatchAsync(visitor, partnership, "x.csv", LimeSurvey);
        var other = await visitor.SubmitAsync(matched,
            new() { ["Instrument"] = InstrumentFile.ContentHash(ShippedInstruments.Inventory12) }, "look");
        Assert.Equal(302, other.Status);
        var page = await visitor.GetAsync(other.Location!);
        Assert.Contains("5 words are not on the scale", page.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_ConfirmedTwiceAtOnce_IsOneRound(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var confirm = await GoOnAsync(visitor, await MatchAsync(visitor, partnership, "x.csv", LimeSurvey), []);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => visitor.SubmitAsync(confirm, [])));
        Assert.All(answers, answer => Assert.Equal(302, answer.Status));
        var round = Assert.Single(await RoundsAsync(app, partnership));
        Assert.Single(answers, answer => answer.Location == RoundsLinks.Round(partnership.Id, round.Id));
        Assert.Equal(RoundsLinks.Rounds(partnership.Id), (await visitor.SubmitAsync(confirm, [])).Location);
    }

    /// <summary>An organisation's sector is known here, so an empty or strange one in the file keeps no answer out; nor does 4.0 for
    /// 4.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Import_AnOrganisationsSectorAndNumbersWithAPoint_AreNoProblem(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var ids = ShippedInstruments.Inventory12.Items.Select(item => item.Id);
        var rows = Enumerable.Range(0, 12).Select(i => $"{partnership.Organisations[0].Name},{(i % 2 == 0 ? "" : "Hybrid")},Board,"
            + string.Join(',', ids.Select(_ => "4.0")));
        var matched = await MatchAsync(visitor, partnership, "x.csv",
            Encoding.UTF8.GetBytes("Organisation,Sector,Level," + string.Join(',', ids) + "\n" + string.Join('\n', rows)));
        Assert.DoesNotContain("“Hybrid” means", matched.Text, StringComparison.Ordinal);
        Assert.Equal("12 answers are ready to become a round",
            (await GoOnAsync(visitor, matched,
            new() { ["ask.instrument"] = InstrumentFile.ContentHash(ShippedInstruments.Inventory12) })).Heading);
    }

    public static TheoryData<string, string[]> WaysToTellPeopleApart() => new()
    {
        { "Respondent ID", ["3000", " 3000 ", "3000", "3001", "3002"] },
        { "Email Address", ["Ana@example.org", "ana@example.org", "Ana <ana@EXAMPLE.org>", "bo@example.org", "cy@example.org"] },
        { "RecipientEmail", ["ana@example.org", "ana@example.org", "ana@example.org", "", ""] },
        { "token", ["xk3", "xk3", "XK3", "q", "r"] },
        { "How do we reach you?", ["a@example.org", "a@example.org", "a@example.org", "b@example.org", "c@example.org"] },
    };

    [Theory, MemberData(nameof(WaysToTellPeopleApart))]
    public async Task Import_OnePersonSeveralTimes_CountsOnce_WhateverTheOrder(string heading, string[] ids)
    {
        var (forwards, _) = await PlanAsync(heading, ids);
        Assert.Equal((true, 2, 3, 5), (forwards.DoublesLookedFor, forwards.Repeats, forwards.OfRepeated, forwards.Rows.Count));
        Assert.Equal("3 rows are of one person: they count once.", forwards.SayRepeats());
        var (backwards, _) = await PlanAsync(heading, ids, reversed: true);
        string[] Counting(AnswersPlan plan) => [.. plan.Rows.Where(row => row.Counts).Select(row => Convert.ToHexString(row.Answers))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(Counting(forwards), Counting(backwards));
    }

    [Theory]
    [InlineData("Email", "anonymous", "anonymous", "anonymous")]
    [InlineData("Collector ID", "12", "12", "12")]
    [InlineData("Email", "", "", "")]
    public async Task Import_WhatTellsNobodyApart_SaysThatDoublesCouldNotBeLookedFor(string heading, params string[] ids)
    {
        var (plan, _) = await PlanAsync(heading, ids);
        Assert.Equal((false, 0, 3), (plan.DoublesLookedFor, plan.Repeats, plan.Rows.Count));
    }

    /// <summary>One number and one address, each of which joins two rows, join all three.</summary>
    [Fact]
    public async Task Import_SharedByWayOfAThird_IsOnePerson()
    {
        var (plan, reading) =
            await PlanAsync("Respondent ID,Email", ["1,ana@example.org", "1,bo@example.org", "2,bo@example.org", "3,cy@example.org"]);
        Assert.Equal(2, reading.People.Count);
        Assert.Equal((2, 3), (plan.Repeats, plan.OfRepeated));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_OnePersonSixTimes_IsToldOnEveryScreen_AndCanBeChanged(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var matched = await MatchAsync(visitor, partnership, "x.csv",
            FileOf("Email", [.. Enumerable.Repeat("one@example.org", 6), "two@example.org"]));
        Assert.Contains("6 rows are of one person: they count once.", matched.Text, StringComparison.Ordinal);
        Assert.True(matched.Document.QuerySelector("[id='person.0']")!.HasAttribute("checked"));
        var confirm = await GoOnAsync(visitor, matched, []);
        Assert.Contains("6 rows are of one person: they count once.", confirm.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("one@example.org", confirm.Text, StringComparison.Ordinal);
        var without = await visitor.ForgeAsync(matched.Path, matched.Path, matched.Document.QuerySelectorAll("select[name]")
            .ToDictionary(s => s.GetAttribute("name")!, s => ((AngleSharp.Html.Dom.IHtmlSelectElement)s).Value ?? ""));
        Assert.Equal(302, without.Status);
        Assert.Contains("Nothing in the file tells people apart", (await visitor.GetAsync(without.Location!)).Text,
            StringComparison.Ordinal);
    }

    /// <summary>A cell that nobody needs may be long; a comment may not.</summary>
    [Fact]
    public async Task Import_AGiantCell_MattersOnlyWhereItIsNeeded()
    {
        var giant = new string('x', 60_000);
        Assert.Equal((2, 0), await CountAsync("Browser", giant));
        Assert.Equal((1, 1), await CountAsync("Any other comments", "A comment " + giant));

        async Task<(int, int)> CountAsync(string heading, string text)
        {
            var (plan, _) = await PlanAsync(heading, [text, "Some words"]);
            return (plan.Rows.Count, plan.RowsLeftOut);
        }
    }

    private static byte[] FileOf(string heading, IReadOnlyList<string> cells)
    {
        var items = ShippedInstruments.Inventory12.Items;
        return Encoding.UTF8.GetBytes($"{heading},{string.Join(',', items.Select(item => item.Id))}\n"
            + string.Join('\n', cells.Select((cell, i) => $"{cell},{string.Join(',', items.Select((_, j) => ((i + j) % 12) + 1))}")));
    }

    private async Task<(AnswersPlan, AnswersReading)> PlanAsync(string heading, string[] cells, bool reversed = false)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        using var scope = app.Services.CreateScope();
        ImportOperations import = scope.ServiceProvider.GetRequiredService<ImportOperations>();
        var table = TableFile.Read(FileOf(heading, cells), ImportOperations.Limits);
        if (reversed) table = table with { Rows = [.. table.Rows.Reverse()] };
        var reading = await import.GuessAsync(0, table, [ShippedInstruments.Inventory12]);
        return (await import.PlanAsync(0, table, reading, ShippedInstruments.Inventory12), reading);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_ByOthers_IsMissing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var matched = await MatchAsync(visitor, partnership, "x.csv", LimeSurvey);
        foreach (var role in new[] { Role.Lead, Role.Member, Role.Viewer })
        {
            using var other = await partnership.AsAsync(role);
            foreach (var path in new[] { ImportingLinks.BringAnswers(partnership.Id), matched.Path,
                matched.Path + "/confirm" }) Assert.Equal(404, (await other.GetAsync(path)).Status);
        }
        var elsewhere = await app.PartnershipAsync();
        using var stranger = await elsewhere.AsAsync(Role.Coordinator);
        Assert.Equal(404, (await stranger.GetAsync(matched.Path)).Status);
        Assert.Equal(404, (await stranger.GetAsync(matched.Path.Replace($"/{partnership.Id}/", $"/{elsewhere.Id}/",
            StringComparison.Ordinal))).Status);
        await using var alone = await TestApp.StartAsync(engine);
        var own = await alone.PartnershipAsync();
        using var late = await own.AsAsync(Role.Coordinator);
        var first = await MatchAsync(late, own, "x.csv", LimeSurvey);
        alone.Clock.Move(TimeSpan.FromMinutes(61));
        Assert.Equal(404, (await late.GetAsync(first.Path)).Status);
    }

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("cv1,cv2\n", "one row only")]
    [InlineData("cv1\n\"3\n", "never closed")]
    public async Task Bring_WhatIsNoList_IsRefusedBesideTheField(string content, string why)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(ImportingLinks.BringAnswers(partnership.Id));
        var answer = await visitor.SubmitAsync(page, [], file: ("File", "a.csv", Encoding.UTF8.GetBytes(content)));
        Assert.Equal(400, answer.Status);
        Assert.Contains(why, answer.ErrorOf("File"), StringComparison.Ordinal);
        Assert.NotNull((await visitor.SubmitAsync(page, [])).ErrorOf("File"));
        Assert.Equal(413, (await visitor.SubmitAsync(page, [], file: ("File", "a.csv",
            new byte[ImportOperations.MostBytes + 100_000]))).Status);
    }

    internal static async Task<Answer> MatchAsync(Visitor visitor, TestPartnership partnership, string fileName, byte[] content)
    {
        var page = await visitor.GetAsync(ImportingLinks.BringAnswers(partnership.Id));
        var brought = await visitor.SubmitAsync(page, [], file: ("File", fileName, content));
        Assert.True(brought.Status == 302, brought.Text);
        return await visitor.GetAsync(brought.Location!);
    }

    internal static async Task<Answer> GoOnAsync(Visitor visitor, Answer matched, Dictionary<string, string> fields)
    {
        var done = await visitor.SubmitAsync(matched, fields);
        Assert.True(done.Status == 302, done.Text);
        return await visitor.GetAsync(done.Location!);
    }

    private static async Task<JsonDocument> PublicationAsync(TestApp app, Round round) =>
        JsonDocument.Parse(await app.DbAsync(db => db.Set<StoredPublication>()
            .Where(p => p.RoundId == round.Id && p.Part == PublicationPart.Figures).Select(p => p.Content).SingleAsync()));

    private static Task<List<Round>> RoundsAsync(TestApp app, TestPartnership partnership) =>
        app.DbAsync(db => db.Set<Round>().AsNoTracking().Where(r => r.PartnershipId == partnership.Id).ToListAsync());
}
