using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>What a group answered to one statement, from its counts alone.</summary>
/// <param name="Mean">Mean of the options chosen.</param>
/// <param name="StandardDeviation">Sample standard deviation (n − 1); absent for fewer than two answers.</param>
/// <param name="Favourable">Share, 0 to 1, of the answers in the upper end of the scale (<see cref="Scale.EndOptions"/>).</param>
/// <param name="Unfavourable">Share, 0 to 1, of the answers in the lower end of the scale.</param>
/// <param name="DontKnow">Share, 0 to 1, of "don't know" among those who responded to the statement at all (an option or "don't
/// know"; skipping is no response).</param>
public sealed record ItemResult(
    Mean Mean, Figure StandardDeviation, Figure Favourable, Figure Unfavourable, Figure DontKnow, long Skipped, long DontKnowCount)
{
    /// <summary>From this share of "don't know" on, the statement is flagged: many could not judge it.</summary>
    public const double DontKnowFlag = 0.30;

    public bool ManyDoNotKnow => DontKnow is { IsDefined: true, Value: >= DontKnowFlag };

    public static ItemResult Of(ItemCounts counts, Scale scale)
    {
        if (counts.Options.Length != scale.Options) throw new ArgumentException("Counts and scale differ in their options.",
            nameof(counts));
        var moments = counts.ToMoments(scale);
        long low = 0, high = 0;
        for (var i = 0; i < scale.EndOptions; i++)
        {
            low += counts.Options[i];
            high += counts.Options[^(i + 1)];
        }

        return new(
            new Mean(moments.MeanFigure, moments.Count, Counted.ItemAnswers, scale),
            moments.SampleStandardDeviation,
            Share(high, moments.Count),
            Share(low, moments.Count),
            Share(counts.DontKnow, moments.Count + counts.DontKnow),
            counts.Skipped,
            counts.DontKnow);
    }

    private static Figure Share(long part, long whole) =>
        whole > 0 ? Figure.Of((double)part / whole) : Figure.Absent(Absence.NoAnswers);
}
