using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Kit.Forms;
using Colead.Parts.Findings;

namespace Colead.Parts.Threads.Starting;

/// <summary>What a thread begins with: ids only, which are put into words when somebody reads them.</summary>
public sealed record ThreadOrigin(ThreadSource Source)
{
    public long? RoundId { get; init; }
    public FindingKind? Kind { get; init; }
    public string? Measure { get; init; }
    public string? First { get; init; }
    public string? Second { get; init; }

    public static ThreadOrigin Of(GoldenThread thread) => new(thread.Source)
    {
        RoundId = thread.RoundId,
        Kind = Enum.TryParse<FindingKind>(thread.FindingKind, out var kind) ? kind : null,
        Measure = thread.Measure,
        First = thread.First,
        Second = thread.Second,
    };

    /// <summary>The finding in a tier; null where that tier does not have it.</summary>
    public Finding? In(PublishedTier tier) => Kind is null ? null
        : tier.Findings.FirstOrDefault(f => f.Kind == Kind && f.Measure == Measure && f.First == First && f.Second == Second);
}

/// <summary>A beginning in words.</summary>
/// <param name="Sentence">What was found, or the statement.</param>
/// <param name="Dimension">Id of the dimension it belongs to.</param>
public sealed record OriginWords(ThreadOrigin Beginning, string Sentence, string? Dimension, string RoundName);

/// <summary>Finds what a thread may begin with among what was published to the reader.</summary>
public sealed class ThreadOrigins(PublishedRounds rounds)
{
    /// <summary>Null when nothing of the kind was published to whoever asks.</summary>
    public async Task<OriginWords?> FindAsync(long roundId, string? kind, string? measure, string? first, string? second)
    {
        if (measure is null
            || await rounds.FindAsync(roundId) is not { State: Colead.Storage.Sealing.RoundState.Published } round) return null;
        if (kind is null)
        {
            if (round.Tier.All.Items.FirstOrDefault(i => i.Item == measure) is not { } item) return null;
            return new(new(ThreadSource.Statement) { RoundId = roundId, Measure = measure }, $"“{round.Names.Item(item.Item)}”",
                round.Names.DimensionOfItem(item.Item), round.RoundName);
        }
        if (!Enum.TryParse<FindingKind>(kind, out var parsed)) return null;
        ThreadOrigin beginning = new ThreadOrigin(ThreadSource.Finding) { RoundId = roundId, Kind = parsed, Measure = measure,
            First = first, Second = second };
        return beginning.In(round.Tier) is not { } finding ? null
            : new(beginning, round.Names.Sentence(finding), Say.DimensionOf(finding, round.Names), round.RoundName);
    }

    /// <summary>Dimensions a thread may belong to: those of the newest published round, else of the inventory that every partnership
    /// has.</summary>
    public async Task<IReadOnlyList<Choice>> DimensionsAsync()
    {
        var newest = await rounds.AllAsync(most: 1);
        return newest.Count > 0
            ? [.. newest[0].Instrument.Dimensions.Select(d => new Choice(d.Id, newest[0].Names.Dimension(d.Id)))]
            : [.. ShippedInstruments.Inventory12.Dimensions.Select(d => new Choice(d.Id, d.Names["en"]))];
    }
}
