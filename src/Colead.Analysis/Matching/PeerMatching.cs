namespace Colead.Analysis.Matching;

/// <summary>A partnership as matching sees it.</summary>
/// <param name="Name">Unique; orders equals.</param>
/// <param name="Answered">People who answered.</param>
/// <param name="OptedIn">It agreed to be offered to others.</param>
/// <param name="Scores">Shrunken dimension scores; an absent one is neither a need nor a strength.</param>
public sealed record MatchCandidate(string Name, long Answered, bool OptedIn, IReadOnlyList<Figure> Scores);

/// <summary>A partner to learn with.</summary>
/// <param name="Candidate">Index into the candidates.</param>
/// <param name="HelpReceived">What they are strong in where we have a need, help(b→a).</param>
/// <param name="HelpGiven">The other way round, help(a→b).</param>
/// <param name="Mutual">√(received × given).</param>
public readonly record struct PeerOffer(int Candidate, double HelpReceived, double HelpGiven, double Mutual);

/// <summary>
/// Finds, for each partnership, those whose strengths meet its needs and whose needs meet its strengths. Scores are set
/// against the median and standard deviation (n − 1) over the partnerships: need = max(0, −z), strength = max(0, z).
/// Nobody is ranked; a partnership without needs is offered to others as a mentor.
/// </summary>
/// <remarks>
/// Only partnerships with at least <see cref="FewestAnswers"/> answers take part at all, and only those that opted in are
/// offered or receive offers. Our own measure; complementarity as a product of one's need and the other's strength.
/// </remarks>
public sealed class PeerMatching
{
    /// <summary>Fewest people behind a partnership's scores.</summary>
    public const int FewestAnswers = 10;

    /// <summary>Offers made to a partnership.</summary>
    public const int MostOffers = 5;

    private readonly IReadOnlyList<MatchCandidate> candidates;
    private readonly int dimensions;
    private readonly double[] z;

    /// <exception cref="ArgumentException">Candidates differ in their number of dimensions.</exception>
    public PeerMatching(IReadOnlyList<MatchCandidate> candidates)
    {
        this.candidates = candidates;
        dimensions = candidates.Count > 0 ? candidates[0].Scores.Count : 0;
        if (candidates.Any(c => c.Scores.Count != dimensions))
            throw new ArgumentException("Every partnership has the same dimensions.", nameof(candidates));
        z = new double[candidates.Count * dimensions];
        for (var d = 0; d < dimensions; d++) Standardise(d);
    }

    /// <summary>z of a score, 0 where it is missing, too few answered, or all partnerships score alike.</summary>
    public double Z(int candidate, int dimension) => z[candidate * dimensions + dimension];

    /// <summary>max(0, −z).</summary>
    public double Need(int candidate, int dimension) => Math.Max(0, -Z(candidate, dimension));

    /// <summary>max(0, z).</summary>
    public double Strength(int candidate, int dimension) => Math.Max(0, Z(candidate, dimension));

    /// <summary>help(from→to) = Σ_d need of <paramref name="to"/> × strength of <paramref name="from"/>.</summary>
    public double Help(int from, int to)
    {
        double help = 0;
        for (var d = 0; d < dimensions; d++) help += Need(to, d) * Strength(from, d);
        return help;
    }

    /// <summary>√(help(a→b) × help(b→a)).</summary>
    public double Mutual(int a, int b) => Math.Sqrt(Help(a, b) * Help(b, a));

    /// <summary>May be offered to others and receive offers.</summary>
    public bool TakesPart(int candidate) => candidates[candidate].OptedIn && HasEnough(candidate);

    /// <summary>Takes part and is at or above the median everywhere: no needs of its own, so a mentor.</summary>
    public bool IsMentor(int candidate)
    {
        if (!TakesPart(candidate)) return false;
        for (var d = 0; d < dimensions; d++)
            if (Need(candidate, d) > 0) return false;
        return true;
    }

    /// <summary>
    /// The five most mutual partners for <paramref name="candidate"/>, equals by name. None for a mentor, who has no need
    /// to meet, nor for one that does not take part.
    /// </summary>
    /// <param name="fits">Whether two partnerships' contexts go together; all do where null.</param>
    public IReadOnlyList<PeerOffer> Offers(int candidate, Func<int, int, bool>? fits = null) =>
        TakesPart(candidate) && !IsMentor(candidate)
            ? Best(candidate, fits, _ => true, o => o.Mutual)
            : [];

    /// <summary>The five mentors who help <paramref name="candidate"/> most, equals by name.</summary>
    public IReadOnlyList<PeerOffer> Mentors(int candidate, Func<int, int, bool>? fits = null) =>
        TakesPart(candidate) && !IsMentor(candidate)
            ? Best(candidate, fits, IsMentor, o => o.HelpReceived)
            : [];

    private IReadOnlyList<PeerOffer> Best(int candidate, Func<int, int, bool>? fits, Func<int, bool> eligible, Func<PeerOffer,
        double> by) =>
        [.. Enumerable.Range(0, candidates.Count)
            .Where(b => b != candidate && TakesPart(b) && eligible(b) && (fits?.Invoke(candidate, b) ?? true))
            .Select(b => new PeerOffer(b, Help(b, candidate), Help(candidate, b), Mutual(candidate, b)))
            .OrderByDescending(by)
            .ThenBy(o => candidates[o.Candidate].Name, StringComparer.Ordinal)
            .Take(MostOffers)];

    private bool HasEnough(int candidate) => candidates[candidate].Answered >= FewestAnswers;

    private void Standardise(int dimension)
    {
        var scored = Enumerable.Range(0, candidates.Count)
            .Where(i => HasEnough(i) && candidates[i].Scores[dimension].IsDefined).ToArray();
        if (scored.Length < 2) return;
        var values = Array.ConvertAll(scored, i => candidates[i].Scores[dimension].Value);
        var sorted = values.Order().ToArray();
        var median = Quantile.Median(sorted);
        var variance = Scoring.Moments.Of(sorted).SampleVariance.Value; // summed in sorted order: candidates' order changes nothing
        if (variance == 0) return;
        for (var i = 0; i < scored.Length; i++) z[scored[i] * dimensions + dimension] = (values[i] - median) / Math.Sqrt(variance);
    }
}
