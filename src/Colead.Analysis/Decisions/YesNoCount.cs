namespace Colead.Analysis.Decisions;

/// <summary>Yes, no or abstain: passes when enough voted and enough of the votes for or against are for.</summary>
/// <remarks>Robert's Rules of Order, 4th ed. 1915, §§46, 48 and 64 (quorum).</remarks>
public static class YesNoCount
{
    /// <param name="ballots">One mark each: 1 yes, 0 no, null abstains.</param>
    public static Tally Of(IReadOnlyList<Ballot> ballots, PassMark mark, Electorate electorate)
    {
        var counting = Counting.Of(ballots, electorate, 1, ballot => ballot.Marks[0] is 0 or 1);
        var (yes, no) = (counting.Totals[0], counting.Counted - counting.Totals[0]);
        var needed = mark.Needed(counting.Counted);
        // Half and half is a tie where more than half is asked for; where more is asked for it has simply not passed.
        var outcome = yes >= needed ? Outcome.Passed : yes == no && mark == PassMark.MoreThanHalf ? Outcome.Tied : Outcome.NotPassed;
        return counting.Result(outcome, [], needed, [yes, no]);
    }
}
