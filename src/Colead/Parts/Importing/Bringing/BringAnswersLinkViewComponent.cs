using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Importing.Bringing;

/// <summary>The way to bring answers, for the list of rounds.</summary>
public sealed class BringAnswersLinkViewComponent : ViewComponent
{
    public IViewComponentResult Invoke(long partnershipId) => View("/Parts/Importing/Bringing/BringAnswersLink.cshtml", partnershipId);
}
