using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Meetings.Holding;

/// <summary>Agenda and minutes on paper.</summary>
[For(Role.Viewer)]
public sealed class MinutesModel(PartnershipAccess access, MeetingReader reader) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public MeetingView View { get; private set; } = null!;
    public IReadOnlyList<string> Writers => [.. View.Items.SelectMany(i => i.Notes).Select(n => n.Who).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)];

    public async Task<IActionResult> OnGetAsync(long meetingId)
    {
        Standing = await access.RequiredAsync();
        View = (await reader.ReadAsync(Standing, meetingId))!;
        return View is null ? NotFound() : Page();
    }
}
