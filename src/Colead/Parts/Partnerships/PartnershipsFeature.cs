using Colead.Composition;
using Colead.Data.Partnerships;
using Colead.Parts.Accounts;
using Colead.Parts.Partnerships.Lists;
using Colead.Parts.Partnerships.Rosters;
using Colead.Parts.Partnerships.Teams;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Colead.Parts.Partnerships;

/// <summary>Partnerships, their organisations and people, and who may do what.</summary>
public static class PartnershipsFeature
{
    public const string ViewerPolicy = "in the partnership";
    public const string MemberPolicy = "member, lead or coordinator";
    public const string LeadPolicy = "lead or coordinator";
    public const string CoordinatorPolicy = "coordinator";

    private static readonly string[] ForAll = ["Overview", "Organisations", "Organisation"];
    private static readonly string[] ForLeads = ["People", "Person", "AddPerson", "ImportScreen", "PreviewScreen", "RosterFile", "Lists"];
    private static readonly string[] ForCoordinators = ["Edit", "OrganisationForm", "EditOrganisation", "TeamScreen", "TrailScreen"];

    public static IServiceCollection AddPartnerships(this IServiceCollection services)
    {
        services.AddScoped<PartnershipAccess>().AddScoped<TeamOperations>().AddScoped<RosterOperations>().AddScoped<ConfirmedLists>().AddScoped<ListOperations>();
        services.AddScoped<IAuthorizationHandler, RoleHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(ViewerPolicy, policy => policy.RequireAuthenticatedUser().AddRequirements(new RoleRequirement(Role.Viewer)))
            .AddPolicy(MemberPolicy, policy => policy.RequireAuthenticatedUser().AddRequirements(new RoleRequirement(Role.Member)))
            .AddPolicy(LeadPolicy, policy => policy.RequireAuthenticatedUser().AddRequirements(new RoleRequirement(Role.Lead)))
            .AddPolicy(CoordinatorPolicy, policy => policy.RequireAuthenticatedUser().AddRequirements(new RoleRequirement(Role.Coordinator)));
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            conventions.AuthorizeFolder("/Partnerships/All", Policies.SignedIn);
            conventions.AuthorizeFolder("/Partnerships/Create", Policies.Operator);
            conventions.AllowAnonymousToFolder("/Partnerships/Invitation");
            conventions.AddFolderApplicationModelConvention("/Partnerships/Invitation", page => page.EndpointMetadata.Add(new EnableRateLimitingAttribute(Limits.Attempts)));
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Partnerships/{screen}", ViewerPolicy);
            foreach (var screen in ForLeads) conventions.AuthorizeFolder($"/Partnerships/{screen}", LeadPolicy);
            foreach (var screen in ForCoordinators) conventions.AuthorizeFolder($"/Partnerships/{screen}", CoordinatorPolicy);
        });
        return services;
    }
}
