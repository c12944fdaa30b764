using System.Text.RegularExpressions;
using Colead.Analysis.Instruments;
using Colead.Data;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships.Rosters;

namespace Colead.Parts.Importing;

/// <summary>
/// Guesses how a file of answers is to be understood. Statements are found by their ids or by the likeness of their words; what is left between two that were found,
/// by its place. Whatever is not plain is marked for a person to look at.
/// </summary>
public sealed partial class AnswersGuess
{
    private const double LeastLikeness = 0.2;
    private const double PlainLikeness = 0.3;
    /// <summary>A plain match leaves the next best this far behind.</summary>
    private const double PlainMargin = 0.7;
    private const int LeastWords = 3;
    private const int MostGroups = 200;
    /// <summary>Of a heading: no statement is longer, and words beyond say nothing.</summary>
    private const int LongestHeading = 600;
    private const int EnoughToTell = 200;

    private static readonly Dictionary<GroupColumn, string[]> GroupNames = new()
    {
        [GroupColumn.Organisation] = ["ORGANISATION", "ORGANIZATION", "ORG", "ORGANISATIONNAME", "EMPLOYER", "AGENCY", "PARTNER", "SEFYDLIAD", "YOURORGANISATION", "WHICHORGANISATIONAREYOUFROM", "WHICHORGANISATIONDOYOUWORKFOR"],
        [GroupColumn.Sector] = ["SECTOR", "SECTORTYPE", "ORGANISATIONTYPE", "TYPEOFORGANISATION", "YOURSECTOR"],
        [GroupColumn.Level] = ["LEVEL", "LEADERSHIPLEVEL", "YOURLEVEL", "SENIORITY", "TIER", "LEFEL", "ROLELEVEL", "YOURROLE", "ROLE"],
    };

    private static readonly string[] SentNames = ["DATESUBMITTED", "SUBMITDATE", "COMPLETIONTIME", "DATECOMPLETED"];
    private static readonly string[] NumberNames = ["ID", "RESPONSEID", "RESPONDENT", "RESPONDENTID", "NUMBER", "NO", "ROW", "SEED", "LASTPAGE", "PAGE"];
    /// <summary>What programs of surveys call the person or their answer: LimeSurvey, Qualtrics, SurveyMonkey, Microsoft and Google Forms. A collector or a device is of many.</summary>
    private static readonly string[] PersonNames =
    [
        "ID", "TOKEN", "RESPONSEID", "RESPONDENTID", "RESPONDENT", "RECIPIENTEMAIL", "EXTERNALDATAREFERENCE", "EXTERNALREFERENCE", "EMAIL", "EMAILADDRESS", "YOUREMAIL", "YOUREMAILADDRESS", "USERNAME", "PARTICIPANT",
        "PARTICIPANTID", "PERSONID", "ACCESSCODE", "EBOST",
    ];
    private static readonly string[] CommentWords = ["COMMENT", "ADD", "ELSE", "ANYTHING", "SAY", "REMARK", "WHY", "EXPLAIN", "SYLW", "SYLWADAU"];

    private readonly TableFile file;
    private readonly Instrument instrument;
    private readonly IReadOnlySet<string> organisations;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> unsure = new(StringComparer.Ordinal);
    private readonly HashSet<int> taken = [];
    private readonly bool[] answers;
    private readonly string[] headings;

    private AnswersGuess(TableFile file, Instrument instrument, IReadOnlySet<string> organisations)
    {
        (this.file, this.instrument, this.organisations) = (file, instrument, organisations);
        headings = [.. file.Headers.Select(header => header.Length <= LongestHeading ? header : header[..LongestHeading])];
        answers = [.. Enumerable.Range(0, file.Headers.Count).Select(column => !NumberNames.Contains(KeyOf(file.Headers[column]), StringComparer.Ordinal) && HoldsAnswers(column))];
    }

    /// <summary>How the file is understood with the one of these instruments that fits it best.</summary>
    /// <param name="organisations">Keys of the names of the partnership's organisations.</param>
    public static AnswersReading Of(TableFile file, IEnumerable<Instrument> instruments, IReadOnlySet<string> organisations) =>
        instruments.Select(instrument => new AnswersGuess(file, instrument, organisations)).Select(guess => (Reading: guess.Read(), guess.Fit)).MaxBy(guess => guess.Fit).Reading;

    /// <summary>Statements whose column holds nothing but this instrument's words count most.</summary>
    private double Fit => columns.Values.Where(column => column >= 0).Sum(column => answers[column] ? 1.0 : 0.1) - (unsure.Count * 0.2);

    private AnswersReading Read()
    {
        var groups = GroupNames.ToDictionary(group => group.Key, group => Find(group.Value));
        taken.UnionWith(groups.Values);
        FindByWords();
        FindByPlace();
        foreach (var item in instrument.Items) columns.TryAdd(item.Id, AnswersReading.NotThere);
        FindByContent(groups, GroupColumn.Organisation, text => organisations.Contains(ShortText.Key(text)));
        FindByContent(groups, GroupColumn.Sector, text => RosterWords.SectorOf(text) is not null);
        FindByContent(groups, GroupColumn.Level, text => RosterWords.LevelOf(text) is not null);
        var people = Enumerable.Range(0, file.Headers.Count).Where(column => !taken.Contains(column) && IsOfPeople(column)).ToList();
        taken.UnionWith(people);
        var comments = Enumerable.Range(0, file.Headers.Count).Where(column => !taken.Contains(column) && IsComment(column)).ToList();
        return new AnswersReading
        {
            Instrument = InstrumentFile.ContentHash(instrument),
            Statements = columns,
            Unsure = unsure,
            Groups = groups,
            Comments = comments,
            People = people,
            Sent = Find(SentNames) is >= 0 and var sent && file.Rows.Any(row => row[sent].Length > 0) ? sent : AnswersReading.NotThere,
        };
    }

    private void FindByWords()
    {
        var texts = instrument.Items.SelectMany(item => item.Texts.Values).Concat(headings).ToList();
        var likeness = new Likeness(texts);
        var pairs = new List<(Item Item, int Column, double Likeness)>();
        foreach (var item in instrument.Items)
            for (var column = 0; column < file.Headers.Count; column++)
                if (LikenessOf(likeness, item, column) is var like and >= LeastLikeness) pairs.Add((item, column, like));
        foreach (var (item, column, like) in pairs.OrderByDescending(pair => pair.Likeness))
        {
            if (columns.ContainsKey(item.Id) || !taken.Add(column)) continue;
            columns[item.Id] = column;
            var next = pairs.Where(pair => ReferenceEquals(pair.Item, item) != (pair.Column == column)).Select(pair => pair.Likeness).DefaultIfEmpty().Max();
            if (like < PlainLikeness || next > like * PlainMargin) unsure.Add(item.Id);
        }
    }

    private double LikenessOf(Likeness likeness, Item item, int column)
    {
        var header = headings[column];
        if (Codes().Matches(header).Any(code => string.Equals(code.Value, item.Id, StringComparison.OrdinalIgnoreCase))) return 1;
        if (header.Count(c => c == ' ') < LeastWords) return 0;
        return item.Texts.Values.Select(text => likeness.Between(text, header)).DefaultIfEmpty().Max();
    }

    /// <summary>Between two statements that were found, as many columns of answers as statements are missing: these, in their order.</summary>
    private void FindByPlace()
    {
        var items = instrument.Items;
        for (var i = 0; i < items.Count; i++)
        {
            if (columns.ContainsKey(items[i].Id)) continue;
            var end = i;
            while (end < items.Count && !columns.ContainsKey(items[end].Id)) end++;
            var after = i == 0 ? -1 : columns[items[i - 1].Id];
            var before = end == items.Count ? file.Headers.Count : columns[items[end].Id];
            var free = Enumerable.Range(after + 1, Math.Max(0, before - after - 1)).Where(column => answers[column] && !taken.Contains(column)).ToList();
            if (free.Count == end - i)
                for (var n = 0; n < free.Count; n++)
                {
                    columns[items[i + n].Id] = free[n];
                    taken.Add(free[n]);
                    unsure.Add(items[i + n].Id);
                }
            else return; // what follows has no place to be counted from
            i = end;
        }
    }

    private bool HoldsAnswers(int column)
    {
        var words = Distinct(column, instrument.Scale.Options + 8); // beside the options a few words that are not on the scale
        return words is not null && words.Count(word => AnswerWords.Find(word, instrument) is { IsOption: true }) * 2 > words.Count;
    }

    /// <summary>The different words of a column; null where there are more than so many.</summary>
    private HashSet<string>? Distinct(int column, int most)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in file.Rows)
            if (row[column].Length > 0 && words.Add(row[column]) && words.Count > most) return null;
        return words;
    }

    /// <summary>Its name asks for words, and what is there is not numbers, dates or one of a few words again and again.</summary>
    private bool IsComment(int column)
    {
        var name = Letters().Matches(file.Headers[column]).Select(match => match.Value.ToUpperInvariant());
        if (!name.Any(word => CommentWords.Any(comment => word == comment || word == comment + "S"))) return false;
        return file.Rows.Any(row => row[column].Contains(' ', StringComparison.Ordinal) && row[column].Any(char.IsLetter));
    }

    /// <summary>Its name says so, or there are hardly any words in it but addresses.</summary>
    private bool IsOfPeople(int column)
    {
        var filled = file.Rows.Select(row => row[column]).Where(text => text.Length > 0).Take(EnoughToTell).ToList();
        return filled.Count > 0 && (PersonNames.Contains(KeyOf(file.Headers[column]), StringComparer.Ordinal) || filled.Count(text => EmailAddress.IsValid(RosterWords.AddressIn(text))) * 2 > filled.Count);
    }

    /// <summary>Where no column has the name: one of which most words are known.</summary>
    private void FindByContent(Dictionary<GroupColumn, int> groups, GroupColumn group, Func<string, bool> isKnown)
    {
        if (groups[group] >= 0) return;
        groups[group] = Enumerable.Range(0, file.Headers.Count)
            .FirstOrDefault(column => !taken.Contains(column) && Distinct(column, MostGroups) is { Count: > 1 } words && words.Count(isKnown) * 2 > words.Count, AnswersReading.NotThere);
        taken.Add(groups[group]);
    }

    private int Find(string[] names)
    {
        var keys = file.Headers.Select(KeyOf).ToList();
        return names.Select(name => keys.IndexOf(name)).FirstOrDefault(column => column >= 0, AnswersReading.NotThere);
    }

    private static string KeyOf(string header) => new([.. ShortText.Key(header).Where(char.IsLetter)]);

    [GeneratedRegex(@"[\p{L}\p{N}_]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Codes();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();
}
