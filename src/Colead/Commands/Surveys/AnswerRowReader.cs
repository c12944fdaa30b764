using System.Buffers.Text;
using Colead.Analysis.Instruments;

namespace Colead.Commands.Surveys;

/// <summary>
/// Reads answers one row at a time. Names and words are looked up by their bytes, so that only an organisation's first row
/// is checked word by word, and an answer of one or two characters is looked up in a table.
/// </summary>
internal sealed class AnswerRowReader
{
    private const byte NotAnOption = 254;
    private const int LongestRespondent = 200;
    private const int LongestKey = 1024;

    private readonly CsvTable table;
    private readonly Scale scale;
    private readonly Organisations organisations;
    private readonly ByteStrings writings = new();
    private readonly List<(int Organisation, int Partnership)> organisationOf = [];
    private readonly Repeats respondents;
    private readonly byte[] codes = new byte[4 << 16];
    private readonly byte[] key = new byte[LongestKey];
    private readonly int partnership, respondent, organisation, sector, level, round;
    private readonly int[] columns;
    private readonly bool inOrder; // the statements' columns stand together
    private byte[] lastRound = [];
    private int roundNumber;
    private RoundRows? rows;

    public AnswerRowReader(CsvTable table, Instrument instrument, Organisations organisations)
    {
        this.table = table;
        this.organisations = organisations;
        scale = instrument.Scale;
        respondents = new(table.ExpectedRows);
        Rows = new AnswerRows(instrument, table.ExpectedRows);
        (partnership, respondent, organisation) = (table.Find("partnership"), table.Find("respondent"), table.Find("organisation"));
        (sector, level, round) = (table.Find("sector"), table.Find("level"), table.Find("round"));
        columns = [.. instrument.Items.Select(i => table.Find(i.Id))];
        inOrder = columns.Select((c, i) => c - i).Distinct().Count() == 1;
        Array.Fill(codes, NotAnOption);
        codes[CsvTable.Brief([])] = Answer.SkippedCode;
        for (var a = 0; a < 256; a++)
        {
            codes[CsvTable.Brief([(byte)a])] = CodeOf([(byte)a]);
            for (var b = 0; b < 256; b++) codes[CsvTable.Brief([(byte)a, (byte)b])] = CodeOf([(byte)a, (byte)b]);
        }
    }

    public AnswerRows Rows { get; }

    /// <summary>Whether anyone seems to have answered a round twice (a hash says so: have it looked at).</summary>
    public bool HasDoubleRespondents => respondents.Any();

    public void ReadRow()
    {
        var (o, p) = ReadOrganisation();
        var l = Organisations.ReadLevel(table, level);
        var r = ReadRound();
        ReadRespondent(p, r);
        var place = o >= 0 && l >= 0 && r is not null ? r.Add(o, (byte)l) : Rows.Of(0).Add(0, 0);
        if (inOrder) table.LookUp(columns[0], codes, place);
        else
            for (var i = 0; i < place.Length; i++) place[i] = codes[CsvTable.Brief(table.Untrimmed(columns[i]))];
        for (var i = 0; (i = place.IndexOf(NotAnOption)) >= 0;) place[i] = ReadAnswer(columns[i]);
    }

    /// <summary>The numbers of the organisation and its partnership; -1 after a problem.</summary>
    private (int Organisation, int Partnership) ReadOrganisation()
    {
        var length = Put(0, table.Untrimmed(partnership));
        length = Put(length, table.Untrimmed(organisation));
        length = Put(length, table.Untrimmed(sector));
        if (length < 0) return ReadNewOrganisation();
        if (writings.TryAdd(key.AsSpan(0, length), out var index)) organisationOf.Add(ReadNewOrganisation());
        else if (organisationOf[index].Organisation < 0) ReadNewOrganisation(); // wrong once more: say so of this row too
        return organisationOf[index];
    }

    private (int Organisation, int Partnership) ReadNewOrganisation()
    {
        var o = organisations.Read(table, partnership, organisation, sector);
        return (o, o < 0 ? -1 : organisations.PartnershipOf(o));
    }

    /// <summary>Appends a field to the key; −1 where they are too long together to be names.</summary>
    private int Put(int length, ReadOnlySpan<byte> field)
    {
        if (length < 0 || length + field.Length + 1 > LongestKey) return -1;
        field.CopyTo(key.AsSpan(length));
        key[length + field.Length] = 0x1F;
        return length + field.Length + 1;
    }

    /// <summary>Where the row's round is kept; null after a problem.</summary>
    private RoundRows? ReadRound()
    {
        var field = table.Untrimmed(round);
        if (rows is not null && field.SequenceEqual(lastRound)) return rows;
        roundNumber = AnswersFile.ReadRound(table, round);
        lastRound = field.ToArray();
        return rows = roundNumber == 0 ? null : Rows.Of(roundNumber);
    }

    private void ReadRespondent(int p, RoundRows? r)
    {
        var id = table.Field(respondent);
        if (id.IsEmpty) table.Problem(respondent, "There is no respondent here.");
        else if (id.Length > LongestRespondent) table.Problem(respondent,
            FormattableString.Invariant($"A respondent's name has at most {LongestRespondent} bytes."));
        else if (p >= 0 && r is not null) respondents.Add(ByteStrings.Hash(id, ((ulong)p << 32) | (uint)roundNumber));
    }

    private byte ReadAnswer(int column)
    {
        var field = table.Field(column);
        var code = field.IsEmpty ? Answer.SkippedCode : CodeOf(field);
        if (code != NotAnOption) return code;
        table.Problem(column, FormattableString.Invariant(
            $"\"{table.Text(column)}\" is no answer; write a whole number from {scale.Lowest} to {scale.Highest}, DK for \"don't know\", or nothing."));
        return Answer.SkippedCode;
    }

    private byte CodeOf(ReadOnlySpan<byte> field)
    {
        if (field is [(byte)'N', (byte)'A']) return Answer.SkippedCode; // as programs of statistics write missing; so does colead import
        if (field is [(byte)'D' or (byte)'d', (byte)'K' or (byte)'k']) return Answer.DontKnowCode;
        return Utf8Parser.TryParse(field, out int value, out var length) && length == field.Length && value >= scale.Lowest
            && value <= scale.Highest
            ? Answer.Of(value, scale).Code
            : NotAnOption;
    }
}
