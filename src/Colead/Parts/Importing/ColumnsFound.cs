using Colead.Analysis.Instruments;
using Colead.Kit.Tables;

namespace Colead.Parts.Importing;

/// <summary>A column that is taken, for what, and three different cells of it; none of a column that tells people apart.</summary>
public sealed record ColumnTaken(string Name, string As, IReadOnlyList<string> Samples);

/// <summary>Which columns of a file are taken, and which left alone.</summary>
public sealed record ColumnsFound(IReadOnlyList<ColumnTaken> Taken, IReadOnlyList<string> LeftAlone)
{
    private const int MostSamples = 3, LongestSample = 30;

    public static ColumnsFound Of(TableFile table, AnswersReading reading, Instrument instrument)
    {
        var taken = new List<ColumnTaken>();
        void Take(int column, string what, bool shows = true)
        {
            if (column >= 0) taken.Add(new(ImportOperations.HeadingOf(table, column), what, shows ? Samples(table, column) : []));
        }
        foreach (var group in Enum.GetValues<GroupColumn>()) Take(reading[group], group.ToString());
        foreach (var item in instrument.Items) Take(reading.ColumnOf(item.Id), "Statement " + item.Id);
        foreach (var column in reading.Comments) Take(column, "Comments");
        foreach (var column in reading.People) Take(column, "Tells people apart, then dropped", shows: false);
        if (reading.Sent >= 0) Take(reading.Sent, "Whether it was sent, then dropped");
        var used = reading.Used.Concat(reading.People).Append(reading.Sent).ToHashSet();
        return new(taken, [.. Enumerable.Range(0, table.Headers.Count).Where(column => !used.Contains(column))
            .Select(column => ImportOperations.HeadingOf(table, column, LongestSample))]);
    }

    private static List<string> Samples(TableFile table, int column) =>
        [.. table.Rows.Select(row => row[column]).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(MostSamples)
            .Select(text => text.Length <= LongestSample ? text : text[..LongestSample] + "…")];
}
