using System.Buffers.Text;
using Colead.Analysis.Instruments;
using Colead.Analysis.Scoring;

namespace Colead.Web.Commands.Surveys;

/// <summary>
/// A file of answers: columns partnership, respondent, organisation, sector, level, round and one for each statement.
/// An empty field is a skipped statement, DK "don't know". Read whole or not at all.
/// </summary>
public static class AnswersFile
{
    private const byte NotAnOption = 254;
    private const int LongestRespondent = 200;

    /// <param name="instrument">Null reads columns d1_1, d1_2, … on the scale 1 to 5.</param>
    /// <returns>The rounds in the order of their numbers; meaningless where <paramref name="problems"/> has any.</returns>
    public static AnswerRows? Read(string file, byte[] bytes, Instrument? instrument, Organisations organisations, Problems problems, Action<double>? progress = null)
    {
        using var table = new CsvTable(file, bytes, problems);
        if (problems.Any) return null;
        if (instrument is null && (instrument = ColumnNames.ToInstrument(table.Columns)) is null)
        {
            problems.Add(new(file, 1, null, "No column is named d1_1, d1_2, …; name the instrument that was answered with --instrument."));
            return null;
        }

        var reader = new RowReader(table, instrument, organisations);
        if (problems.Any) return null;
        var read = 0L;
        while (table.Next())
        {
            reader.ReadRow();
            if ((++read & 0xFFFF) == 0) progress?.Invoke(table.Share);
        }

        if (read == 0 && !problems.Any) problems.Add(new(file, 2, null, "There are no answers in this file."));
        reader.Rows.UnusedColumns = [.. table.Unused];
        return problems.Any ? null : reader.Rows;
    }

    /// <summary>Reads one row at a time, so that the compiler sees a small method called often.</summary>
    private sealed class RowReader
    {
        private readonly CsvTable table;
        private readonly Scale scale;
        private readonly Organisations organisations;
        private readonly ByteStrings respondents;
        private readonly List<int> offsets = [];
        private readonly byte[] codeOf;
        private readonly byte[] key = new byte[LongestRespondent + sizeof(long)];
        private readonly int partnership, respondent, organisation, sector, level, round;
        private readonly int[] columns;

        public RowReader(CsvTable table, Instrument instrument, Organisations organisations)
        {
            this.table = table;
            this.organisations = organisations;
            scale = instrument.Scale;
            respondents = new(table.ExpectedRows);
            Rows = new AnswerRows(instrument);
            (partnership, respondent, organisation) = (table.Find("partnership"), table.Find("respondent"), table.Find("organisation"));
            (sector, level, round) = (table.Find("sector"), table.Find("level"), table.Find("round"));
            columns = [.. instrument.Items.Select(i => table.Find(i.Id))];
            codeOf = CodesOfOneByte(scale);
        }

        public AnswerRows Rows { get; }

        public void ReadRow()
        {
            var o = organisations.Read(table, partnership, organisation, sector);
            var l = Organisations.ReadLevel(table, level);
            var r = ReadRound(table, round);
            ReadRespondent(o, r);
            var codes = Rows.Add(r, o, l);
            for (var i = 0; i < codes.Length; i++)
            {
                var field = table.Raw(columns[i]);
                if (field.IsEmpty) codes[i] = Answer.SkippedCode;
                else if (field.Length == 1 && codeOf[field[0]] is var code and not NotAnOption) codes[i] = code;
                else codes[i] = ReadAnswer(columns[i]);
            }
        }

        private byte ReadAnswer(int column)
        {
            var field = table.Field(column);
            var code = field.IsEmpty ? Answer.SkippedCode : CodeOf(field, scale);
            if (code != NotAnOption) return code;
            table.Problem(column, NotAnOptionReason(table.Text(column), scale));
            return Answer.SkippedCode;
        }

        private void ReadRespondent(int organisation, int round)
        {
            var id = table.Field(respondent);
            if (id.IsEmpty) table.Problem(respondent, "There is no respondent here.");
            else if (id.Length > LongestRespondent) table.Problem(respondent, Inv($"A respondent's name has at most {LongestRespondent} bytes."));
            else if (organisation >= 0 && round > 0)
            {
                id.CopyTo(key);
                BitConverter.TryWriteBytes(key.AsSpan(id.Length), ((long)organisations.PartnershipOf(organisation) << 32) | (uint)round);
                if (respondents.TryAdd(key.AsSpan(0, id.Length + sizeof(long)), out var first)) offsets.Add(table.Offset);
                else table.Problem(respondent, Inv($"{table.Text(respondent)} has answered this round already, on line {table.LineOf(offsets[first])}."));
            }
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

    private static string NotAnOptionReason(string text, Scale scale) => Inv(
        $"\"{text}\" is no answer; write a whole number from {scale.Lowest} to {scale.Highest}, DK for \"don't know\", or nothing.");

    private static string Inv(FormattableString text) => FormattableString.Invariant(text);

    private static byte[] CodesOfOneByte(Scale scale)
    {
        var codes = new byte[256];
        for (var b = 0; b < codes.Length; b++) codes[b] = CodeOf([(byte)b], scale);
        return codes;
    }

    private static byte CodeOf(ReadOnlySpan<byte> field, Scale scale)
    {
        if (field is [(byte)'D' or (byte)'d', (byte)'K' or (byte)'k']) return Answer.DontKnowCode;
        return Utf8Parser.TryParse(field, out int value, out var length) && length == field.Length && value >= scale.Lowest && value <= scale.Highest
            ? Answer.Of(value, scale).Code
            : NotAnOption;
    }
}

/// <summary>Answers as they are read, round by round, with organisations numbered as they came.</summary>
public sealed class AnswerRows(Instrument instrument)
{
    private readonly SortedDictionary<int, Rows> rounds = [];
    private Rows? last;

    public Instrument Instrument { get; } = instrument;

    public IReadOnlyList<string> UnusedColumns { get; set; } = [];

    public IEnumerable<int> Rounds => rounds.Keys;

    /// <summary>Adds a row and returns the place for its answer codes.</summary>
    public Span<byte> Add(int round, int organisation, int level)
    {
        if (last is null || last.Round != round)
        {
            if (!rounds.TryGetValue(round, out last)) rounds[round] = last = new(round);
        }

        return last.Add(organisation, level, Instrument.ItemCount);
    }

    /// <summary>The rows of a round, organisations renumbered.</summary>
    public AnswerTable ToTable(int round, Structure structure, int[] newIndex)
    {
        var rows = rounds[round];
        return new(Instrument, structure, [.. rows.Organisations.Select(o => newIndex[o])], [.. rows.Levels], rows.Codes.AsSpan(0, rows.Levels.Count * Instrument.ItemCount).ToArray());
    }

    /// <summary>Numbers of the organisations with a row in this round, as they came.</summary>
    public IEnumerable<int> OrganisationsIn(int round) => rounds[round].Organisations.Distinct();

    private sealed class Rows(int round)
    {
        public int Round { get; } = round;

        public List<int> Organisations { get; } = [];

        public List<byte> Levels { get; } = [];

        public byte[] Codes { get; private set; } = new byte[4096];

        public Span<byte> Add(int organisation, int level, int items)
        {
            var start = Levels.Count * items;
            if (Codes.Length - start < items)
            {
                var grown = new byte[(int)Math.Min(Array.MaxLength, 2L * Codes.Length + items)];
                Codes.AsSpan(0, start).CopyTo(grown);
                Codes = grown;
            }

            Organisations.Add(organisation);
            Levels.Add((byte)Math.Max(level, 0));
            return Codes.AsSpan(start, items);
        }
    }
}
