using System.Globalization;
using System.Text.RegularExpressions;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;
using Colead.Storage;

namespace Colead.Parts.Importing;

/// <summary>The shape of a file that has not a row for each person, named so that whoever brings it knows what to do.</summary>
internal static partial class AnswersShape
{
    private const int LookedColumns = 12, LookedRows = 2_000, LeastFound = 5;
    private const double Like = 0.5;

    public const string Long =
        "This file is long: it has a row for each answer, and not for each person. In the program it comes from, choose one row for each response (“wide”), and bring that";
    public const string OnItsSide =
        "This file is turned on its side: it has a row for each statement, and a column for each person. Copy it, paste it with “transpose”, and bring that";
    public const string Tallies =
        "These are tallies: how many chose each answer, and not what each person answered. Bring the answers themselves, a row for each person";
    public const string Summary =
        "These are averages of the statements, and not what each person answered. Bring the answers themselves, a row for each person";

    /// <summary>A sentence; null where the file seems to have a row for each person.</summary>
    public static string? Of(TableFile file, IEnumerable<Instrument> instruments)
    {
        var known = instruments.ToList();
        if (AreTallies(file, known)) return Tallies;
        for (var column = 0; column < Math.Min(file.Headers.Count, LookedColumns); column++)
        {
            var cells = file.Rows.Take(LookedRows).Select(row => row[column]).Where(text => text.Length > 0).ToList();
            var different = cells.Distinct(StringComparer.OrdinalIgnoreCase).Take(200).ToList();
            if (different.Count < LeastFound || known.Max(instrument => FoundOf(different, instrument)) < LeastFound) continue;
            if (cells.Count >= different.Count * 1.5) return Long;
            var others = Enumerable.Range(0, file.Headers.Count).Where(other => other != column).ToList();
            if (others.Count(other => known.Any(instrument => AnswerWords.Point(file.Headers[other],
                instrument) is not null)) >= 2) return Tallies;
            if (others.Count <= 4 && others.Any(other => file.Rows.Count(row =>
                Decimals().IsMatch(row[other])) * 2 > file.Rows.Count)) return Summary;
            return OnItsSide;
        }
        return null;
    }

    /// <summary>Rows are words of the scale, and beside them stand numbers.</summary>
    private static bool AreTallies(TableFile file, List<Instrument> instruments) =>
        file.Rows.Count is >= 2 and <= 20 && file.Rows.Select(row => row[0]).ToList() is var words
            && instruments.Exists(instrument => words.Count(word => AnswerWords.Point(word, instrument) is not null) * 2 > words.Count)
        && file.Rows.All(row => row.Cells.Skip(1)
            .All(cell => cell.Length == 0 || double.TryParse(cell.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out _)));

    private static int FoundOf(List<string> cells, Instrument instrument)
    {
        var ids = instrument.Items.Select(item => item.Id.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        if (cells.Count(cell => ids.Contains(ShortText.Key(cell))) is >= LeastFound and var byId) return byId;
        var sentences = cells.Where(cell => cell.Count(c => c == ' ') >= 3 && cell.Length < 600).ToList();
        if (sentences.Count < LeastFound) return 0;
        var likeness = new Likeness(instrument.Items.SelectMany(item => item.Texts.Values).Concat(sentences));
        return sentences.Count(cell => instrument.Items.Any(item => item.Texts.Values.Any(text => likeness.Between(text, cell) >= Like)));
    }

    [GeneratedRegex(@"^\d+[.,]\d+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Decimals();
}
