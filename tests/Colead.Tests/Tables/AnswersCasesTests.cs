using System.Globalization;
using System.Text;
using Colead.Analysis.Instruments;
using Colead.Commands;
using Colead.Kit.Tables;
using Colead.Parts.Importing;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Fuzzing;
using Colead.Tests.Inventory;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Tables;

/// <summary>
/// Answers as other programs export them: taken as they were meant, or asked about; by the pages and by the command line.
/// </summary>
public class AnswersCasesTests(House house)
{
    private static readonly string[] Organisations = ["Harbour Vale Police", "Harbour Vale Council", "Harbour Food Network",
        "Quayside Hotels", "Vale Community Health", "Vale Carers"];

    /// <summary>File, options, answers, and what must be said.</summary>
    public static TheoryData<string, string[], int, string[]> Taken() => new()
    {
        { "answers-numbers-1-to-5.csv", ["--instrument", "agreement-5"], 48, [] },
        { "answers-numbers-1-to-5.csv", ["--instrument", "inventory-12"], 48, ["No answer is above 5 of 12"] },
        { "answers-ends-named-reversed.csv", ["--answer", "numbers=turned"], 48, [] },
        { "answers-qualtrics-text.csv", [], 41, ["3 rows name the columns", "3 rows are previews", "4 rows were never finished"] },
        { "answers-surveymonkey.csv", [], 48, ["2 rows name the columns"] },
        { "answers-one-person-six-times.csv", [], 36, ["6 answers are of people who are there more than once"] },
        { "answers-writes-NA.csv", ["--instrument", "agreement-5"], 48, ["no answer: 422 (NA)"] },
        { "answers-semicolon-commas-in-questions.csv", [], 48, ["separated by semicolons"] },
        { "answers-msforms.xlsx", [], 48, [] },
        { "answers-cover-first.xlsx", [], 48, ["Sheet “Responses”, not “Read me”"] },
        { "answers-huge-unused-cell.csv", [], 48, ["Drawing (base64)"] },
        { "answers-353-columns.csv", [], 48, [] },
        { "answers-limesurvey-codes.csv", ["--answer", "columns=yes", "--word", "AO01=1", "AO02=2", "AO03=3", "AO04=4", "AO05=5"], 44,
            ["4 never sent"] },
        { "answers-decimal-comma.csv", ["--instrument", "agreement-5"], 48, [] },
    };

    [Theory, MemberData(nameof(Taken))]
    public async Task Import_WithWhatMustBeSaid_TakesEveryAnswer(string file, string[] options, int answers, string[] said)
    {
        var (app, partnership) = await PartnershipAsync(Engine.Sqlite);
        var look = await RunAsync(app, file, partnership, options);
        Assert.Equal((ExitCodes.Ok, ""), (look.Code, look.Error));
        Assert.Contains($"\n{answers} answers, ", look.Output, StringComparison.Ordinal);
        Assert.All(said, text => Assert.Contains(text, look.Output, StringComparison.Ordinal));
        var kept = await RunAsync(app, file, partnership, [.. options, "--yes"]);
        Assert.Equal((ExitCodes.Ok, ""), (kept.Code, kept.Error));
    }

    public static TheoryData<string, string> Asked() => new()
    {
        { "answers-numbers-1-to-5.csv",
            "2 questionnaires fit this file equally well. The highest answer is 5. Which was answered? Say it with --instrument" },
        { "answers-writes-NA.csv", "2 questionnaires fit this file equally well" },
        { "answers-decimal-comma.csv", "2 questionnaires fit this file equally well" },
        { "answers-ends-named-reversed.csv", "the numbers go another way than our scale: “5 (Strongly disagree)”" },
        { "answers-limesurvey-codes.csv", "The columns of 30 statements are guessed" },
        { "answers-limesurvey-codes.csv", "“AO03” is not on the scale" },
    };

    /// <summary>Whatever was guessed is refused, with --yes too, and nothing is kept.</summary>
    [Theory, MemberData(nameof(Asked))]
    public async Task Import_WhatIsGuessed_IsAskedAndNothingIsKept(string file, string question)
    {
        var (app, partnership) = await PartnershipAsync(Engine.Sqlite);
        foreach (var yes in new[] { Array.Empty<string>(), ["--yes"] })
        {
            var run = await RunAsync(app, file, partnership, yes);
            Assert.Equal(ExitCodes.BadData, run.Code);
            Assert.Contains(question, run.Error, StringComparison.Ordinal);
        }
        Assert.False(await app.DbAsync(db => db.Set<Round>().AnyAsync(r => r.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_TwoQuestionnairesThatFit_AreAskedOnThePage(Engine engine)
    {
        var (app, partnership) = await PartnershipAsync(engine);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var matched = await ElsewhereTests.MatchAsync(visitor, partnership, "x.csv", RosterCasesTests.Case("answers-numbers-1-to-5.csv"));
        Assert.Contains("2 questionnaires fit this file equally well", matched.Text, StringComparison.Ordinal);
        var refused = await visitor.SubmitAsync(matched, []);
        Assert.Equal(400, refused.Status);
        Assert.Contains("Answer what is asked first", refused.Text, StringComparison.Ordinal);
        var twelve = await ElsewhereTests.GoOnAsync(visitor, matched,
            new() { ["ask.instrument"] = InstrumentFile.ContentHash(ShippedInstruments.Inventory12) });
        Assert.Contains("No answer is above 5 of 12", twelve.Text, StringComparison.Ordinal);
        var five = await ElsewhereTests.GoOnAsync(visitor, await visitor.GetAsync(matched.Path),
            new() { ["ask.instrument"] = InstrumentFile.ContentHash(ShippedInstruments.Agreement5) });
        Assert.Equal("48 answers are ready to become a round", five.Heading);
        Assert.DoesNotContain("No answer is above", five.Text, StringComparison.Ordinal);
        Assert.Contains("33 columns are taken", five.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(five, [])).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_RowsCountedApart_CanBeBroughtAllTheSame(Engine engine)
    {
        var (_, partnership) = await PartnershipAsync(engine);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var matched = await ElsewhereTests.MatchAsync(visitor, partnership, "x.csv", RosterCasesTests.Case("answers-qualtrics-text.csv"));
        var confirm = await ElsewhereTests.GoOnAsync(visitor, matched, []);
        Assert.Equal("41 answers are ready to become a round", confirm.Heading);
        Assert.Contains("3 rows are previews or tests of the survey, and are left out", confirm.Text, StringComparison.Ordinal);
        var all = await ElsewhereTests.GoOnAsync(visitor, await visitor.GetAsync(matched.Path), new() { ["ask.unfinished"] = "bring" });
        Assert.Equal("45 answers are ready to become a round", all.Heading);
    }

    [Fact]
    public async Task Import_AReversedScale_IsTurnedInTheWholeColumn()
    {
        var (plan, _) = await PlanAsync(RosterCasesTests.Case("answers-ends-named-reversed.csv"), ShippedInstruments.Agreement5,
            new() { ["numbers"] = "turned" });
        // the same answers in words
        var (straight, _) = await PlanAsync(RosterCasesTests.Case("answers-semicolon-commas-in-questions.csv"),
            ShippedInstruments.Agreement5, []);
        Assert.Equal(straight.Rows.Select(row => Convert.ToHexString(row.Answers)),
            plan.Rows.Select(row => Convert.ToHexString(row.Answers)));
    }

    [Theory]
    [InlineData("Strongly agree,2,3,4,Strongly disagree", "Only the ends of the scale are in words")]
    [InlineData("0,1,2,3,4", "Answers run from 0 to 4")]
    [InlineData("0 (Strongly disagree),1,2,3,4 (Strongly agree)", "the numbers go another way than our scale")]
    public async Task Import_NumbersThatMayMeanTwoThings_AreAsked(string words, string question)
    {
        var (plan, _) = await PlanAsync(FileOf(words.Split(',')), ShippedInstruments.Agreement5, []);
        Assert.Contains(question, Assert.Single(plan.Questions, asked => asked.Waits).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AScaleWhoseUpperPartIsNeverUsed_IsAQuestion()
    {
        var (plan, _) = await PlanAsync(FileOf(["1", "2", "3", "4", "5"]), ShippedInstruments.Inventory12, []);
        Assert.Contains(plan.Questions, question => question is { Id: "upper", Waits: true });
    }

    public static TheoryData<string, string> Shapes() => new()
    {
        { "respondent,question,answer\n" + string.Concat(Enumerable.Range(1, 4)
            .SelectMany(n => ShippedInstruments.Agreement5.Items.Select(item => $"{n},{item.Id},{(n % 5) + 1}\n"))), "This file is long" },
        { "Statement," + string.Join(',', Enumerable.Range(1, 20).Select(n => "P" + n)) + "\n"
            + string.Concat(ShippedInstruments.Agreement5.Items.Select(item =>
            $"\"{item.Texts["en"]}\",{string.Join(',', Enumerable.Range(1, 20).Select(n => (n % 5) + 1))}\n")), "turned on its side" },
        { "Statement,Strongly disagree,Disagree,Neither agree nor disagree,Agree,Strongly agree\n"
            + string.Concat(ShippedInstruments.Agreement5.Items.Select(item => $"\"{item.Texts["en"]}\",1,2,3,4,5\n")),
            "These are tallies" },
        { "Statement,Average\n" + string.Concat(ShippedInstruments.Agreement5.Items.Select(item => $"\"{item.Texts["en"]}\",3.42\n")),
            "These are averages" },
    };

    [Theory, MemberData(nameof(Shapes))]
    public async Task Import_AnotherShape_IsNamed(string text, string said)
    {
        var (app, partnership) = await PartnershipAsync(Engine.Sqlite);
        using var folder = new TemporaryFolder();
        var run = await CommandRun.OfAsync(["import", folder.Write("x.csv", Encoding.UTF8.GetBytes(text)), "--partnership",
            partnership.Id.ToString(CultureInfo.InvariantCulture), "--instrument", "agreement-5", "--yes", "--data",
            app.Settings.DataFolder]);
        Assert.Equal(ExitCodes.BadData, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_AveragesBelow_TriesAndDates_AreCountedApartOrNamed()
    {
        var ids = ShippedInstruments.Agreement5.Items.Select(item => item.Id).ToList();
        string Row(string name, string answer) => $"{name},{string.Join(',', ids.Select(_ => answer))}\n";
        var text = $"Name,{string.Join(',', ids)}\n" + string.Concat(Enumerable.Range(0, 12)
            .Select(n => Row("p" + n, ((n % 5) + 1).ToString(CultureInfo.InvariantCulture)))) + Row("Test", "3") + Row("Average", "3.4")
            + Row("p13", "03-Apr");
        var (plan, _) = await PlanAsync(Encoding.UTF8.GetBytes(text), ShippedInstruments.Agreement5, []);
        Assert.Equal([15], plan.Apart[RowKind.Average]);
        Assert.Contains(plan.Questions, question => question is { Id: "tests", Waits: true });
        Assert.StartsWith("A spreadsheet has made a date of an answer", Assert.Single(plan.Causes).Sentence, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Programs() => new()
    {
        { "redcap", "record_id,survey_complete", "1,2|2,0|3,Incomplete|4,2" },
        { "kobo", "_id,_validation_status", "1,Approved|2,Not approved|3,validation_status_not_approved|4," },
        { "surveymonkey", "Respondent ID,Response Status", "1,Completed|2,Partial|3,Disqualified|4,Completed" },
        { "qualtrics in numbers", "ResponseId,Status,Finished,Progress", "a,0,1,100|b,1,1,100|c,0,0,40|d,0,1,100" },
    };

    [Theory, MemberData(nameof(Programs))]
    public async Task Import_WhatProgramsNoteOfARow_IsKnown(string program, string headings, string rows)
    {
        var ids = ShippedInstruments.Agreement5.Items.Select(item => item.Id).ToList();
        var text = $"{headings},{string.Join(',', ids)}\n" + string.Concat(rows.Split('|')
            .Select((row, n) => $"{row},{string.Join(',', ids.Select((_, i) => ((i + n) % 5) + 1))}\n"));
        var (plan, _) = await PlanAsync(Encoding.UTF8.GetBytes(text), ShippedInstruments.Agreement5, []);
        Assert.True((2, 2) == (plan.Rows.Count, plan.Apart.Values.Sum(apart => apart.Count)), program);
    }

    [Fact]
    public void Workbook_DatesOfExcel_TruthsAndEscapes_KeepTheirKind()
    {
        const string styles = "<styleSheet xmlns=\"" + Workbooks.Main
            + "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"[$-809]dd mmm\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
        var relations = Workbooks.Usual[Workbooks.BookRelations].Replace("</Relationships>",
            "<Relationship Id=\"r7\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>", StringComparison.Ordinal);
        var table = TableFile.Read(Workbooks.With((Workbooks.BookRelations, [relations]), ("xl/styles.xml", [styles]),
            (Workbooks.SheetPath, [Workbooks.Sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>46082</v></c><c r=\"B2\" s=\"2\"><v>46082.5</v></c><c r=\"C2\"><v>46082</v></c><c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" t=\"inlineStr\"><is><t>a_x000D_b</t></is></c></row>")])));
        var row = Assert.Single(table.Rows);
        Assert.Equal(["2026-03-01", "2026-03-01 12:00", "46082", "TRUE", "a b"], row.Cells);
        Assert.Equal((true, true, false), (row.IsDate(0), row.IsDate(1), row.IsDate(2)));
    }

    private static byte[] FileOf(string[] words)
    {
        var ids = ShippedInstruments.Agreement5.Items.Select(item => item.Id).ToList();
        return Encoding.UTF8.GetBytes($"Note,{string.Join(',', ids)}\n"
            + string.Concat(Enumerable.Range(0, 20).Select(n =>
            $"x,{string.Join(',', ids.Select((_, i) => words[(i + n) % words.Length]))}\n")));
    }

    private async Task<(AnswersPlan, AnswersReading)> PlanAsync(byte[] content, Instrument instrument, Dictionary<string, string> said)
    {
        var (app, partnership) = await PartnershipAsync(Engine.Sqlite);
        using var scope = app.Services.CreateScope();
        var import = scope.ServiceProvider.GetRequiredService<ImportOperations>();
        var table = TableFile.Read(content, ImportOperations.Limits);
        var reading = await import.GuessAsync(partnership.Id, table, [instrument]) with { Said = said };
        return (await import.PlanAsync(partnership.Id, table, reading, instrument), reading);
    }

    private async Task<(TestApp, TestPartnership)> PartnershipAsync(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.DbAsync(async db =>
        {
            foreach (var name in Organisations)
            {
                var organisation = new Organisation { PartnershipId = partnership.Id, Name = name, Sector = Sector.Public };
                organisation.Join(new DateOnly(2026, 1, 1));
                db.Set<Organisation>().Add(organisation);
            }
            return await db.SaveChangesAsync();
        });
        return (app, partnership);
    }

    private static Task<CommandRun> RunAsync(TestApp app, string file, TestPartnership partnership, params string[] options) =>
        CommandRun.OfAsync(["import", Path.Combine(AppContext.BaseDirectory, "Tables", "Files", file), "--partnership",
            partnership.Id.ToString(CultureInfo.InvariantCulture), .. options, "--data", app.Settings.DataFolder]);
}
