using System.Globalization;
using Colead.Analysis.Comparison;
using Colead.Analysis.Disclosure;
using Colead.Analysis.Publishing;
using Colead.Parts.Publishing;
using Microsoft.AspNetCore.Html;

namespace Colead.Parts.Findings;

/// <summary>Published figures as people read them. Digits are those of the publication: nothing is rounded again.</summary>
public static class Say
{
    public const string ProtectedSentence = "Withheld to protect people";

    public static string Number(decimal number) => number.ToString(CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>The same for a script to read; nothing where there is no number.</summary>
    public static string? Data(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);

    /// <summary>A sentence whose words with a hyphen stay on one line.</summary>
    public static IHtmlContent Whole(string sentence)
    {
        var html = new HtmlContentBuilder();
        foreach (var (i, word) in sentence.Split(' ').Index())
        {
            if (i > 0) html.Append(" ");
            if (word.Contains('-', StringComparison.Ordinal)) html.AppendHtml("<span class=\"whole\">").Append(word).AppendHtml("</span>");
            else html.Append(word);
        }
        return html;
    }

    public static string Points(decimal number) => (number > 0 ? "+" : "") + Number(number);

    /// <summary>A mean, a band at an end of the scale, or "withheld".</summary>
    public static string Mean(PublishedCell cell) => cell switch
    {
        { Mean: { } mean } => Number(mean),
        { AtMost: { } most } => "at most " + Number(most),
        { AtLeast: { } least } => "at least " + Number(least),
        _ => "withheld",
    };

    /// <summary>Small groups' ends are published to two places, because steps may be a quarter of a point; where both are whole tenths the
    /// last nought would only feign exactness.</summary>
    public static string Interval(decimal? low, decimal? high)
    {
        if (low is not { } from || high is not { } to) return "";
        return IsTenths(from) && IsTenths(to) ? $"{Number(decimal.Round(from, 1))} to {Number(decimal.Round(to, 1))}"
            : $"{Number(from)} to {Number(to)}";

        static bool IsTenths(decimal number) => decimal.Round(number, 1) == number;
    }

    /// <summary>How sure a mean is: its interval, that everyone answered, or nothing.</summary>
    public static string Interval(PublishedCell cell) => cell.AllAnswered == true ? "everyone answered" : Interval(cell.Low, cell.High);

    /// <summary>The people behind one figure: exact, a band, or at least a part of those invited.</summary>
    public static string People(PublishedCell cell) => cell.PeoplePart is { } part ? AnsweredWords.Part(part) + " of those invited"
        : People(cell.People);

    /// <summary>A count of people, exact or a band: "118", "10 to 19", "100 or more".</summary>
    public static string People(string? people) => people is null ? "" : people.EndsWith('+') ? people[..^1] + " or more"
        : people.Replace("-", " to ", StringComparison.Ordinal);

    /// <summary>The people of a row: each of its figures counts those with a valid value, so several bands may come together.</summary>
    public static string People(IReadOnlyList<PublishedCell> cells)
    {
        var bands = cells.Select(c => c.People).OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(First).ToList();
        if (bands.Count == 0) return "";
        if (bands.Count == 1) return People(bands[0]) + " people";
        var last = bands[^1];
        return last.EndsWith('+') ? $"{First(bands[0])} or more people" : $"{First(bands[0])} to {last.Split('-')[^1]} people";

        static long First(string band) => CountBands.Least(band)!.Value;
    }

    public static string Why(Withheld? reason) => reason == Withheld.NotComputable ? "Too few answers to work it out" : ProtectedSentence;

    public static string Certain(Certainty? word) => word is { } certain ? FindingWords.Certain(certain, "en") : "not compared";

    /// <summary>The same in one word, for a table that says what it is about.</summary>
    public static string Word(Certainty? word) => word switch
    {
        Certainty.Likely => "likely",
        Certainty.Possibly => "possibly",
        null => "not compared",
        _ => "no clear difference",
    };

    /// <summary>The same with what the test would have found, where it found nothing.</summary>
    public static string Word(Certainty? word, decimal? detectable, PublishedInstrument scale) =>
        TestedWords.IsTooFewToTell(detectable, scale) ? "too few people to tell" : Word(word);

    /// <summary>"would have seen 2.9": how large a difference had to be to be found.</summary>
    public static string Found(decimal? detectable) => detectable is { } size ? $"would have shown from about {Number(size)}" : "";

    /// <summary>Which way a finding's dimension or statement is drawn: its dimension.</summary>
    public static string? DimensionOf(Finding finding, Names names) => finding.Kind is FindingKind.Agreed or FindingKind.Divided
        ? names.DimensionOfItem(finding.Measure) : finding.Measure;
}
