using System.Globalization;

namespace Colead.Analysis.Disclosure;

/// <summary>The fixed views of a round. Organisation × level is not among them and never will be.</summary>
public enum ViewKind
{
    All,
    Sector,
    Level,

    /// <summary>A reporting unit: an organisation, or a fold of several.</summary>
    Unit,
    SectorLevel,
}

/// <summary>A view's group. Indexes are those of the <see cref="ReportingPlan"/>; −1 where a kind has no such index.</summary>
public readonly record struct Cell(ViewKind Kind, int First, int Second) : IComparable<Cell>
{
    public static Cell All => new(ViewKind.All, -1, -1);

    public static Cell Sector(int sector) => new(ViewKind.Sector, sector, -1);

    public static Cell Level(int level) => new(ViewKind.Level, level, -1);

    public static Cell Unit(int unit) => new(ViewKind.Unit, unit, -1);

    public static Cell SectorLevel(int sector, int level) => new(ViewKind.SectorLevel, sector, level);

    public int CompareTo(Cell other) => (Kind, First, Second).CompareTo((other.Kind, other.First, other.Second));

    public override string ToString() => Kind switch
    {
        ViewKind.All => "all",
        ViewKind.SectorLevel => string.Create(CultureInfo.InvariantCulture, $"sector {First} x level {Second}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Kind} {First}").ToLowerInvariant(),
    };

    public static bool operator <(Cell left, Cell right) => left.CompareTo(right) < 0;

    public static bool operator >(Cell left, Cell right) => left.CompareTo(right) > 0;

    public static bool operator <=(Cell left, Cell right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Cell left, Cell right) => left.CompareTo(right) >= 0;
}
