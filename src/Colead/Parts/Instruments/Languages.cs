using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Kit.Texts;

namespace Colead.Parts.Instruments;

/// <summary>Languages as people call them.</summary>
public static class Languages
{
    /// <summary>"Welsh" for cy; the tag itself where nobody knows it.</summary>
    public static string Say(string tag)
    {
        try
        {
            var name = CultureInfo.GetCultureInfo(tag, predefinedOnly: true).EnglishName;
            return name.StartsWith("Unknown", StringComparison.Ordinal) ? tag : name;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }

    /// <summary>"Welsh (awaiting review)", within a sentence.</summary>
    public static string SayBriefly(Instrument instrument, string tag) => Say(tag)
        + (instrument.Languages.GetValueOrDefault(tag) == LanguageReview.AwaitingReview ? " (awaiting review)" : "");

    /// <summary>"English and Welsh".</summary>
    public static string Join(IEnumerable<string> words) => Joined.And([.. words]);

    /// <summary>English first, then by name.</summary>
    public static IEnumerable<string> InOrder(IEnumerable<string> tags) => tags.OrderBy(tag => tag != "en")
        .ThenBy(Say, StringComparer.Ordinal);

    /// <summary>A text in English where there is one, otherwise in the first language that has it.</summary>
    public static string InEnglish(IReadOnlyDictionary<string, string> texts) => texts.GetValueOrDefault("en")
        ?? texts.Values.FirstOrDefault() ?? "";
}
