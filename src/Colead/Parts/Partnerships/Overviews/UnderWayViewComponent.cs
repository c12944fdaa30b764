using Microsoft.AspNetCore.Mvc;

namespace Colead.Parts.Partnerships.Overviews;

/// <summary>What goes on in the partnership, as its parts say.</summary>
public sealed class UnderWayViewComponent(PartnershipAccess access, IEnumerable<IUnderWay> parts) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var standing = await access.RequiredAsync();
        var lines = new List<UnderWayLine>();
        foreach (var part in parts.OrderBy(part => part.Place))
            if (await part.OfAsync(standing) is { } line) lines.Add(line);
        return lines.Count == 0 ? Content("") : View("/Parts/Partnerships/Overviews/UnderWay.cshtml", lines);
    }
}
