using Colead.Analysis.Instruments;

namespace Colead.Analysis.Scoring;

/// <summary>How often each option of one statement was chosen, and how often it was skipped or "don't know".</summary>
public sealed class ItemCounts
{
    // Skipped, the options from the lowest, don't know: where a code is counted is min(code, options + 1).
    private readonly ReadOnlyMemory<long> counts;

    /// <param name="options">Counts from the lowest option to the highest.</param>
    public ItemCounts(ReadOnlySpan<long> options, long skipped, long dontKnow)
        : this((long[])[skipped, .. options, dontKnow])
    {
    }

    internal ItemCounts(ReadOnlyMemory<long> counts) => this.counts = counts;

    /// <summary>Counts from the lowest option to the highest.</summary>
    public ReadOnlySpan<long> Options => counts.Span[1..^1];

    public long Skipped => counts.Span[0];

    public long DontKnow => counts.Span[^1];

    /// <summary>People who chose an option.</summary>
    public long Valid
    {
        get
        {
            long sum = 0;
            foreach (var n in Options) sum += n;
            return sum;
        }
    }

    /// <summary>Exact sums of the options' values on <paramref name="scale"/>.</summary>
    public ScoreSums ToSums(Scale scale) => Sums(scale.Lowest);

    /// <summary>Moments of the options' values on <paramref name="scale"/>.</summary>
    public Moments ToMoments(Scale scale)
    {
        // Options counted from 0: squared deviations do not move with the scale, and neither should their rounding.
        var steps = Sums(0).ToMoments();
        return steps.Count == 0 ? steps : steps with { Mean = scale.Lowest + steps.Mean };
    }

    private ScoreSums Sums(int lowest)
    {
        long n = 0, sum = 0, squares = 0;
        var options = Options;
        for (var i = 0; i < options.Length; i++)
        {
            var value = lowest + i;
            n += options[i];
            sum += options[i] * value;
            squares += options[i] * (value * value);
        }

        return new(n, sum, squares, 1);
    }
}
