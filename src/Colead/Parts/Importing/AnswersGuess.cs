using System.Text.RegularExpressions;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;

namespace Colead.Parts.Importing;

/// <summary>
/// Guesses how a file of answers is to be understood. Statements are found by their ids or by the likeness of their words; what is left
/// between two that were found, by its place. Whatever is not plain is marked for a person to look at.
/// </summary>
public sealed partial class AnswersGuess
{
    private const double LeastLikeness = 0.2;
    private const double PlainLikeness = 0.3;
    /// <summary>A plain match leaves the next best this far behind.</summary>
    private const double PlainMargin = 0.7;
    private const int LeastWords = 3;
    private const int LongestCode = 12;
    private const int MostGroups = 200;
    /// <summary>Of a heading: no statement is longer, and words beyond say nothing.</summary>
    private const int LongestHeading = 600;
    private const int EnoughToTell = 200, EnoughRows = 500;

    private static readonly Dictionary<GroupColumn, string[]> GroupNames = new()
    {
        [GroupColumn.Organisation] = ["ORGANISATION", "ORGANIZATION", "ORG", "ORGANISATIONNAME", "EMPLOYER", "AGENCY", "PARTNER",
            "SEFYDLIAD", "YOURORGANISATION", "WHICHORGANISATIONAREYOUFROM", "WHICHORGANISATIONDOYOUWORKFOR", "COMPANY",
            "WHATORGANISATIONAREYOUFROM"],
        [GroupColumn.Sector] = ["SECTOR", "SECTORTYPE", "ORGANISATIONTYPE", "TYPEOFORGANISATION", "YOURSECTOR"],
        [GroupColumn.Level] = ["LEVEL", "LEADERSHIPLEVEL", "YOURLEVEL", "SENIORITY", "TIER", "LEFEL", "ROLELEVEL", "YOURROLE", "ROLE",
            "WHATISYOURLEVEL", "WHATISYOURROLE", "GRADE"],
    };

    /// <summary>What a question about a group is likely to hold, where no column has its name.</summary>
    private static readonly Dictionary<GroupColumn, string[]> GroupParts = new()
    {
        [GroupColumn.Organisation] = ["ORGANISATION", "ORGANIZATION", "EMPLOYER", "YOUWORKFOR", "SEFYDLIAD"],
        [GroupColumn.Sector] = ["SECTOR"],
        [GroupColumn.Level] = ["LEVEL", "SENIORITY", "YOURROLE"],
    };

    private static readonly string[] SentNames = ["DATESUBMITTED", "SUBMITDATE", "COMPLETIONTIME", "DATECOMPLETED"];
    private static readonly string[] NumberNames = ["ID", "RESPONSEID", "RESPONDENT", "RESPONDENTID", "NUMBER", "NO", "ROW", "SEED",
        "LASTPAGE", "PAGE", "PROGRESS", "FINISHED", "STATUS", "COMPLETE", "INDEX", "DURATION", "DURATIONINSECONDS"];
    /// <summary>What else such programs call columns; by these the heading row and the sheet are known.</summary>
    private static readonly string[] ProgramNames =
    [
        "STARTDATE", "ENDDATE", "RECORDEDDATE", "IPADDRESS", "RESPONSETYPE", "USERLANGUAGE", "DISTRIBUTIONCHANNEL", "COLLECTORID",
            "STARTTIME", "COMPLETIONTIME", "TIMESTAMP", "STARTLANGUAGE", "STARTED",
        "DATESTARTED", "DATELASTACTION", "FIRSTNAME", "LASTNAME", "NAME", "LASTMODIFIEDTIME", "SUBMISSIONTIME", "VALIDATIONSTATUS",
            "CUSTOMDATA", "SCORE",
    ];
    private const int LeastStatementWords = 6, LongestGroup = 60;
    private static readonly Lazy<HashSet<string>> KnownHeadings = new(AllHeadings);

    private static HashSet<string> AllHeadings()
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var names in GroupNames.Values.Concat([SentNames, NumberNames, PersonNames, ProgramNames])) all.UnionWith(names);
        foreach (var instrument in ShippedInstruments.All) all.UnionWith(instrument.Items.Select(item => item.Id.ToUpperInvariant()));
        return all;
    }

    /// <summary>
    /// Whether a cell is likely a heading of a file of answers: a name that programs of surveys give, the id of a statement, or a
    /// sentence.
    /// </summary>
    public static bool Knows(string cell) =>
        cell.Length <= LongestHeading && (KnownHeadings.Value.Contains(KeyOf(cell))
            || KnownHeadings.Value.Contains(cell.ToUpperInvariant()) || cell.Count(c => c == ' ') >= LeastStatementWords);

    /// <summary>What programs of surveys call the person or their answer: LimeSurvey, Qualtrics, SurveyMonkey, Microsoft and Google Forms.
    /// A collector or a device is of many.</summary>
    private static readonly string[] PersonNames =
    [
        "ID", "TOKEN", "RESPONSEID", "RESPONDENTID", "RESPONDENT", "RECIPIENTEMAIL", "EXTERNALDATAREFERENCE", "EXTERNALREFERENCE", "EMAIL",
            "EMAILADDRESS", "YOUREMAIL", "YOUREMAILADDRESS", "USERNAME", "PARTICIPANT",
        "PARTICIPANTID", "PERSONID", "ACCESSCODE", "EBOST", "RECORDID", "UUID", "SUBMISSIONID", "INSTANCEID", "TOKENCODE",
            "RESPONDENTEMAIL",
    ];
    private static readonly string[] CommentWords = ["COMMENT", "ADD", "ELSE", "ANYTHING", "SAY", "REMARK", "WHY", "EXPLAIN", "SYLW",
        "SYLWADAU"];

    private readonly TableFile file;
    private readonly Instrument instrument;
    private readonly IReadOnlySet<string> organisations;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> unsure = new(StringComparer.Ordinal);
    private readonly HashSet<int> taken = [];
    private readonly bool[] answers;
    private double? strangeShare;
    private readonly string[] headings;
    /// <summary>Codes for answers, such as AO01, where a file has these in place of words.</summary>
    private readonly HashSet<string> codes;

    private AnswersGuess(TableFile file, Instrument instrument, IReadOnlySet<string> organisations)
    {
        (this.file, this.instrument, this.organisations) = (file, instrument, organisations);
        headings = [.. Enumerable.Range(0, file.Headers.Count).Select(column => string.Join(" - ", file.NamesOf(column)))
            .Select(name => name.Length <= LongestHeading ? name : name[..LongestHeading])];
        answers = [.. Enumerable.Range(0, file.Headers.Count).Select(column => !KeysOf(column)
            .Any(key => NumberNames.Contains(key, StringComparer.Ordinal)) && HoldsAnswers(column))];
        codes = answers.Count(holds => holds) * 2 < instrument.ItemCount ? SharedCodes() : [];
        if (codes.Count > 0)
            for (var column = 0; column < answers.Length; column++) answers[column] |= Distinct(column,
                codes.Count) is { Count: > 0 } words && words.All(codes.Contains);
    }

    /// <summary>How the file is understood with the one of these instruments that fits it best, and which fit as well.</summary>
    /// <param name="organisations">Keys of the names of the partnership's organisations.</param>
    public static AnswersReading Of(TableFile file, IEnumerable<Instrument> instruments, IReadOnlySet<string> organisations)
    {
        var guesses = instruments.Select(instrument => new AnswersGuess(file, instrument, organisations))
            .Select(guess => (Reading: guess.Read(), Guess: guess)).ToList();
        var best = guesses.OrderByDescending(guess => guess.Guess.Fit).ThenBy(guess => guess.Guess.instrument.Scale.Options).First();
        var rivals = guesses.Where(guess => guess.Guess != best.Guess && guess.Guess.FitsLike(best.Guess))
            .Select(guess => guess.Reading.Instrument);
        return best.Reading with { Rivals = [.. rivals] };
    }

    private int Found => columns.Values.Count(column => column >= 0);

    /// <summary>
    /// Statements whose column holds nothing but this instrument's words count most; codes could be of any scale with as many points.
    /// </summary>
    private double Fit => columns.Values.Where(column => column >= 0).Sum(column => codes.Count > 0
        ? codes.Count == instrument.Scale.Options ? 0.9 : 0.2 : answers[column] ? 1.0 : 0.1)
        - (unsure.Count * 0.2) - Math.Round(StrangeShare() * 5, 1);

    private bool FitsLike(AnswersGuess best) => Found > 0 && Found >= best.Found * 0.9 && StrangeShare() <= best.StrangeShare() + 0.02
        && (codes.Count == 0 || instrument.Scale.Options == best.instrument.Scale.Options);

    /// <summary>Of the answers in the columns that were found, the share that is no word of this instrument.</summary>
    private double StrangeShare()
    {
        if (strangeShare is { } known) return known;
        var (all, strange) = (0, 0);
        var words = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var row in file.Rows.Take(EnoughRows))
            foreach (var column in columns.Values.Where(column => column >= 0))
            {
                var text = row[column];
                if (text.Length == 0) continue;
                if (!words.TryGetValue(text, out var isKnown)) words[text] = isKnown = AnswerWords.Find(text, instrument) is not null;
                (all, strange) = (all + 1, strange + (isKnown ? 0 : 1));
            }
        strangeShare = all == 0 ? 0 : (double)strange / all;
        return strangeShare.Value;
    }

    private AnswersReading Read()
    {
        var groups = GroupNames.ToDictionary(group => group.Key, group => Find(group.Value));
        taken.UnionWith(groups.Values);
        FindByWords();
        FindByQuestion(groups);
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
            var next = pairs.Where(pair => ReferenceEquals(pair.Item, item) != (pair.Column == column)).Select(pair => pair.Likeness)
                .DefaultIfEmpty().Max();
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

    /// <summary>A short question that holds the word for a group, where no column has its name.</summary>
    private void FindByQuestion(Dictionary<GroupColumn, int> groups)
    {
        foreach (var (group, parts) in GroupParts)
        {
            if (groups[group] >= 0) continue;
            groups[group] = Enumerable.Range(0, file.Headers.Count).FirstOrDefault(
                column => !taken.Contains(column) && !answers[column] && KeysOf(column)
                    .Any(key => key.Length <= LongestGroup && parts.Any(part => key.Contains(part, StringComparison.Ordinal))),
                    AnswersReading.NotThere);
            taken.Add(groups[group]);
        }
    }

    /// <summary>The few words that as many columns share as there are statements, none of them on the scale.</summary>
    private HashSet<string> SharedCodes()
    {
        var uses = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var column = 0; column < file.Headers.Count; column++)
            if (Distinct(column, instrument.Scale.Options + 2) is { Count: > 1 } words)
                foreach (var word in words) uses[word] = uses.GetValueOrDefault(word) + 1;
        var shared = uses.Where(use => use.Value * 2 > instrument.ItemCount && use.Key.Length <= LongestCode
            && AnswerWords.Find(use.Key, instrument) is null).Select(use => use.Key).ToHashSet(StringComparer.Ordinal);
        return shared.Count >= 2 && shared.Count <= instrument.Scale.Options + 1 ? shared : [];
    }

    /// <summary>Between two statements that were found, as many columns of answers as statements are missing: these, in their
    /// order.</summary>
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
            var free = Enumerable.Range(after + 1, Math.Max(0, before - after - 1))
                .Where(column => answers[column] && !taken.Contains(column)).ToList();
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
        return words is { Count: > 0 } && words.Count(word => AnswerWords.Find(word, instrument) is { IsOption: true }) * 2 > words.Count;
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
        return filled.Count > 0 && (KeysOf(column).Any(key => PersonNames.Contains(key, StringComparer.Ordinal))
            || filled.Count(text => EmailAddress.IsValid(RosterWords.AddressIn(text))) * 2 > filled.Count);
    }

    /// <summary>Where no column has the name: one of which most words are known.</summary>
    private void FindByContent(Dictionary<GroupColumn, int> groups, GroupColumn group, Func<string, bool> isKnown)
    {
        if (groups[group] >= 0) return;
        groups[group] = Enumerable.Range(0, file.Headers.Count)
            .FirstOrDefault(column => !taken.Contains(column) && Distinct(column, MostGroups) is { Count: > 1 } words
                && words.Count(isKnown) * 2 > words.Count, AnswersReading.NotThere);
        taken.Add(groups[group]);
    }

    private int Find(string[] names)
    {
        var shown = file.Headers.Select(KeyOf).ToList();
        if (names.Select(name => shown.IndexOf(name)).FirstOrDefault(column => column >= 0,
            AnswersReading.NotThere) is >= 0 and var plain) return plain;
        return Enumerable.Range(0, file.Headers.Count).FirstOrDefault(column => KeysOf(column)
            .Any(key => names.Contains(key, StringComparer.Ordinal)), AnswersReading.NotThere);
    }

    private IEnumerable<string> KeysOf(int column) => file.NamesOf(column).Select(KeyOf);

    private static string KeyOf(string header) => new([.. ShortText.Key(header).Where(char.IsLetter)]);

    [GeneratedRegex(@"[\p{L}\p{N}_]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Codes();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();
}
