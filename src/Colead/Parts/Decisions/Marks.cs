using System.Globalization;

namespace Colead.Parts.Decisions;

/// <summary>A ballot's marks as the database keeps them: numbers parted by commas, nothing where one was left open.</summary>
public static class Marks
{
    public static string Write(IReadOnlyList<int?> marks) =>
        string.Join(',', marks.Select(mark => mark?.ToString(CultureInfo.InvariantCulture)));

    public static int?[] Read(string marks) =>
        [.. marks.Split(',').Select(mark => mark.Length == 0 ? (int?)null
        : int.Parse(mark, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))];
}
