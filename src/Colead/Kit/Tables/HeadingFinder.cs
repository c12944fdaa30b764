using System.Globalization;
using Colead.Storage;

namespace Colead.Kit.Tables;

/// <summary>
/// Which rows name the columns: the row at which headings are known, or else the first that is as full as the rows below; and up to two
/// more that belong to it.
/// </summary>
/// <param name="First">Places in the list of rows; −1 where no row names the columns.</param>
internal sealed record HeadingRows(int First, int Best, int Last, bool IsUnsure)
{
    public const int Looked = 40;
    private const int MostRows = 3;
    /// <summary>
    /// A row is the heading row from this share of the most known headings on; as full as the rest, from this share of its cells.
    /// </summary>
    private const double Enough = 0.6;
    /// <summary>Of a heading row so much is known; sentences in a row of answers are comments.</summary>
    private const double LeastShare = 0.25;
    private static readonly string[] OfSurveys = ["RESPONSE", "OPENENDEDRESPONSE", "OTHERPLEASESPECIFY"];

    public static HeadingRows Find(IReadOnlyList<TableRow> rows, TableLimits limits, int? stated)
    {
        if (stated == 0) return new(-1, -1, -1, false);
        var looked = Math.Min(rows.Count, Looked);
        var known = new int[looked];
        for (var i = 0; i < looked; i++) known[i] = rows[i].IsHidden ? 0 : KnownIn(rows[i], limits);
        var best = stated is { } row ? IndexOf(rows, row) : -1;
        var unsure = false;
        if (best < 0)
        {
            var most = known.DefaultIfEmpty().Max();
            if (most >= 2 && looked > 0 && Array.IndexOf(known, most) is var at
                && most >= Filled(rows[at]) * LeastShare) best = Array.FindIndex(known, count => count >= most * Enough);
            else
            {
                best = ByFilling(rows, looked);
                unsure = rows.Count > best && rows[best].Cells.Any(cell => EmailAddress.IsValid(cell)); // that is somebody already
            }
        }
        var (first, last) = (best, best);
        while (first > 0 && best - first < MostRows - 1 && first - 1 < looked && known[first - 1] >= 2) first--;
        while (last + 1 < looked && last - first < MostRows - 1 && Belongs(rows[last + 1], known[last + 1],
            known[Math.Min(best, looked - 1)])) last++;
        return new(first, best, last, unsure);
    }

    /// <summary>How many different cells of a row are headings that are known.</summary>
    public static int KnownIn(TableRow row, TableLimits limits) =>
        limits.Knows is { } knows ? row.Cells.Where(cell => cell.Length > 0 && knows(cell)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Count() : 0;

    /// <summary>What programs of surveys write below a question that has no parts.</summary>
    public static bool SaysNothing(string cell) => cell.Length == 0 || cell.StartsWith("{\"ImportId\"", StringComparison.Ordinal)
        || OfSurveys.Contains(KeyOf(cell), StringComparer.Ordinal);

    private static bool Belongs(TableRow row, int known, int best) =>
        row.Cells.All(SaysNothing) || (best >= 4 && known >= Math.Max(2, best * Enough));

    private static int ByFilling(IReadOnlyList<TableRow> rows, int looked)
    {
        var usual = Filled(rows.OrderBy(Filled).ElementAt(rows.Count / 2));
        for (var i = 0; i < looked; i++)
            // of two columns nobody can tell a title
            if (Filled(rows[i]) > 1 && Filled(rows[i]) >= usual * Enough && !IsData(rows[i])) return i > 0 && Filled(rows[i]) <= 2 ? 0 : i;
        return Enumerable.Range(0, looked).FirstOrDefault(i => Filled(rows[i]) > 1, 0) is var first && Filled(rows[first]) > 2 ? first : 0;
    }

    /// <summary>Dates and numbers name no column.</summary>
    private static bool IsData(TableRow row) =>
        row.Dates is not null || row.Cells.Count(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture,
            out _)) * 2 > Filled(row);

    private static int Filled(TableRow row) => row.Cells.Count(cell => cell.Length > 0);

    private static int IndexOf(IReadOnlyList<TableRow> rows, int number)
    {
        for (var i = 0; i < rows.Count; i++)
            if (rows[i].Number == number) return i;
        return -1;
    }

    private static string KeyOf(string cell) => new([.. ShortText.Key(cell).Where(char.IsLetter)]);
}
