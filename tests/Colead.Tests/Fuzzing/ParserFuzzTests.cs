using System.Text;
using Colead.Analysis.Instruments;
using Colead.Commands.Surveys;
using Colead.Kit.Forms;
using Colead.Kit.Tables;
using Colead.Parts.Importing;
using Colead.Parts.Invitations;
using Colead.Parts.Outcomes.Indicators;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;
using UnreadableFileException = Colead.Kit.Tables.UnreadableFileException;

namespace Colead.Tests.Fuzzing;

/// <summary>Whatever is brought, a parser reads it or says why not, and costs little.</summary>
public class ParserFuzzTests
{
    private const int Always = 3_000;
    private static readonly string[] Marks = ["\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "sep=;\n", "sep=\"\n", "\uFEFF", "\0",
        "'=1", "=cmd()", "é", "\uFFFD", new('x', 3000), new(',', 200), "Name", "Level", "<html>"];
    private static readonly string[] Tags =
    [
        "<row>", "</row>", "<row r=\"2\">", "<row r=\"-1\"/>", "<row r=\"4294967296\"/>", "<c>", "</c>", "<c r=\"A1\" t=\"s\">",
            "<c r=\"XFD1\">", "<c r=\"\u00C9\">", "<c t=\"inlineStr\">", "<c t=\"e\">", "<v>", "</v>", "<v>-1</v>", "<v>99999999999</v>",
        "<is>", "<t>", "</t>", "<t xml:space=\"preserve\">", "<r>", "<rPh>", "</rPh>", "<f>", "<![CDATA[x]]>", "<!-- -->",
            "<?xml version=\"1.0\"?>", "<?x?>", "<!DOCTYPE a>", "&amp;", "&#0;", "&#xD800;", "&lt;", "<si>", "<si/>",
            "<sheet r:id=\"r1\"/>",
        "Target=\"../../x\"", "Target=\"//\"", "encoding=\"utf-7\"", "xmlns=\"\"", "\0", "\uFFFF",
    ];
    private static readonly string[] Json = ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "1e999", "-1", "1.5", "\"\\ud800\"",
        "\"\\u0000\"", "\"en\"", "\"id\"", "\"languages\"", "\"scale\"", "//x", "\\", "\0", "\uFEFF", new('[', 40)];

    private static readonly byte[][] Tables =
    [
        "Full name,E-mail address,Organisation,Sector,Level\nSiân Môr,sian@example.org,Coed Trust,Charity,Board\n\"Ana \"\"A\"\" Reed\",,\"Tide, Ltd\",Firm,Manager\n"u8.ToArray(),
        "sep=;\r\nName;Level\r\nSam;Board\r\n"u8.ToArray(),
        [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Name\tLevel\nSam\tBoard\n")],
        Encoding.BigEndianUnicode.GetBytes("Name,Level\nSam,Board\n"),
        Encoding.Latin1.GetBytes("Name;Level\nZoë;Board\n"),
    ];

    private static TableFile? Read(byte[] content, TableLimits? limits = null)
    {
        try
        {
            return TableFile.Read(content, limits);
        }
        catch (UnreadableFileException told)
        {
            Assert.True(told.Message.Length > 15);
            return null;
        }
    }

    [Fact]
    public void Lists_AsText() => Fuzz.Try(Always, random =>
    {
        if (Read(random.Spoil(random.One(Tables), Marks), random.Next(2) == 0 ? null : IndicatorOperations.Limits) is not { } table) return;
        var columns = RosterColumns.Guess(table.Headers);
        foreach (var row in table.Rows)
        {
            Assert.All(row.Cells, cell => Assert.True(cell.Length <= 3 * TableFile.LongestCell + 1));
            Words(row[columns[RosterColumn.Level]]);
            Words(row[columns[RosterColumn.Email]]);
        }
    });

    [Fact]
    public void Workbooks_ByTheirParts() => Fuzz.Try(Always, random =>
    {
        var path = random.One(Workbooks.Usual.Keys.Append(Workbooks.SheetPath).Append(Workbooks.SharedPath).ToList());
        Read(Workbooks.With((path, [Encoding.UTF8.GetString(random.Spoil(Encoding.UTF8.GetBytes(Workbooks.Usual[path]), Tags))])));
    });

    [Fact]
    public void Workbooks_ByTheirBytes()
    {
        var good = Workbooks.With();
        Assert.Equal(["Sam", "Board"], Assert.Single(TableFile.Read(good).Rows).Cells);
        Assert.Equal(["Name", "Level"], TableFile.Read(good).Headers);
        Fuzz.Try(Always,
            random => Read(random.Spoil(good, ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "\0\0\0\0", "\uFFFF\uFFFF"])));
    }

    [Fact]
    public void Instruments_AsJson()
    {
        var good = ShippedInstruments.All.Select(InstrumentFile.Write).ToList();
        Fuzz.Try(Always, random =>
        {
            var reading = InstrumentFile.Read(random.Spoil(random.One(good), Json));
            Assert.True(reading.Instrument is null != (reading.Problems.Count == 0));
            if (reading.Instrument is { } instrument) Assert.NotNull(InstrumentFile.Read(InstrumentFile.Write(instrument)).Instrument);
        });
    }

    /// <summary>What is read, guessed and planned of a spoilt file of answers; nobody in it counts twice, and everybody counts.</summary>
    [Fact]
    public void Answers_FromElsewhere()
    {
        var items = ShippedInstruments.Agreement5.Items;
        var good = Encoding.UTF8.GetBytes("Respondent ID,Email,Organisation,Level,Comments,"
            + string.Join(',', items.Select(item => item.Id)) + "\n"
            + string.Concat(Enumerable.Range(0, 6)
                .Select(i => $"{i / 2},p{i}@example.org,Coed,Board,We do,{string.Join(',', items.Select((_, j) => ((i + j) % 5) + 1))}\n")));
        Fuzz.Try(300, random =>
        {
            if (Read(random.Spoil(good, Marks), ImportOperations.Limits) is not { } table) return;
            var reading = AnswersGuess.Of(table, [ShippedInstruments.Agreement5], new HashSet<string>(StringComparer.Ordinal));
            reading = AnswersReading.Read(reading.Write())!;
            Assert.All(reading.Used.Concat(reading.People), column => Assert.InRange(column, 0, table.Headers.Count - 1));
            foreach (var row in table.Rows)
                foreach (var cell in row.Cells) AnswerWords.Find(cell, ShippedInstruments.Agreement5);
        }, deep: 100_000);
    }

    [Fact]
    public void Answers_OfTheCommandLine()
    {
        var good = "partnership,respondent,organisation,sector,level,round,d1_1,d1_2\nEstuary,1,Coed,public,Board,1,5,DK\nEstuary,2,\"Tide, Ltd\",private,Middle,1,,3\n"u8.ToArray();
        Fuzz.Try(Always, random =>
        {
            var problems = new Problems();
            AnswersFile.Read("a.csv", random.Spoil(good, Marks), null, new Organisations(), problems);
        });
    }

    [Fact]
    public void Words_OfPeople() => Fuzz.Try(20_000, random => Words(random.Text()));

    /// <summary>Everything that takes one text as somebody typed it.</summary>
    private static void Words(string text)
    {
        RosterWords.LevelOf(text);
        RosterWords.SectorOf(text);
        RosterWords.SizeOf(text);
        var address = RosterWords.AddressIn(text);
        if (EmailAddress.IsValid(address)) EmailAddress.Key(address);
        Typed.ReadDay(text);
        Typed.ReadNumber(text);
        LinkSecret.Read(text);
        Assert.True(OrganisationIdentifier.TryParse(text, out var identifier, out var problem) ? identifier.Length > 0
            : problem.Length > 0);
        ImportOperations.KeyOf(text);
        SafeCell.Guard(text);
        AnswerWords.Find(text, ShippedInstruments.Inventory12);
    }
}
