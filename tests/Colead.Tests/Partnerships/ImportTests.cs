using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Partnerships;

public class ImportTests(House house, ITestOutputHelper output)
{
    private const string Simple =
        "Full name,E-mail address,Organisation,Sector,Level\nSiân Môr,sian@example.org,Coed Trust,Charity,Board\n";

    public static TheoryData<string, byte[]> Encodings() => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Simple) },
        { "UTF-8 with a mark", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Simple)] },
        { "UTF-16 little", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Simple)] },
        { "UTF-16 big", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Simple)] },
        { "UTF-16 without a mark", Encoding.Unicode.GetBytes(Simple) },
        { "Windows-1252", Encoding.Latin1.GetBytes(Simple) },
        { "semicolons", Encoding.UTF8.GetBytes(Simple.Replace(',', ';')) },
        { "tabs", Encoding.UTF8.GetBytes(Simple.Replace(',', '\t')) },
        { "sep line", Encoding.UTF8.GetBytes("sep=;\r\n" + Simple.Replace(',', ';')) },
        { "quoted", Encoding.UTF8.GetBytes("\"Full\nname\",\"E-mail address\",\"Organisation\",Sector,Level\r\n\r\n\" Siân\nMôr \",sian@example.org,\"Coed  Trust\",Charity,\"Board\"\r\n,,,,\r\n") },
        { "a title above", Encoding.UTF8.GetBytes("Staff list 2026,,,,\n" + Simple) },
        { "workbook", TableWriter.Workbook("People", Simple.TrimEnd().Split('\n')
            .Select(line => line.Split(',').Cast<string?>().ToArray())) },
    };

    [Theory, MemberData(nameof(Encodings))]
    public void Read_FilesAsPeopleHaveThem_GiveTheSameRow(string kind, byte[] content)
    {
        var table = TableFile.Read(content);
        var columns = RosterColumns.Guess(table.Headers);
        Assert.Equal((0, 1, 2, 3, 4), (columns[RosterColumn.Name], columns[RosterColumn.Email], columns[RosterColumn.Organisation],
            columns[RosterColumn.Sector], columns[RosterColumn.Level]));
        var row = Assert.Single(table.Rows);
        Assert.Equal(["Siân Môr", "sian@example.org", "Coed Trust", "Charity", "Board"], row.Cells);
        Assert.Equal(kind is "quoted" or "sep line" or "a title above" ? 3 : 2, row.Number);
    }

    public static TheoryData<string, byte[]> Unreadable() => new()
    {
        { "empty", [] },
        { "blank", "\n\n , \n"u8.ToArray() },
        { "header only", "Name,Level\n"u8.ToArray() },
        { "open quote", "Name,Level\n\"Sam,Board\n"u8.ToArray() },
        { "a picture", [0x89, 0x50, 0x4E, 0x47, 0, 0, 1, 2, 3, 0, 0] },
        { "old Excel", [0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3] },
        { "a zip", Zip(("a.txt", 10)) },
        { "a zip bomb", Zip(("xl/workbook.xml", 300_000_000)) },
        { "a web page", "<html><table><tr><td>Name</td></tr></table></html>"u8.ToArray() },
        { "a PDF", "%PDF-1.4\n1 0 obj\n"u8.ToArray() },
        { "a workbook with a row of no number", Tampered("xl/worksheets/sheet1.xml", "<row r=\"abc\"/>") },
        { "a workbook with a cell of no kind",
            Tampered("xl/worksheets/sheet1.xml", "<row r=\"1\"><c r=\"A1\" t=\"zz\"><v>x</v></c></row>") },
        { "a workbook of nothing", Tampered("xl/workbook.xml", null) },
        { "half a workbook", TableWriter.Workbook("x", [["a"], ["b"]])[..400] },
        { "too many rows", Encoding.UTF8.GetBytes("Name\n" + string.Concat(Enumerable.Repeat("x\n", TableFile.MostRows + 5))) },
        { "too many columns", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat("x", 2_000)) + "\n1\n") },
    };

    [Theory, MemberData(nameof(Unreadable))]
    public void Read_WhatIsNoList_SaysWhyInAPlainSentence(string kind, byte[] content)
    {
        var error = Assert.Throws<UnreadableFileException>(() => TableFile.Read(content));
        Assert.True(error.Message.Length > 15, kind);
    }

    /// <summary>What nobody needs may be as long as it likes; what is needed is refused with its row.</summary>
    [Fact]
    public async Task Import_AGiantCell_MattersOnlyWhereItIsNeeded()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var giant = new string('x', 50_000);
        string File(string name, string note) =>
            $"Name,Organisation,Level,Note\n{name},{partnership.Organisations[0].Name},Board,{note}\nAna Reed,{partnership.Organisations[0].Name},Board,\n";
        Assert.Contains("2 people are added", (await PreviewAsync(visitor, partnership, Encoding.UTF8.GetBytes(File("Sam Low", giant))))
            .Text, StringComparison.Ordinal);
        Assert.Contains("The name is longer than 120 characters",
            (await PreviewAsync(visitor, partnership, Encoding.UTF8.GetBytes(File(giant, "")))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name,Level\nSam,Board\nRobert \"Bob\" Low,Board\n", "Robert \"Bob\" Low")]
    [InlineData("sep=|\nName|Level\nA|Board\nBo|Board\n", "Bo")]
    [InlineData("sep=\"\nName,Level\nA,Board\nBo,Board\n", "Bo")]
    public void Read_OddMarks_AreTextWhereTheyCanBe(string text, string last) =>
        Assert.Equal(last, TableFile.Read(Encoding.UTF8.GetBytes(text)).Rows[^1][0]);

    [Theory]
    [InlineData("Name,Level\nSam,Board\n\"Ana\" Low,Board\n", "row 3")]
    [InlineData("Name,Level\nSam,Board\n\"Ana,Board\nBo,Board\n", "row 3")]
    public void Read_AMarkNobodyUnderstands_IsNamedByItsRow(string text, string row) =>
        Assert.Contains(row, Assert.Throws<UnreadableFileException>(() => TableFile.Read(Encoding.UTF8.GetBytes(text))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Ana Reed <ana@example.org>", "ana@example.org")]
    [InlineData("mailto:ana@example.org", "ana@example.org")]
    [InlineData("ana@example.org;", "ana@example.org")]
    [InlineData("n/a", "")]
    [InlineData("-", "")]
    [InlineData("ana at example", "ana at example")]
    public void AddressIn_WhatPeopleWrite_IsTheAddressAlone(string text, string address) =>
        Assert.Equal(address, RosterWords.AddressIn(text));

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_ANameWithANewAddress_IsPointedOut(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Ana Reed", TestApp.NewEmail("ana"), 0, Level.Board);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var preview = await PreviewAsync(visitor, partnership,
            Encoding.UTF8.GetBytes($"Name,Email,Organisation,Level\nAna Reed,{TestApp.NewEmail("new")},{partnership.Organisations[0].Name},Board\n"));
        Assert.Contains("already under another address", preview.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_ConfirmedTwiceAtOnce_IsSavedOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        // without addresses nothing else keeps them from being there twice
        var rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"Person {i},{partnership.Organisations[0].Name},Board\n"));
        var preview = await PreviewAsync(visitor, partnership, Encoding.UTF8.GetBytes("Name,Organisation,Level\n" + rows));
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => visitor.SubmitAsync(preview, [])));
        Assert.All(answers, answer => Assert.Equal(PartnershipsLinks.People(partnership.Id), answer.Location));
        Assert.Equal(200, await PeopleAsync(app, partnership));
        Assert.Equal(PartnershipsLinks.People(partnership.Id), (await visitor.SubmitAsync(preview, [])).Location);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_APlainFile_PreviewsSavesNothing_ConfirmSavesAll_AgainChangesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var file = Encoding.UTF8.GetBytes($"Name;Email;Org;Sector;Level;Job title\nAna Reed;ana{partnership.Id}@example.org;{partnership.Organisations[0].Name};;Front line;Warden\nBen Shaw;;New Reed Trust;voluntary;volunteer;\n");
        var preview = await PreviewAsync(visitor, partnership, file);
        Assert.Equal("2 new people ready to be added", preview.Heading);
        Assert.Contains("New Reed Trust", preview.Text, StringComparison.Ordinal);
        Assert.Equal(0, await PeopleAsync(app, partnership));
        Assert.Equal(302, (await visitor.SubmitAsync(preview, [])).Status);
        Assert.Equal(2, await PeopleAsync(app, partnership));
        var again = await PreviewAsync(visitor, partnership, file);
        Assert.Equal("Everything in this file is here already", again.Heading);
        Assert.Null(again.Document.QuerySelectorAll("button")
            .FirstOrDefault(button => button.TextContent.Contains("Save", StringComparison.Ordinal)));
        var export = await visitor.BytesAsync(PartnershipsLinks.Roster(partnership.Id, "xlsx"));
        Assert.Equal("Everything in this file is here already", (await PreviewAsync(visitor, partnership, export)).Heading);
        Assert.Equal("Everything in this file is here already",
            (await PreviewAsync(visitor, partnership, await visitor.BytesAsync(PartnershipsLinks.Roster(partnership.Id, "csv")))).Heading);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_AMessyFile_NamesEachProblemByRowAndColumn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var council = partnership.Organisations[0].Name;
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var lines = new[]
        {
            "First name,Surname,Email,Organisation,Sector,Level",
            $"Ana,Reed,ana.reed{partnership.Id}@example.org,{council},public,Board",      // 2 good
            $",,x{partnership.Id}@example.org,{council},public,Board",                   // 3 no name
            $"Bo,Low,bo at example,{council},public,Board",                              // 4 bad address
            $"Cy,Moor,cy{partnership.Id}@example.org,{council},public,Head honcho",      // 5 unknown level
            $"Di,Nash,di{partnership.Id}@example.org,Quango,Hybrid,Board",               // 6 unknown sector
            ",,,,,",                                                                     // 7 blank
            $"Ana,Reed,ANA.REED{partnership.Id}@example.org,{council},public,Board",      // 8 the same again
            $"Eve,Pool,ana.reed{partnership.Id}@example.org,{council},public,Board",      // 9 one address, two names
            $"Ana,Reed,ana.reed{partnership.Id}@example.org,{council},public,Volunteer",  // 10 two levels
            $"Ana,Reed,ana.reed{partnership.Id}@example.org,{partnership.Organisations[1].Name},,Volunteer", // 11 second organisation
            $"Zo\uFFFD,Ash,,{council},public,Board",                                     // 12 a letter lost on the way
        };
        var preview = await PreviewAsync(visitor, partnership, Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        var remarks = preview.Document.QuerySelectorAll("table tbody tr")
            .Select(row => string.Join('|', row.Children.Take(2)
            .Select(cell => cell.TextContent.Replace("Row ", "", StringComparison.Ordinal).Trim())) + "|"
            + (row.TextContent.Contains("Left out", StringComparison.Ordinal) ? "out" : "note")).ToList();
        Assert.Equal(["3|Name|out", "5|Level|out", "6|Sector|out", "10|Level|out", "12|Name|out", "4|E-mail|note", "8|E-mail|note",
            "9|E-mail|note"], remarks);
        var refused = await visitor.SubmitAsync(preview, []);
        Assert.Equal(400, refused.Status);
        Assert.Equal(0, await PeopleAsync(app, partnership));
        var told = await visitor.SubmitAsync(preview, new() { ["level.HEADHONCHO"] = "Senior", ["sector.HYBRID"] = "Public" }, "look");
        Assert.Contains("3 rows", told.Heading, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(told, new() { ["LeaveOut"] = "true" })).Status);
        Assert.Equal(5, await PeopleAsync(app, partnership)); // two of them without their address
        Assert.Equal(2, await app.DbAsync(db => db.Set<Membership>()
            .CountAsync(m => m.Person!.PartnershipId == partnership.Id && m.Person.Name == "Ana Reed")));
        Assert.Equal(Level.Senior, await app.DbAsync(db => db.Set<Membership>()
            .Where(m => m.Person!.PartnershipId == partnership.Id && m.Person.Name == "Cy Moor").Select(m => m.Level).SingleAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_ColumnsOfOtherNames_AreAskedForAndTakenAsChosen(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var preview = await PreviewAsync(visitor, partnership,
            Encoding.UTF8.GetBytes($"Who,Where,How high\nAna Reed,{partnership.Organisations[0].Name},Board\n"));
        Assert.Equal("Which column is which?", preview.Heading);
        var told = await visitor.SubmitAsync(preview, new() { ["column.Name"] = "0", ["column.Organisation"] = "1",
            ["column.Level"] = "2" }, "look");
        Assert.Equal("1 new person ready to be added", told.Heading);
        Assert.Equal(302, (await visitor.SubmitAsync(told, [])).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_WhenTheListChangedMeanwhile_SavesNothingAndShowsItAnew(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var email = TestApp.NewEmail("ana");
        var preview = await PreviewAsync(visitor, partnership,
            Encoding.UTF8.GetBytes($"Name,Email,Organisation,Level\nAna Reed,{email},{partnership.Organisations[0].Name},Board\nBo Low,,{partnership.Organisations[0].Name},Board\n"));
        await partnership.PersonAsync("Ana Reed", email, 0, Level.Board);
        var answer = await visitor.SubmitAsync(preview, []);
        Assert.Equal(409, answer.Status);
        Assert.Equal(1, await PeopleAsync(app, partnership));
        Assert.Equal(302, (await visitor.SubmitAsync(answer, [])).Status);
        Assert.Equal(2, await PeopleAsync(app, partnership));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_ByALead_TakesOwnPeopleOnly_AndNobodyElseSeesTheUpload(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var lead = await partnership.AsAsync(Role.Lead);
        var answer = await UploadAsync(lead, partnership,
            Encoding.UTF8.GetBytes($"Name,Organisation,Level\nAna Reed,,Board\nBo Low,{partnership.Organisations[1].Name},Board\n"),
            "people.csv");
        var preview = await lead.GetAsync(answer.Location!);
        Assert.Contains("You look after the people of " + partnership.Organisations[0].Name, preview.Text, StringComparison.Ordinal);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal(404, (await coordinator.GetAsync(answer.Location!)).Status);
        Assert.Equal(302, (await lead.SubmitAsync(preview, new() { ["LeaveOut"] = "true" })).Status);
        var membership = await app.DbAsync(db => db.Set<Membership>().SingleAsync(m => m.Person!.PartnershipId == partnership.Id));
        Assert.Equal(partnership.Organisations[0].Id, membership.OrganisationId);
        Assert.Equal(404, (await lead.GetAsync(answer.Location!)).Status);
    }

    [Fact]
    public async Task Upload_WhatIsNoList_IsRefusedBesideTheField()
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var answer = await UploadAsync(visitor, partnership, [1, 0, 2, 0, 0, 3], "photo.jpg");
        Assert.Equal(400, answer.Status);
        Assert.Contains("CSV file or an Excel workbook", answer.ErrorOf("List"), StringComparison.Ordinal);
        Assert.NotNull((await visitor.PostAsync(PartnershipsLinks.Import(partnership.Id), [])).ErrorOf("List"));
    }

    [Theory, InlineData("=1+1"), InlineData("+44 20"), InlineData("-2"), InlineData("@SUM(A1)"), InlineData("＝1+1")]
    public async Task Export_NamesLikeFormulas_AreGuardedAndComeBackTheSame(string name)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync(name, null, 0, Level.Board);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var csv = Encoding.UTF8.GetString(await visitor.BytesAsync(PartnershipsLinks.Roster(partnership.Id, "csv")));
        Assert.All(csv.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.False(SafeCell.StartsFormula(line.TrimStart('"')[0])));
        var workbook = await visitor.BytesAsync(PartnershipsLinks.Roster(partnership.Id, "xlsx"));
        using (var zip = new ZipArchive(new MemoryStream(workbook)))
        {
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                Assert.DoesNotContain("<x:f>", await reader.ReadToEndAsync(), StringComparison.Ordinal);
            }
        }
        Assert.Equal("Everything in this file is here already", (await PreviewAsync(visitor, partnership, workbook)).Heading);
    }

    /// <summary>Measured and printed; how fast a machine is decides no test.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Import_TenThousandPeople_IsMeasured(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var text = new StringBuilder("Name,Email,Organisation,Sector,Level\n");
        for (var i = 0; i < 10_000; i++) text.Append(CultureInfo.InvariantCulture,
            $"Person {i},person{i}.{partnership.Id}@example.org,Organisation {i % 50},Public,{(Level)(i % 6)}\n");
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var file = Encoding.UTF8.GetBytes(text.ToString());
        var preview = await MeasureAsync(engine, "upload and preview", () => PreviewAsync(visitor, partnership, file));
        Assert.Equal(302, (await MeasureAsync(engine, "confirm", () => visitor.SubmitAsync(preview, []))).Status);
        Assert.Equal(10_000, await PeopleAsync(app, partnership));
        Assert.Equal("Everything in this file is here already",
            (await MeasureAsync(engine, "the same file again", () => PreviewAsync(visitor, partnership, file))).Heading);
    }

    private async Task<Answer> MeasureAsync(Engine engine, string what, Func<Task<Answer>> act)
    {
        using var process = Process.GetCurrentProcess();
        var (clock, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var answer = await act();
        process.Refresh();
        output.WriteLine($"10,000 people, {engine}, {what}: {clock.Elapsed.TotalSeconds:F2} s, of it {(process.TotalProcessorTime - before).TotalSeconds:F2} s of processor");
        return answer;
    }

    private static async Task<Answer> PreviewAsync(Visitor visitor, TestPartnership partnership, byte[] file)
    {
        var answer = await UploadAsync(visitor, partnership, file, "people.csv");
        Assert.True(answer.Status == 302, answer.ErrorOf("List"));
        return await visitor.GetAsync(answer.Location!);
    }

    private static async Task<Answer> UploadAsync(Visitor visitor, TestPartnership partnership, byte[] file, string name) =>
        await visitor.SubmitAsync(await visitor.GetAsync(PartnershipsLinks.Import(partnership.Id)), [], file: ("List", name, file));

    private static Task<int> PeopleAsync(TestApp app, TestPartnership partnership) =>
        app.DbAsync(db => db.Set<Person>().CountAsync(p => p.PartnershipId == partnership.Id));

    /// <summary>Text within a workbook that a program wrote badly; null: an empty part.</summary>
    private static byte[] Tampered(string part, string? rows)
    {
        using var stream = new MemoryStream();
        stream.Write(TableWriter.Workbook("x", [["Name", "Level"], ["Sam", "Board"]]));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry(part)!.Delete();
            using var writer = new StreamWriter(zip.CreateEntry(part).Open());
            if (rows is not null) writer.Write($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>");
        }
        return stream.ToArray();
    }

    private static byte[] Zip((string Name, int Size) file)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry(file.Name, CompressionLevel.Fastest).Open();
            var block = new byte[1_000_000];
            for (var left = file.Size; left > 0; left -= block.Length) entry.Write(block, 0, Math.Min(left, block.Length));
        }
        return stream.ToArray();
    }
}
