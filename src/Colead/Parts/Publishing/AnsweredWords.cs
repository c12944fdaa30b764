using Colead.Analysis.Publishing;

namespace Colead.Parts.Publishing;

/// <summary>How many answered, in words.</summary>
public static class AnsweredWords
{
    /// <summary>How many answered, as far as it is said; null where nothing is.</summary>
    public static string? Say(PublishedAll all) => all switch
    {
        { Answered: { } answered, Invited: { } invited } => $"{answered} of {invited} people answered",
        { Answered: { } answered } => answered == 1 ? "1 person answered" : $"{answered} people answered",
        { AnsweredPart: { } part, Invited: { } invited } => $"{Part(part)} of the {invited} people invited answered",
        { AnsweredPart: { } part } => $"{Part(part)} of those invited answered",
        _ => null,
    };

    public static string Part(CoarsePart part) => part == CoarsePart.ThreeFifths ? "at least three fifths"
        : throw new ArgumentOutOfRangeException(nameof(part));
}
