namespace Colead.Analysis.Matching;

/// <summary>One partnership's open-tier dimension means, as published.</summary>
public sealed record PublishedPartnership(string Name, IReadOnlyList<PublishedMean> Means);

/// <summary>
/// A network's view of its partnerships from their publications alone: one benchmark a dimension. It reads what is
/// public already, so it can give away no more than that.
/// </summary>
public sealed record NetworkRollUp(IReadOnlyList<string> Partnerships, IReadOnlyList<Benchmark> Dimensions)
{
    /// <exception cref="ArgumentException">Partnerships differ in their number of dimensions.</exception>
    public static NetworkRollUp Of(IReadOnlyList<PublishedPartnership> partnerships)
    {
        var dimensions = partnerships.Count > 0 ? partnerships[0].Means.Count : 0;
        if (partnerships.Any(p => p.Means.Count != dimensions))
            throw new ArgumentException("Every partnership has the same dimensions.", nameof(partnerships));
        var column = new PublishedMean[partnerships.Count];
        var benchmarks = new Benchmark[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            for (var p = 0; p < column.Length; p++) column[p] = partnerships[p].Means[d];
            benchmarks[d] = Benchmark.OfPublished(column);
        }

        return new([.. partnerships.Select(p => p.Name)], benchmarks);
    }
}
