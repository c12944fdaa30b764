using System.Text;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Tables;

/// <summary>
/// Lists of people as people have them: repaired where that is plain, asked about where it is not, never refused for what can be said on
/// the page.
/// </summary>
public class RosterCasesTests(House house)
{
    internal static byte[] Case(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Tables", "Files", name));

    private static TableFile Read(string name) => RosterFile.Read(Case(name), null);

    [Fact]
    public void Read_AListOfExcelForMac_HasItsLetters()
    {
        var table = Read("roster-macroman.csv");
        Assert.Equal(["Ana Reed", "Siobhán O'Neil", "Björn Ångström", "Zoë Müller", "Madonna", "José Núñez"],
            table.Rows.Select(row => row[0]));
        Assert.Equal(("Macintosh", false), (table.Understood.Encoding, table.Understood.EncodingUnsure));
    }

    [Fact]
    public void Read_OneLineInAnotherEncoding_IsRightAndTold()
    {
        var table = Read("roster-mixed-encodings.csv");
        Assert.Equal(["Ana Reed", "Siobhán O'Neil", "Björn Ångström", "Zoë Müller", "Madonna", "José Núñez", "Renée Ford"],
            table.Rows.Select(row => row[0]));
        Assert.Equal([8], table.Understood.OddLines);
        Assert.Contains(table.Understood.Say(), line => line.StartsWith("Line 8 is in another encoding", StringComparison.Ordinal));
    }

    public static TheoryData<int, string, string, bool> Encodings() => new()
    {
        { 850, "Zoë Müller,José Núñez,Siobhán,Ångström,François", "DOS 850", false },
        { 1252, "Siân Môr,Zoë,Renée,Gŵyn", "", false },
        { 10000, "Renée d’Été,Björn,Siân", "Macintosh", false },
        { 1252, "£40,000 – “Zoë’s” team", "Windows-1252", false },
        { 1250, "Łukasz Żak,Józef Wiśniewski,Agnieszka Łęcka", "Windows-1250", false },
    };

    [Theory, MemberData(nameof(Encodings))]
    public void Read_OlderEncodings_AreFoundByHowTheirLettersStand(int page, string names, string encoding, bool unsure)
    {
        if (encoding.Length == 0) (page, encoding, names) = (1252, "Windows-1252", "Siân Môr,Zoë,Renée");
        var text = "Name;Level\n" + string.Concat(names.Split(',').Select(name => name + ";Board\n"));
        var table = TableFile.Read(CodePagesEncodingProvider.Instance.GetEncoding(page)!.GetBytes(text));
        Assert.Equal((encoding, unsure), (table.Understood.Encoding, table.Understood.EncodingUnsure));
        Assert.Equal(names.Split(','), table.Rows.Select(row => row[0]));
    }

    /// <summary>"Zo‰" is ë to DOS and â to a Macintosh: both are letters, so a person says.</summary>
    [Fact]
    public void Read_AnEncodingThatNobodyCanTell_IsAsked_WithTheWordsInEach()
    {
        byte[] content = [.. "Name,Level\nZo"u8, 0x89, .. "l Low,Board\n"u8];
        var asked = Assert.Single(TableFile.Read(content).Understood.Questions, question => question.Waits);
        Assert.Equal("encoding", asked.Id);
        Assert.Contains(asked.Options, option => option.Label == "DOS 850: Zoël");
        Assert.Contains(asked.Options, option => option.Label == "Macintosh: Zoâl");
        var told = TableFile.Read(content, null, new TableChoices { Encoding = "DOS 850" });
        Assert.Equal("Zoël Low", told.Rows[0][0]);
        Assert.DoesNotContain(told.Understood.Questions, question => question.Waits);
    }

    [Fact]
    public void Read_Utf8WrittenTwice_IsAsked()
    {
        var content = Encoding.UTF8.GetBytes("Name,Level\nJosÃ© NÃºÃ±ez,Board\n");
        Assert.Equal("encoding", Assert.Single(TableFile.Read(content).Understood.Questions, question => question.Waits).Id);
        Assert.Equal("José Núñez", TableFile.Read(content, null, new TableChoices { Encoding = "UTF-8 written twice" }).Rows[0][0]);
    }

    [Fact]
    public void Read_Pipes_AReportAbove_AndGoogleContacts_FindTheirColumns()
    {
        Assert.Equal(["Pat Lowe", "Vale Carers", "Manager", "pat@example.org"], Assert.Single(Read("roster-pipe.csv").Rows).Cells);
        var report = Read("roster-report-block.csv");
        Assert.Equal((4, 3, 2), (report.Understood.Heading, report.Understood.RowsAbove, report.Rows.Count));
        var columns = RosterReading.Guess(Read("roster-google-contacts.csv")).Columns;
        Assert.Equal((16, 9, 8, 9), (columns[RosterColumn.Email], columns[RosterColumn.Title], columns[RosterColumn.Organisation],
            columns[RosterColumn.Level]));
    }

    [Fact]
    public void Read_MergedCells_CarryTheirValue()
    {
        var table = Read("roster-merged-organisation.xlsx");
        Assert.Equal(["Harbour Vale Council", "Harbour Vale Council", "Harbour Vale Council", "Vale Carers", "Vale Carers"],
            table.Rows.Select(row => row[0]));
        Assert.Equal(2, table.Understood.MergedCells);
    }

    [Fact]
    public void Read_AProtectedWorkbook_IsNamedAsSuch() =>
        Assert.Contains("protected by a password or a sensitivity label",
            Assert.Throws<UnreadableFileException>(() => Read("roster-password.xlsx")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Brown, Hugh", "Hugh Brown"), InlineData("Pat Lowe (Cllr)", "Pat Lowe"), InlineData("Lowe, Pat (Cllr)", "Pat Lowe"),
        InlineData("Low, OBE", "Low, OBE"), InlineData("van der Berg, Anna Maria", "Anna Maria van der Berg")]
    [InlineData("Robert (Bob) Low", "Robert (Bob) Low"), InlineData("O’Neil, Siobhán [she/her]", "Siobhán O’Neil"),
        InlineData("Madonna", "Madonna"), InlineData("(Chair)", "(Chair)")]
    public void Name_AsListsWriteIt_IsAsALetterGreets(string text, string name) =>
        Assert.Equal((name, false), (PersonName.Of(text).Name, PersonName.Of(text).IsDoubtful));

    [Theory, InlineData("N/A"), InlineData("tbc"), InlineData("Vacant"), InlineData("???"), InlineData("Vacant (Chair)")]
    public void Name_OfNobody_IsDoubted(string text) => Assert.True(PersonName.Of(text).IsDoubtful);

    [Theory]
    [InlineData("lee@example.org; lee.home@example.net", "lee@example.org", true, null),
        InlineData("kim@example.org ::: kim2@example.org", "kim@example.org", true, null),
        InlineData("gil@example.org, ", "gil@example.org", false, null)]
    [InlineData("\"Bo Firth\" <bo@example.org>", "bo@example.org", false, null),
        InlineData("MAILTO:pl@example.org", "pl@example.org", false, null), InlineData("dee@example", "", true, null),
        InlineData("ola@.example.org", "", true, null)]
    [InlineData("pia.o’brien@example.org", "pia.o’brien@example.org", false, "pia.o'brien@example.org"),
        InlineData("josé@example.org", "josé@example.org", false, ""), InlineData("jo@exämple.org", "jo@exämple.org", false, null),
        InlineData("n/a", "", false, null)]
    public void Address_AsPeoplePasteIt_IsRead(string text, string address, bool noted, string? instead) =>
        Assert.Equal((address, noted, instead), (PersonAddress.Of(text).Address, PersonAddress.Of(text).Note is not null,
            PersonAddress.Of(text).Instead));

    [Theory]
    [InlineData("GB-CHC-1234567", Sector.Voluntary, "GB-CHC-1234567"), InlineData("1234567", Sector.Voluntary, "GB-CHC-1234567"),
        InlineData("03977902", Sector.Private, "GB-COH-03977902"), InlineData("3977902", Sector.Private, "GB-COH-03977902")]
    [InlineData("SC012345", Sector.Voluntary, "GB-SC-SC012345"), InlineData("NIC100123", Sector.Voluntary, "GB-NIC-100123"),
        InlineData("n/a", Sector.Voluntary, null), InlineData("GB-COH-RC000123", Sector.Voluntary, "GB-COH-RC000123")]
    [InlineData("Reg. no. 1234567", Sector.Voluntary, "GB-CHC-1234567"), InlineData("1234567.0", Sector.Voluntary, "GB-CHC-1234567")]
    public void RegisterNumber_AsOrganisationsWriteIt_IsAnOrgId(string text, Sector sector, string? identifier)
    {
        Assert.True(RegisterNumbers.TryRead(text, "Charity number", sector, out var read, out _));
        Assert.Equal(identifier, read);
    }

    [Fact]
    public void RegisterNumber_ThatASpreadsheetShortened_IsNamed()
    {
        Assert.False(RegisterNumbers.TryRead("1.23457E+06", "Charity number", Sector.Voluntary, out _, out var problem));
        Assert.Contains("shortened", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Vale Carers", "Vale Carers Ltd", true), InlineData("The Vale Carers", "vale carers", true),
        InlineData("Harbour Vale Council", "Harbor Vale Council", true), InlineData("Play & Learn", "Play and Learn", true)]
    [InlineData("Organisation 1", "Organisation 2", false), InlineData("Vale Carers", "Dale Carers Trust", false),
        InlineData("Coed", "Coel", false)]
    public void Organisations_NearlyTheSame_AreFound(string first, string second, bool near) =>
        Assert.Equal(near, OrganisationNames.AreNear(first, second));

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_PastedAddresses_AsksOnlyWhatNobodyCanTell_AndKeepsEverybody(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var preview = await PreviewAsync(visitor, partnership, Case("roster-addresses.csv"));
        Assert.Equal("3 questions before this list can be saved", preview.Heading);
        Assert.Contains("pia.o’brien@example.org, with a sign", preview.Text, StringComparison.Ordinal);
        Assert.Contains("names a person “N/A”", preview.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await visitor.SubmitAsync(preview, [])).Status);
        var told = await visitor.SubmitAsync(preview, new() { ["ask.sector"] = "Voluntary", ["ask.name.NA"] = "no",
            ["ask.address.PIA.O’BRIEN@EXAMPLE.ORG"] = "plain" }, "look");
        Assert.Equal("17 new people ready to be added", told.Heading);
        Assert.Contains("Row 2 gives the same address to Pat Lowe", told.Text, StringComparison.Ordinal);
        Assert.Contains("“Lowe, Pat (Cllr)” is taken as Pat Lowe", told.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(told, [])).Status);
        var people = await app.DbAsync(db => db.Set<Person>().Where(p => p.PartnershipId == partnership.Id)
            .Select(p => new { p.Name, p.Email }).ToListAsync());
        Assert.Equal(17, people.Count);
        string? AddressOf(string name) => people.First(person => person.Name == name).Email;
        Assert.Equal((null, "lee@example.org", "al@example.org", "pia.o'brien@example.org"),
            (AddressOf("Kim Vale"), AddressOf("Lee Marsh"), AddressOf("Al Moss"), AddressOf("Pia Ash")));
        Assert.Equal(("quin@example.org", "rio@example.org", null), (AddressOf("Quin Ash"), AddressOf("Rio Ash"), AddressOf("Ola Ash")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_RowsHiddenByAFilter_AreAskedAbout(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var preview = await PreviewAsync(visitor, partnership, Case("roster-filtered-leavers.xlsx"));
        Assert.Contains("2 rows are hidden in Excel", preview.Text, StringComparison.Ordinal);
        var without = await visitor.SubmitAsync(preview, new() { ["ask.hidden"] = "leave", ["ask.sector"] = "Voluntary" }, "look");
        Assert.Equal("4 new people ready to be added", without.Heading);
        var with = await visitor.SubmitAsync(without, new() { ["ask.hidden"] = "bring" }, "look");
        Assert.Equal("6 new people ready to be added", with.Heading);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_MergedOrganisations_LeavesNobodyOut_AndSaysTheSectorOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var preview = await PreviewAsync(visitor, partnership, Case("roster-merged-organisation.xlsx"));
        Assert.Contains("2 organisations are new here", preview.Text, StringComparison.Ordinal);
        var differ = await visitor.SubmitAsync(preview, new() { ["ask.sector"] = "differ" }, "look");
        var told = await visitor.SubmitAsync(differ, new() { ["ask.sector.HARBOURVALECOUNCIL"] = "Public",
            ["ask.sector.VALECARERS"] = "Voluntary" }, "look");
        Assert.Equal("5 new people ready to be added", told.Heading);
        Assert.Equal(302, (await visitor.SubmitAsync(told, [])).Status);
        Assert.Equal(Sector.Public, await app.DbAsync(db => db.Set<Organisation>().Where(o => o.PartnershipId == partnership.Id
            && o.Name == "Harbour Vale Council").Select(o => o.Sector).SingleAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_OrgIds_AreRead_AndDamagedOnesNamed(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var preview = await PreviewAsync(visitor, partnership, Case("roster-org-ids.csv"));
        Assert.Equal("9 new people ready to be added", preview.Heading);
        Assert.Contains("“1.23457E+06” is left out. The spreadsheet has shortened this number", preview.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.SubmitAsync(preview, [])).Status);
        var ids = await app.DbAsync(db => db.Set<Organisation>().Where(o => o.PartnershipId == partnership.Id && o.Name.StartsWith("Org "))
            .OrderBy(o => o.Name).Select(o => o.Identifier).ToListAsync());
        Assert.Equal(["GB-CHC-1234567", "GB-CHC-1234567", "GB-COH-03977902", "GB-COH-03977902", "GB-SC-SC012345", null, "GB-COH-RC000123",
            "GB-NIC-100123", null], ids);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_UnusualLetters_AreShownFirstBeforeSaving(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var preview = await PreviewAsync(visitor, partnership, Case("roster-macroman.csv"));
        Assert.Equal(["Björn Ångström", "José Núñez", "Siobhán O'Neil", "Zoë Müller"], preview.Document.QuerySelectorAll("ul.names strong")
            .Select(name => name.TextContent).Order(StringComparer.Ordinal));
        var wrong = await visitor.SubmitAsync(preview, new() { ["ask.encoding"] = "Windows-1252" }, "look");
        Assert.Contains("Bjšrn", wrong.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_NearlyTheSameOrganisation_IsOfferedForMerging(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var name = partnership.Organisations[0].Name;
        var preview = await PreviewAsync(visitor, partnership,
            Encoding.UTF8.GetBytes($"Name,Organisation,Sector,Level\nAna Reed,{name} Ltd,Public,Board\nBo Low,{name},Public,Board\n"));
        Assert.Contains($"“{name} Ltd” is nearly “{name}”", preview.Text, StringComparison.Ordinal);
        var told = await visitor.SubmitAsync(preview, new() { ["ask.same." + RosterWords.Key(name + " Ltd")] = "yes" }, "look");
        Assert.Equal("2 new people ready to be added", told.Heading);
        Assert.Equal(302, (await visitor.SubmitAsync(told, [])).Status);
        Assert.Equal(2, await app.DbAsync(db => db.Set<Membership>().CountAsync(m => m.OrganisationId == partnership.Organisations[0].Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_GroupHeadings_NoLevel_AndBlankCells_AreAskedOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var (first, second) = (partnership.Organisations[0].Name, partnership.Organisations[1].Name);
        var grouped = await PreviewAsync(visitor, partnership,
            Encoding.UTF8.GetBytes($"Contacts 2026,\nName,Email\n{first},\nAna Reed,ana@example.org\nBo Low,\u202Abo@example.org\n{second},\nCy Moor,cy@example.org\n"));
        Assert.Equal("2 questions before this list can be saved", grouped.Heading);
        var told = await visitor.SubmitAsync(grouped, new() { ["ask.groups"] = "yes", ["ask.level"] = "Board" }, "look");
        Assert.Equal("3 new people ready to be added", told.Heading);
        var blank = await PreviewAsync(visitor, partnership,
            Encoding.UTF8.GetBytes($"Name,Organisation,Level\nAna Reed,{first},Board\nBo Low,,Board\nCy Moor,{second},Board\n"));
        Assert.Contains("1 row has no organisation, below rows that have one", blank.Text, StringComparison.Ordinal);
        Assert.Equal("3 new people ready to be added", (await visitor.SubmitAsync(blank, new() { ["ask.fill"] = "yes" }, "look")).Heading);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Import_ASecondListWithTheSameHeadings_IsUnderstoodAsTheFirst(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        byte[] File(string name) => Encoding.UTF8.GetBytes($"Who,Where,How high\n{name},{partnership.Organisations[0].Name},Head honcho\n");
        var first = await PreviewAsync(visitor, partnership, File("Ana Reed"));
        var told = await visitor.SubmitAsync(first, new() { ["column.Name"] = "0", ["column.Organisation"] = "1", ["column.Level"] = "2" },
            "look");
        told = await visitor.SubmitAsync(told, new() { ["level.HEADHONCHO"] = "Senior" }, "look");
        Assert.Equal(302, (await visitor.SubmitAsync(told, [])).Status);
        Assert.Equal("1 new person ready to be added", (await PreviewAsync(visitor, partnership, File("Bo Low"))).Heading);
    }

    private static async Task<Answer> PreviewAsync(Visitor visitor, TestPartnership partnership, byte[] file)
    {
        var answer = await visitor.SubmitAsync(await visitor.GetAsync(PartnershipsLinks.Import(partnership.Id)), [],
            file: ("List", "people.csv", file));
        Assert.True(answer.Status == 302, answer.ErrorOf("List"));
        return await visitor.GetAsync(answer.Location!);
    }
}
