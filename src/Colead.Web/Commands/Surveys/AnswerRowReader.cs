using System.Buffers.Binary;
using System.Buffers.Text;
using Colead.Analysis.Instruments;

namespace Colead.Web.Commands.Surveys;

/// <summary>
/// Reads answers one row at a time. Who answered (partnership, organisation, sector, level, round) is looked up as a whole,
/// so that only its first row is checked word by word; rows without quotation marks are cut here, which is quicker than
/// asking for each field.
/// </summary>
internal sealed class AnswerRowReader
{
    private const byte NotAnOption = 254;
    private const int LongestRespondent = 200;
    private const int LongestKey = 1024;

    private readonly CsvTable table;
    private readonly Scale scale;
    private readonly Organisations organisations;
    private readonly ByteStrings strata = new();
    private readonly List<(RoundRows? Rows, int Organisation, byte Level, ulong Salt)> stratumOf = [];
    private readonly List<ulong> respondents;
    private readonly byte[] codeOfOne = new byte[1 << 8];
    private readonly byte[] codeOfTwo = new byte[1 << 16];
    private readonly byte[] key = new byte[LongestKey];
    private readonly int[] starts;
    private readonly int partnership, respondent, organisation, sector, level, round;
    private readonly int[] columns;
    private readonly bool cuts;
    private readonly ulong fourSeparators;

    public AnswerRowReader(CsvTable table, Instrument instrument, Organisations organisations)
    {
        this.table = table;
        this.organisations = organisations;
        scale = instrument.Scale;
        respondents = new(table.ExpectedRows);
        Rows = new AnswerRows(instrument);
        (partnership, respondent, organisation) = (table.Find("partnership"), table.Find("respondent"), table.Find("organisation"));
        (sector, level, round) = (table.Find("sector"), table.Find("level"), table.Find("round"));
        columns = [.. instrument.Items.Select(i => table.Find(i.Id))];
        cuts = Math.Max(partnership, Math.Max(respondent, Math.Max(Math.Max(organisation, sector), Math.Max(level, round)))) < columns[0]
            && columns.Select((c, i) => c - i).Distinct().Count() == 1;
        fourSeparators = table.Separator * 0x0100010001000100ul;
        starts = new int[Math.Max(columns[0], 0) + 1];
        for (var a = 0; a < 256; a++)
        {
            codeOfOne[a] = CodeOf([(byte)a]);
            for (var b = 0; b < 256; b++) codeOfTwo[(a << 8) | b] = CodeOf([(byte)a, (byte)b]);
        }
    }

    public AnswerRows Rows { get; }

    /// <summary>Whether anyone seems to have answered a round twice (a hash says so: have it looked at).</summary>
    public bool HasDoubleRespondents
    {
        get
        {
            var sorted = respondents.ToArray();
            Array.Sort(sorted);
            for (var i = 1; i < sorted.Length; i++)
                if (sorted[i] == sorted[i - 1]) return true;
            return false;
        }
    }

    public void ReadRow()
    {
        var row = table.RawRow;
        if (cuts && !row.Contains((byte)'"')) ReadCut(row);
        else ReadFields();
    }

    private void ReadCut(ReadOnlySpan<byte> row)
    {
        var at = 0;
        for (var c = 1; c < starts.Length; c++) starts[c] = at += row[at..].IndexOf(table.Separator) + 1;
        var length = Put(0, Cut(row, partnership));
        length = Put(length, Cut(row, organisation));
        length = Put(length, Cut(row, sector));
        length = Put(length, Cut(row, level));
        length = Put(length, Cut(row, round));
        var codes = Begin(length, Cut(row, respondent));
        for (var i = 0; i < codes.Length && at < row.Length;) // an empty last field has no byte of its own
        {
            if (ReadFour(row[at..], codes[i..]))
            {
                at += 8;
                i += 4;
            }
            else
            {
                at += ReadOne(row[at..], columns[i], out codes[i]) + 1;
                i++;
            }
        }
    }

    /// <summary>Four answers of one character each at once, where the row goes on so: most of it does.</summary>
    private bool ReadFour(ReadOnlySpan<byte> row, Span<byte> codes)
    {
        if (row.Length < 8 || codes.Length < 4) return false;
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(row);
        if ((bytes & 0xFF00FF00FF00FF00) != fourSeparators) return false;
        byte a = codeOfOne[(byte)bytes], b = codeOfOne[(byte)(bytes >> 16)], c = codeOfOne[(byte)(bytes >> 32)], d = codeOfOne[(byte)(bytes >> 48)];
        if (((a | b | c | d) & 0x80) != 0) return false;
        (codes[0], codes[1], codes[2], codes[3]) = (a, b, c, d);
        return true;
    }

    /// <summary>One answer; returns its length.</summary>
    private int ReadOne(ReadOnlySpan<byte> row, int column, out byte code)
    {
        var separator = table.Separator;
        code = Answer.SkippedCode;
        if (row[0] == separator) return 0;
        int length;
        if (row.Length == 1 || row[1] == separator) (code, length) = (codeOfOne[row[0]], 1);
        else if (row.Length == 2 || row[2] == separator) (code, length) = (codeOfTwo[(row[0] << 8) | row[1]], 2);
        else (code, length) = (NotAnOption, row.IndexOf(separator) is >= 0 and var end ? end : row.Length);
        if (code == NotAnOption) code = ReadAnswer(column);
        return length;
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> row, int column) => row[starts[column]..(starts[column + 1] - 1)];

    private void ReadFields()
    {
        var length = Put(0, table.Field(partnership));
        length = Put(length, table.Field(organisation));
        length = Put(length, table.Field(sector));
        length = Put(length, table.Field(level));
        length = Put(length, table.Field(round));
        var codes = Begin(length, table.Field(respondent));
        for (var i = 0; i < codes.Length; i++) codes[i] = ReadAnswer(columns[i]);
    }

    /// <summary>Appends a field to the key; −1 where they are too long together to be names.</summary>
    private int Put(int length, ReadOnlySpan<byte> field)
    {
        if (length < 0 || length + field.Length + 1 > LongestKey) return -1;
        field.CopyTo(key.AsSpan(length));
        key[length + field.Length] = 0x1F;
        return length + field.Length + 1;
    }

    /// <summary>The place for the row's answers, after checking who gave them.</summary>
    private Span<byte> Begin(int keyLength, ReadOnlySpan<byte> id)
    {
        var stratum = keyLength < 0 ? ReadStratum() : Stratum(key.AsSpan(0, keyLength));
        id = id.Trim(" \t"u8);
        if (id.IsEmpty) table.Problem(respondent, "There is no respondent here.");
        else if (id.Length > LongestRespondent) table.Problem(respondent, FormattableString.Invariant($"A respondent's name has at most {LongestRespondent} bytes."));
        else respondents.Add(ByteStrings.Hash(id, stratum.Salt));
        return (stratum.Rows ?? Rows.Of(0)).Add(stratum.Organisation, stratum.Level);
    }

    private (RoundRows? Rows, int Organisation, byte Level, ulong Salt) Stratum(ReadOnlySpan<byte> name)
    {
        if (strata.TryAdd(name, out var index)) stratumOf.Add(ReadStratum());
        else if (stratumOf[index].Rows is null) ReadStratum(); // wrong once more: say so of this row too
        return stratumOf[index];
    }

    private (RoundRows? Rows, int Organisation, byte Level, ulong Salt) ReadStratum()
    {
        var o = organisations.Read(table, partnership, organisation, sector);
        var l = Organisations.ReadLevel(table, level);
        var r = AnswersFile.ReadRound(table, round);
        return o < 0 || l < 0 || r == 0
            ? default
            : (Rows.Of(r), o, (byte)l, ((ulong)organisations.PartnershipOf(o) << 32) | (uint)r);
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
        if (field is [(byte)'D' or (byte)'d', (byte)'K' or (byte)'k']) return Answer.DontKnowCode;
        return Utf8Parser.TryParse(field, out int value, out var length) && length == field.Length && value >= scale.Lowest && value <= scale.Highest
            ? Answer.Of(value, scale).Code
            : NotAnOption;
    }
}
