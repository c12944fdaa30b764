using System.Globalization;
using Colead.Analysis.Decisions;

namespace Colead.Parts.Decisions;

/// <summary>One row of the table that shows how it was counted.</summary>
/// <param name="Percent">Of the bar.</param>
/// <param name="Mean">Of a score.</param>
public sealed record ResultRow(string Name, long Number, int Percent, bool Leads, string? Mean = null);

/// <summary>How a vote was counted, as rows and sentences.</summary>
public static class ResultRows
{
    public static IReadOnlyList<ResultRow> Of(Proposal proposal, Tally tally)
    {
        List<(string Name, long Number, bool Leads, string? Mean)> rows = proposal.Method switch
        {
            DecisionMethod.Consent => [("Consent", tally.Totals[0], false, null), ("Object", tally.Totals[1], false, null),
                ("Stand aside", tally.Abstained, false, null), ("Did not vote", tally.Quorum.Voices - tally.Quorum.Cast, false, null)],
            DecisionMethod.YesNo => [("Yes", tally.Totals[0], false, null), ("No", tally.Totals[1], false, null),
                ("Abstained", tally.Abstained, false, null), ("Did not vote", tally.Quorum.Voices - tally.Quorum.Cast, false, null)],
            _ => [.. proposal.Options.Select((option, i) => (option, tally.Totals[i], tally.Leading.Contains(i),
                MeanOf(proposal, tally, i)))],
        };
        var most = Math.Max(1, rows.Max(row => row.Number));
        return [.. rows.Select(row => new ResultRow(row.Name, row.Number, (int)(100 * row.Number / most), row.Leads, row.Mean))];
    }

    public static string Unit(Proposal proposal) => proposal.Method switch
    {
        DecisionMethod.Score => "Points",
        DecisionMethod.Dots => "Dots",
        _ when proposal.Weighted || proposal.HasOptions => "Votes",
        _ => "Organisations",
    };

    public static IEnumerable<string> Lines(Proposal proposal, Tally tally)
    {
        var quorum = tally.Quorum;
        yield return quorum.Needed == 0
            ? $"{DecisionWords.Voted(proposal, quorum)}; no number was needed."
            : $"{DecisionWords.Voted(proposal, quorum)}; {DecisionWords.N(quorum.Needed)} were needed ({proposal.QuorumPercent} per cent, rounded up), {(quorum.IsMet ? "so the vote counts" : "so nothing is decided, whatever the votes say")}.";
        if (proposal.HasOptions
            && tally.Abstained > 0) yield return $"{DecisionWords.Count(proposal, tally.Abstained)} abstained: that counts for the number who voted and for nothing else.";
        if (tally.Needed is { } needed) yield return $"{DecisionWords.N(needed)} were needed to pass: {DecisionWords.Say(proposal.PassAt)} of the {DecisionWords.N(tally.Counted)} {(proposal.HasOptions ? "for any option" : "who voted yes or no")}. Who abstained or did not vote is left out.";
        if (proposal.Method == DecisionMethod.Score) yield return $"The average is over the {DecisionWords.N(tally.Counted)} that scored anything.";
        foreach (var (round, number) in tally.Rounds.Select((round, i) => (round, i + 1)))
        {
            if (round.By == GoneBy.EarlierRound) yield return $"Round {number}: several had the fewest votes. {Names(proposal, round.Gone)} had fewer in an earlier round, and so went out.";
            if (round.By == GoneBy.TogetherFewer) yield return $"Round {number}: {Names(proposal, round.Gone)} together had fewer votes than the next option, so all of them went out.";
        }
        if (tally.Outcome == Outcome.Tied) yield return "A tie is left to the partnership: talk again, or make a new proposal. The program draws no lots.";
    }

    private static string Names(Proposal proposal, IReadOnlyList<int> options) =>
        string.Join(" and ", options.Select(i => $"“{proposal.Options[i]}”"));

    private static string? MeanOf(Proposal proposal, Tally tally, int option) =>
        proposal.Method == DecisionMethod.Score && ScoreCount.Mean(tally, option) is { IsDefined: true } mean
            ? mean.Value.ToString("0.0", CultureInfo.InvariantCulture) : null;
}
