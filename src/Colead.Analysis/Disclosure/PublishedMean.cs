using Colead.Analysis.Instruments;

namespace Colead.Analysis.Disclosure;

/// <summary>How a mean is printed: one decimal, or "at most" / "at least" the unanimity band at an end of the scale.</summary>
public enum MeanForm
{
    Rounded,
    AtMost,
    AtLeast,
}

/// <summary>A mean as it is published, and all that a reader can conclude about the mean itself.</summary>
/// <param name="Shown">The printed number: one decimal, or the band's edge.</param>
/// <param name="Low">Smallest mean that would be printed so.</param>
/// <param name="High">Largest mean that would be printed so.</param>
public sealed record PublishedMean(MeanForm Form, double Shown, double Low, double High)
{
    /// <summary>Prints a mean: means within an eighth of the range of an end only say so (rule 8).</summary>
    public static PublishedMean Of(double mean, Scale scale)
    {
        if (mean <= scale.LowUnanimity) return new(MeanForm.AtMost, scale.LowUnanimity, scale.Lowest, scale.LowUnanimity);
        if (mean >= scale.HighUnanimity) return new(MeanForm.AtLeast, scale.HighUnanimity, scale.HighUnanimity, scale.Highest);
        return Exact(mean);
    }

    /// <summary>One decimal and no band: what rule 8 is there to prevent.</summary>
    internal static PublishedMean Exact(double mean)
    {
        var shown = Math.Round(mean, 1, MidpointRounding.AwayFromZero);
        return new(MeanForm.Rounded, shown, shown - 0.05, shown + 0.05);
    }
}
