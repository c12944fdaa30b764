namespace Colead.Analysis.Decisions;

/// <summary>Consent: a proposal passes when enough voted and no objection stands. It asks who cannot live with it, not who likes it
/// best.</summary>
/// <remarks>Endenburg 1998, Sociocracy: The Organization of Decision-Making; Buck &amp; Villines 2017, We the People, 2nd ed.: an objection
/// is reasoned, and numbers do not outvote it.</remarks>
public static class ConsentCount
{
    /// <param name="ballots">One mark each: 1 consents, 0 objects, null stands aside.</param>
    /// <param name="reasons">The reason of each ballot, in the same order; an objection has one.</param>
    /// <exception cref="ArgumentException">An objection without a reason is none, and must not be counted as one.</exception>
    public static Tally Of(IReadOnlyList<Ballot> ballots, IReadOnlyList<string?> reasons, Electorate electorate)
    {
        if (reasons.Count != ballots.Count) throw new ArgumentException("A reason, or none, for each ballot.", nameof(reasons));
        for (var i = 0; i < ballots.Count; i++)
        {
            if (ballots[i].Marks is [0]
                && string.IsNullOrWhiteSpace(reasons[i])) throw new ArgumentException("An objection needs a reason.", nameof(reasons));
        }

        var counting = Counting.Of(ballots, electorate, 1, ballot => ballot.Marks[0] is 0 or 1);
        var objections = counting.Counted - counting.Totals[0];
        return counting.Result(objections == 0 ? Outcome.Passed : Outcome.Objected, [], totals: [counting.Totals[0], objections]);
    }
}
