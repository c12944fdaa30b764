using Colead.Kit.Forms;
using Colead.Storage;

namespace Colead.Parts.Vision;

/// <summary>What the enumerations of this part are called on pages.</summary>
public static class AimWords
{
    public static IReadOnlyList<Choice> Visibilities { get; } =
    [
        new(nameof(AimVisibility.Partnership), "Everyone in the partnership", "It counts in the picture that all see"),
        new(nameof(AimVisibility.Everyone), "Everyone, also people who are sent a link", "For aims that are public anyway"),
        new(nameof(AimVisibility.Itself), "Your organisation alone",
            "Only your lead and your members read it, nobody else, not even a coordinator. The trail of who did what says that you wrote an aim, never which"),
    ];

    public static IReadOnlyList<Choice> Fits { get; } =
    [
        new(nameof(FitWord.Supports), "Supports"),
        new(nameof(FitWord.Neutral), "Neutral"),
        new(nameof(FitWord.Conflicts), "Conflicts"),
    ];

    /// <summary>Several lines as they were typed, but for space around them.</summary>
    public static string Lines(string? text) => ShortText.Tidy(text) is null ? "" : text!.ReplaceLineEndings("\n").Trim();

    public static string Say(FitWord word) => Fits.First(choice => choice.Value == word.ToString()).Label;

    public static string Say(WordingState state) => state switch
    {
        WordingState.Proposed => "Waits for a coordinator",
        WordingState.Accepted => "Accepted",
        WordingState.Declined => "Declined",
        _ => "Taken back",
    };

    public static string Say(AimVisibility visibility) => visibility switch
    {
        AimVisibility.Itself => "Only your organisation sees this",
        AimVisibility.Partnership => "Seen by the partnership",
        _ => "Seen by everyone",
    };
}
