using Colead.Storage;
using Colead.Storage.Accounts;

namespace Colead.Parts.Partnerships;

/// <summary>What an account may do in a partnership; one at a time.</summary>
public sealed class RoleGrant
{
    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public long AccountId { get; init; }
    public Account? Account { get; init; }
    public required Role Role { get; set; }
    /// <summary>The organisation a lead speaks for, or a member belongs to; absent for other roles, and for members of none.</summary>
    public long? OrganisationId { get; set; }
    public Organisation? Organisation { get; set; }
    /// <summary>Since when it is this role, for this organisation.</summary>
    public required DateTime GrantedAt { get; set; }
}

/// <summary>Who holds a role.</summary>
public static class RolesHeld
{
    /// <summary>Roles that hold: not those for an organisation that has left. Whoever asks who may do something begins here.</summary>
    public static IQueryable<RoleGrant> RolesNow(this ColeadDb db) =>
        db.Set<RoleGrant>().Where(g => g.OrganisationId == null || g.Organisation!.Terms.Any(t => t.LeftOn == null));
}

/// <summary>An invitation to take a role. Whoever holds the link and signs in, or makes an account, takes it once.</summary>
public sealed class RoleInvitation
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public long Id { get; init; }
    public long PartnershipId { get; init; }
    public Partnership? Partnership { get; init; }
    public required string Email { get; init; }
    public required Role Role { get; init; }
    public long? OrganisationId { get; init; }
    public Organisation? Organisation { get; init; }
    /// <summary>SHA-256 of the link's secret: the database alone opens nothing.</summary>
    public required byte[] SecretHash { get; set; }
    public required DateTime InvitedAt { get; set; }
    public DateTime? TakenAt { get; private set; }
    public DateTime? WithdrawnAt { get; private set; }

    public DateTime ExpiresAt => InvitedAt + Lifetime;
    public bool IsOpen(DateTime now) => TakenAt is null && WithdrawnAt is null && now < ExpiresAt;
    public void Withdraw(DateTime now) => WithdrawnAt ??= now;
}
