using Colead.Storage;

namespace Colead.Parts.Partnerships.Rosters;

/// <summary>What a column of a roster file can be.</summary>
public enum RosterColumn
{
    Name,
    FirstName,
    LastName,
    Email,
    Organisation,
    Sector,
    Size,
    Identifier,
    Level,
    Title,
}

/// <summary>Which column of the file is what: guessed from the names people give their columns, then confirmed.</summary>
public sealed record RosterColumns(IReadOnlyDictionary<RosterColumn, int> Places)
{
    private static readonly (RosterColumn Column, string[] Names)[] Known =
    [
        (RosterColumn.Email, ["EMAIL", "EMAILADDRESS", "MAIL", "EMAILWORK", "WORKEMAIL", "CONTACTEMAIL", "EBOST", "EMAILVALUE", "EMAILS",
            "PRIMARYEMAIL", "USERPRINCIPALNAME"]),
        (RosterColumn.FirstName, ["FIRSTNAME", "FORENAME", "GIVENNAME", "FIRST", "FORENAMES"]),
        (RosterColumn.LastName, ["LASTNAME", "SURNAME", "FAMILYNAME", "LAST"]),
        (RosterColumn.Name, ["NAME", "FULLNAME", "PERSON", "CONTACTNAME", "CONTACT", "PARTICIPANT", "PARTICIPANTNAME", "STAFFNAME",
            "MEMBER", "ENW", "DISPLAYNAME", "NAMEOFPERSON", "CONTACTPERSON"]),
        (RosterColumn.Organisation, ["ORGANISATION", "ORGANIZATION", "ORG", "ORGANISATIONNAME", "ORGANIZATIONNAME", "EMPLOYER", "COMPANY",
            "PARTNER", "AGENCY", "CHARITY", "BODY", "SEFYDLIAD", "PARTNERORGANISATION", "YOURORGANISATION", "NAMEOFORGANISATION",
            "ORGANISATIONAGENCY", "WORKPLACE"]),
        (RosterColumn.Sector, ["SECTOR", "TYPE", "ORGTYPE", "ORGANISATIONTYPE", "SECTORTYPE"]),
        (RosterColumn.Size, ["SIZE", "SIZEBAND", "ORGANISATIONSIZE", "HEADCOUNT", "EMPLOYEES"]),
        (RosterColumn.Identifier, ["ORGID", "ORGANISATIONID", "ORGANISATIONIDENTIFIER", "IDENTIFIER", "CHARITYNUMBER",
            "REGISTRATIONNUMBER", "COMPANYNUMBER", "CHARITYNO", "COMPANYNO", "REGISTEREDCHARITYNUMBER", "REGISTEREDNUMBER",
            "REGISTERNUMBER", "REGNO", "CHARITYREGISTRATIONNUMBER", "COMPANYREGISTRATIONNUMBER"]),
        (RosterColumn.Level, ["LEVEL", "LEADERSHIPLEVEL", "ROLELEVEL", "GRADE", "BAND", "SENIORITY", "TIER", "LEFEL", "ROLE"]),
        (RosterColumn.Title, ["JOBTITLE", "POSITION", "JOB", "POST", "ORGANIZATIONTITLE", "ORGANISATIONTITLE", "TITLE"]),
    ];

    private const int LongestHeading = 60;

    public int this[RosterColumn column] => Places.TryGetValue(column, out var place) ? place : -1;

    public bool HasName => this[RosterColumn.Name] >= 0 || (this[RosterColumn.FirstName] >= 0 && this[RosterColumn.LastName] >= 0);

    /// <summary>Every column's likeliest meaning; a column means one thing, and the first that fits is taken.</summary>
    public static RosterColumns Guess(IReadOnlyList<string> headers)
    {
        var places = new Dictionary<RosterColumn, int>();
        var taken = new HashSet<int>();
        var keys = headers.Select(Key).ToList();
        foreach (var (column, names) in Known)
        {
            foreach (var name in names)
            {
                var place = keys.FindIndex(key => key == name);
                if (place < 0 || !taken.Add(place)) continue;
                places[column] = place;
                break;
            }
        }
        return new RosterColumns(places);
    }

    /// <summary>Whether a cell is the name of a column that is looked for.</summary>
    public static bool Knows(string cell) => cell.Length <= LongestHeading
        && Known.Any(column => column.Names.Contains(Key(cell), StringComparer.Ordinal));

    private static string Key(string header) => new([.. ShortText.Key(header).Where(char.IsLetter)]);
}

/// <summary>Words of a file for the words of this program.</summary>
public static class RosterWords
{
    private static readonly Dictionary<string, Level> LevelWords = Table(
        (Level.Board,
            "BOARD|BOARDMEMBER|BOARDLEVEL|TRUSTEE|TRUSTEES|GOVERNOR|NONEXECUTIVE|NONEXECUTIVEDIRECTOR|CHAIR|ELECTEDMEMBER|COUNCILLOR|GOVERNANCE|BWRDD"),
        (Level.Senior,
            "SENIOR|SENIORMANAGER|SENIORMANAGEMENT|SENIORLEADER|SENIORLEADERSHIP|EXECUTIVE|CHIEFEXECUTIVE|CHIEFOFFICER|CEO|HEADOFSERVICE|STRATEGIC|UWCH"),
        (Level.Middle, "MIDDLE|MIDDLEMANAGER|MIDDLEMANAGEMENT|MANAGER|MANAGERS|TEAMLEADER|SUPERVISOR|TEAMMANAGER|OPERATIONAL|RHEOLWR"),
        (Level.Frontline, "FRONTLINE|FRONTLINESTAFF|FRONTLINEWORKER|STAFF|WORKER|PRACTITIONER|EMPLOYEE|RHENGFLAEN"),
        (Level.Volunteer, "VOLUNTEER|VOLUNTEERS|VOL|GWIRFODDOLWR"),
        (Level.Citizen, "CITIZEN|CITIZENS|RESIDENT|SERVICEUSER|PUBLIC|COMMUNITY|COMMUNITYMEMBER|PERSONWITHLIVEDEXPERIENCE|DINESYDD"));

    private static readonly Dictionary<string, Sector> SectorWords = Table(
        (Sector.Voluntary,
            "VOLUNTARY|VOLUNTARYSECTOR|CHARITY|VCS|VCSE|VCFS|THIRD|THIRDSECTOR|NONPROFIT|NOTFORPROFIT|NGO|COMMUNITY|SOCIALENTERPRISE|FAITH|GWIRFODDOL"),
        (Sector.Public, "PUBLIC|PUBLICSECTOR|COUNCIL|LOCALAUTHORITY|LA|NHS|HEALTH|POLICE|SCHOOL|EDUCATION|GOVERNMENT|STATUTORY|CYHOEDDUS"),
        (Sector.Private, "PRIVATE|PRIVATESECTOR|BUSINESS|COMPANY|FIRM|COMMERCIAL|CORPORATE|PREIFAT"));

    private static readonly Dictionary<string, SizeBand> SizeWords = Table(
        (SizeBand.Micro, "MICRO"), (SizeBand.Small, "SMALL"), (SizeBand.Medium, "MEDIUM"), (SizeBand.Large, "LARGE"));

    public static Level? LevelOf(string text) => LevelWords.TryGetValue(Key(text), out var level) ? level : null;

    public static Sector? SectorOf(string text) => SectorWords.TryGetValue(Key(text), out var sector) ? sector : null;

    /// <summary>A band by its name, or by a number of people.</summary>
    public static SizeBand? SizeOf(string text)
    {
        if (SizeWords.TryGetValue(Key(text), out var band)) return band;
        return int.TryParse(text.Replace(",", "", StringComparison.Ordinal), System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var people)
            ? people < 10 ? SizeBand.Micro : people < 50 ? SizeBand.Small : people < 250 ? SizeBand.Medium : SizeBand.Large
            : null;
    }

    /// <summary>The address alone, out of what a mail program copies ("Ana Reed &lt;ana@example.org&gt;"), and nothing where people write
    /// that there is none.</summary>
    public static string AddressIn(string text)
    {
        if (Key(text) is "" or "NONE" or "NA" or "NOEMAIL" or "TBC" or "NOTKNOWN" or "UNKNOWN") return "";
        text = text.Trim('"', '“', '”', ' ');
        if (text.EndsWith('>') && text.LastIndexOf('<') is >= 0 and var start) text = text[(start + 1)..^1].Trim();
        if (text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)) text = text["mailto:".Length..];
        return text.TrimEnd('.', ',', ';');
    }

    /// <summary>The key by which a word of a file is known: its letters.</summary>
    public static string Key(string text) => new([.. ShortText.Key(text).Where(char.IsLetterOrDigit)]);

    private static Dictionary<string, T> Table<T>(params (T Value, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split('|').Select(word => (word, row.Value)))
            .ToDictionary(pair => pair.word, pair => pair.Value, StringComparer.Ordinal);
}
