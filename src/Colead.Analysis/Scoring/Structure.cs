namespace Colead.Analysis.Scoring;

/// <summary>An organisation as analysis knows it: a name for the list and the sector it belongs to.</summary>
public sealed record Organisation(string Name, string Sector);

/// <summary>Organisation × level, as indexes into a <see cref="Structure"/>.</summary>
public readonly record struct Stratum(int Organisation, int Level);

/// <summary>Who belongs where: the organisations with their sectors, and the levels, each list in the order shown.</summary>
public sealed class Structure
{
    /// <summary>Builds the list of sectors in ordinal order of their names.</summary>
    public Structure(IReadOnlyList<Organisation> organisations, IReadOnlyList<string> levels)
    {
        Organisations = organisations;
        Levels = levels;
        Sectors = [.. organisations.Select(o => o.Sector).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var index = Sectors.Select((name, i) => (name, i)).ToDictionary(s => s.name, s => s.i, StringComparer.Ordinal);
        SectorOf = [.. organisations.Select(o => index[o.Sector])];
    }

    public IReadOnlyList<Organisation> Organisations { get; }

    public IReadOnlyList<string> Levels { get; }

    public IReadOnlyList<string> Sectors { get; }

    /// <summary>Index of each organisation's sector in <see cref="Sectors"/>.</summary>
    public IReadOnlyList<int> SectorOf { get; }
}

/// <summary>How many people were invited in each stratum. A stratum without an entry invited nobody.</summary>
public sealed record Roster(Structure Structure, IReadOnlyDictionary<Stratum, int> Invited)
{
    public int Total => Invited.Values.Sum();

    public int InvitedWhere(Func<Stratum, bool> belongs) => Invited.Where(s => belongs(s.Key)).Sum(s => s.Value);
}

/// <summary>The six levels and three sectors of the field, in the order in which they are shown.</summary>
public static class Field
{
    public static IReadOnlyList<string> Levels { get; } = ["board", "senior", "middle", "frontline", "volunteer", "citizen"];

    public static IReadOnlyList<string> Sectors { get; } = ["voluntary", "public", "private"];
}
