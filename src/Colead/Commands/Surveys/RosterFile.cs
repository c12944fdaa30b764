using System.Buffers.Text;

namespace Colead.Commands.Surveys;

/// <summary>A roster: columns partnership, organisation, sector, level, round and invited, the head-count of each stratum.</summary>
public static class RosterFile
{
    /// <returns>Head-counts by round, organisation (numbered as they came) and level; null after a problem.</returns>
    public static Dictionary<(int Round, int Organisation, int Level),
        int>? Read(string file, byte[] bytes, Organisations organisations, Problems problems)
    {
        var before = problems.List.Count;
        using var table = new CsvTable(file, bytes, problems);
        if (problems.List.Count > before) return null;
        int partnership = table.Find("partnership"), organisation = table.Find("organisation"), sector = table.Find("sector");
        int level = table.Find("level"), round = table.Find("round"), invited = table.Find("invited");
        if (problems.List.Count > before) return null;

        var counts = new Dictionary<(int, int, int), int>();
        while (table.Next())
        {
            var o = organisations.Read(table, partnership, organisation, sector);
            var l = Organisations.ReadLevel(table, level);
            var r = AnswersFile.ReadRound(table, round);
            var field = table.Field(invited);
            if (!Utf8Parser.TryParse(field, out int count, out var length) || length != field.Length || count is < 0 or > 100_000_000)
                table.Problem(invited, $"\"{table.Text(invited)}\" is no head-count.");
            else if (o >= 0 && l >= 0 && r > 0 && !counts.TryAdd((r, o, l), count))
                table.Problem(level, "This organisation and level stand in another row of this round already.");
        }

        if (counts.Count == 0 && problems.List.Count == before) problems.Add(new(file, 2, null, "There is nobody on this roster."));
        return problems.List.Count > before ? null : counts;
    }
}
