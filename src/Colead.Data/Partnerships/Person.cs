namespace Colead.Data.Partnerships;

/// <summary>Someone on the partnership's roster. Not an account: people on the roster need none.</summary>
public sealed class Person : Versioned
{
    public const int NameLength = 120;
    public const int TitleLength = 120;

    private string name = "";
    private string? email;

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Name { get => name; set { name = value; NameKey = ShortText.Key(value); } }
    public string NameKey { get; private set; } = "";
    /// <summary>Absent when the partner hands over no address; such people get letters.</summary>
    public required string? Email { get => email; set { email = value; EmailKey = value is null ? null : EmailAddress.Key(value); } }
    /// <summary>The address as it is looked up; unique within the partnership.</summary>
    public string? EmailKey { get; private set; }
    /// <summary>Where they belong and belonged. More than one may be open: some people serve two organisations.</summary>
    public List<Membership> Memberships { get; } = [];

    public IEnumerable<Membership> Current => Memberships.Where(membership => membership.LeftOn is null);

    /// <summary>
    /// Puts the person at a level of an organisation from a day on. A change of level ends the old membership and begins a new one, so that
    /// history stays; what began the same day is put right in place. Returns whether anything changed.
    /// </summary>
    public bool PlaceIn(Organisation organisation, Level level, DateOnly day)
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
        });
        return true;
    }
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

    public bool IsIn(Organisation organisation) =>
        Organisation is not null ? ReferenceEquals(Organisation, organisation) : OrganisationId == organisation.Id;

    public void End(DateOnly day) => LeftOn ??= day;
}
