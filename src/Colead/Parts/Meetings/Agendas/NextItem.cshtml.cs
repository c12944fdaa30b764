using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Agendas;

/// <summary>The agenda of the next meeting, with what it should be about: where a thread's "put it on the next agenda" leads.</summary>
[For(Role.Member)]
public sealed class NextItemModel(PartnershipAccess access, MeetingOperations plans, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long? thread)
    {
        var standing = await access.RequiredAsync();
        var now = clock.Now();
        var next = await plans.Of(standing).Where(m => m.State == MeetingState.Planned && m.EndsAt > now).OrderBy(m => m.StartsAt)
            .ThenBy(m => m.Id).Select(m => (long?)m.Id).FirstOrDefaultAsync();
        if (next is not null) return Redirect(MeetingsLinks.NewItem(standing.PartnershipId, next.Value, thread));
        this.Say(standing.SeesPeople ? "No meeting is planned yet. Plan one, and put it on its agenda."
            : "No meeting is planned yet. Ask the coordinator or your partner lead to plan one.");
        return Redirect(MeetingsLinks.Meetings(standing.PartnershipId));
    }
}
