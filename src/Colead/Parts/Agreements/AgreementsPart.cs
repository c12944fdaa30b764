using Colead.Composition;
using Colead.Parts.Agreements.Document;
using Colead.Parts.Agreements.Records;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Parts.Partnerships.Partners;

namespace Colead.Parts.Agreements;

/// <summary>The governing document with its versions and signatures, statutory duties, and records of shared data.</summary>
public sealed class AgreementsPart : PartnershipPart
{
    protected override IReadOnlyList<MenuEntry> Menu(Standing standing) =>
        [new(MenuSection.Agree, 40, "Agreement", AgreementsLinks.Agreement(standing.PartnershipId))];

    public override void AddTo(IServiceCollection services)
    {
        services.Fill<LeavingSlot, WhatLeavingMeansViewComponent>(10);
        services.Fill<OverviewSlot, AgreementNudgeViewComponent>(10);
        services.AddScoped<AgreementOperations>().AddScoped<RecordOperations>();
    }
}
