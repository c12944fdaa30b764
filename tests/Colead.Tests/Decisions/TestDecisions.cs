using Colead.Kit.Forms;
using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Decisions;

/// <summary>Proposals for tests, made in the database or through the services.</summary>
internal static class TestDecisions
{
    /// <summary>More organisations than the three that a partnership has, each with a lead where asked for.</summary>
    public static async Task<IReadOnlyList<Organisation>> MoreOrganisationsAsync(this TestApp app, TestPartnership partnership, int many)
    {
        var added = Enumerable.Range(0, many)
            .Select(i => new Organisation { PartnershipId = partnership.Id, Name = $"Partner {i:000}", Sector = Sector.Voluntary })
            .ToList();
        foreach (var organisation in added) organisation.Join(new DateOnly(2026, 1, 5));
        await app.SaveAsync(db => db.Set<Organisation>().AddRange(added));
        return [.. partnership.Organisations, .. added];
    }

    public static async Task<Visitor> LeadOfAsync(this TestApp app, TestPartnership partnership, long organisationId,
        string name = "Second Lead")
    {
        var account = await app.AccountAsync(name: name);
        await app.SaveAsync(db => db.Set<RoleGrant>().Add(new RoleGrant { PartnershipId = partnership.Id, AccountId = account.Id,
            Role = Role.Lead, OrganisationId = organisationId, GrantedAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(-1) }));
        return await app.SignedInAsync(account);
    }

    public static Standing As(this TestPartnership partnership, Role role, long? organisationId = null) =>
        new(partnership.Id, partnership.Name, partnership.Account(role).Id, partnership.Account(role).Name, role, organisationId);

    public static async Task<Proposal> ProposalAsync(this TestApp app, TestPartnership partnership,
        DecisionMethod method = DecisionMethod.YesNo, bool open = true, bool secret = false, string[]? options = null, Func<VotingRules,
        VotingRules>? rules = null)
    {
        var set = new VotingRules(method, PassAt.MoreThanHalf, 0, 3, 5, secret);
        var id = await app.WithAsync<ProposalOperations, long>(p => p.ProposeAsync(partnership.As(Role.Member), new("Share one van",
            "We buy one van together.", options ?? (method is DecisionMethod.Consent or DecisionMethod.YesNo ? [] : ["North", "South",
                "West"])), rules?.Invoke(set) ?? set, new(), FormKey.New()));
        if (open) Assert.True(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(id, partnership.As(Role.Coordinator))));
        return await app.FindAsync(id);
    }

    public static Task<Proposal> FindAsync(this TestApp app, long id) =>
        app.DbAsync(db => db.Set<Proposal>().AsNoTracking().SingleAsync(p => p.Id == id));

    public static async Task<T> WithAsync<TService, T>(this TestApp app, Func<TService, Task<T>> act) where TService : notnull
    {
        using var scope = app.Services.CreateScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public static Task<Cast> VoteAsync(this TestApp app, TestPartnership partnership, Proposal proposal, long organisationId,
        params int?[] marks) =>
        app.WithAsync<BallotOperations, Cast>(b => proposal.Secret
            ? b.VoteSecretlyAsync(proposal, organisationId, new(marks, ""), by: null)
            : b.VoteAsync(partnership.As(Role.Lead, organisationId), proposal, organisationId, new(marks, marks is [0] ? "A reason" : ""),
                VoteWay.Delegate));

    public static Task<bool> CloseAsync(this TestApp app, TestPartnership partnership, Proposal proposal) =>
        app.WithAsync<BallotOperations, bool>(b => b.CloseAsync(proposal.Id, partnership.As(Role.Coordinator)));
}
