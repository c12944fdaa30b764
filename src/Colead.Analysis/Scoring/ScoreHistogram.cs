namespace Colead.Analysis.Scoring;

/// <summary>How many people have each score: the scores that occur, ascending, as whole multiples of 1/<see cref="Unit"/>.</summary>
public sealed class ScoreHistogram
{
    internal ScoreHistogram(long unit, long[] scores, long[] counts) => (Unit, Scores, Counts) = (unit, scores, counts);

    public long Unit { get; }

    /// <summary>Scaled scores, strictly ascending: score = scaled / <see cref="Unit"/>.</summary>
    public IReadOnlyList<long> Scores { get; }

    /// <summary>People with each of <see cref="Scores"/>, at least 1.</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>The same as adding score by score.</summary>
    public ScoreSums ToSums()
    {
        long n = 0;
        Int128 sum = 0, squares = 0;
        for (var i = 0; i < Scores.Count; i++)
        {
            n += Counts[i];
            sum += (Int128)Scores[i] * Counts[i];
            squares += (Int128)Scores[i] * Scores[i] * Counts[i];
        }

        return new(n, sum, squares, Unit);
    }
}

/// <summary>
/// Gathers (score, people) pairs of one measure, scores counted from the lowest possible one. Few pairs wait in a list;
/// once they are many for the range they move into an array over the whole range.
/// </summary>
internal sealed class HistogramBuilder(long unit, long lowest, long range)
{
    private const long LargestArray = 1 << 20;
    private (long Score, long Count)[] pairs = new (long, long)[8];
    private int count;
    private long[]? all;

    public void Add(long offset, long people)
    {
        if (all is not null)
        {
            all[offset] += people;
            return;
        }

        if (count == pairs.Length) MakeRoom();
        if (all is not null) all[offset] += people;
        else pairs[count++] = (offset, people);
    }

    public ScoreHistogram Build()
    {
        if (all is null)
        {
            Compact();
            var scores = new long[count];
            var counts = new long[count];
            for (var i = 0; i < count; i++) (scores[i], counts[i]) = (lowest + pairs[i].Score, pairs[i].Count);
            return new(unit, scores, counts);
        }

        var occurring = all.Length - all.AsSpan().Count(0);
        var at = 0;
        var sortedScores = new long[occurring];
        var sortedCounts = new long[occurring];
        for (var i = 0; i < all.Length; i++)
            if (all[i] != 0) (sortedScores[at], sortedCounts[at++]) = (lowest + i, all[i]);
        return new(unit, sortedScores, sortedCounts);
    }

    private void MakeRoom()
    {
        Compact();
        if (count * 2 <= pairs.Length) return;
        if (range < LargestArray && pairs.Length > range / 8)
        {
            all = new long[range + 1];
            for (var i = 0; i < count; i++) all[pairs[i].Score] += pairs[i].Count;
            pairs = [];
        }
        else
        {
            Array.Resize(ref pairs, pairs.Length * 2);
        }
    }

    private void Compact()
    {
        Array.Sort(pairs, 0, count, ByScore.Instance);
        var to = 0;
        for (var i = 0; i < count; i++)
        {
            if (to > 0 && pairs[to - 1].Score == pairs[i].Score) pairs[to - 1].Count += pairs[i].Count;
            else pairs[to++] = pairs[i];
        }

        count = to;
    }

    private sealed class ByScore : IComparer<(long Score, long Count)>
    {
        public static readonly ByScore Instance = new();

        public int Compare((long Score, long Count) x, (long Score, long Count) y) => x.Score.CompareTo(y.Score);
    }
}
