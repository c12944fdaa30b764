namespace Colead.Analysis.Decisions;

/// <summary>What all methods share: checks, sums, quorum, and what is said before the method has its say.</summary>
internal sealed class Counting
{
    private Counting(Electorate electorate, long counted, long abstained, long[] totals)
    {
        Counted = counted;
        Abstained = abstained;
        Totals = totals;
        Quorum = new(electorate.Needed, counted + abstained, electorate.Voices);
    }

    public long Counted { get; }
    public long Abstained { get; }
    public long[] Totals { get; }
    public Quorum Quorum { get; }

    /// <param name="options">How many marks a ballot has.</param>
    /// <param name="isAllowed">Whether the method knows such a ballot, which marks something.</param>
    /// <exception cref="ArgumentException">A ballot that the method does not know, or more ballots than voices: not to be counted
    /// somehow.</exception>
    public static Counting Of(IReadOnlyList<Ballot> ballots, Electorate electorate, int options, Func<Ballot, bool> isAllowed)
    {
        var totals = new long[options];
        long counted = 0, abstained = 0;
        foreach (var ballot in ballots)
        {
            if (ballot.Weight < 1 || ballot.Marks.Count != options || (!ballot.Abstains && !isAllowed(ballot)))
                throw new ArgumentException("A ballot is not one of this method.", nameof(ballots));
            if (ballot.Abstains)
            {
                abstained = checked(abstained + ballot.Weight);
                continue;
            }

            counted = checked(counted + ballot.Weight);
            for (var i = 0; i < options; i++) totals[i] = checked(totals[i] + (ballot.Weight * (ballot.Marks[i] ?? 0)));
        }

        if (counted + abstained > electorate.Voices) throw new ArgumentException("More voted than have a voice.", nameof(ballots));
        return new(electorate, counted, abstained, totals);
    }

    /// <summary>The result, unless too few voted or nothing was cast.</summary>
    public Tally Result(Outcome outcome, IReadOnlyList<int> leading, long? needed = null, IReadOnlyList<long>? totals = null,
        IReadOnlyList<CountingRound>? rounds = null)
    {
        var said = !Quorum.IsMet ? Outcome.NoQuorum : Counted == 0 ? Outcome.NothingCast : outcome;
        return new(said, said == outcome ? leading : [], Quorum, totals ?? Totals, Counted, Abstained, needed, rounds ?? []);
    }

    /// <summary>The options with the highest total.</summary>
    public int[] Highest()
    {
        var most = Totals.Max();
        return [.. Enumerable.Range(0, Totals.Length).Where(i => Totals[i] == most)];
    }

    /// <summary>The option with the highest total, or a tie of several.</summary>
    public Tally MostWins(PassMark? mark = null)
    {
        var highest = Highest();
        var needed = mark?.Needed(Counted);
        var outcome = highest.Length > 1 ? Outcome.Tied : Totals[highest[0]] < (needed ?? 0) ? Outcome.BelowPassMark : Outcome.Chosen;
        return Result(outcome, highest, needed);
    }
}
