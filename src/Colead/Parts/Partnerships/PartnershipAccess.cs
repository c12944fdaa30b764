using System.Globalization;
using Colead.Kit.Texts;
using Colead.Parts.Accounts;
using Colead.Storage;
using Colead.Storage.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships;

/// <summary>Where the signed-in person stands in a partnership.</summary>
public sealed record Standing(long PartnershipId, string PartnershipName, long AccountId, string AccountName, Role Role,
    long? OrganisationId)
{
    public PartnershipKind Kind { get; init; }
    /// <summary>
    /// When the organisation left that this person is here for. From that day on they can do nothing, and read only what was published
    /// before: a role holds while what it rests on holds.
    /// </summary>
    public DateOnly? LeftOn { get; init; }
    public bool Holds => LeftOn is null;
    public bool IsCoordinator => Role == Role.Coordinator && Holds;
    public bool IsLead => Role == Role.Lead && OrganisationId is not null && Holds;
    /// <summary>Members take part; viewers read.</summary>
    public bool TakesPart => Role >= Role.Member && Holds;
    /// <summary>Whose hand it is when this person writes on a list.</summary>
    public Writer Writer => new(AccountId, IsCoordinator);
    public bool SeesPeople => IsCoordinator || IsLead;

    /// <summary>Coordinators look after everyone, leads after their own organisation.</summary>
    public bool Manages(long organisationId) => IsCoordinator || (IsLead && OrganisationId == organisationId);
}

/// <summary>What the signed-in person may see. Every lookup of this part starts here.</summary>
public sealed class PartnershipAccess(Lazy<ColeadDb> db, CurrentAccount current, IHttpContextAccessor http, TimeProvider clock)
{
    private readonly Dictionary<long, Standing?> known = [];

    /// <summary>The standing in the partnership of the page's address; null when there is none, or no such partnership.</summary>
    public async Task<Standing?> HereAsync() =>
        http.HttpContext?.GetRouteValue("partnershipId") is string text
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await InAsync(id) : null;

    /// <summary>The same, on pages whose policy asked for it already.</summary>
    public async Task<Standing> RequiredAsync() => await HereAsync()
        ?? throw new InvalidOperationException("A partnership's page without a partnership policy.");

    public async Task<Standing?> InAsync(long partnershipId)
    {
        if (known.TryGetValue(partnershipId, out var standing)) return standing;
        if (await current.ReadAsync() is { } account)
            standing = await db.Value.Set<RoleGrant>().Where(g => g.PartnershipId == partnershipId && g.AccountId == account.Id)
                .Select(g => new Standing(g.PartnershipId, g.Partnership!.Name, account.Id, account.Name, g.Role, g.OrganisationId) 
                {
                    Kind = g.Partnership.Kind,
                    LeftOn = g.Organisation!.Terms.Any(t => t.LeftOn == null) ? null : g.Organisation.Terms.Max(t => t.LeftOn),
                }).FirstOrDefaultAsync();
        return known[partnershipId] = standing;
    }

    public IQueryable<Organisation> Organisations(Standing standing) => db.Value.Set<Organisation>()
        .Where(o => o.PartnershipId == standing.PartnershipId);

    /// <summary>Organisations whose people this person looks after.</summary>
    public IQueryable<Organisation> ManagedOrganisations(Standing standing) =>
        standing.IsCoordinator ? Organisations(standing) : Organisations(standing)
            .Where(o => standing.IsLead && o.Id == standing.OrganisationId);

    /// <summary>People this person looks after: for a lead, those who are or were in the organisation.</summary>
    public IQueryable<Person> People(Standing standing)
    {
        var people = db.Value.Set<Person>().Where(p => p.PartnershipId == standing.PartnershipId);
        return standing.IsCoordinator ? people
            : people.Where(p => standing.IsLead && p.Memberships.Any(m => m.OrganisationId == standing.OrganisationId));
    }

    /// <summary>Writes into the audit trail, in the same save as what was done.</summary>
    public void Record(Standing standing, string act, string detail) => db.Value.AuditEntries.Add(Entry(standing, act, detail));

    /// <summary>For the audit trail, where what was done saves it.</summary>
    public AuditEntry Entry(Standing standing, string act, string detail) => new()
    {
        At = clock.Now(),
        AccountId = standing.AccountId,
        Who = standing.AccountName,
        PartnershipId = standing.PartnershipId,
        Act = act,
        Detail = detail.Length > AuditEntry.DetailLength ? detail[..AuditEntry.DetailLength] : detail,
    };
}

internal sealed record RoleRequirement(Role Least) : IAuthorizationRequirement;

internal sealed class RoleHandler(PartnershipAccess access) : AuthorizationHandler<RoleRequirement>
{
    /// <summary>A page says so itself, and a form of it is not meant.</summary>
    private static bool MayStillRead(AuthorizationHandlerContext context) => context.Resource is HttpContext http
        && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && http.GetEndpoint()?.Metadata.GetMetadata<ForAttribute>() is { LeaversToo: true };

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (await access.HereAsync() is { } standing && standing.Role >= requirement.Least && (standing.Holds || MayStillRead(context)))
            context.Succeed(requirement);
    }
}
