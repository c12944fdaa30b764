namespace Colead.Composition;

/// <summary>The circle, as the first row of the menu names it, in its order.</summary>
public enum MenuSection
{
    /// <summary>Of no partnership: for whoever looks after the installation.</summary>
    Installation,
    Threads,
    Understand,
    Agree,
    Act,
    Partners,
}

/// <summary>One screen in the menu.</summary>
/// <param name="Place">Its place in the section, in tens.</param>
/// <param name="Also">Other addresses below which one is on the same screen.</param>
public sealed record MenuEntry(MenuSection Section, int Place, string Name, string Address, params string[] Also)
{
    /// <summary>Within an address of another screen, what of it is this one's: a round's findings lie below the round.</summary>
    public string? Within { get; init; }

    public bool Is(string path) => Within is { } within && path.Contains(within, StringComparison.Ordinal)
        || Also.Prepend(Address).Any(address => path == address || path.StartsWith(address + "/", StringComparison.Ordinal));
}

/// <summary>Where the reader of a page is: who they are, in which partnership, and what they can go to.</summary>
public sealed record Here(HereAccount? Account, HerePlace? Partnership, IReadOnlyList<MenuEntry> Menu)
{
    /// <summary>The screen to which an address belongs: what is within another's first, then the longest that it lies below.</summary>
    public MenuEntry? At(string path) => Menu.Where(entry => entry.Is(path)).OrderBy(entry => entry.Within is null
        || !path.Contains(entry.Within, StringComparison.Ordinal))
        .ThenByDescending(entry => entry.Also.Prepend(entry.Address).Where(address => path.StartsWith(address, StringComparison.Ordinal))
            .Select(address => address.Length).DefaultIfEmpty().Max()).FirstOrDefault();
}

/// <summary>Who is signed in.</summary>
/// <param name="Address">Of their account.</param>
/// <param name="SignOut">Where its form goes.</param>
public sealed record HereAccount(string Name, bool IsOperator, string Address, string SignOut);

/// <summary>The partnership of a page.</summary>
public sealed record HerePlace(string Name, string Address);

/// <summary>Says where the reader is. The part that knows partnerships does.</summary>
public interface IHere
{
    Task<Here> ReadAsync();
}
