using System.Globalization;
using Colead.Kit.Texts;

namespace Colead.Kit.Tables;

/// <summary>A sheet of a workbook.</summary>
public sealed record SheetFound(string Name, bool IsHidden);

/// <summary>A row near the top, in short, to pick the heading row by.</summary>
public sealed record RowFound(int Number, string Text);

/// <summary>What the reader understood of a file, as data: pages show it, and the command line prints it.</summary>
public sealed record TableUnderstanding
{
    /// <summary>Null in a workbook.</summary>
    public string? Encoding { get; init; }
    public bool EncodingUnsure { get; init; }
    /// <summary>How words with unusual letters come out in each encoding that may be meant.</summary>
    public IReadOnlyList<FileOption> Encodings { get; init; } = [];
    /// <summary>Lines of a file in UTF-8 that are in another encoding; the first of them.</summary>
    public IReadOnlyList<int> OddLines { get; init; } = [];
    public char? Separator { get; init; }
    public bool SeparatorUnsure { get; init; }
    public IReadOnlyList<SheetFound> Sheets { get; init; } = [];
    /// <summary>From 1; 0 where there are no sheets.</summary>
    public int Sheet { get; init; }
    public bool SheetUnsure { get; init; }
    /// <summary>The row whose names are shown; 0 where no row names the columns.</summary>
    public int Heading { get; init; }
    /// <summary>How many rows name the columns together.</summary>
    public int HeadingRows { get; init; } = 1;
    public bool HeadingUnsure { get; init; }
    /// <summary>Rows above the headings, such as a title.</summary>
    public int RowsAbove { get; init; }
    /// <summary>Rows that say the headings once more.</summary>
    public int HeadingsAgain { get; init; }
    public IReadOnlyList<RowFound> FirstRows { get; init; } = [];
    public int HiddenRows { get; init; }
    public int HiddenColumns { get; init; }
    public int MergedCells { get; init; }
    /// <summary>Cells that the spreadsheet keeps as dates.</summary>
    public int Dates { get; init; }
    public TableChoices Choices { get; init; } = TableChoices.None;

    /// <summary>What was found, a sentence for each thing worth a look.</summary>
    public IEnumerable<string> Say()
    {
        if (Encoding is not null) yield return $"Text in {Encoding}, separated by {TextFile.NameOf(Separator ?? ',')}.";
        if (OddLines.Count > 0)
            yield return $"{(OddLines.Count == 1 ? "Line" : "Lines")} {Joined.And([.. OddLines.Take(5).Select(Digits)])}{(OddLines.Count > 5 ? " and more" : "")} {(OddLines.Count == 1 ? "is" : "are")} in another encoding than the rest, and {(OddLines.Count == 1 ? "was" : "were")} read as such: look at the names there.";
        if (Sheets.Count > 0)
        {
            var others = Sheets.Where((_, at) => at != Sheet - 1).Select(sheet =>
                $"“{sheet.Name}”{(sheet.IsHidden ? " (hidden)" : "")}").ToList();
            yield return $"Sheet “{Sheets[Sheet - 1].Name}”{(others.Count == 0 ? ", the only one" : ", not " + Joined.And([.. others.Take(6)]) + (others.Count > 6 ? " and more" : ""))}.";
        }
        if (Heading == 0) yield return "No row names the columns.";
        else if (HeadingRows > 1) yield return $"{HeadingRows} rows name the columns; row {Digits(Heading)} says most.";
        else yield return $"Row {Digits(Heading)} names the columns.";
        if (RowsAbove > 0) yield return $"{Count(RowsAbove, "row above it is", "rows above it are")} left alone.";
        if (HeadingsAgain > 0) yield return $"{Count(HeadingsAgain, "row says", "rows say")} the names of the columns once more, and {(HeadingsAgain == 1 ? "is" : "are")} left alone.";
        if (HiddenRows > 0) yield return $"{Count(HiddenRows, "row is", "rows are")} hidden in Excel{(Choices.Hidden switch { true => ", and brought", false => ", and left out", null => "" })}.";
        if (HiddenColumns > 0) yield return $"{Count(HiddenColumns, "column is", "columns are")} hidden in Excel, and read.";
        if (MergedCells > 0) yield return $"{Count(MergedCells, "merged cell counts", "merged cells count")} for every row that {(MergedCells == 1 ? "it spans" : "they span")}.";
    }

    /// <summary>What can be understood in another way, open questions first.</summary>
    public IReadOnlyList<FileQuestion> Questions => [.. All().OrderByDescending(question => question.IsOpen)];

    private IEnumerable<FileQuestion> All()
    {
        if (HiddenRows > 0)
            yield return new(TableChoices.HiddenId,
                $"{Count(HiddenRows, "row is", "rows are")} hidden in Excel. Are {(HiddenRows == 1 ? "it" : "they")} to be brought?",
                [new(TableChoices.Leave, "Leave hidden rows out"), new(TableChoices.Bring, "Bring hidden rows too")], null, IsOpen: true)
            { Said = Choices.Hidden switch { true => TableChoices.Bring, false => TableChoices.Leave, null => null } };
        if (Encoding is not null)
            yield return new(TableChoices.EncodingId, EncodingUnsure ? "Which of these is spelt right?" : "Encoding",
                Encodings.Count > 0 ? Encodings : [.. TextFile.Encodings.Select(name => new FileOption(name, name))], Encoding,
                    EncodingUnsure)
            { Said = Choices.Encoding };
        if (Separator is { } separator)
            yield return new(TableChoices.SeparatorId, "What separates the columns?",
                [.. TextFile.Separators.Select(c => new FileOption(TextFile.NameOf(c), TextFile.NameOf(c)))], TextFile.NameOf(separator),
                SeparatorUnsure)
            { Said = Choices.Separator is { } said ? TextFile.NameOf(said) : null };
        if (Sheets.Count > 1)
            yield return new(TableChoices.SheetId, "Which sheet is meant?",
                [.. Sheets.Select((sheet, at) => new FileOption(Digits(at + 1), sheet.Name + (sheet.IsHidden ? " (hidden)" : "")))],
                Digits(Sheet), SheetUnsure)
            { Said = Choices.Sheet is { } chosen ? Digits(chosen) : null };
        if (FirstRows.Count > 0)
            yield return new(TableChoices.HeadingId, HeadingUnsure ? "Which row names the columns?" : "The row that names the columns",
                [.. FirstRows.Select(row => new FileOption(Digits(row.Number), $"Row {Digits(row.Number)}: {row.Text}")),
                    new("0", "None: the first row is of somebody already")], Digits(Heading), HeadingUnsure)
            { Said = Choices.Heading is { } row ? Digits(row) : null };
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(int number, string one, string many) => Colead.Kit.Texts.Dates.Count(number, one, many);
}
