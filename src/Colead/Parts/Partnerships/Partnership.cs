using Colead.Storage;

namespace Colead.Parts.Partnerships;

/// <summary>Organisations that lead on a shared problem together.</summary>
public sealed class Partnership : Versioned
{
    public const int NameLength = 120;
    public const int PlaceLength = 120;
    public const int PurposeLength = 1000;

    public long Id { get; init; }
    public required string Name { get; set; }
    public required PartnershipKind Kind { get; set; }
    public required string Place { get; set; }
    public required string Purpose { get; set; }
    /// <summary>What one organisation could not do by itself.</summary>
    public required string WhyNotAlone { get; set; }
    public required DateTime CreatedAt { get; init; }
    public List<Organisation> Organisations { get; } = [];
    public List<Person> People { get; } = [];
}
