using System.Globalization;
using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Holding;

/// <summary>A meeting's own page: before it the agenda, during it the minutes that several type, afterwards what was said.</summary>
[For(Role.Viewer)]
public sealed class MeetingModel(PartnershipAccess access, MeetingOperations plans, MeetingReader reader, AgendaOperations agenda,
    MinutesOperations minutes, TimeProvider clock) : PageModel
{
    /// <summary>Note forms stand open from shortly before the meeting.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(30);

    public Standing Standing { get; private set; } = null!;
    public MeetingView View { get; private set; } = null!;
    public IReadOnlyList<NamedOrganisation> Organisations { get; private set; } = [];
    /// <summary>What earlier meetings did not reach and this one could take over.</summary>
    public IReadOnlyList<string> LeftOver { get; private set; } = [];
    /// <summary>A note that could not be kept, as it was typed.</summary>
    public (long Item, string Text, long? Spoke)? Refused { get; private set; }

    /// <summary>A note that came when the meeting had just been ended.</summary>
    public string? TooLate { get; private set; }

    public bool Runs => MeetingOperations.Runs(Standing, View.ChairOrganisationId);
    public bool MayPutOn => View.State == MeetingState.Planned && Standing.TakesPart;
    public bool MayWrite => MinutesOperations.MayAdd(Standing, View.State, View.ChairOrganisationId);
    public bool MayRecordAttendance => MayWrite;
    public bool IsNow => View.State == MeetingState.Planned && View.StartsAt - Early <= clock.Now();
    public bool MayInvite => Standing.SeesPeople && View.State == MeetingState.Planned && plans.SendsMail
        && (View.InvitedSequence is not { } sent || sent < View.CalendarSequence);

    public string Address => MeetingsLinks.Meeting(Standing.PartnershipId, View.Id);

    public bool MayCorrect(NoteView note) => MinutesOperations.MayCorrect(Standing, View.State, View.ChairOrganisationId, note.AccountId);

    public async Task<IActionResult> OnGetAsync(long meetingId) => await ShowAsync(meetingId) ? Page() : NotFound();

    public async Task<IActionResult> OnPostNoteAsync(long meetingId, long item, string? text, long? spoke, string? key)
    {
        if (!await ShowAsync(meetingId)) return NotFound();
        if (!MayWrite && Standing.TakesPart && View.State == MeetingState.Ended)
        {
            TooLate = text;
            return this.Differs();
        }
        if (!MayWrite) return NotFound();
        if (await agenda.Of(Standing).FirstOrDefaultAsync(i => i.Id == item && i.MeetingId == meetingId
            && i.State != ItemState.Withdrawn) is not { } found) return NotFound();
        var note = text?.ReplaceLineEndings("\n").Trim() ?? "";
        var field = string.Create(CultureInfo.InvariantCulture, $"note-{item}");
        if (note.Length > MeetingNote.TextLength) ModelState.AddModelError(field, "Enter at most 2,000 characters, or write two notes");
        else if (spoke is { } id && Organisations.All(o => o.Id != id)) ModelState.AddModelError(field, "Choose one of the organisations");
        else if (note.Length == 0 && spoke is null) ModelState.AddModelError(field, "Write something, or say who spoke");
        if (!ModelState.IsValid)
        {
            Refused = (item, note, spoke);
            return Page();
        }
        await minutes.AddAsync(Standing, found, note, spoke, FormKey.Of(key));
        return Redirect($"{Address}#{field}");
    }

    public async Task<IActionResult> OnPostMoveAsync(long meetingId, long item, long above)
    {
        if (!await ShowAsync(meetingId) || !MayPutOn || !await agenda.MoveAsync(Standing, meetingId, item, above)) return NotFound();
        return Redirect(Address + "#agenda");
    }

    public async Task<IActionResult> OnPostCarryAsync(long meetingId)
    {
        if (!await ShowAsync(meetingId) || !MayPutOn) return NotFound();
        var count = await agenda.CarryOverAsync(Standing, await plans.Of(Standing).SingleAsync(m => m.Id == meetingId));
        this.Say(count == 0 ? "Nothing was left to carry over." : $"{Dates.Count(count, "item is", "items are")} carried over.");
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostInviteAsync(long meetingId)
    {
        if (!await ShowAsync(meetingId) || !Standing.SeesPeople || View.State != MeetingState.Planned) return NotFound();
        var count = await plans.InviteAsync(Standing, await plans.Of(Standing).SingleAsync(m => m.Id == meetingId));
        this.Say(count is null ? "Everyone knows already." : $"{Dates.Count(count.Value, "invitation is", "invitations are")} on the way.");
        return Redirect(Address);
    }

    private async Task<bool> ShowAsync(long meetingId)
    {
        Standing = await access.RequiredAsync();
        if (await reader.ReadAsync(Standing, meetingId) is not { } view) return false;
        View = view;
        if (MayWrite) Organisations = await plans.OrganisationsAsync(Standing);
        if (MayPutOn) LeftOver = await agenda.LeftOver(Standing, meetingId, View.StartsAt).OrderBy(i => i.Meeting!.StartsAt)
            .ThenBy(i => i.Position).ThenBy(i => i.Id).Select(i => i.Title).ToListAsync();
        return true;
    }
}
