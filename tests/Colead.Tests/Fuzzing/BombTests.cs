using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;

namespace Colead.Tests.Fuzzing;

/// <summary>
/// Small files that unpack to far more: the built program reads each in a process that may keep 256 MB on its heap. Where it needs more, it
/// ends with a fault of its own; where it does not, it says what is wrong with the file.
/// </summary>
public class BombTests
{
    private const string MostHeap = "10000000"; // hexadecimal
    private const string TooMuch = "unpacks to far more than a list", NoPartnership = "There is no partnership 1", Damaged =
        "This workbook is damaged";

    /// <summary>What is brought, and what is said of it.</summary>
    private static readonly Dictionary<string, (Func<byte[]> Make, string Said)> Kinds = new(StringComparer.Ordinal)
    {
        ["a row of forty million empty cells"] =
            (() => Workbooks.With((Workbooks.SheetPath, Sheet(Again("<row>", 1).Concat(Again("<c/>", 40_000_000)).Append("</row>")))),
            TooMuch + "|There is nothing in the file"),
        ["cells with values, packed two hundred times"] =
            (() => Workbooks.With((Workbooks.SheetPath, Sheet(Again("<row>", 1).Concat(Again("<c><v>1</v></c>", 20_000_000))
            .Append("</row>")))), TooMuch),
        ["ten million empty rows"] = (() => Workbooks.With((Workbooks.SheetPath, Sheet(Again("<row/>", 10_000_000)))), TooMuch
            + "|There is nothing in the file"),
        ["one text for half a million cells"] = (() => Workbooks.With(
            (Workbooks.SharedPath, [$"<sst xmlns=\"{Workbooks.Main}\"><si><t>", new string('x', 10_000), "</t></si></sst>"]),
            (Workbooks.SheetPath,
                Sheet(Enumerable.Range(1, 20_000).Select(i => $"<row r=\"{i}\">" + string.Concat(Again("<c t=\"s\"><v>0</v></c>", 25))
                + "</row>")))), "more than 40 million characters"),
        ["one shared text of 190 MB"] =
            (() => Workbooks.With((Workbooks.SharedPath, [$"<sst xmlns=\"{Workbooks.Main}\"><si><t>",
            .. Again(new string('x', 1_000_000), 190), "</t></si></sst>"])), TooMuch),
        ["a million runs in one text"] =
            (() => Workbooks.With((Workbooks.SharedPath, [$"<sst xmlns=\"{Workbooks.Main}\"><si>", .. Again("<r><t>x</t></r>", 1_000_000),
            "</si></sst>"])), TooMuch + "|" + NoPartnership),
        ["one cell in the farthest corner"] = (() => Workbooks.With(Workbooks.SheetPath, Workbooks.Sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>3</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")), NoPartnership),
        ["entities within entities"] = (() => Workbooks.With(Workbooks.SheetPath, "<!DOCTYPE a [<!ENTITY a \"xxxxxxxxxx\">"
            + string.Concat(Enumerable.Range(1, 9)
                .Select(i => $"<!ENTITY {(char)('a' + i)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + i - 1)};", 10))}\">")) + "]>"
                + Workbooks.Sheet("<row><c><v>&j;</v></c></row>")), Damaged),
        ["a document from elsewhere"] = (() => Workbooks.With(Workbooks.SheetPath, "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">"
            + Workbooks.Sheet("<row/>")), Damaged),
        ["a million levels"] = (() => Workbooks.With((Workbooks.SheetPath, Sheet(Again("<a>", 1_000_000)))), TooMuch),
        ["a million attributes"] =
            (() => Workbooks.With((Workbooks.SheetPath, Sheet(["<row ", .. Enumerable.Range(0, 1_000_000).Select(i => $"a{i}=\"\" "),
            "/>"]))), TooMuch),
        ["a million names"] = (() => Workbooks.With((Workbooks.SheetPath, Sheet(Enumerable.Range(0, 1_000_000).Select(i => $"<a{i}/>")))),
            TooMuch),
        ["an attribute of 50 MB"] =
            (() => Workbooks.With((Workbooks.SheetPath, Sheet(["<row r=\"", .. Again(new string('1', 1_000_000), 50), "\"/>"]))), TooMuch),
        ["a comment of 50 MB"] =
            (() => Workbooks.With((Workbooks.SheetPath, Sheet(["<!--", .. Again(new string('x', 1_000_000), 50), "-->"]))), TooMuch),
        ["a formula of 50 MB"] =
            (() => Workbooks.With((Workbooks.SheetPath, Sheet(["<row><c><f>", .. Again(new string('x', 1_000_000), 50),
            "</f></c></row>"]))), TooMuch),
        ["a hundred thousand sheets"] =
            (() => Workbooks.With((Workbooks.BookPath, [$"<workbook xmlns=\"{Workbooks.Main}\"><sheets>",
            .. Again("<sheet state=\"hidden\"/>", 100_000), "</sheets></workbook>"])), TooMuch),
        ["fifty thousand parts"] = (Parts, TooMuch),
        ["a size that is a lie"] = (() => Lying(Workbooks.With((Workbooks.SheetPath, Sheet(Again("<row/>", 10_000_000))))), Damaged),
        ["twenty million commas"] = (() => Filled(','), "has no end"),
        ["twenty million line ends"] = (() => Filled('\n'), "There is nothing in the file"),
        ["twenty million quotation marks"] = (() => Filled('"'), "Row 1 has no end"),
        ["rows of five hundred letters"] =
            (() => Encoding.UTF8.GetBytes(string.Join('\n', Again(string.Join(',', Again("a", 500)), 19_000))), NoPartnership),
    };

    public static TheoryData<string> Names() => [.. Kinds.Keys];

    [Theory, MemberData(nameof(Names))]
    [Attack("A stranger with a file", "small files that unpack to gigabytes",
        "to exhaust the memory",
        "refused within its bounds, with the reason")]
    public async Task Read_ABomb_KeepsWithinItsHeap_AndSaysWhy(string kind)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("bomb", Kinds[kind].Make());
        Assert.True(new FileInfo(file).Length <= 20 * 1024 * 1024);
        using var program = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "colead.dll"), "import", file, "--partnership", "1", "--data",
            Path.Combine(folder.Path, "data")])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = MostHeap },
        })!;
        var error = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(Kinds[kind].Said.Split('|').Any(said => error.Contains(said, StringComparison.Ordinal)), error);
        Assert.Equal(Colead.Commands.ExitCodes.BadData, program.ExitCode);
    }

    /// <summary>The size of what one small workbook makes the reader allocate in all, kept or not.</summary>
    [Fact]
    public void Read_AFarCornerAndLongTexts_AllocatesLittle()
    {
        var content =
            Workbooks.With(Workbooks.SheetPath,
            Workbooks.Sheet("<row r=\"1\"><c r=\"A1\"><v>Name</v></c><c r=\"B1\"><v>Level</v></c></row><row r=\"1048576\"><c r=\"B1048576\"><v>Board</v></c><c r=\"XFD1048576\"><v>1</v></c></row>"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var row = Assert.Single(TableFile.Read(content).Rows);
        Assert.Equal((1048576, "Board"), (row.Number, row[1]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 4_000_000);
    }

    public static TheoryData<string, Func<string>> Instruments() => new()
    {
        { "deep lists", () => new string('[', 500_000) },
        { "deep objects", () => string.Concat(Again("{\"a\":", 150_000)) },
        { "a text in a list in a list", () => "[" + string.Join(',', Again("[\"\"]", 200_000)) + "]" },
        { "many languages and many statements", () => "{\"languages\":{"
            + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"l{i}\":\"x\"")) + "},\"dimensions\":["
            + string.Join(',', Again("{\"names\":{},\"items\":[{\"texts\":{}}]}", 15_000)) + "]}" },
        { "the same name again and again", () => "{" + string.Join(',', Again("\"id\":1", 120_000)) + "}" },
        { "one long name", () => "{\"" + new string('x', 1_000_000) + "\":1}" },
    };

    /// <summary>A file of a million bytes may break a rule in every one of them: what is noted has an end.</summary>
    [Theory, MemberData(nameof(Instruments))]
    public void Read_AnInstrumentOfNothingButProblems_CostsLittle(string kind, Func<string> make)
    {
        var content = Encoding.UTF8.GetBytes(make());
        Assert.True(content.Length <= InstrumentFile.LongestFile, kind);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.InRange(InstrumentFile.Read(content).Problems.Count, 1, 300);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 400_000_000);
    }

    private static IEnumerable<string> Sheet(IEnumerable<string> rows) =>
        rows.Prepend($"<worksheet xmlns=\"{Workbooks.Main}\"><sheetData>").Append("</sheetData></worksheet>");

    private static IEnumerable<string> Again(string piece, int times)
    {
        const int AtOnce = 10_000;
        if (piece.Length > 100 || times < AtOnce) return Enumerable.Repeat(piece, times);
        return Enumerable.Repeat(string.Concat(Enumerable.Repeat(piece, AtOnce)), times / AtOnce); // fewer writes
    }

    private static byte[] Filled(char with)
    {
        var content = new byte[20 * 1024 * 1024];
        Array.Fill(content, (byte)with);
        return content;
    }

    private static byte[] Parts()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 50_000; i++) zip.CreateEntry(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return stream.ToArray();
    }

    /// <summary>Every part says that it unpacks to ten bytes.</summary>
    private static byte[] Lying(byte[] zip)
    {
        for (var at = 0; (at = zip.AsSpan(at).IndexOf("PK\u0001\u0002"u8) is >= 0 and var next ? at + next
            : -1) >= 0; at += 4) BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(at + 24), 10);
        return zip;
    }
}
