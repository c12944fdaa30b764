using System.Text.Json;
using System.Text.Json.Serialization;
using Colead.Analysis.Decisions;

namespace Colead.Parts.Decisions;

/// <summary>Counts a proposal's ballots by its method, and keeps the result as it is stored.</summary>
public static class Counted
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>How many marks a ballot has.</summary>
    public static int MarksOf(Proposal proposal) => proposal.HasOptions ? proposal.Options.Count : 1;

    public static Tally Of(Proposal proposal, IReadOnlyList<Ballot> ballots, IReadOnlyList<string?> reasons, long voices)
    {
        var electorate = new Electorate(voices, proposal.QuorumPercent);
        var options = MarksOf(proposal);
        return proposal.Method switch
        {
            DecisionMethod.Consent => ConsentCount.Of(ballots, reasons, electorate),
            DecisionMethod.YesNo => YesNoCount.Of(ballots, MarkOf(proposal.PassAt) ?? PassMark.MoreThanHalf, electorate),
            DecisionMethod.Score => ScoreCount.Of(options, proposal.HighestScore, ballots, electorate),
            DecisionMethod.Dots => DotCount.Of(options, proposal.Dots, ballots, electorate),
            DecisionMethod.Ranked => RankedCount.Of(options, ballots, electorate),
            DecisionMethod.ChooseOne => ChooseOneCount.Of(options, ballots, MarkOf(proposal.PassAt), electorate),
            _ => throw new ArgumentOutOfRangeException(nameof(proposal)),
        };
    }

    public static string Write(Tally tally) => JsonSerializer.Serialize(tally, Json);

    public static Tally Read(string result) => JsonSerializer.Deserialize<Tally>(result, Json)!;

    public static DecisionOutcome OutcomeOf(Tally tally) => Enum.Parse<DecisionOutcome>(tally.Outcome.ToString());

    private static PassMark? MarkOf(PassAt at) => at switch
    {
        PassAt.MoreThanHalf => PassMark.MoreThanHalf,
        PassAt.TwoThirds => PassMark.TwoThirds,
        PassAt.ThreeQuarters => PassMark.ThreeQuarters,
        PassAt.Everyone => PassMark.Everyone,
        _ => null,
    };
}
