using Colead.Storage;

namespace Colead.Parts.Partnerships.Lists;

/// <summary>
/// One person on the list of one organisation, with who wrote what of it and who confirmed it. An entry has two parts: name and address,
/// and that the person belongs here. What a coordinator wrote is for a lead of the organisation to confirm, anything else for a
/// coordinator; never by who wrote it.
/// </summary>
public sealed record ListEntry(long MembershipId, long PersonId, long OrganisationId, string Name, string NameKey, string? Email,
    string? EmailKey, Level Level, DateOnly JoinedOn,
    Writer EnteredBy, Writer PlacedBy, Confirmation? ByCoordinator, Confirmation? ByLead)
{
    /// <summary>Those who are on a list now.</summary>
    public static IQueryable<ListEntry> Of(ColeadDb db, long partnershipId, long? organisationId = null) =>
        db.Set<Membership>().Where(m => m.LeftOn == null && m.Organisation!.PartnershipId == partnershipId
            && (organisationId == null || m.OrganisationId == organisationId))
            .OrderBy(m => m.JoinedOn).ThenBy(m => m.Id)
            .Select(m => new ListEntry(m.Id, m.PersonId, m.OrganisationId, m.Person!.Name, m.Person.NameKey, m.Person.Email,
                m.Person.EmailKey, m.Level, m.JoinedOn,
                m.Person.EnteredBy, m.PlacedBy, m.ByCoordinator, m.ByLead));

    private readonly byte[] hash = Confirmation.HashOf(Name, EmailKey, OrganisationId);

    public byte[] Hash => hash;

    public bool LacksCoordinator => Parts.Any(part => !part.AsCoordinator && !IsCovered(part));
    public bool LacksLead => Parts.Any(part => part.AsCoordinator && !IsCovered(part));
    /// <summary>Confirmed once, and given another name or address since.</summary>
    public bool HasChanged => (ByCoordinator ?? ByLead) is { } confirmed && !confirmed.Hash.AsSpan().SequenceEqual(Hash);

    /// <summary>Whether there is something here that this person may confirm, and nobody has.</summary>
    public bool Awaits(Standing by) =>
        by.Manages(OrganisationId) && Parts.Any(part => part.AsCoordinator != by.IsCoordinator && part.AccountId != by.AccountId
            && !IsCovered(part));

    private IEnumerable<Writer> Parts => [EnteredBy, PlacedBy];

    private bool IsCovered(Writer part) => (part.AsCoordinator ? ByLead : ByCoordinator)?.Covers(part, Hash) == true;
}
