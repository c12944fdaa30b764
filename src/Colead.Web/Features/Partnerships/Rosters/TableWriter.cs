using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Colead.Web.Features.Partnerships.Rosters;

/// <summary>Writes a table as a file that spreadsheets open; no cell of it can be a formula.</summary>
public static class TableWriter
{
    public static byte[] Csv(IEnumerable<string?[]> rows)
    {
        using var stream = new MemoryStream();
        stream.Write([0xEF, 0xBB, 0xBF]); // without the mark Excel takes UTF-8 for something else
        using (var writer = CsvWriter.Create(stream, new CsvWriterOptions(), leaveOpen: true))
            foreach (var row in rows) writer.WriteRecord([.. row.Select(SafeCell.Guard)]);
        return stream.ToArray();
    }

    public static byte[] Workbook(string sheetName, IEnumerable<string?[]> rows)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var part = book.AddNewPart<WorksheetPart>();
            using (var writer = OpenXmlWriter.Create(part))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                foreach (var row in rows)
                {
                    writer.WriteStartElement(new Row());
                    foreach (var text in row)
                        writer.WriteElement(new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(SafeCell.Guard(text)) { Space = SpaceProcessingModeValues.Preserve }) });
                    writer.WriteEndElement();
                }
                writer.WriteEndElement();
                writer.WriteEndElement();
            }
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = sheetName }));
        }
        return stream.ToArray();
    }
}
