using System.Text;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Commands.Surveys;

namespace Colead.Tests;

public class AnswersFileTests
{
    private const string Header = "partnership,respondent,organisation,sector,level,round,d1_1,d1_2\n";
    private const string Good = Header + "P,r1,A,public,board,1,1,5\nP,r2,A,public,senior,1,,DK\nP,r3,B,private,board,2,3,4\n";

    [Fact]
    public void Read_GoodFile_KeepsSkippedAndDontKnowApart()
    {
        var survey = Read(Good)!;
        Assert.Equal([1, 2], survey.Rounds.Select(r => r.Number));
        Assert.Equal([1, 5, Answer.SkippedCode, Answer.DontKnowCode], survey.Rounds[0].Answers.Codes.ToArray());
        Assert.Equal(["A", "B"], survey.Structure.Organisations.Select(o => o.Name));
        Assert.Equal([1], survey.Rounds[1].Answers.Organisations.ToArray());
    }

    [Theory]
    [InlineData("\uFEFF" + Good)]
    [InlineData("round,d1_2,level,sector,d1_1,organisation,Respondent,partnership\n1,5,board,public,1,A,r1,P\n1,DK,senior,public,,A,r2,P\n2,4,board,private,3,B,r3,P\n")]
    [InlineData("partnership;respondent;organisation;sector;level;round;d1_1;d1_2\nP;r1;A;public;board;1;1;5\nP;r2;A;public;senior;1;;DK\nP;r3;B;private;board;2;3;4\n")]
    [InlineData("partnership,respondent,organisation,sector,level,round,d1_1,d1_2\r\nP,r1,A,public,board,1,1,5\r\nP,r2,A,Public,SENIOR,1, ,dk\r\n\r\n\"P\",\"r3\",\" B\",\"private\",board,2,\"3\",4")]
    [InlineData("partnership,respondent,organisation,sector,level,round,d1_1,d1_2\rP,r1,A,public,board,1,1,5\rP,r2,A,public,senior,1,,DK\rP,r3,B,private,board,2,3,4")]
    public void Read_OtherForms_AreTheSame(string text)
    {
        var (one, other) = (Read(Good)!, Read(text)!);
        Assert.Equal(one.Structure.Organisations, other.Structure.Organisations);
        Assert.Equal(one.Rounds.Select(r => r.Number), other.Rounds.Select(r => r.Number));
        for (var i = 0; i < one.Rounds.Count; i++)
        {
            Assert.Equal(one.Rounds[i].Answers.Codes.ToArray(), other.Rounds[i].Answers.Codes.ToArray());
            Assert.Equal(one.Rounds[i].Answers.Organisations.ToArray(), other.Rounds[i].Answers.Organisations.ToArray());
            Assert.Equal(one.Rounds[i].Answers.Levels.ToArray(), other.Rounds[i].Answers.Levels.ToArray());
        }
    }

    [Theory]
    [InlineData("", "x.csv, line 1: The file is empty.")]
    [InlineData("\uFEFF \n", "x.csv, line 1: The file is empty.")]
    [InlineData(Header, "x.csv, line 2: There are no answers in this file.")]
    [InlineData("partnership,respondent,organisation,level,round,d1_1\nP,r1,A,board,1,3\n",
        "x.csv, line 1, column sector: This column is missing.")]
    [InlineData("partnership,respondent,organisation,sector,level,round,q1\nP,r1,A,public,board,1,3\n",
        "x.csv, line 1: No column is named d1_1, d1_2, …; name the instrument that was answered with --instrument.")]
    [InlineData("partnership,respondent,organisation,sector,level,round,d1_1,D1_1\nP,r1,A,public,board,1,3,4\n",
        "x.csv, line 1, column D1_1: Two columns have this name.")]
    [InlineData(Header + "P,r1,A,public,board,1,1,6\n",
        "x.csv, line 2, column d1_2: \"6\" is no answer; write a whole number from 1 to 5, DK for \"don't know\", or nothing.")]
    [InlineData(Header + "P,r1,A,public,board,1,1,2\nP,r2,A,public,board,1,3.0,2\n",
        "x.csv, line 3, column d1_1: \"3.0\" is no answer; write a whole number from 1 to 5, DK for \"don't know\", or nothing.")]
    [InlineData(Header + "P,r1,A,public,boss,1,1,2\n",
        "x.csv, line 2, column level: \"boss\" is no level; write board, senior, middle, frontline, volunteer, citizen.")]
    [InlineData(Header + "P,r1,A,state,board,1,1,2\n",
        "x.csv, line 2, column sector: \"state\" is no sector; write voluntary, public, private.")]
    [InlineData(Header + "P,r1,A,public,board,spring,1,2\n",
        "x.csv, line 2, column round: \"spring\" is no round; rounds are numbered 1 to 9999.")]
    [InlineData(Header + "P,r1,,public,board,1,1,2\n", "x.csv, line 2, column organisation: There is no name here.")]
    [InlineData(Header + "P,r1,\"A\nB\",public,board,1,1,2\n",
        "x.csv, line 2, column organisation: This name holds a line break or another control character.")]
    [InlineData(Header + "P,\"r\n1\",A,public,board,1,1,2\nP,r2,A,public,board,1,7,2\n",
        "x.csv, line 4, column d1_1: \"7\" is no answer; write a whole number from 1 to 5, DK for \"don't know\", or nothing.")]
    [InlineData(Header + "P,r1,A,public,board,1,1\n", "x.csv, line 2: This row has 7 fields; the first line names 8 columns.")]
    [InlineData(Header + "P,r1,A,public,board,1,1,2,3\n", "x.csv, line 2: This row has 9 fields; the first line names 8 columns.")]
    [InlineData(Header + "P,r1,\"A,public,board,1,1,2\nP,r2,B,public,board,1,1,2\n",
        "x.csv, line 2: A quotation mark is opened in this row and never closed.")]
    [InlineData(Header + "P,r1,A,public,board,1,1,2\nP,r2,A,private,board,1,1,2\n",
        "x.csv, line 3, column sector: A is public in other rows and private here.")]
    [InlineData(Header + "P,r1,A,public,board,1,1,2\nP,r1,A,public,senior,1,1,2\n",
        "x.csv, line 3, column respondent: r1 has answered this round already, on line 2.")]
    public void Read_BadFile_IsRefusedByLineAndColumn(string text, string problem)
    {
        var problems = new Problems();
        Assert.Null(Survey.Read("x.csv", Encoding.UTF8.GetBytes(text), null, null, null, problems));
        Assert.Equal(problem, problems.List[0].ToString());
    }

    [Fact]
    public void Read_SameRespondentInAnotherRoundOrPartnership_IsAnother()
    {
        var survey = Read(Header + "P,r1,A,public,board,1,1,2\nP,r1,A,public,board,2,1,2\nQ,r1,A,public,board,1,1,2\n")!;
        Assert.Equal(3, survey.Rows);
        Assert.Equal(["P / A", "Q / A"], survey.Structure.Organisations.Select(o => o.Name));
        Assert.Equal(["P", "Q"], survey.PartnershipOf);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x70, 0x00 }, "x.csv, line 1: This is UTF-16 text. Save the file as \"CSV UTF-8\".")]
    [InlineData(new byte[] { 0x50, 0x4B, 0x03, 0x04, 0x00 },
        "x.csv, line 1: This is a workbook, not a CSV file. Save the sheet as \"CSV UTF-8\".")]
    [InlineData(new byte[] { 0x61, 0x0A, 0x63, 0x61, 0x66, 0xE9, 0x0A },
        "x.csv, line 2: This line is not UTF-8 text. Save the file as \"CSV UTF-8\".")]
    public void Read_WrongEncoding_IsNamed(byte[] bytes, string problem)
    {
        var problems = new Problems();
        Assert.Null(Survey.Read("x.csv", bytes, null, null, null, problems));
        Assert.Equal(problem, Assert.Single(problems.List).ToString());
    }

    [Fact]
    public void Read_ManyBadRows_StopsAtTheLimit()
    {
        var text = new StringBuilder(Header);
        for (var i = 0; i < 1000; i++) text.Append("P,r").Append(i).Append(",A,public,board,1,9,2\n");
        var problems = new Problems();
        Assert.Null(Survey.Read("x.csv", Encoding.UTF8.GetBytes(text.ToString()), null, null, null, problems));
        Assert.Equal(Problems.Limit, problems.List.Count);
        Assert.Equal(Problems.Limit + 1, problems.List[^1].Line);
    }

    [Fact]
    public void Read_OtherColumns_AreNotReadAndSaid()
    {
        var survey = Read("partnership,respondent,date,organisation,sector,level,round,d1_1\nP,r1,2026-01-01,A,public,board,1,3\n")!;
        Assert.Equal("Not read: column date.", Assert.Single(survey.Warnings));
    }

    [Fact]
    public void Read_TwelvePoints_TakesTwoDigits()
    {
        var instrument = new Instrument("i", "1", Scale.TwelvePoint, [new Dimension("d", [new Item("q1"), new Item("q2")])]);
        var problems = new Problems();
        var survey = Survey.Read("x.csv",
            Encoding.UTF8.GetBytes("partnership,respondent,organisation,sector,level,round,q1,q2\nP,r1,A,public,board,1,12, 10 \n"), null,
            null, instrument, problems)!;
        Assert.Equal([12, 10], survey.Rounds[0].Answers.Codes.ToArray());
    }

    /// <summary>Plain rows are looked up many answers at once and quoted ones field by field: both ways must read the same.</summary>
    [Fact]
    public void Read_PlainAndQuotedRows_AreTheSame()
    {
        var random = new SeededRandom(12);
        string[] fields = ["", "", " ", "DK", "dk", " 7", "1", "2", "3", "9", "10", "11", "12", "12 ", "0012"];
        for (var trial = 0; trial < 200; trial++)
        {
            var items = 1 + random.Next(50);
            var instrument = new Instrument("i", "1", Scale.TwelvePoint,
                [new Dimension("d", [.. Enumerable.Range(1, items).Select(i => new Item("q" + i))])]);
            string[][] rows = [.. Enumerable.Range(0, 12).Select(r => (string[])
            [
                "P", "r" + r, "O" + random.Next(3), "public", "board", "1",
                .. Enumerable.Range(0, items).Select(_ => random.Next(2) == 0 ? fields[random.Next(fields.Length)] : "5"),
            ])];
            string[] header = ["partnership", "respondent", "organisation", "sector", "level", "round",
                .. instrument.Items.Select(i => i.Id)];
            var plain = (trial % 2 == 0 ? "\uFEFF" : "") + string.Join(trial % 3 == 0 ? "\r\n" : "\n", rows.Prepend(header)
                .Select(r => string.Join(',', r)));
            var quoted = string.Join('\n', rows.Prepend(header).Select(r => string.Join(',', r.Select(f => $"\"{f}\""))));
            var problems = new Problems();
            var one = Survey.Read("x.csv", Encoding.UTF8.GetBytes(plain), null, null, instrument, problems);
            var other = Survey.Read("x.csv", Encoding.UTF8.GetBytes(quoted), null, null, instrument, problems);
            Assert.Empty(problems.List);
            Assert.Equal(other!.Rounds[0].Answers.Codes.ToArray(), one!.Rounds[0].Answers.Codes.ToArray());
            var expected = rows.SelectMany(r => r[6..]).Select(f => f.Trim() switch
            {
                "" => Answer.SkippedCode,
                "DK" or "dk" => Answer.DontKnowCode,
                var digits => byte.Parse(digits, System.Globalization.CultureInfo.InvariantCulture),
            });
            Assert.Equal(expected, one.Rounds[0].Answers.Codes.ToArray());
        }
    }

    [Fact]
    public void Read_RosterShorterThanAnswers_IsTakenAndSaid()
    {
        var survey = Read(Good,
            "partnership,organisation,sector,level,round,invited\nP,A,public,board,1,0\nP,A,public,senior,1,1\nP,C,public,senior,2,4\nP,B,private,board,2,1\n")!;
        Assert.Equal("Round 1: 1 answers from A, board, but 0 invited; as many are taken as invited.", Assert.Single(survey.ShortRosters));
        Assert.Equal(5, survey.Rounds[1].Roster!.Total);
        Assert.Equal(["A", "B", "C"], survey.Structure.Organisations.Select(o => o.Name));
    }

    [Theory]
    [InlineData("partnership,organisation,sector,level,round,invited\nP,A,public,board,1,many\n",
        "r.csv, line 2, column invited: \"many\" is no head-count.")]
    [InlineData("partnership,organisation,sector,level,round,invited\nP,A,public,board,1,-1\n",
        "r.csv, line 2, column invited: \"-1\" is no head-count.")]
    [InlineData("partnership,organisation,sector,level,round,invited\nP,A,public,board,1,1\nP,A,public,board,1,1\n",
        "r.csv, line 3, column level: This organisation and level stand in another row of this round already.")]
    [InlineData("partnership,organisation,sector,level,round,invited\nP,A,public,board,1,1\n",
        "r.csv, line 1, column round: The roster has no row for round 2, which has answers.")]
    [InlineData("partnership,organisation,sector,level,round\nP,A,public,board,1\n",
        "r.csv, line 1, column invited: This column is missing.")]
    [InlineData("partnership,organisation,sector,level,round,invited\nP,A,private,board,1,4\n",
        "r.csv, line 2, column sector: A is public in other rows and private here.")]
    public void Read_BadRoster_IsRefusedByLineAndColumn(string roster, string problem)
    {
        var problems = new Problems();
        Assert.Null(Survey.Read("x.csv", Encoding.UTF8.GetBytes(Good), "r.csv", Encoding.UTF8.GetBytes(roster), null, problems));
        Assert.Equal(problem, problems.List[0].ToString());
    }

    [Fact]
    public async Task Analyse_UnreadableFiles_SayWhyAndExit66()
    {
        using var folder = new TemporaryFolder();
        var directory = await CommandRun.OfAsync("analyse", folder.Path);
        Assert.Equal((66, $"{folder.Path} is a folder, not a file.\n"), (directory.Code, directory.Error.ReplaceLineEndings("\n")));
        var missing = Path.Combine(folder.Path, "none.csv");
        var absent = await CommandRun.OfAsync("analyse", missing);
        Assert.Equal((66, $"There is no file {missing}.\n"), (absent.Code, absent.Error.ReplaceLineEndings("\n")));
        var instrument = await CommandRun.OfAsync("analyse", folder.Write("a.csv", Good), "--instrument", "inventory-13");
        Assert.Equal(66, instrument.Code);
        Assert.Contains("inventory-12, agreement-5", instrument.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyse_BadData_NamesEachAndExits65()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.csv", Header + "P,r1,A,public,board,1,9,8\n");
        var run = await CommandRun.OfAsync("analyse", path, "--json", "--unprotected");
        Assert.Equal(65, run.Code);
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        var broken = folder.Write("i.json", "{\n  \"id\": 3\n}");
        var instrument = await CommandRun.OfAsync("analyse", path, "--instrument", broken);
        Assert.Equal(65, instrument.Code);
        Assert.Contains("line 2: (at 9)", instrument.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("analyse")]
    [InlineData("analyse", "a.csv", "--group", "sector")]
    [InlineData("analyse", "a.csv", "--unprotected")]
    [InlineData("analyse", "a.csv", "--rooster", "b.csv")]
    [InlineData("analyze", "a.csv")]
    public async Task Commands_CalledWrongly_Exit64(params string[] arguments)
    {
        var run = await CommandRun.OfAsync(arguments);
        Assert.Equal(64, run.Code);
        Assert.NotEqual("", run.Error);
    }

    [Fact]
    public async Task Help_Analyse_NamesTheExitCodes()
    {
        var run = await CommandRun.OfAsync("analyse", "--help");
        Assert.Equal(0, run.Code);
        foreach (var code in new[] { "64", "65", "66", "70" }) Assert.Contains(code, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analyse_InstrumentFile_GivesItsDimensions()
    {
        using var folder = new TemporaryFolder();
        var instrument = folder.Write("mine.json", """
            {"id":"mine","version":"1","languages":{"en":"reviewed"},"titles":{"en":"Mine"},
             "scale":{"lowest":0,"highest":1,"anchors":{"en":["no","yes"]}},
             "dimensions":[{"id":"trust","names":{"en":"Trust"},"descriptions":{"en":"Trust."},"items":[{"id":"q1","texts":{"en":"Yes?"}},{"id":"q2","texts":{"en":"And?"}}]}]}
            """);
        var answers =
            folder.Write("a.csv",
            "partnership,respondent,organisation,sector,level,round,q1,q2\nP,r1,A,public,board,1,0,1\nP,r2,A,public,board,1,1,1\n");
        var run = await CommandRun.OfAsync("analyse", answers, "--instrument", instrument, "--json", "--unprotected");
        using var json = JsonDocument.Parse(run.Output);
        var first = json.RootElement.GetProperty("rounds_detail").GetProperty("1").GetProperty("means")[0];
        Assert.Equal(("trust", 0.75), (first.GetProperty("measure").GetString(), first.GetProperty("mean").GetDouble()));
    }

    private static Survey? Read(string answers, string? roster = null)
    {
        var problems = new Problems();
        var survey = Survey.Read("x.csv", Encoding.UTF8.GetBytes(answers), "r.csv", roster is null ? null : Encoding.UTF8.GetBytes(roster),
            null, problems);
        Assert.Empty(problems.List);
        return survey;
    }
}
