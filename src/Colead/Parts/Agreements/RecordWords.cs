using Colead.Kit.Forms;

namespace Colead.Parts.Agreements;

/// <summary>What the enumerations of this part are called on pages, and texts that help to begin.</summary>
public static class RecordWords
{
    public const string SafeguardingName = "Keeping children safe: a joint and equal duty";

    public const string SafeguardingText =
        "In England the council, the integrated care board and the chief officer of police of an area are safeguarding partners. They share the duty equally, none can hand it to another, and they must set out and publish how they work together, and with the agencies they name, to keep children safe (Children Act 2004, sections 16E to 16J).";

    public static IReadOnlyList<Choice> Kinds { get; } =
    [
        new(nameof(DutyKind.ChildSafeguarding), "Keeping children safe, in England",
            "Council, integrated care board and chief officer of police share it equally"),
        new(nameof(DutyKind.Other), "Another duty that a law names"),
    ];

    public static IReadOnlyList<Choice> Bases { get; } =
    [
        new(nameof(LawfulBasis.Consent), "Consent", "The person said yes, freely, and may take it back"),
        new(nameof(LawfulBasis.Contract), "Contract", "Needed for a contract with the person"),
        new(nameof(LawfulBasis.LegalObligation), "Legal obligation", "A law requires it"),
        new(nameof(LawfulBasis.VitalInterests), "Vital interests", "To protect a life"),
        new(nameof(LawfulBasis.PublicTask), "Public task", "For a task in the public interest that a law sets out"),
        new(nameof(LawfulBasis.LegitimateInterests), "Legitimate interests",
            "A real interest that weighs more than the person’s; not for a public authority’s tasks"),
    ];

    public static string Say(LawfulBasis basis) => Bases.First(choice => choice.Value == basis.ToString()).Label;
}
