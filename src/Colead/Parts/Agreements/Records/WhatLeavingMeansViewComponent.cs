using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Records;

/// <summary>
/// What it means when an organisation leaves: duties of the law that stay with it, terms of leaving that were agreed, data it shares.
/// </summary>
public sealed class WhatLeavingMeansViewComponent(ColeadDb db, PartnershipAccess access, AgreementOperations document,
    RecordOperations records) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(long organisationId)
    {
        var standing = await access.RequiredAsync();
        var duties = await records.Duties(standing).Where(d => d.Holders.Any(h => h.OrganisationId == organisationId)).OrderBy(d => d.Id)
            .Select(d => new Duty(d.Name, d.Text)).ToListAsync();
        var newest = await document.Versions(standing).OrderByDescending(v => v.Number).Select(v => new { v.Number, v.Id })
            .FirstOrDefaultAsync();
        var terms = newest is null ? null : await db.Set<AgreementVersionSection>()
            .Where(s => s.AgreementVersionId == newest.Id && s.Key == AgreementSections.LeavingKey).Select(s => s.Text)
            .FirstOrDefaultAsync();
        var sharings = await records.DataSharings(standing).Where(d => d.Parties.Any(p => p.OrganisationId == organisationId))
            .OrderBy(d => d.Id).Select(d => d.Purpose).ToListAsync();
        var means = new WhatLeavingMeans(standing.PartnershipId, duties, newest?.Number, string.IsNullOrEmpty(terms) ? null : terms,
            sharings);
        return means.IsNothing ? Content("") : View("/Parts/Agreements/Records/Leaving.cshtml", means);
    }

    public sealed record Duty(string Name, string Text);
}

public sealed record WhatLeavingMeans(long PartnershipId, IReadOnlyList<WhatLeavingMeansViewComponent.Duty> Duties, int? Number,
    string? Terms, IReadOnlyList<string> Sharings)
{
    public bool IsNothing => Duties.Count == 0 && Terms is null && Sharings.Count == 0;
}
