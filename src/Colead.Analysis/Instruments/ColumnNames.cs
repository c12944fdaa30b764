using System.Globalization;

namespace Colead.Analysis.Instruments;

/// <summary>The instrument that a file of answers implies when none is given: columns d1_1, d1_2, … on the scale 1 to 5.</summary>
public static class ColumnNames
{
    /// <summary>True for a name such as d3_2: statement 2 of dimension 3, both from 1 to 99.</summary>
    public static bool IsItem(string column) => Parse(column) is not null;

    /// <summary>
    /// Dimensions dN with items dN_M, both in the order of their numbers, on five points with the skewed nulls of five
    /// points. Null where no column is named so.
    /// </summary>
    public static Instrument? ToInstrument(IEnumerable<string> columns)
    {
        var dimensions = columns
            .Select(c => (Column: c, Place: Parse(c)))
            .Where(c => c.Place is not null)
            .OrderBy(c => c.Place!.Value.Dimension).ThenBy(c => c.Place!.Value.Item)
            .GroupBy(c => c.Place!.Value.Dimension)
            .Select(d => new Dimension(string.Create(CultureInfo.InvariantCulture, $"d{d.Key}"), [.. d.Select(c => new Item(c.Column))]))
            .ToArray();
        return dimensions.Length == 0
            ? null
            : new Instrument("columns", "1", Scale.FivePoint, dimensions) { SkewedNulls = SkewedNulls.FivePoint };
    }

    private static (int Dimension, int Item)? Parse(string column)
    {
        var bar = column.IndexOf('_', StringComparison.Ordinal);
        return bar > 1 && column[0] == 'd' && Number(column.AsSpan(1, bar - 1)) is { } dimension
            && Number(column.AsSpan(bar + 1)) is { } item
            ? (dimension, item)
            : null;
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        digits.Length is 1 or 2 && digits[0] is >= '1' and <= '9'
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
