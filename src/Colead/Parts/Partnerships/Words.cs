using Colead.Kit.Forms;
using Colead.Storage;

namespace Colead.Parts.Partnerships;

/// <summary>What the enumerations of this part are called on pages, and in files that people bring.</summary>
public static class Words
{
    public static IReadOnlyList<Choice> Kinds { get; } =
    [
        new(nameof(PartnershipKind.Informal), "Informal", "Meetings now and then, or a protocol"),
        new(nameof(PartnershipKind.Formal), "Formal", "A governing document, a committee or a shared budget"),
        new(nameof(PartnershipKind.Contract), "Contract", "A contract in which all parties have a say"),
        new(nameof(PartnershipKind.Statutory), "Statutory", "The law requires it"),
    ];

    public static IReadOnlyList<Choice> Sectors { get; } =
    [
        new(nameof(Sector.Voluntary), "Voluntary", "Charities, community and faith groups, social enterprises"),
        new(nameof(Sector.Public), "Public", "Councils, health, police, schools"),
        new(nameof(Sector.Private), "Private", "Firms"),
    ];

    public static IReadOnlyList<Choice> Sizes { get; } =
    [
        new(nameof(SizeBand.Micro), "Micro: under 10 people"),
        new(nameof(SizeBand.Small), "Small: 10 to 49"),
        new(nameof(SizeBand.Medium), "Medium: 50 to 249"),
        new(nameof(SizeBand.Large), "Large: 250 and over"),
    ];

    public static IReadOnlyList<Choice> Levels { get; } =
    [
        new(nameof(Level.Board), "Board", "Trustees, governors, directors, elected members"),
        new(nameof(Level.Senior), "Senior manager", "Chief officers and heads of service"),
        new(nameof(Level.Middle), "Manager", "Managers and team leaders"),
        new(nameof(Level.Frontline), "Front line", "People who do the work face to face"),
        new(nameof(Level.Volunteer), "Volunteer", "People who give their time"),
        new(nameof(Level.Citizen), "Citizen", "Residents and people who use services"),
    ];

    public static IReadOnlyList<Choice> Roles { get; } =
    [
        new(nameof(Role.Coordinator), "Coordinator", "Runs the partnership: organisations, people, everything here"),
        new(nameof(Role.Lead), "Partner lead", "Speaks for one organisation and looks after its people"),
        new(nameof(Role.Member), "Member", "Belongs to the partnership and sees what it shares"),
        new(nameof(Role.Viewer), "Viewer", "May look, nothing more"),
    ];

    public static string Say(PartnershipKind kind) => Kinds.First(choice => choice.Value == kind.ToString()).Label;
    public static string Say(Sector sector) => Sectors.First(choice => choice.Value == sector.ToString()).Label;
    public static string Say(Level level) => Levels.First(choice => choice.Value == level.ToString()).Label;
    public static string Say(Role role) => Roles.First(choice => choice.Value == role.ToString()).Label;
    /// <summary>"You are invited to be …"</summary>
    public static string Being(Role role, string? organisation) => role == Role.Lead ? $"partner lead for {organisation}"
        : $"a {Say(role).ToLowerInvariant()}{(organisation is null ? "" : $" of {organisation}")}";

    public static string Say(SizeBand? size) => size is null ? "Not stated" : Sizes.First(choice => choice.Value == size.ToString()).Label;
}
