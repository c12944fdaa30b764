using Colead.Kit.Pictures;
using Colead.Parts.Findings;

namespace Colead.Parts.Threads;

/// <summary>What a moment of a thread is; its mark on the line of time follows.</summary>
public enum MomentKind
{
    Finding,
    Problem,
    Talk,
    Meeting,
    Proposal,
    Decision,
    Outcome,
    Action,
    Money,
}

/// <summary>One thing that belongs to a thread, where it stands in time.</summary>
/// <param name="At">Where it stands; things that go on stand where they began.</param>
/// <param name="When">The same in words.</param>
/// <param name="What">What it is in a word or two: "decision".</param>
public sealed record ThreadMoment(DateTime At, MomentKind Kind, string When, string What, string Title)
{
    public string Text { get; init; } = "";
    public IReadOnlyList<string> More { get; init; } = [];
    public string? Address { get; init; }
    /// <summary>A small picture of an indicator; what it shows stands in the words too.</summary>
    public TrendPicture? Trend { get; init; }
}

/// <summary>Who reads: someone in the partnership, or whoever holds a link, who sees what is open to all and nobody's name.</summary>
public enum Reader
{
    Member,
    Outside,
}

/// <summary>What one part has of a thread.</summary>
public interface IMoments
{
    Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader);
}

/// <summary>A thread with all that belongs to it, oldest first.</summary>
public sealed record ThreadStory(GoldenThread Thread, IReadOnlyList<ThreadMoment> Moments, DimensionWords? Dimension)
{
    public bool Has(MomentKind kind) => Moments.Any(moment => moment.Kind == kind);
}

/// <summary>A dimension's name, colour and shape, which never stand without each other.</summary>
public sealed record DimensionWords(string Name, int Colour, string Shape);

/// <summary>Puts threads together from what each part has of them.</summary>
public sealed class ThreadStories(IEnumerable<IMoments> parts, PublishedRounds rounds)
{
    public async Task<ThreadStory> ReadAsync(GoldenThread thread, Reader reader)
    {
        List<ThreadMoment> moments = [];
        foreach (var part in parts) moments.AddRange(await part.OfAsync(thread, reader));
        return new(thread, [.. moments.OrderBy(m => m.At)], await DimensionAsync(thread.PartnershipId, thread.Dimension));
    }

    /// <summary>As the newest publication that has it names it; null where none has.</summary>
    public async Task<DimensionWords?> DimensionAsync(long partnershipId, string? dimension)
    {
        if (dimension is null) return null;
        var newest = (await rounds.PublishedByAsync(partnershipId))
            .LastOrDefault(r => r.Edition.Publication.Instrument.Dimensions.Any(d => d.Id == dimension));
        if (newest is null) return Colead.Analysis.Instruments.ShippedInstruments.Inventory12.Dimensions.FirstOrDefault(d =>
            d.Id == dimension) is { } shipped ? new(shipped.Names["en"], 1, "circle") : null;
        var names = newest.Edition.Names;
        return new(names.Dimension(dimension), names.Colour(dimension), names.Shape(dimension));
    }
}
