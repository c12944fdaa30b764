using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Colead.Parts.Meetings;

/// <summary>A form that came when its meeting had just been ended or cancelled: whoever sent it is told, and can copy what they
/// typed.</summary>
public static class Over
{
    /// <param name="typed">What the form held, line by line.</param>
    public static IActionResult Refused(PageModel page, Standing standing, Meeting? meeting, params IEnumerable<string?> typed)
    {
        if (meeting is null || meeting.State == MeetingState.Planned || !standing.TakesPart) return page.NotFound();
        var ended = meeting.State == MeetingState.Ended;
        page.HttpContext.Features.Set(new Explained(ended ? "The meeting was ended" : "The meeting was cancelled",
            ended ? "What you sent came after that and is not kept. Whoever was in the chair, or the coordinator, can still add it."
                : "What you sent came after that and is not kept.",
            string.Join('\n', typed.Where(line => !string.IsNullOrWhiteSpace(line))),
                MeetingsLinks.Meeting(standing.PartnershipId, meeting.Id)));
        return page.StatusCode(StatusCodes.Status409Conflict);
    }
}
