using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Agendas;

[For(Role.Member)]
public sealed class NewItemModel(ColeadDb db, PartnershipAccess access, MeetingOperations plans, AgendaOperations agenda) : ItemForm(db,
    access, plans)
{
    [BindProperty]
    public string? Key { get; set; }

    public async Task<IActionResult> OnGetAsync(long meetingId, long? thread)
    {
        if (!await FindMeetingAsync(meetingId) || Meeting.State != MeetingState.Planned) return NotFound();
        Key = FormKey.New();
        Minutes = "10";
        if (!Standing.IsCoordinator) (Owner, OwnerOrganisation) = (Standing.AccountName, Standing.OrganisationId);
        if (thread is not null && await Db.Set<GoldenThread>().Where(t => t.Id == thread && t.PartnershipId == Standing.PartnershipId)
            .Select(t => t.Title).FirstOrDefaultAsync() is { } about) (ThreadId, Title) = (thread, about);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long meetingId)
    {
        if (!await FindMeetingAsync(meetingId) || Meeting.State != MeetingState.Planned) return Over.Refused(this, Standing, Meeting,
            Title, About);
        if (Typed() is not { } wanted) return Page();
        await agenda.AddAsync(Standing, Meeting, wanted, FormKey.Of(Key));
        this.Say("It is on the agenda.");
        return Redirect(Back);
    }
}
