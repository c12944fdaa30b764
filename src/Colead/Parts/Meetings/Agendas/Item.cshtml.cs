using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Agendas;

[For(Role.Member)]
public sealed class ItemModel(ColeadDb db, PartnershipAccess access, MeetingOperations plans, AgendaOperations agenda) : ItemForm(db,
    access, plans)
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public ItemState? State { get; set; }

    public IReadOnlyList<FieldClash> Differences { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long meetingId, long itemId)
    {
        if (await FindAsync(meetingId, itemId) is not { } item) return NotFound();
        (Title, About, Owner, OwnerOrganisation, Minutes) = (item.Title, item.About, item.OwnerName, item.OwnerOrganisationId,
            item.Minutes.ToString(CultureInfo.InvariantCulture));
        (ThreadId, PutOnBy, State, Version) = (item.ThreadId, item.PutOnByOrganisationId, item.State, item.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long meetingId, long itemId)
    {
        if (await FindAsync(meetingId, itemId) is not { } item) return Over.Refused(this, Standing, Meeting, Title, About);
        if (State is null || !Enum.IsDefined(State.Value)) ModelState.AddModelError(nameof(State), "Say how far the meeting got");
        if (Typed(item) is not { } wanted) return Page();
        if (!await agenda.ChangeAsync(Standing, item, wanted, State!.Value, Version))
        {
            var now = await agenda.Of(Standing).AsNoTracking().SingleAsync(i => i.Id == itemId);
            Differences = FieldClash.Of(
                ("What it is about", now.Title, wanted.Title),
                ("What is wanted", now.About, wanted.About),
                ("Who brings it in", MeetingWords.Person(now.OwnerName, NameOf(now.OwnerOrganisationId)),
                    MeetingWords.Person(wanted.OwnerName, NameOf(wanted.OwnerOrganisationId))),
                ("Minutes", now.Minutes.ToString(CultureInfo.InvariantCulture), wanted.Minutes.ToString(CultureInfo.InvariantCulture)),
                ("Thread", ThreadName(now.ThreadId), ThreadName(wanted.ThreadId)),
                ("Whose wish", NameOf(now.PutOnByOrganisationId), NameOf(wanted.PutOnByOrganisationId)),
                ("How far", MeetingWords.Say(now.State), MeetingWords.Say(State.Value)));
            Version = now.Version;
            return this.Differs();
        }
        this.Say("Saved.");
        return Redirect(Back);
    }

    private string? ThreadName(long? id) => id is null ? null
        : Threads.FirstOrDefault(t => t.Value == id.Value.ToString(CultureInfo.InvariantCulture))?.Label;

    private async Task<AgendaItem?> FindAsync(long meetingId, long itemId)
    {
        if (!await FindMeetingAsync(meetingId)) return null;
        return await agenda.Of(Standing).FirstOrDefaultAsync(i => i.Id == itemId && i.MeetingId == meetingId);
    }
}
