using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Holding;

/// <summary>Corrects one note; everyone sees that and what it said.</summary>
[For(Role.Member)]
public sealed class NoteModel(PartnershipAccess access, MeetingOperations plans, MinutesOperations minutes) : PageModel
{
    private List<NamedOrganisation> organisations = [];

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public long? Spoke { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public Standing Standing { get; private set; } = null!;
    public MeetingNote Note { get; private set; } = null!;
    public Meeting Meeting => Note.Item!.Meeting!;
    public IReadOnlyList<Choice> Organisations => [.. organisations.Select(o => new Choice(o.Id.ToString(CultureInfo.InvariantCulture),
        o.Name))];
    public IReadOnlyList<FieldClash> Differences { get; private set; } = [];
    public string Back => string.Create(CultureInfo.InvariantCulture,
        $"{MeetingsLinks.Meeting(Standing.PartnershipId, Meeting.Id)}#item-{Note.ItemId}");

    public async Task<IActionResult> OnGetAsync(long meetingId, long noteId)
    {
        if (!await FindAsync(meetingId, noteId)) return NotFound();
        (Text, Spoke, Version) = (Note.Text, Note.SpokeOrganisationId, Note.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long meetingId, long noteId)
    {
        if (!await FindAsync(meetingId, noteId)) return Note?.AccountId == Standing.AccountId ? Over.Refused(this, Standing, Meeting, Text)
            : NotFound();
        var text = Text?.ReplaceLineEndings("\n").Trim() ?? "";
        if (text.Length > MeetingNote.TextLength) ModelState.AddModelError(nameof(Text),
            "Enter at most 2,000 characters, or write two notes");
        if (Spoke is { } spoke && spoke != Note.SpokeOrganisationId
            && !organisations.Exists(o => o.Id == spoke)) ModelState.AddModelError(nameof(Spoke), "Choose one of the organisations");
        if (!ModelState.IsValid) return Page();
        if (!await minutes.CorrectAsync(Standing, Note, text, Spoke, Version))
        {
            var now = await minutes.Of(Standing).AsNoTracking().SingleAsync(n => n.Id == noteId);
            Differences = FieldClash.Of(("Note", now.Text, text), ("Who spoke", NameOf(now.SpokeOrganisationId), NameOf(Spoke)));
            Version = now.Version;
            return this.Differs();
        }
        this.Say("The minutes are corrected.");
        return Redirect(Back);
    }

    private string? NameOf(long? id) => id is null ? null : organisations.Find(o => o.Id == id)?.Name ?? "an organisation that left";

    private async Task<bool> FindAsync(long meetingId, long noteId)
    {
        Standing = await access.RequiredAsync();
        Note = (await minutes.Of(Standing).Include(n => n.Item!.Meeting)
            .FirstOrDefaultAsync(n => n.Id == noteId && n.Item!.MeetingId == meetingId))!;
        organisations = await plans.OrganisationsAsync(Standing);
        return Note is not null && MinutesOperations.MayCorrect(Standing, Meeting.State, Meeting.ChairOrganisationId, Note.AccountId);
    }
}
