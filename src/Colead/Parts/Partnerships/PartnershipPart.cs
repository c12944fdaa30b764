using Colead.Composition;

namespace Colead.Parts.Partnerships;

/// <summary>A part whose screens stand in the menu of a partnership.</summary>
public abstract class PartnershipPart : Part
{
    /// <summary>What somebody can go to.</summary>
    /// <param name="services">Those of the request, for what has to be looked up.</param>
    public virtual ValueTask<IReadOnlyList<MenuEntry>> MenuAsync(Standing standing, IServiceProvider services) =>
        ValueTask.FromResult(Menu(standing));

    /// <summary>What somebody can still go to whose organisation has left.</summary>
    public virtual IReadOnlyList<MenuEntry> MenuOfLeavers(Standing standing) => [];

    /// <summary>The same, where nothing has to be looked up.</summary>
    protected virtual IReadOnlyList<MenuEntry> Menu(Standing standing) => [];
}
