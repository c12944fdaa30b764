using Colead.Storage;

namespace Colead.Parts.Partnerships;

/// <summary>A partner: one organisation within one partnership.</summary>
public sealed class Organisation : Versioned
{
    public const int NameLength = 160;
    public const int IdentifierLength = 60;

    private string name = "";

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Name { get => name; set { name = value; NameKey = ShortText.Key(value); } }
    /// <summary>The name as it is looked up; unique within the partnership.</summary>
    public string NameKey { get; private set; } = "";
    public required Sector Sector { get; set; }
    public SizeBand? Size { get; set; }
    /// <summary>Its number in a register, such as GB-CHC-1234567 (org-id.guide).</summary>
    public string? Identifier { get; set; }
    /// <summary>When it was part of the partnership; the open one has no end.</summary>
    public List<OrganisationTerm> Terms { get; } = [];
    public List<Membership> Memberships { get; } = [];

    public bool IsCurrent => Terms.Any(term => term.LeftOn is null);

    /// <summary>Begins a term unless one is open; leaving and coming back the same day is no break.</summary>
    public void Join(DateOnly day)
    {
        if (IsCurrent) return;
        if (Terms.Find(term => term.LeftOn == day) is { } ended) ended.LeftOn = null;
        else Terms.Add(new OrganisationTerm { JoinedOn = day });
    }

    /// <summary>Ends the open term, and with it the memberships of its people.</summary>
    public void Leave(DateOnly day)
    {
        foreach (var term in Terms.Where(term => term.LeftOn is null)) term.LeftOn = day;
        foreach (var membership in Memberships) membership.End(day);
    }
}

/// <summary>One unbroken time of an organisation in its partnership.</summary>
public sealed class OrganisationTerm
{
    public long Id { get; init; }
    public long OrganisationId { get; init; }
    public required DateOnly JoinedOn { get; init; }
    public DateOnly? LeftOn { get; set; }
}
