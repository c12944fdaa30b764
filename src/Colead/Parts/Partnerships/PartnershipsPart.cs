using Colead.Composition;
using Colead.Parts.Partnerships.Lists;
using Colead.Parts.Partnerships.Overviews;
using Colead.Parts.Partnerships.Partners;
using Colead.Parts.Partnerships.Rosters;
using Colead.Parts.Partnerships.Teams;
using Microsoft.AspNetCore.Authorization;

namespace Colead.Parts.Partnerships;

/// <summary>Partnerships, their organisations and people, and who may do what.</summary>
public sealed class PartnershipsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing)
    {
        var id = standing.PartnershipId;
        List<MenuEntry> menu = [new(MenuSection.Partners, 10, "Organisations", PartnershipsLinks.Organisations(id))];
        if (standing.SeesPeople) menu.Add(new(MenuSection.Partners, 20, "People", PartnershipsLinks.People(id),
            PartnershipsLinks.Import(id)));
        if (standing.IsCoordinator) menu.Add(new(MenuSection.Partners, 30, "Team", PartnershipsLinks.Team(id)));
        return menu;
    }

    public override void AddTo(IServiceCollection services)
    {
        services.AddScoped<PartnershipAccess>().AddScoped<TeamOperations>().AddScoped<RosterOperations>().AddScoped<ConfirmedLists>()
            .AddScoped<ListOperations>().AddScoped<MergeOperations>();
        services.AddScoped<IAuthorizationHandler, RoleHandler>();
        services.AddScoped<IHere, ReaderHere>().Fill<OverviewSlot, UnderWayViewComponent>(30);
        var policies = services.AddAuthorizationBuilder();
        foreach (var role in Enum.GetValues<Role>())
            policies.AddPolicy(RolePolicies.Of(role), policy => policy.RequireAuthenticatedUser()
                .AddRequirements(new RoleRequirement(role)));
    }
}
