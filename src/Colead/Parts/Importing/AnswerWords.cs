using System.Globalization;
using System.Text.RegularExpressions;
using Colead.Analysis.Instruments;
using Colead.Parts.Partnerships.Rosters;

namespace Colead.Parts.Importing;

/// <summary>Words of a file for the options of an instrument.</summary>
public static partial class AnswerWords
{
    private static readonly HashSet<string> DontKnow =
        new("DONTKNOW|DK|IDONTKNOW|DONOTKNOW|UNSURE|NOTSURE|NOOPINION|CANTSAY|NOTAPPLICABLE|NA|DDIMYNGWYBOD|DIMYNGWYBOD|WNIDDIM".Split('|'), StringComparer.Ordinal);
    private static readonly HashSet<string> Skipped =
        new("NOANSWER|SKIPPED|SKIP|BLANK|NULL|NONE|NAN|MISSING|PREFERNOTTOSAY|NORESPONSE|DIMATEB".Split('|'), StringComparer.Ordinal);

    /// <summary>What else the points of an agreement scale of five are called.</summary>
    private static readonly string[] Agreement =
    [
        "STRONGLYDISAGREE|COMPLETELYDISAGREE|TOTALLYDISAGREE|DISAGREESTRONGLY",
        "DISAGREE|TENDTODISAGREE|SOMEWHATDISAGREE",
        "NEITHERAGREENORDISAGREE|NEITHER|NEUTRAL|NEITHERAGREEORDISAGREE|UNDECIDED",
        "AGREE|TENDTOAGREE|SOMEWHATAGREE",
        "STRONGLYAGREE|COMPLETELYAGREE|TOTALLYAGREE|AGREESTRONGLY",
    ];

    /// <summary>The answer that a word means on this instrument; null where nobody but a person can tell.</summary>
    public static Answer? Find(string cell, Instrument instrument)
    {
        var text = Plain(cell);
        if (WithoutMeaning(text) is { } none) return none;
        if (Number(text) is { } number) return number >= instrument.Scale.Lowest && number <= instrument.Scale.Highest
            ? Answer.Of(number, instrument.Scale) : null;
        return Point(text, instrument) is { } point ? Answer.FromCode((byte)point) : null;
    }

    /// <summary>What Microsoft Forms and others end a choice with goes.</summary>
    public static string Plain(string cell) => cell.TrimEnd(';', ' ');

    /// <summary>
    /// "Don't know", or no answer. Programs of statistics write NA for missing: that is no answer here, as it is to the command line.
    /// People write N/A, which is an answer.
    /// </summary>
    public static Answer? WithoutMeaning(string text)
    {
        var key = RosterWords.Key(text);
        if (key.Length == 0 || Skipped.Contains(key) || (key == "NA" && !text.Contains('/',
            StringComparison.Ordinal))) return Answer.Skipped;
        return DontKnow.Contains(key) ? Answer.DontKnow : null;
    }

    /// <summary>A whole number, be it written 4, 4.0 or 4,00.</summary>
    public static int? Number(string text) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var number) && decimal.IsInteger(number) && Math.Abs(number) <= 1000
            ? (int)number : null;

    /// <summary>The point, from 1, whose words these are.</summary>
    public static int? Point(string text, Instrument instrument)
    {
        var key = RosterWords.Key(text);
        var letters = new string([.. key.Where(char.IsLetter)]); // "5 – Strongly agree" is "Strongly agree"
        if (letters.Length == 0) return null;
        foreach (var anchors in instrument.Anchors.Values)
            for (var i = 0; i < anchors.Count; i++)
                if (RosterWords.Key(anchors[i]) is var anchor && anchor.Length > 0 && (anchor == key || anchor == letters)) return i + 1;
        if (IsAgreement(instrument))
            for (var i = 0; i < Agreement.Length; i++)
                if (Agreement[i].Split('|').Contains(letters, StringComparer.Ordinal)) return i + 1;
        return null;
    }

    /// <summary>The number that stands before or after words, as in "1 (Strongly agree)"; null where there is none, or no words.</summary>
    public static int? NumberBeside(string text)
    {
        var match = Beside().Match(text);
        return match.Success && int.TryParse(match.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
    }

    private static bool IsAgreement(Instrument instrument) => instrument.Scale.Options == Agreement.Length
        && instrument.Anchors.Values.Any(anchors => anchors.Select(RosterWords.Key)
            .SequenceEqual(Agreement.Select(words => words.Split('|')[0]), StringComparer.Ordinal));

    [GeneratedRegex(@"^(?:(?<n>\d{1,2})\s*[-–—:=.)(\[/]*\s*\p{L}.*|\p{L}[^\d]*[\s(\[:=–-]+(?<n>\d{1,2})\s*[)\]]?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Beside();
}
