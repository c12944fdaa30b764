namespace Colead.Analysis.Decisions;

/// <summary>Each voice chooses one option; the one with the most votes is chosen, where a pass mark is set only if it reaches it. Equal
/// votes are a tie.</summary>
public static class ChooseOneCount
{
    /// <param name="ballots">A mark for each option: 1 for the one chosen, null for the others.</param>
    /// <param name="mark">None: most votes are enough.</param>
    public static Tally Of(int options, IReadOnlyList<Ballot> ballots, PassMark? mark, Electorate electorate) =>
        Counting.Of(ballots, electorate, options, ballot => ballot.Marks.Count(m => m == 1) == 1 && ballot.Marks.All(m => m is null or 1))
            .MostWins(mark);
}
