using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Agreements;

/// <summary>The governing document with its versions and signatures, statutory duties, and records of shared data.</summary>
public static class AgreementsFeature
{
    private static readonly string[] ForAll = ["AgreementScreen", "DraftScreen", "VersionScreen", "Changes", "Duties", "DataSharingScreen"];
    private static readonly string[] ForCoordinators = ["Section", "EditDuty", "EditDataSharing"];

    public static IServiceCollection AddAgreements(this IServiceCollection services)
    {
        services.AddScoped<AgreementOperations>().AddScoped<RecordOperations>();
        services.Configure<RazorPagesOptions>(options =>
        {
            var conventions = options.Conventions;
            foreach (var screen in ForAll) conventions.AuthorizeFolder($"/Agreements/{screen}", PartnershipsFeature.ViewerPolicy);
            foreach (var screen in ForCoordinators) conventions.AuthorizeFolder($"/Agreements/{screen}", PartnershipsFeature.CoordinatorPolicy);
        });
        return services;
    }
}
