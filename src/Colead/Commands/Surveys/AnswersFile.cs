using System.Buffers.Text;
using Colead.Analysis.Instruments;

namespace Colead.Commands.Surveys;

/// <summary>
/// A file of answers: columns partnership, respondent, organisation, sector, level, round and one for each statement.
/// An empty field is a skipped statement, DK "don't know". Read whole or not at all.
/// </summary>
public static class AnswersFile
{
    /// <param name="instrument">Null reads columns d1_1, d1_2, … on the scale 1 to 5.</param>
    /// <returns>The rounds in the order of their numbers; meaningless where <paramref name="problems"/> has any.</returns>
    public static AnswerRows? Read(string file, byte[] bytes, Instrument? instrument, Organisations organisations, Problems problems,
        Action<double>? progress = null)
    {
        using var table = new CsvTable(file, bytes, problems);
        if (problems.Any) return null;
        if (instrument is null && (instrument = ColumnNames.ToInstrument(table.Columns)) is null)
        {
            problems.Add(new(file, 1, null, "No column is named d1_1, d1_2, …; name the instrument that was answered with --instrument."));
            return null;
        }

        var reader = new AnswerRowReader(table, instrument, organisations);
        if (problems.Any) return null;
        var read = 0L;
        while (table.Next())
        {
            reader.ReadRow();
            if ((++read & 0xFFFF) == 0) progress?.Invoke(table.Share);
        }

        if (read == 0 && !problems.Any) problems.Add(new(file, 2, null, "There are no answers in this file."));
        if (reader.HasDoubleRespondents) FindDoubleRespondents(file, bytes, problems);
        reader.Rows.UnusedColumns = [.. table.Unused];
        return problems.Any ? null : reader.Rows;
    }

    /// <summary>Names the rows of people who answered a round twice. A pass of its own: hardly any file has them.</summary>
    private static void FindDoubleRespondents(string file, byte[] bytes, Problems problems)
    {
        using var table = new CsvTable(file, bytes, problems);
        int partnership = table.Find("partnership"), respondent = table.Find("respondent"), round = table.Find("round");
        var seen = new Dictionary<(string, string, int), int>();
        while (table.Next())
        {
            var number = Utf8Parser.TryParse(table.Field(round), out int parsed, out _) ? parsed : 0;
            var id = (table.Text(partnership), table.Text(respondent), number);
            if (!seen.TryAdd(id, table.Offset))
                table.Problem(respondent,
                    FormattableString.Invariant($"{id.Item2} has answered this round already, on line {table.LineOf(seen[id])}."));
        }
    }

    /// <summary>The number of the current row's round; 0 after a problem.</summary>
    internal static int ReadRound(CsvTable table, int column)
    {
        var field = table.Field(column);
        if (Utf8Parser.TryParse(field, out int round, out var length) && length == field.Length && round is >= 1 and <= 9999) return round;
        table.Problem(column, $"\"{table.Text(column)}\" is no round; rounds are numbered 1 to 9999.");
        return 0;
    }
}
