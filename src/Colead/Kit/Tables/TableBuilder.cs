using System.Text;
using Colead.Data;

namespace Colead.Kit.Tables;

/// <summary>Rows of a table as their cells come, within limits. What is empty costs nothing, and what stands in many cells is in memory once.</summary>
internal sealed class TableBuilder(TableLimits limits)
{
    /// <summary>Characters of all cells together, a text as often as it stands there: whoever reads the table may copy them.</summary>
    private const int MostText = 40_000_000;
    private const int MostKnown = 50_000, LongestKnown = 60;

    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly string?[] cells = new string?[limits.Columns];
    private int number, used;
    private bool goesOn;
    private long text;

    public List<TableRow> Rows { get; } = [];

    /// <summary>As much of a cell as is looked at: more than may be used.</summary>
    public int LongestCell => limits.Cell + 1;

    /// <summary>The next row, by its number in the file.</summary>
    public void Begin(int row)
    {
        End();
        number = row;
    }

    /// <param name="cell">Tidied.</param>
    public void Put(int column, string cell)
    {
        if (cell.Length == 0) return;
        if (column >= limits.Columns)
        {
            goesOn = true;
            return;
        }
        if (cells[column] is not null) return; // stated twice
        cells[column] = cell;
        used = Math.Max(used, column + 1);
        text += cell.Length;
        if (text > MostText) throw new UnreadableFileException($"The file holds more than {MostText / 1_000_000} million characters. Bring only {limits.Only}");
    }

    public void End()
    {
        if (used > 0)
        {
            if (Rows.Count > limits.Rows) throw new UnreadableFileException($"The file has more than {limits.Rows:N0} rows. Split it and bring the parts one after the other");
            Rows.Add(new TableRow(number, [.. cells.Take(used).Select(cell => cell ?? "")]) { GoesOn = goesOn });
            Array.Clear(cells, 0, used);
        }
        (used, goesOn) = (0, false);
    }

    public string Tidy(ReadOnlySpan<byte> utf8) => Tidy(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * LongestCell)]));

    public string Tidy(string cell)
    {
        if (cell.Length > limits.Cell) return cell[..(char.IsHighSurrogate(cell[limits.Cell - 1]) ? limits.Cell - 1 : limits.Cell)].PadRight(LongestCell, '…');
        var tidy = ShortText.Tidy(cell) ?? "";
        if (tidy.Length > 1 && tidy[0] == '\'' && SafeCell.StartsFormula(tidy[1])) tidy = tidy[1..]; // our own exports guard such cells
        if (tidy.Length > LongestKnown) return tidy;
        if (known.TryGetValue(tidy, out var same)) return same;
        if (known.Count < MostKnown) known.Add(tidy, tidy);
        return tidy;
    }
}
