using System.Globalization;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Colead.Kit.Tables;

/// <summary>Writes a table as a file that spreadsheets open; no cell of it can be a formula.</summary>
public static class TableWriter
{
    /// <summary>Texts and numbers (decimals); a number needs no guard, not even a negative one.</summary>
    public static byte[] Csv(IEnumerable<object?[]> rows)
    {
        using var stream = new MemoryStream();
        stream.Write([0xEF, 0xBB, 0xBF]); // without the mark Excel takes UTF-8 for something else
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true))
            foreach (var row in rows) writer.WriteRecord([.. row.Select(cell => cell is decimal number ? Digits(number)
                : SafeCell.Guard((string?)cell))]);
        return stream.ToArray();
    }

    public static byte[] Workbook(string sheetName, IEnumerable<string?[]> rows) => Workbook((sheetName, rows));

    public static byte[] Workbook(params (string Name, IEnumerable<object?[]> Rows)[] sheets)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            List<Sheet> listed = [];
            foreach (var (name, rows) in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                Write(part, rows);
                listed.Add(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)listed.Count + 1, Name = name });
            }
            book.Workbook = new Workbook(new Sheets(listed));
        }
        return stream.ToArray();
    }

    private static void Write(WorksheetPart part, IEnumerable<object?[]> rows)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        foreach (var row in rows)
        {
            writer.WriteStartElement(new Row());
            foreach (var cell in row)
                writer.WriteElement(cell is decimal number
                    ? new Cell { CellValue = new CellValue(Digits(number)) }
                    : new Cell { DataType = CellValues.InlineString,
                        InlineString =
                        new InlineString(new Text(SafeCell.Guard((string?)cell)) { Space = SpaceProcessingModeValues.Preserve }) });
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static string Digits(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
