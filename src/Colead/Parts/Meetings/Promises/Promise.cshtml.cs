using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Partnerships;
using Colead.Storage.Live;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Promises;

/// <summary>Writes down what somebody promises in a meeting: an action, in three lines.</summary>
[For(Role.Member)]
public sealed class PromiseModel(PartnershipAccess access, MeetingOperations plans, ActionOperations actions, LiveChanges live,
    TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public string? DueOn { get; set; }

    [BindProperty]
    public string? About { get; set; }

    [BindProperty]
    public string? FormKey { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<Choice> Organisations { get; private set; } = [];
    /// <summary>Items of the agenda that belong to a thread.</summary>
    public IReadOnlyList<Choice> Items { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long meetingId)
    {
        if (!await LoadAsync(meetingId)) return NotFound();
        FormKey = Colead.Kit.Forms.FormKey.New();
        DueOn = Typed.Write(clock.Today().AddDays(28));
        if (Organisations.Count == 1) Organisation = Organisations[0].Value;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long meetingId)
    {
        if (!await LoadAsync(meetingId)) return NotFound();
        var title = Typed.Line(ModelState, nameof(Title), Title, PlannedAction.TitleLength, missing: "Say what is promised");
        var organisation = Typed.Chosen(ModelState, nameof(Organisation), Organisation, Organisations);
        if (string.IsNullOrEmpty(Organisation)) ModelState.AddModelError(nameof(Organisation), "Choose whose it is");
        var due = Typed.Day(ModelState, nameof(DueOn), DueOn, missing: "Say until when");
        if (!ModelState.IsValid) return Page();
        var thread = Meeting.Items.Find(i => i.Id.ToString(CultureInfo.InvariantCulture) == About)?.ThreadId;
        await actions.CreateAsync(Standing, new(title, "", organisation!.Value, null, due!.Value, thread, null, ActionNature.Transactional,
            "", MeetingId: meetingId), Colead.Kit.Forms.FormKey.Of(FormKey));
        await live.AnnounceAsync(MeetingsPart.Topic(meetingId));
        this.Say("It is written down among the actions.");
        return Redirect(MeetingsLinks.Meeting(Standing.PartnershipId, meetingId) + "#made");
    }

    private async Task<bool> LoadAsync(long meetingId)
    {
        Standing = await access.RequiredAsync();
        Organisations = await actions.OrganisationsAsync(Standing, null);
        if (Organisations.Count == 0 || await plans.Of(Standing).AsNoTracking().Include(m => m.Items)
            .FirstOrDefaultAsync(m => m.Id == meetingId && m.State != MeetingState.Cancelled) is not { } meeting) return false;
        Meeting = meeting;
        Items = [.. meeting.Items.Where(i => i.ThreadId is not null && i.State != ItemState.Withdrawn).OrderBy(i => i.Position)
            .Select(i => new Choice(i.Id.ToString(CultureInfo.InvariantCulture), i.Title))];
        return true;
    }
}
