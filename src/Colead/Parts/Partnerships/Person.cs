using Colead.Storage;

namespace Colead.Parts.Partnerships;

/// <summary>Someone on the partnership's roster. Not an account: people on the roster need none.</summary>
public sealed class Person : Versioned
{
    public const int NameLength = 120;
    public const int TitleLength = 120;

    private string name = "";
    private string? email;
    private Writer enteredBy;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Name { get => name; init => (name, NameKey) = (value, ShortText.Key(value)); }
    public string NameKey { get; private set; } = "";
    /// <summary>Absent when the partner hands over no address; such people get letters.</summary>
    public required string? Email { get => email; init => (email, EmailKey) = (value, KeyOf(value)); }
    /// <summary>The address as it is looked up; unique within the partnership.</summary>
    public string? EmailKey { get; private set; }
    /// <summary>Who entered the present name and address.</summary>
    public required Writer EnteredBy { get => enteredBy; init => enteredBy = value; }
    /// <summary>Where they belong and belonged. More than one may be open: some people serve two organisations.</summary>
    public List<Membership> Memberships { get; } = [];

    public IEnumerable<Membership> Current => Memberships.Where(membership => membership.LeftOn is null);

    /// <summary>
    /// Gives the person another name or address. Whoever does so has entered both, and what was confirmed before holds no more: at another
    /// address there may be another person. Returns whether anything changed.
    /// </summary>
    public bool Enter(string newName, string? newEmail, Writer by)
    {
        if (newName == name && newEmail == email) return false;
        (name, NameKey) = (newName, ShortText.Key(newName));
        (email, EmailKey) = (newEmail, KeyOf(newEmail));
        enteredBy = by;
        return true;
    }

    /// <summary>
    /// Puts the person at a level of an organisation from a day on. A change of level ends the old membership and begins a new one, so that
    /// history stays, and who placed and who confirmed them there go along; what began the same day is put right in place. Returns whether
    /// anything changed.
    /// </summary>
    public bool PlaceIn(Organisation organisation, Level level, DateOnly day, Writer by)
    {
        var open = Current.FirstOrDefault(membership => membership.IsIn(organisation));
        if (open is not null && open.Level == level) return false;
        if (open is not null && open.JoinedOn == day)
        {
            open.Level = level;
            return true;
        }
        open?.End(day);
        Memberships.Add(new Membership
        {
            Organisation = organisation,
            Level = level,
            JoinedOn = day,
            Title = open?.Title,
            TitleShown = open?.TitleShown ?? false,
            PlacedBy = open?.PlacedBy ?? by,
            ByCoordinator = open?.ByCoordinator,
            ByLead = open?.ByLead,
        });
        return true;
    }

    /// <summary>An address in the form that is compared.</summary>
    public static string? KeyOf(string? address) => address is null ? null : EmailAddress.Key(address);
}

/// <summary>One unbroken time of a person at one level of one organisation.</summary>
public sealed class Membership
{
    public long Id { get; init; }
    public long PersonId { get; init; }
    public Person? Person { get; init; }
    public long OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    public required Level Level { get; set; }
    /// <summary>Kept for the organisation itself; other partners see it only when <see cref="TitleShown"/>.</summary>
    public string? Title { get; set; }
    public bool TitleShown { get; set; }
    public required DateOnly JoinedOn { get; init; }
    public DateOnly? LeftOn { get; private set; }
    /// <summary>Who put the person into this organisation.</summary>
    public required Writer PlacedBy { get; init; }
    /// <summary>That a coordinator confirmed what somebody else wrote of this entry.</summary>
    public Confirmation? ByCoordinator { get; set; }
    /// <summary>That a lead of the organisation confirmed what a coordinator wrote of this entry.</summary>
    public Confirmation? ByLead { get; set; }

    public bool IsIn(Organisation organisation) =>
        Organisation is not null ? ReferenceEquals(Organisation, organisation) : OrganisationId == organisation.Id;

    public void End(DateOnly day) => LeftOn ??= day;
}
