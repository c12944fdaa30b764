using Colead.Composition;

namespace Colead.Parts.Partnerships.Overviews;

/// <summary>Under the partnership's name: what is new and what goes on.</summary>
public sealed record OverviewSlot : Slot;

/// <summary>What somebody can still read whose organisation has left.</summary>
public sealed record LeftSlot : Slot;

/// <summary>One thing that goes on in the partnership, with where it leads.</summary>
/// <param name="What">What kind of thing it is, in a word or two.</param>
public sealed record UnderWayLine(string What, string Title, string Address, string More);

/// <summary>What a part has under way, for the overview.</summary>
public interface IUnderWay
{
    /// <summary>Among others, in tens.</summary>
    int Place { get; }

    /// <summary>Null where there is nothing.</summary>
    Task<UnderWayLine?> OfAsync(Standing standing);
}
