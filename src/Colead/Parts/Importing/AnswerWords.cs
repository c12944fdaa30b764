using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Parts.Partnerships.Rosters;

namespace Colead.Parts.Importing;

/// <summary>Words of a file for the options of an instrument.</summary>
public static class AnswerWords
{
    private static readonly HashSet<string> DontKnow = new("DONTKNOW|DK|IDONTKNOW|DONOTKNOW|UNSURE|NOTSURE|NOOPINION|CANTSAY|NOTAPPLICABLE|NA|DDIMYNGWYBOD|DIMYNGWYBOD|WNIDDIM".Split('|'), StringComparer.Ordinal);
    private static readonly HashSet<string> Skipped = new("NOANSWER|SKIPPED|SKIP|BLANK|NULL|NONE|PREFERNOTTOSAY|NORESPONSE|DIMATEB".Split('|'), StringComparer.Ordinal);

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
    public static Answer? Find(string text, Instrument instrument)
    {
        var key = RosterWords.Key(text);
        if (key.Length == 0 || Skipped.Contains(key)) return Answer.Skipped;
        if (DontKnow.Contains(key)) return Answer.DontKnow;
        var scale = instrument.Scale;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= scale.Lowest && number <= scale.Highest && decimal.IsInteger(number))
            return Answer.Of((int)number, scale); // "4.0" too, as programs of statistics write it
        var letters = new string([.. key.Where(char.IsLetter)]); // "5 – Strongly agree" is "Strongly agree"
        foreach (var anchors in instrument.Anchors.Values)
            for (var i = 0; i < anchors.Count; i++)
                if (RosterWords.Key(anchors[i]) is var anchor && (anchor == key || anchor == letters)) return Answer.FromCode((byte)(i + 1));
        if (IsAgreement(instrument))
            for (var i = 0; i < Agreement.Length; i++)
                if (Agreement[i].Split('|').Contains(letters, StringComparer.Ordinal)) return Answer.FromCode((byte)(i + 1));
        return null;
    }

    private static bool IsAgreement(Instrument instrument) => instrument.Scale.Options == Agreement.Length
        && instrument.Anchors.Values.Any(anchors => anchors.Select(RosterWords.Key).SequenceEqual(Agreement.Select(words => words.Split('|')[0]), StringComparer.Ordinal));
}
