namespace Colead.Analysis.Comparison;

/// <summary>The only words for certainty that findings use.</summary>
public enum Certainty
{
    NoClearDifference,
    Possibly,
    Likely,
}

/// <summary>From a probability to a word, for the analyst: what is published takes its words from <see cref="TestFamilies"/>.</summary>
public static class CertaintyWords
{
    /// <summary>
    /// <paramref name="probability"/> that a difference is positive, 0..1: at least .95 or at most .05 is "likely", at
    /// least .8 or at most .2 "possibly", else no clear difference.
    /// </summary>
    public static Certainty Of(double probability) => Math.Max(probability, 1 - probability) switch
    {
        >= 0.95 => Certainty.Likely,
        >= 0.8 => Certainty.Possibly,
        _ => Certainty.NoClearDifference,
    };
}
