namespace Colead.Analysis.Decisions;

/// <summary>
/// Instant run-off: each voice ranks as many options as it likes. In each round a ballot counts for the highest option on it that is still
/// in. More than half of the ballots still counting chooses; otherwise the option with the fewest votes goes out, and the next round
/// begins.
/// </summary>
/// <remarks>
/// Several with the fewest: whichever had fewer in the nearest earlier round that tells them apart goes. Where none does, all of them go if
/// together they have fewer votes than the next option: then the order cannot matter. Otherwise it is a tie, and so is one between the last
/// that are left. No lots, no names, no order of the list.
/// </remarks>
public static class RankedCount
{
    /// <param name="ballots">Ranks from 1, each once; null where an option was not ranked. A rank left out is passed over.</param>
    public static Tally Of(int options, IReadOnlyList<Ballot> ballots, Electorate electorate)
    {
        var counting = Counting.Of(ballots, electorate, options, HasEachRankOnce);
        var ranked = ballots.Where(ballot => !ballot.Abstains).Select(ballot => (ballot.Weight, Order: OrderOf(ballot))).ToList();
        var first = new long[options];
        foreach (var (weight, order) in ranked) first[order[0]] += weight;
        if (counting.Counted == 0) return counting.Result(Outcome.NothingCast, [], totals: first);

        var rounds = new List<CountingRound>();
        var isIn = Enumerable.Repeat(true, options).ToArray();
        while (true)
        {
            var votes = new long[options];
            long exhausted = 0;
            foreach (var (weight, order) in ranked)
            {
                var next = Array.FindIndex(order, option => isIn[option]);
                if (next < 0) exhausted += weight;
                else votes[order[next]] += weight;
            }

            int[] left = [.. Enumerable.Range(0, options).Where(i => isIn[i])];
            var (most, fewest) = (left.Max(i => votes[i]), left.Min(i => votes[i]));
            int[] leading = [.. left.Where(i => votes[i] == most)];
            if (most * 2 > counting.Counted - exhausted) return Finish(Outcome.Chosen, leading);
            int[] last = [.. left.Where(i => votes[i] == fewest)];
            if (last.Length == left.Length) return Finish(Outcome.Tied, last); // all that are left are equal
            var (gone, by) = Going(last, left, votes, rounds);
            if (gone.Length == 0) return Finish(Outcome.Tied, last);
            rounds.Add(new(Shown(votes), exhausted, gone, by));
            foreach (var option in gone) isIn[option] = false;

            long?[] Shown(long[] counted) => [.. Enumerable.Range(0, options).Select(i => isIn[i] ? counted[i] : (long?)null)];

            Tally Finish(Outcome outcome, int[] who) => counting.Result(outcome, who, totals: first,
                rounds: [.. rounds, new(Shown(votes), exhausted, [], GoneBy.FewestVotes)]);
        }
    }

    /// <summary>Who goes out of those that have the fewest votes; nobody where no rule tells.</summary>
    private static (int[] Gone, GoneBy By) Going(int[] last, int[] left, long[] votes, List<CountingRound> rounds)
    {
        if (last.Length == 1) return (last, GoneBy.FewestVotes);
        var fewer = last;
        for (var r = rounds.Count - 1; r >= 0 && fewer.Length > 1; r--)
        {
            var fewest = fewer.Min(i => rounds[r].Votes[i]!.Value);
            fewer = [.. fewer.Where(i => rounds[r].Votes[i] == fewest)];
        }

        if (fewer.Length == 1) return (fewer, GoneBy.EarlierRound);
        var next = left.Except(last).Min(i => votes[i]);
        return last.Sum(i => votes[i]) < next ? (last, GoneBy.TogetherFewer) : ([], GoneBy.FewestVotes);
    }

    private static bool HasEachRankOnce(Ballot ballot)
    {
        var ranks = ballot.Marks.OfType<int>().ToList();
        return ranks.TrueForAll(rank => rank >= 1) && ranks.Distinct().Count() == ranks.Count;
    }

    private static int[] OrderOf(Ballot ballot) => [.. Enumerable.Range(0, ballot.Marks.Count).Where(i => ballot.Marks[i] is not null)
        .OrderBy(i => ballot.Marks[i])];
}
