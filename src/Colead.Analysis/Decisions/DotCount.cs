namespace Colead.Analysis.Decisions;

/// <summary>Each voice has the same number of dots and spreads them as it likes, several on one option too (cumulative voting). Dots not
/// placed count for nothing; the most dots are chosen.</summary>
public static class DotCount
{
    /// <param name="ballots">Dots on each option.</param>
    /// <param name="dots">Dots that each voice has.</param>
    public static Tally Of(int options, int dots, IReadOnlyList<Ballot> ballots, Electorate electorate) =>
        Counting.Of(ballots, electorate, options, ballot => ballot.Marks.All(m => m is null or >= 0)
            && ballot.Marks.Sum(m => (long)(m ?? 0)) <= dots).MostWins();
}
