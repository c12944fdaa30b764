using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Parts.Findings;
using Colead.Parts.Findings.Files;
using Colead.Parts.Partnerships;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Publication = Colead.Analysis.Publishing.Publication;

namespace Colead.Tests.Findings;

/// <summary>Who reads findings, and that pages and files say what was published: all of it, and nothing else.</summary>
public partial class FindingsTests(House house)
{
    private static readonly DateTime Closed = new(2026, 11, 2, 16, 0, 0, DateTimeKind.Utc);

    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_OfAPublishedRound_AreForEveryoneInThePartnershipAlike(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        List<string> texts = [];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var address in Screens(partnership.Id, partnership.Second)) Assert.Equal((address, 200),
                (address, (await visitor.GetAsync(address)).Status));
            texts.Add(TextOf(await visitor.GetAsync(FindingsLinks.Levels(partnership.Id, partnership.Second))));
        }
        Assert.Single(texts.Distinct(StringComparer.Ordinal));

        using var stranger = await (await app.PartnershipAsync()).AsAsync(Role.Coordinator);
        using var nobody = app.Visitor();
        foreach (var address in Screens(partnership.Id, partnership.Second))
        {
            Assert.Equal((address, 404), (address, (await stranger.GetAsync(address)).Status));
            Assert.Contains("/sign-in", (await nobody.GetAsync(address)).Location, StringComparison.Ordinal);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_OfAnothersRound_UnderOnesOwnAddress_AreMissing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        var other = await app.PartnershipAsync();
        using var visitor = await other.AsAsync(Role.Coordinator);
        foreach (var address in Screens(other.Id, partnership.Second)
            .Where(a => a != FindingsLinks.All(other.Id))) Assert.Equal((address, 404),
            (address, (await visitor.GetAsync(address)).Status));
        Assert.Contains("No findings yet", (await visitor.GetAsync(FindingsLinks.All(other.Id))).Heading, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_BeforePublishing_AreForCoordinatorsOfAClosedRoundAlone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        var closed = await app.RoundAsync(partnership.Partnership, "Autumn 2026", Closed, SeededRounds.Second, RoundState.Closed,
            comments: true);
        List<long> unready = [];
        foreach (var state in new[] { RoundState.Draft, RoundState.Open,
            RoundState.Cancelled }) unready.Add(await app.RoundAsync(partnership.Partnership, state.ToString(), Closed, null, state));
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            var expected = role == Role.Coordinator ? 200 : 404;
            foreach (var address in Screens(partnership.Id, closed).SkipLast(1)) Assert.Equal((role, address, expected),
                (role, address, (await visitor.GetAsync(address)).Status));
            foreach (var address in unready.SelectMany(id => Screens(partnership.Id, id).SkipLast(1))) Assert.Equal((role, address, 404),
                (role, address, (await visitor.GetAsync(address)).Status));
            Assert.Equal(role == Role.Coordinator, (await visitor.GetAsync(FindingsLinks.All(partnership.Id)))
                .Text.Contains("Autumn 2026", StringComparison.Ordinal));
            Assert.Equal(role == Role.Coordinator, (await visitor.GetAsync(PartnershipsLinks.Overview(partnership.Id)))
                .Text.Contains("Autumn 2026", StringComparison.Ordinal));
        }
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Contains("Only coordinators see this page", (await coordinator.GetAsync(FindingsLinks.Home(partnership.Id, closed))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Home_LeadsWithTheBestRankedFinding_AndLinksFromTheOverview(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var visitor = await partnership.AsAsync(Role.Viewer);
        var page = await visitor.GetAsync(FindingsLinks.Home(partnership.Id, partnership.Second));
        var names = NamesOf(SeededRounds.Second);
        var findings = SeededRounds.Second.Members.Findings;
        Assert.Equal(names.Sentence(findings[0]), page.Heading);
        Assert.Contains(SeededRounds.Second.Members.All.Answered is { } answered
            ? $"{answered} of 140 people answered, in 12 organisations"
            : "at least three fifths of the 140 people invited answered, in 12 organisations", page.Text,
            StringComparison.OrdinalIgnoreCase);
        foreach (var finding in findings.Take(4)) Assert.Contains(names.Sentence(finding), page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main .govuk-button")); // who only reads has nothing to press
        Assert.Equal("Levels", page.Document.QuerySelector(".read-on a")!.TextContent);
        using var member = await partnership.AsAsync(Role.Member);
        Assert.Equal("Take this up", (await member.GetAsync(FindingsLinks.Home(partnership.Id, partnership.Second)))
            .Document.QuerySelector("main .govuk-button")!.TextContent);
        Assert.Contains(names.Sentence(findings[0]), (await visitor.GetAsync(PartnershipsLinks.Overview(partnership.Id))).Text,
            StringComparison.Ordinal);
        var all = await visitor.GetAsync(FindingsLinks.All(partnership.Id));
        Assert.Equal(["Spring 2026", "Spring 2025"], all.Document.QuerySelectorAll("section.round .eyebrow")
            .Select(e => e.TextContent.Split(" · ")[0]));
    }

    /// <summary>What the seeded partnership hides is what its findings say.</summary>
    [Fact]
    public void SeededRound_ItsDifferences_AreItsTopFindings()
    {
        var findings = SeededRounds.Second.Members.Findings;
        Assert.Equal((FindingKind.LevelGap, "levels", "board", "frontline"),
            (findings[0].Kind, findings[0].Measure, findings[0].First, findings[0].Second));
        Assert.Contains(findings.Take(4), f => f is { Kind: FindingKind.SectorGap, Measure: "vision", Second: "private" });
        Assert.Contains(findings, f => f is { Kind: FindingKind.ChangeUp, Measure: "vision" });
        Assert.Contains(SeededRounds.Second.Units, u => u.Fold && u.Organisations.Contains("Northgate Power"));
        Assert.Contains(SeededRounds.Second.Members.Levels, g => g.Dimensions.All(c => c.Withheld is not null));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Pages_Together_ShowEveryPublishedFigure_AndNoOther(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var visitor = await partnership.AsAsync(Role.Member);
        HashSet<string> shown = new(StringComparer.Ordinal);
        foreach (var address in Screens(partnership.Id, partnership.Second).Where(IsOfFigures)) shown.UnionWith(Figure()
            .Matches(TextOf(await visitor.GetAsync(address))).Select(m => m.Value));
        var published = FiguresOf(SeededRounds.Second);
        // The last round's averages stand beside a change; they were published then.
        var before = FiguresOf(SeededRounds.First);
        Assert.Empty(Worth(published).Except(Worth(shown)));
        Assert.Empty(Worth(shown).Except(Worth(published)).Except(Worth(before)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Tables_OfGroups_HaveEachCellAsPublished(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var visitor = await partnership.AsAsync(Role.Member);
        var tier = SeededRounds.Second.Members;
        foreach (var (address, table, groups) in new[]
        {
            (FindingsLinks.Levels(partnership.Id, partnership.Second), "levels", tier.Levels),
                (FindingsLinks.Sectors(partnership.Id, partnership.Second), "sectors", tier.Sectors),
            (FindingsLinks.Organisations(partnership.Id, partnership.Second), "organisations", tier.Organisations),
                (FindingsLinks.SectorLevels(partnership.Id, partnership.Second), "sector-levels", tier.SectorLevels),
        })
        {
            var page = await visitor.GetAsync(address);
            var rows = page.Document.QuerySelectorAll($"#{table} tbody tr").ToList();
            Assert.Equal(groups.Count, rows.Count);
            foreach (var group in groups)
            {
                var name = NamesOf(SeededRounds.Second).Group(group);
                var cells = rows.Single(row => row.GetAttribute("data-name") == name).QuerySelectorAll("td").ToList();
                if (group.Dimensions.All(c => c.Withheld is not null))
                {
                    Assert.Equal(["Withheld to protect people"], cells.Select(c => c.TextContent.Trim()));
                    Assert.DoesNotContain(cells, c => Digit()
                        .IsMatch(c.OuterHtml.Replace("colspan=\"7\"", "", StringComparison.Ordinal)
                        .Replace("h0", "", StringComparison.Ordinal)));
                    continue;
                }
                Assert.Equal(group.Dimensions.Select(Shown), cells.Select(c => c.TextContent.Trim()));
                Assert.Equal(group.Dimensions.Select(c => c.Mean?.ToString(CultureInfo.InvariantCulture) ?? ""),
                    cells.Select(c => c.GetAttribute("data-mean")));
            }
        }

        static string Shown(PublishedCell cell) => cell.Withheld is not null ? "withheld" : Say.Mean(cell) + Say.Interval(cell);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Change_OfEveryone_StandsBesideWhatWasPublishedThen(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var visitor = await partnership.AsAsync(Role.Member);
        var page = await visitor.GetAsync(FindingsLinks.Change(partnership.Id, partnership.Second));
        var rows = page.Document.QuerySelectorAll("#change tbody tr").ToList();
        Assert.Equal(7, rows.Count);
        foreach (var cell in SeededRounds.Second.Members.All.Dimensions)
        {
            var row = rows.Single(r => r.GetAttribute("data-name") == NamesOf(SeededRounds.Second).Dimension(cell.Measure));
            var then = SeededRounds.First.Members.All.Dimensions.Single(c => c.Measure == cell.Measure);
            Assert.Equal([Say.Mean(then), Say.Mean(cell), Say.Points(cell.Change!.Points)], row.QuerySelectorAll(".number")
                .Select(c => c.TextContent.Trim()));
        }
        Assert.Equal(404, (await visitor.GetAsync(FindingsLinks.Change(partnership.Id, partnership.First))).Status);
        Assert.Equal(404, (await visitor.GetAsync(FindingsLinks.Comments(partnership.Id, partnership.First))).Status);
        Assert.Equal(404, (await visitor.GetAsync(FindingsLinks.OpenLink(partnership.Id, partnership.First))).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Lead_OfAFoldedOrganisation_ReadsWhyItHasNoRowOfItsOwn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var own = await partnership.AsAsync(Role.Lead);
        Assert.Contains("Good Larder has a row of its own", (await own.GetAsync(FindingsLinks.Organisations(partnership.Id,
            partnership.Second))).Text, StringComparison.Ordinal);
        await partnership.House.GrantAsync(Role.Lead, partnership.Partnership.Organisations[11].Id);
        using var folded = await partnership.AsAsync(Role.Lead);
        var page = await folded.GetAsync(FindingsLinks.Organisations(partnership.Id, partnership.Second));
        Assert.Contains("Northgate Power is reported together with", page.Text, StringComparison.Ordinal);
        Assert.Contains("so that nobody in a small organisation can be found out", page.Text, StringComparison.Ordinal);
        using var member = await partnership.AsAsync(Role.Member);
        Assert.DoesNotContain("Your organisation", (await member.GetAsync(FindingsLinks.Organisations(partnership.Id, partnership.Second)))
            .Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Round_OfWhichNothingMayBeShown_SaysSoKindly_AndWhatWouldHelp(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        var round = await app.RoundAsync(partnership.Partnership, "Pilot", Closed, SeededRounds.Nothing());
        using var visitor = await partnership.AsAsync(Role.Member);
        var page = await visitor.GetAsync(FindingsLinks.Home(partnership.Id, round));
        Assert.Equal("There is too little to show this time", page.Heading);
        Assert.Contains("What would help next time", page.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Figure(), TextOf(page));
        foreach (var address in Screens(partnership.Id, round)
            .Where(a => IsOfFigures(a) && a != FindingsLinks.Home(partnership.Id, round))) Assert.Equal((address, 404),
            (address, (await visitor.GetAsync(address)).Status));
        Assert.Contains("withheld to protect people", (await visitor.GetAsync(FindingsLinks.About(partnership.Id, round))).Text,
            StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Round_WithoutRosterOrGroups_ShowsEveryoneAlone(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        var round = await app.RoundAsync(partnership.Partnership, "Old survey", Closed, SeededRounds.Imported(),
            instrument: ShippedInstruments.Agreement5);
        using var visitor = await partnership.AsAsync(Role.Member);
        var page = await visitor.GetAsync(FindingsLinks.Home(partnership.Id, round));
        Assert.Equal(200, page.Status);
        Assert.Contains("24 people answered", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("organisations", page.Document.QuerySelector("main > .eyebrow")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(200, (await visitor.GetAsync(FindingsLinks.Statements(partnership.Id, round))).Status);
        foreach (var address in new[] { FindingsLinks.Levels(partnership.Id, round), FindingsLinks.Sectors(partnership.Id, round),
            FindingsLinks.Organisations(partnership.Id, round), FindingsLinks.SectorLevels(partnership.Id, round) })
            Assert.Equal(404, (await visitor.GetAsync(address)).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Comments_Released_AreShownAsText(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var visitor = await partnership.AsAsync(Role.Viewer);
        var page = await visitor.GetAsync(FindingsLinks.Comments(partnership.Id, partnership.Second));
        Assert.Equal(12, page.Document.QuerySelectorAll(".comments li").Length);
        Assert.Equal(10, page.Document.QuerySelectorAll(".comments .of").Length); // two wrote about another dimension: too few to say so
        Assert.Contains("The joint induction made the difference", page.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Downloads_CarryEveryPublishedFigure_NoWithheldOne_AndNoFormula(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        // An organisation whose name a spreadsheet would run.
        var nasty = SeededRounds.Second with { Units = [.. SeededRounds.Second.Units.Select(u => u.Id == "u1"
            ? u with { Organisations = ["=HYPERLINK(\"http://x\")"] } : u)] };
        var round = await app.RoundAsync(partnership.Partnership, "Odd names", Closed, nasty);
        using var visitor = await partnership.AsAsync(Role.Viewer);

        var csv = await visitor.BytesAsync(FindingsLinks.File(partnership.Id, round, "csv"));
        var rows = ReadCsv(csv);
        var (value, statistic, note) = (rows[0].IndexOf("value"), rows[0].IndexOf("statistic"), rows[0].IndexOf("note"));
        Assert.All(rows.SelectMany(row => row),
            cell => Assert.True(cell.Length == 0 || !"=+@\t\r".Contains(cell[0], StringComparison.Ordinal)
            && (cell[0] != '-' || Number().IsMatch(cell)), cell));
        Assert.Contains(rows, row => row.Exists(cell => cell.StartsWith("'=HYPERLINK(", StringComparison.Ordinal)));
        var withheld = rows.Where(row => row[statistic] == "withheld").ToList();
        Assert.NotEmpty(withheld);
        Assert.All(withheld,
            row => Assert.Equal(("", true), (row[value], row[note].StartsWith("Withheld to protect people", StringComparison.Ordinal))));
        var numbers = rows.Skip(1).Select(row => row[value].TrimStart('-')).Where(text => text.Contains('.', StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(FiguresOf(nasty).Order(StringComparer.Ordinal), numbers.Order(StringComparer.Ordinal));
        var known = FigureRows.Dictionary.Where(e => e.Column == "statistic").SelectMany(e => e.Value.Split(", "))
            .ToHashSet(StringComparer.Ordinal);
        Assert.All(rows.Skip(1), row => Assert.Contains(row[statistic].StartsWith("share_", StringComparison.Ordinal) ? "share_N"
            : row[statistic], known));

        using var book = new ZipArchive(new MemoryStream(await visitor.BytesAsync(FindingsLinks.File(partnership.Id, round, "xlsx"))));
        var sheets = book.Entries.Where(e => e.FullName.Contains("sheet", StringComparison.Ordinal)).Select(Text).ToList();
        Assert.Equal(2, sheets.Count);
        Assert.All(sheets, sheet => Assert.DoesNotContain("<x:f>", sheet, StringComparison.Ordinal));
        var figures = sheets.MaxBy(sheet => sheet.Length)!;
        Assert.Equal(rows.Skip(1).Count(row => row[value].Length > 0), SheetNumber().Count(figures));

        var json = await visitor.BytesAsync(FindingsLinks.File(partnership.Id, round, "json"));
        Assert.Equal(PublicationJson.Write(nasty), json);
        Assert.Contains(PublicationJson.Hash(json), (await visitor.GetAsync(FindingsLinks.About(partnership.Id, round))).Text,
            StringComparison.Ordinal);
        Assert.StartsWith("column,value,meaning", Encoding.UTF8.GetString(await visitor.BytesAsync(FindingsLinks.Dictionary(partnership.Id,
            round))).TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal(404, (await visitor.GetAsync(FindingsLinks.File(partnership.Id, round, "exe"))).Status);
        Assert.Equal(csv, await visitor.BytesAsync(FindingsLinks.File(partnership.Id, round, "CSV")));
        Assert.Equal(await File.ReadAllBytesAsync(Repository.PathOf("docs/schemas/publication.schema.json")),
            await visitor.BytesAsync(FindingsLinks.Schema(partnership.Id, round)));
    }

    /// <summary>The schema is the JSON file's data dictionary.</summary>
    [Fact]
    public void Schema_SaysWhatEachFieldMeans()
    {
        using var schema = JsonDocument.Parse(PublicationJson.Schema);
        List<string> silent = [];
        Walk(schema.RootElement, "");
        Assert.Empty(silent);

        void Walk(JsonElement element, string path)
        {
            if (element.ValueKind != JsonValueKind.Object) return;
            foreach (var part in element.EnumerateObject())
            {
                if (part.Name is "properties" or "$defs")
                {
                    foreach (var field in part.Value.EnumerateObject())
                    {
                        if (!field.Value.TryGetProperty("description", out _)
                            && field.Value.TryGetProperty("properties",
                            out _) | part.Name == "properties") silent.Add($"{path}/{field.Name}");
                        Walk(field.Value, $"{path}/{field.Name}");
                    }
                }
                else Walk(part.Value, path);
            }
        }
    }

    [Theory]
    [InlineData("7.00", "8.50", "7.0 to 8.5")]
    [InlineData("3.25", "4.00", "3.25 to 4.00")]
    [InlineData("6.1", "6.3", "6.1 to 6.3")]
    [InlineData("-0.50", "0.00", "−0.5 to 0.0")]
    public void Interval_DoesNotFeignExactness(string low, string high, string said) =>
        Assert.Equal(said, Say.Interval(decimal.Parse(low, CultureInfo.InvariantCulture),
            decimal.Parse(high, CultureInfo.InvariantCulture)));

    /// <summary>Where views vary on every statement the page says just that, and not that people agree no more than by chance.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Statements_OnWhichViewsVary_AreToldSo(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        var tier = SeededRounds.Second.Members;
        var varied = SeededRounds.Second with
        {
            Members = tier with
            {
                Findings = [.. tier.Findings.Where(f => f.Kind is not (FindingKind.Agreed or FindingKind.Divided))],
                All = tier.All with { Items = [.. tier.All.Items.Select(i => i with { Broad = false, Split = false, Rwg = i.Rwg ?? 0.5m,
                    Shares = i.Shares ?? new int[12] })] },
            },
        };
        var round = await app.RoundAsync(partnership.Partnership, "Varied", Closed, varied);
        using var visitor = await partnership.AsAsync(Role.Viewer);
        var page = await visitor.GetAsync(FindingsLinks.Statements(partnership.Id, round));
        Assert.Equal("On every statement, views vary", page.Heading);
        Assert.Contains("There is no statement on which people broadly agree", page.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task SectorsAndLevels_SayHowManyAreWithheld_OnlyWhereSomeAre(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.FindingsAsync();
        using var visitor = await partnership.AsAsync(Role.Viewer);
        var tier = SeededRounds.Second.Members;
        var shown = tier.SectorLevels.Where(g => g.Dimensions.Any(c => c.Withheld is null)).ToList();
        var hidden = new PublishedGroup { Sector = "private", Level = "volunteer",
            Dimensions = [.. shown[0].Dimensions.Select(c => new PublishedCell { Measure = c.Measure, Withheld = Withheld.Protection })] };
        var round = await app.RoundAsync(partnership.Partnership, "All shown", Closed,
            SeededRounds.Second with { Members = tier with { SectorLevels = shown } });
        var mixed = await app.RoundAsync(partnership.Partnership, "Some withheld", Closed,
            SeededRounds.Second with { Members = tier with { SectorLevels = [.. shown, hidden] } });
        var all = (await visitor.GetAsync(FindingsLinks.SectorLevels(partnership.Id, round))).Text;
        Assert.DoesNotContain("the others are withheld", all, StringComparison.Ordinal);
        Assert.Contains("Smaller groups are not shown, to protect people", all, StringComparison.Ordinal);
        Assert.Contains($"{shown.Count} of {shown.Count + 1} groups can be shown; the others are withheld to protect people",
            (await visitor.GetAsync(FindingsLinks.SectorLevels(partnership.Id, mixed))).Text, StringComparison.Ordinal);
    }

    /// <summary>Publications are the only thing this part reads of a round's answers.</summary>
    [Fact]
    public void Part_NamesNoAnswersAndNoSummaries()
    {
        var source = Path.Combine(Path.GetDirectoryName(Repository.PathOf("Colead.slnx"))!, "src/Colead/Parts/Findings");
        var files = Directory.EnumerateFiles(source, "*.cs*", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(Forbidden(), File.ReadAllText(file)));
    }

    private static string[] Screens(long p, long r) =>
    [
        FindingsLinks.Home(p, r), FindingsLinks.Levels(p, r), FindingsLinks.Sectors(p, r), FindingsLinks.Organisations(p, r),
            FindingsLinks.SectorLevels(p, r), FindingsLinks.Statements(p, r),
        FindingsLinks.Change(p, r), FindingsLinks.Comments(p, r), FindingsLinks.OpenLink(p, r), FindingsLinks.About(p, r),
            FindingsLinks.Downloads(p, r), FindingsLinks.File(p, r, "csv"),
        FindingsLinks.File(p, r, "xlsx"), FindingsLinks.File(p, r, "json"), FindingsLinks.Dictionary(p, r), FindingsLinks.Schema(p, r),
            FindingsLinks.All(p),
    ];

    private static bool IsOfFigures(string address) => !address.Contains("/about", StringComparison.Ordinal)
        && !address.Contains("/downloads", StringComparison.Ordinal) && !address.EndsWith("/comments", StringComparison.Ordinal)
        && address.Contains("/rounds/", StringComparison.Ordinal);

    /// <summary>The page's own words, cell by cell, with a plain minus.</summary>
    private static string TextOf(Colead.Tests.Support.Answer page) => string.Join('\n',
        page.Document.QuerySelector("main")!.Descendants<IText>().Select(t => t.Data.Trim()).Where(t => t.Length > 0)).Replace('−', '-');

    private static Names NamesOf(Publication publication) => new(ShippedInstruments.Inventory12, publication);

    /// <summary>Every number with a decimal point in the members' tier, without its sign.</summary>
    private static HashSet<string> FiguresOf(Publication publication)
    {
        using var json = JsonDocument.Parse(PublicationJson.Write(publication));
        HashSet<string> figures = new(StringComparer.Ordinal);
        Collect(json.RootElement.GetProperty("members"), "");
        return figures;

        void Collect(JsonElement element, string name)
        {
            if (name == "findings") return; // said again from the same figures
            if (element.ValueKind == JsonValueKind.Object) foreach (var property in element.EnumerateObject()) Collect(property.Value,
                property.Name);
            else if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) Collect(item, name);
            else if (element.ValueKind == JsonValueKind.Number && element.GetRawText()
                .Contains('.', StringComparison.Ordinal)) figures.Add(element.GetRawText().TrimStart('-'));
        }
    }

    /// <summary>A page leaves out the last nought of an interval's "7.00 to 8.50".</summary>
    private static HashSet<decimal> Worth(IEnumerable<string> figures) =>
        [.. figures.Select(figure => decimal.Parse(figure, CultureInfo.InvariantCulture))];

    private static List<List<string>> ReadCsv(byte[] file)
    {
        List<List<string>> rows = [];
        List<string> row = [];
        StringBuilder cell = new();
        var quoted = false;
        var text = Encoding.UTF8.GetString(file).TrimStart('\uFEFF');
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && text[i] is ',' or '\n' && !quoted)
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (text[i] != '\n') continue;
                rows.Add(row);
                row = [];
            }
            else cell.Append(text[i]);
        }
        return rows;
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(?<![\d.])\d+\.\d+(?![\d.])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"\d", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Digit();

    [GeneratedRegex(@"^-?\d+(\.\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Number();

    [GeneratedRegex(@"<x:c><x:v>-?\d+(\.\d+)?</x:v></x:c>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SheetNumber();

    [GeneratedRegex(@"SealedAnswers|StoredSummary|ClosedResponse|RoundSummary|db\.(Responses|Drafts|Comments|Invitations)\b",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Forbidden();
}
