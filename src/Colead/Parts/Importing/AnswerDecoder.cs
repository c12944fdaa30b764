using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Tables;

namespace Colead.Parts.Importing;

/// <summary>
/// Reads the columns of answers, each as a whole: a number counts from the end of the scale that the words beside it say, in all of its
/// column, or in all of the file where a column
/// says nothing. Where words and numbers go opposite ways, or numbers begin at nought, a person says what is right.
/// </summary>
internal sealed class AnswerDecoder
{
    public const string Id = "numbers", Straight = "straight", Turned = "turned", FromZero = "zero", TurnedFromZero = "turned-zero";
    private const int MostWords = 200;

    private static readonly string[] Rules = [Straight, Turned, FromZero, TurnedFromZero];

    private readonly Instrument instrument;
    private readonly IReadOnlyDictionary<string, byte> words;
    private readonly Dictionary<int, string> ruleOf = [];
    private readonly Dictionary<(string Rule, string Text), byte?> known = [];

    /// <param name="columns">Of the statements.</param>
    public AnswerDecoder(TableFile file, Instrument instrument, IEnumerable<int> columns, AnswersReading reading)
    {
        (this.instrument, words) = (instrument, reading.Words);
        var seen = columns.Where(column => column >= 0).Distinct().ToDictionary(column => column, column => DifferentIn(file, column));
        var told = new Dictionary<int, string>();
        foreach (var (column, texts) in seen)
            if (RuleOf([.. texts.Select(text => (Number: AnswerWords.NumberBeside(text), Point: AnswerWords.Point(text, instrument)))
                .Where(pair => pair is { Number: not null, Point: not null })
                .Select(pair => (pair.Number!.Value, pair.Point!.Value))]) is { } rule) told[column] = rule;
        var everywhere = told.Values.Distinct(StringComparer.Ordinal).ToList() is [var one] ? one : Straight;
        foreach (var column in seen.Keys) ruleOf[column] = told.GetValueOrDefault(column, everywhere);
        Question = Ask(seen, told);
        var said = reading.Said.GetValueOrDefault(Id) is { } answer && Question?.Takes(answer) == true ? answer : null;
        if (Question is null) return;
        Question = Question with { Said = said };
        if (said == Straight || (said is not null && told.Values.All(rule => rule == Straight)))
            foreach (var column in seen.Keys) ruleOf[column] = said;
    }

    /// <summary>What a person should say of the numbers; null where they are plain.</summary>
    public FileQuestion? Question { get; }

    /// <summary>The code of a cell; null where nobody knows its word.</summary>
    public byte? CodeOf(int column, string cell)
    {
        var rule = ruleOf.GetValueOrDefault(column, Straight);
        if (known.TryGetValue((rule, cell), out var code)) return code;
        if (known.Count > 100_000) known.Clear();
        return known[(rule, cell)] = Find(rule, AnswerWords.Plain(cell));
    }

    private byte? Find(string rule, string text)
    {
        if (AnswerWords.WithoutMeaning(text) is { } none) return Stated(text) ?? none.Code;
        if (AnswerWords.Number(text) is { } number && PointOf(number, rule) is { } bare) return (byte)bare;
        if (AnswerWords.Point(text, instrument) is { } point) return (byte)(AnswerWords.NumberBeside(text) is { } beside
            && PointOf(beside, rule) is { } numbered ? numbered : point);
        return Stated(text);
    }

    private byte? Stated(string text) => words.TryGetValue(ImportOperations.KeyOf(text), out var stated)
        && (stated is Answer.SkippedCode or Answer.DontKnowCode || stated <= instrument.Scale.Options) ? stated : null;

    private int? PointOf(int number, string rule)
    {
        var (place, options) = (number - instrument.Scale.Lowest + 1, instrument.Scale.Options);
        var point = rule switch { Turned => options + 1 - place, FromZero => place + 1, TurnedFromZero => options - place, _ => place };
        return point >= 1 && point <= options ? point : null;
    }

    /// <summary>
    /// The plainest rule by which all numbers are what the words beside them say; null where there are none, or no rule fits.
    /// </summary>
    private string? RuleOf(IReadOnlyList<(int Number, int Point)> pairs) => pairs.Count == 0 ? null
        : Array.Find(Rules, rule => pairs.All(pair => PointOf(pair.Number, rule) == pair.Point));

    private FileQuestion? Ask(Dictionary<int, List<string>> seen, Dictionary<int, string> told)
    {
        var scale = instrument.Scale;
        var turned = told.Count(column => column.Value != Straight);
        if (turned > 0)
        {
            var sample = seen[told.First(column => column.Value != Straight).Key].First(text => AnswerWords.NumberBeside(text) is not null
                && AnswerWords.Point(text, instrument) is not null);
            return new(Id, string.Create(CultureInfo.InvariantCulture,
                $"In {turned} columns the numbers go another way than our scale: “{Short(sample)}”. How are numbers to be counted?"),
                [new(Turned, "As the words beside them say, in the whole column"),
                    new(Straight, $"As they are: {scale.Highest} is the highest, whatever the words say")], Turned, true);
        }
        if (told.Count > 0) return null;
        var numbers = seen.Values.SelectMany(texts => texts).Select(text =>
            AnswerWords.Number(AnswerWords.Plain(text))).OfType<int>().ToHashSet();
        if (numbers.Count > 1 && numbers.Min() == scale.Lowest - 1 && numbers.Max() < scale.Highest)
            return new(Id, string.Create(CultureInfo.InvariantCulture,
                $"Answers run from {numbers.Min()} to {numbers.Max()}, and the scale from {scale.Lowest} to {scale.Highest}. Which is the lowest point?"),
                [new(FromZero, $"{numbers.Min()} is the lowest point, and the highest is {scale.Highest - 1}"),
                    new(TurnedFromZero, $"{scale.Highest - 1} is the lowest point, and {numbers.Min()} the highest"),
                    new(Straight, $"{scale.Lowest} is the lowest point, and {numbers.Min()} is no point of the scale")], Straight, true);
        var ends = seen.Values.Count(EndsAreNamed);
        if (ends * 2 <= seen.Count || ends < 2) return null;
        return new(Id, "Only the ends of the scale are in words, and between them stand numbers. Which way do the numbers go?",
            [new(Straight, $"The higher the number, the nearer to “{NameOf(scale.Options)}”"),
                new(Turned, $"The higher the number, the nearer to “{NameOf(1)}”")], Straight, true);
    }

    private bool EndsAreNamed(List<string> texts)
    {
        var scale = instrument.Scale;
        var points = texts.Where(text => AnswerWords.Number(text) is null)
            .Select(text => AnswerWords.Point(text, instrument)).OfType<int>().ToList();
        var numbers = texts.Select(text => AnswerWords.Number(AnswerWords.Plain(text))).OfType<int>().ToList();
        return points.Count > 0 && numbers.Count > 0 && points.All(point => point == 1 || point == scale.Options)
            && numbers.All(number => number > scale.Lowest && number < scale.Highest);
    }

    private string NameOf(int point) => instrument.Anchors.Values.FirstOrDefault() is { } anchors && anchors.Count >= point
        ? anchors[point - 1] : point.ToString(CultureInfo.InvariantCulture);

    private static List<string> DifferentIn(TableFile file, int column)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in file.Rows)
            if (row[column].Length > 0 && texts.Add(row[column]) && texts.Count > MostWords) break;
        return [.. texts];
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
