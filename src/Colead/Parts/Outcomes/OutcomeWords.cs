using Colead.Kit.Forms;
using Colead.Kit.Texts;

namespace Colead.Parts.Outcomes;

/// <summary>This part's choices, and how its figures are said.</summary>
public static class OutcomeWords
{
    public static IReadOnlyList<Choice> Responsibilities { get; } =
    [
        new(nameof(Responsibility.Joint), "Several organisations together", "Each of them agrees for itself"),
        new(nameof(Responsibility.One), "One organisation", "Others help, but one answers for it"),
    ];

    public static IReadOnlyList<Choice> Directions { get; } =
    [
        new(nameof(Direction.Up), "Higher is better"),
        new(nameof(Direction.Down), "Lower is better"),
    ];

    public static IReadOnlyList<Choice> Frequencies { get; } =
    [
        new(nameof(Frequency.Weekly), "Every week"),
        new(nameof(Frequency.Monthly), "Every month"),
        new(nameof(Frequency.Quarterly), "Every quarter"),
        new(nameof(Frequency.HalfYearly), "Twice a year"),
        new(nameof(Frequency.Yearly), "Once a year"),
    ];

    public static IReadOnlyList<Choice> Confidences { get; } =
    [
        new(nameof(Confidence.High), "High", "We would stake a decision on it"),
        new(nameof(Confidence.Medium), "Fair", "It points the right way, with gaps we know of"),
        new(nameof(Confidence.Low), "Low", "A first impression, or a few voices"),
        new(nameof(Confidence.NotSaid), "We have not talked about it yet"),
    ];

    public static string Say(Responsibility responsibility) => Responsibilities.First(c => c.Value == responsibility.ToString()).Label;
    public static string Say(Direction direction) => Directions.First(c => c.Value == direction.ToString()).Label;
    public static string Say(Frequency frequency) => Frequencies.First(c => c.Value == frequency.ToString()).Label;
    public static string Say(Confidence confidence) => Confidences.First(c => c.Value == confidence.ToString()).Label;

    /// <summary>"the next by 3 May 2027", or that it is late.</summary>
    public static string NextReading(Indicator indicator, DateOnly today) =>
        $"the next {(indicator.NextReadingBy < today ? "was due " : "")}by {Dates.Say(indicator.NextReadingBy)}";

    /// <summary>"62%", "1,250 families".</summary>
    public static string Say(decimal value, string unit) => Quantity.Say(value, unit);
}
