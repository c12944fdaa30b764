using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements.Document;

/// <summary>Reminds a partnership that has no agreement, or should look at it again.</summary>
public sealed class AgreementNudgeViewComponent(ColeadDb db, PartnershipAccess access, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var standing = await access.RequiredAsync();
        var today = clock.Today();
        var agreement = await db.Set<Agreement>().Where(a => a.PartnershipId == standing.PartnershipId)
            .Select(a => new { Any = a.Versions.Any(), Due = a.ReviewOn <= today, Written = a.Sections.Any(s => s.Text != "") })
            .FirstOrDefaultAsync();
        return agreement is { Any: true, Due: false } ? Content("") : View("/Parts/Agreements/Document/Nudge.cshtml", new Nudge(standing,
            agreement?.Any == true, agreement?.Written == true));
    }
}

/// <param name="Review">Whether there is an agreement, and it is time to look at it again.</param>
/// <param name="Begun">Whether a draft has been begun.</param>
public sealed record Nudge(Standing Standing, bool Review, bool Begun);
