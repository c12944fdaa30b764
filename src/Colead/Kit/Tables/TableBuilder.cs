using System.Text;
using Colead.Storage;

namespace Colead.Kit.Tables;

/// <summary>Rows of a table as their cells come, within limits. What is empty costs nothing, and what stands in many cells is in memory
/// once.</summary>
internal sealed class TableBuilder(TableLimits limits)
{
    /// <summary>Characters of all cells together, a text as often as it stands there: whoever reads the table may copy them.</summary>
    private const int MostText = 40_000_000;
    private const int MostKnown = 50_000, LongestKnown = 60;
    /// <summary>Places for cells in all rows together: a row has one for each column up to its last.</summary>
    private const int MostPlaces = 10_000_000;
    /// <summary>Cells that merged ones are carried to.</summary>
    private const int MostCarried = 2_000_000;

    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly string?[] cells = new string?[limits.Columns];
    private readonly List<int> dates = [];
    private int number, used, places, carried;
    private bool goesOn, hidden;
    private long text;

    public List<TableRow> Rows { get; } = [];

    /// <summary>As much of a cell as is looked at: more than may be used.</summary>
    public int LongestCell => limits.Cell + 1;

    /// <summary>The next row, by its number in the file.</summary>
    public void Begin(int row, bool isHidden = false)
    {
        End();
        (number, hidden) = (row, isHidden);
    }

    /// <param name="cell">Tidied.</param>
    /// <param name="isDate">Whether the spreadsheet keeps it as a date.</param>
    public void Put(int column, string cell, bool isDate = false)
    {
        if (cell.Length == 0) return;
        if (column >= limits.Columns)
        {
            goesOn = true;
            return;
        }
        if (cells[column] is not null) return; // stated twice
        cells[column] = cell;
        if (isDate) dates.Add(column);
        used = Math.Max(used, column + 1);
        text += cell.Length;
        if (text > MostText) throw new UnreadableFileException($"The file holds more than {MostText / 1_000_000} million characters. Bring only {limits.Only}");
    }

    public void End()
    {
        if (used > 0)
        {
            if (Rows.Count > limits.Rows) throw new UnreadableFileException($"The file has more than {limits.Rows:N0} rows. Split it and bring the parts one after the other");
            places += used;
            if (places > MostPlaces) throw new UnreadableFileException($"The file holds more than {MostPlaces / 1_000_000} million cells. Bring only {limits.Only}");
            Rows.Add(new TableRow(number, [.. cells.Take(used).Select(cell => cell ?? "")]) { GoesOn = goesOn, IsHidden = hidden,
                Dates = dates.Count == 0 ? null : [.. dates] });
            Array.Clear(cells, 0, used);
            dates.Clear();
        }
        (used, goesOn, hidden) = (0, false, false);
    }

    /// <summary>
    /// Merged cells carry their value to every row that they span. A cell that is merged across columns stays in its first: it is a title,
    /// or a line over the whole table. Call when all rows are there.
    /// </summary>
    /// <returns>How many carried anything.</returns>
    public int Carry(IEnumerable<(int Top, int Left, int Bottom, int Right)> merged)
    {
        var did = 0;
        foreach (var (top, left, bottom, right) in merged)
        {
            if (left >= limits.Columns || bottom < top || right < left) continue;
            var at = Rows.BinarySearch(new TableRow(top, []), Comparer<TableRow>.Create((a, b) => a.Number.CompareTo(b.Number)));
            if (at < 0 || Rows[at][left] is not { Length: > 0 } value) continue;
            var (isDate, any) = (Rows[at].IsDate(left), false);
            for (var row = at + 1; row < Rows.Count && Rows[row].Number <= bottom; row++)
            {
                if (++carried > MostCarried) throw BoundedXml.TooMuch();
                if (Rows[row][left].Length > 0) continue;
                Rows[row] = Rows[row].With(left, value, isDate);
                (any, text) = (true, text + value.Length);
                if (text > MostText) throw BoundedXml.TooMuch();
            }
            if (any) did++;
        }
        return did;
    }

    public string Tidy(ReadOnlySpan<byte> utf8) => Tidy(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * LongestCell)]));

    public string Tidy(string cell)
    {
        if (cell.Length > limits.Cell) return cell[..(char.IsHighSurrogate(cell[limits.Cell - 1]) ? limits.Cell - 1 : limits.Cell)]
            .PadRight(LongestCell, '…');
        var tidy = ShortText.Tidy(cell) ?? "";
        if (tidy.Length > 1 && tidy[0] == '\'' && SafeCell.StartsFormula(tidy[1])) tidy = tidy[1..]; // our own exports guard such cells
        if (tidy.Length > LongestKnown) return tidy;
        if (known.TryGetValue(tidy, out var same)) return same;
        if (known.Count < MostKnown) known.Add(tidy, tidy);
        return tidy;
    }
}
