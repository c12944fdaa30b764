namespace Colead.Analysis.Decisions;

/// <summary>Each voice scores every option on the same range from 0; the highest total, and so the highest mean, is chosen. An option left
/// open by someone who scored others gets 0 from them.</summary>
public static class ScoreCount
{
    /// <param name="ballots">A score for each option.</param>
    /// <param name="highest">The best score; the worst is 0.</param>
    public static Tally Of(int options, int highest, IReadOnlyList<Ballot> ballots, Electorate electorate) =>
        Counting.Of(ballots, electorate, options, ballot => ballot.Marks.All(m => m is null || (m >= 0 && m <= highest))).MostWins();

    /// <summary>Mean score of an option, over the voices that scored anything.</summary>
    public static Figure Mean(Tally tally, int option) => tally.Counted == 0 ? Figure.Absent(Absence.NoAnswers)
        : Figure.Of((double)tally.Totals[option] / tally.Counted);
}
