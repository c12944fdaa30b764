using System.IO.Compression;
using System.Text;

namespace Colead.Tests.Fuzzing;

/// <summary>Workbooks put together by hand, as no spreadsheet would write them.</summary>
internal static class Workbooks
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    public const string SheetPath = "xl/worksheets/sheet1.xml", SharedPath = "xl/sharedStrings.xml", BookPath = "xl/workbook.xml",
        BookRelations = "xl/_rels/workbook.xml.rels", RootRelations = "_rels/.rels";

    public static readonly IReadOnlyDictionary<string, string> Usual = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [RootRelations] =
            $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        [BookPath] = $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"Hidden\" sheetId=\"2\" state=\"hidden\" r:id=\"r9\"/><sheet name=\"People\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        [BookRelations] =
            $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            + $"<Relationship Id=\"r2\" Type=\"{Office}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>",
        [SharedPath] =
            $"<sst xmlns=\"{Main}\"><si><t>Name</t></si><si><r><t>Le</t></r><r><t>vel</t></r><rPh sb=\"0\" eb=\"1\"><t>hint</t></rPh></si></sst>",
        [SheetPath] =
            Sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Sam</t></is></c><c r=\"B2\" t=\"str\"><f>1</f><v>Board</v></c></row>"),
    };

    public static string Sheet(string rows) => $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>";

    /// <summary>A usual workbook with these parts in place of its own.</summary>
    public static byte[] With(params (string Path, IEnumerable<string> Pieces)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in Usual)
                if (!parts.Any(part => part.Path == path)) Write(zip, path, [content]);
            foreach (var (path, pieces) in parts) Write(zip, path, pieces);
        }
        return stream.ToArray();
    }

    public static byte[] With(string path, string content) => With((path, [content]));

    private static void Write(ZipArchive zip, string path, IEnumerable<string> pieces)
    {
        using var part = zip.CreateEntry(path, CompressionLevel.Optimal).Open();
        foreach (var piece in pieces) part.Write(Encoding.UTF8.GetBytes(piece));
    }
}
