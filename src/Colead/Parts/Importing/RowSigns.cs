using System.Globalization;
using System.Text.RegularExpressions;
using Colead.Kit.Tables;
using Colead.Parts.Partnerships.Rosters;
using Colead.Storage;

namespace Colead.Parts.Importing;

/// <summary>Why a row is counted apart from answers.</summary>
public enum RowKind
{
    Average,
    Preview,
    Unfinished,
    NotApproved,
    Test,
}

/// <summary>
/// What programs of surveys note of a row beside the answers: Status, Finished, Progress and the channel in Qualtrics, *_complete in
/// REDCap, the validation status in Kobo, the
/// response status in SurveyMonkey; averages that somebody put below or between; and rows that look like a try.
/// </summary>
internal sealed partial class RowSigns
{
    private const int EnoughToTell = 2_000;
    private static readonly string[] Previews = ["SURVEYPREVIEW", "PREVIEW", "SURVEYTEST", "TEST", "OFFLINESURVEYPREVIEW", "SPAM",
        "POSSIBLESPAM"];
    private static readonly string[] Partial = ["PARTIAL", "PARTIALLYCOMPLETED", "INCOMPLETE", "INPROGRESS", "STARTED", "DRAFT",
        "DISQUALIFIED", "OVERQUOTA", "SCREENEDOUT", "NOTCOMPLETED", "UNFINISHED"];
    private static readonly string[] No = ["FALSE", "0", "NO", "N"], Yes = ["TRUE", "1", "YES", "Y"];
    private static readonly string[] Complete = ["0", "1", "2", "INCOMPLETE", "UNVERIFIED", "COMPLETE"];
    private static readonly string[] Averages = ["AVERAGE", "AVERAGES", "MEAN", "MEANS", "TOTAL", "TOTALS", "SUM", "COUNT", "MEDIAN",
        "STDDEV", "STANDARDDEVIATION", "OVERALL", "OVERALLAVERAGE", "GRANDTOTAL", "CYFARTALEDD"];
    private static readonly string[] Tries = ["TEST", "TESTING", "TESTTEST", "TESTER", "TEST1", "TEST2", "TESTRESPONSE", "TESTPERSON",
        "ASDF", "DUMMY", "JUSTTESTING", "THISISATEST", "PLEASEIGNORE"];

    private readonly List<(int Column, Func<string, RowKind?> Read)> signs = [];
    private readonly int[] statements;
    private readonly int[] others;
    private readonly bool roundedElsewhere;

    public RowSigns(TableFile file, IEnumerable<int> statementColumns)
    {
        statements = [.. statementColumns.Where(column => column >= 0).Distinct()];
        var answers = statements.ToHashSet();
        others = [.. Enumerable.Range(0, file.Headers.Count).Where(column => !answers.Contains(column))];
        var keys = others.ToDictionary(column => column, column => file.NamesOf(column).Select(KeyOf).ToList());
        var qualtrics = keys.Values.Any(names => names.Contains("RESPONSEID")) && keys.Values.Any(names => names.Contains("FINISHED"));
        foreach (var (column, names) in keys)
        {
            bool Is(params string[] any) => names.Exists(any.Contains);
            bool Only(params IEnumerable<string>[] words)
            {
                var all = words.SelectMany(some => some).ToHashSet(StringComparer.Ordinal);
                var filled = file.Rows.Select(row => row[column]).Where(text => text.Length > 0).Take(EnoughToTell).ToList();
                return filled.Count > 0 && filled.TrueForAll(text => all.Contains(RosterWords.Key(text)));
            }
            if (Is("STATUS", "RESPONSETYPE", "RESPONSESTATUS", "SURVEYSTATUS", "DISTRIBUTIONCHANNEL"))
                signs.Add((column, text => Previews.Contains(RosterWords.Key(text), StringComparer.Ordinal)
                    || (qualtrics && names.Contains("STATUS") && text is "1" or "2" or "8" or "9" or "17") ? RowKind.Preview
                    : Partial.Contains(RosterWords.Key(text), StringComparer.Ordinal) ? RowKind.Unfinished : null));
            else if (Is("FINISHED", "COMPLETED", "ISCOMPLETE", "ISFINISHED", "SUBMITTED")
                && Only(No, Yes)) signs.Add((column, text => No.Contains(RosterWords.Key(text), StringComparer.Ordinal)
                ? RowKind.Unfinished : null));
            else if (Is("PROGRESS", "PERCENTCOMPLETE", "COMPLETION") && file.Rows.Any(row =>
                PercentOf(row[column]) == 100)) signs.Add((column, text => PercentOf(text) < 100 ? RowKind.Unfinished : null));
            else if ((Is("COMPLETE") || file.NamesOf(column).Any(name => name.EndsWith("_complete", StringComparison.OrdinalIgnoreCase)))
                && Only(Complete)) signs.Add((column, text => RosterWords.Key(text) is "0" or "INCOMPLETE" ? RowKind.Unfinished : null));
            else if (Is("VALIDATIONSTATUS")) signs.Add((column, text => RosterWords.Key(text).Contains("NOTAPPROVED",
                StringComparison.Ordinal) || RosterWords.Key(text).Contains("ONHOLD", StringComparison.Ordinal) ? RowKind.NotApproved
                : null));
        }
        roundedElsewhere = statements.Length > 0 && file.Rows.Count(HasFractions) * 5 < file.Rows.Count;
    }

    /// <summary>Null of a row like any other.</summary>
    public RowKind? Of(TableRow row)
    {
        if (IsAverage(row)) return RowKind.Average;
        RowKind? kind = null;
        foreach (var (column, read) in signs)
            if (row[column].Length > 0 && read(row[column]) is { } found && (kind is null || found < kind)) kind = found;
        return kind ?? (others.Any(column => IsTry(row[column])) ? RowKind.Test : null);
    }

    private bool IsAverage(TableRow row) =>
        (others.Select(column => row[column]).FirstOrDefault(text => text.Length > 0) is { } first
            && Averages.Contains(KeyOf(first), StringComparer.Ordinal)) || (roundedElsewhere && HasFractions(row));

    /// <summary>Most of its answers are numbers between two points.</summary>
    private bool HasFractions(TableRow row)
    {
        var filled = statements.Select(column => row[column]).Where(text => text.Length > 0).ToList();
        return filled.Count > 1 && filled.Count(text => Fraction().IsMatch(text) && AnswerWords.Number(text) is null) * 2 > filled.Count;
    }

    private static bool IsTry(string text) => text.Length is > 3 and < 40
        && "TADJP".Contains(char.ToUpperInvariant(text[0]), StringComparison.Ordinal)
        && (Tries.Contains(RosterWords.Key(text), StringComparer.Ordinal) || text.StartsWith("test@", StringComparison.OrdinalIgnoreCase));

    private static double? PercentOf(string text) => double.TryParse(text.TrimEnd('%', ' '), NumberStyles.AllowDecimalPoint,
        CultureInfo.InvariantCulture, out var percent) ? percent : null;

    private static string KeyOf(string text) => new([.. ShortText.Key(text).Where(char.IsLetter)]);

    [GeneratedRegex(@"^\d+[.,]\d+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fraction();
}
