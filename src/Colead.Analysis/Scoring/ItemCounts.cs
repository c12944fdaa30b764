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

    /// <summary>Moments of the options' values on <paramref name="scale"/>.</summary>
    public Moments ToMoments(Scale scale)
    {
        // Options counted from 0: squared deviations do not move with the scale, and neither should their rounding.
        var options = Options;
        long n = 0, steps = 0, squares = 0;
        foreach (var count in options) n += count;
        if (n == 0) return default;
        if (n > ManyAnswers) return Large(scale);
        for (var i = 0; i < options.Length; i++)
        {
            steps += options[i] * i;
            squares += options[i] * (i * i);
        }

        return new(n, scale.Lowest + (double)steps / n, (double)(n * squares - steps * steps) / n);
    }

    /// <summary>Up to here n·Σx² fits 64 bits for any scale.</summary>
    private const long ManyAnswers = 100_000_000;

    private Moments Large(Scale scale)
    {
        long n = 0;
        Int128 sum = 0, squares = 0;
        var options = Options;
        for (var i = 0; i < options.Length; i++)
        {
            n += options[i];
            sum += (Int128)options[i] * i;
            squares += (Int128)options[i] * (i * i);
        }

        var steps = new ScoreSums(n, sum, squares, 1).ToMoments();
        return steps with { Mean = steps.Mean + scale.Lowest };
    }
}
