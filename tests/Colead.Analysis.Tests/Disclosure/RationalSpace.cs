using System.Numerics;

namespace Colead.Analysis.Tests.Disclosure;

/// <summary>
/// The slow and plain way to a row space, over exact fractions held as integers, written without a line of the engine:
/// what the engine decides is compared with this.
/// </summary>
internal sealed class RationalSpace
{
    private readonly List<BigInteger[]> rows = [];
    private readonly List<int> pivots = [];
    private readonly int width;

    public RationalSpace(int width, IEnumerable<BigInteger[]> vectors)
    {
        this.width = width;
        foreach (var vector in vectors) Add(vector);
    }

    public int Rank => rows.Count;

    public void Add(BigInteger[] vector)
    {
        var v = Reduce(vector);
        var pivot = Array.FindIndex(v, x => !x.IsZero);
        if (pivot < 0) return;
        rows.Add(v);
        pivots.Add(pivot);
    }

    public bool Contains(BigInteger[] vector) => Array.TrueForAll(Reduce(vector), x => x.IsZero);

    /// <summary>Is there a nonzero vector in the space that is zero outside <paramref name="support"/>?</summary>
    public bool ReachesWithin(Func<int, bool> support)
    {
        var outside = Enumerable.Range(0, width).Where(i => !support(i)).ToArray();
        return new RationalSpace(outside.Length, rows.Select(r => outside.Select(i => r[i]).ToArray())).Rank < Rank;
    }

    private BigInteger[] Reduce(BigInteger[] vector)
    {
        var v = (BigInteger[])vector.Clone();
        for (var r = 0; r < rows.Count; r++)
        {
            var factor = v[pivots[r]];
            if (factor.IsZero) continue;
            var lead = rows[r][pivots[r]];
            for (var i = 0; i < width; i++) v[i] = v[i] * lead - rows[r][i] * factor;
            var divisor = v.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
            if (divisor > 1)
                for (var i = 0; i < width; i++) v[i] /= divisor;
        }

        return v;
    }
}
