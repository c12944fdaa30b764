using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Agendas;

/// <summary>One item of an agenda. Who belongs to an organisation puts things on for it; the coordinator says whose wish it is.</summary>
public abstract class ItemForm(ColeadDb db, PartnershipAccess access, MeetingOperations plans) : PageModel
{
    private List<NamedOrganisation> organisations = [];
    private List<Choice> threads = [];

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? About { get; set; }

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public long? OwnerOrganisation { get; set; }

    [BindProperty]
    public string? Minutes { get; set; }

    [BindProperty]
    public long? ThreadId { get; set; }

    [BindProperty]
    public long? PutOnBy { get; set; }

    public Standing Standing { get; private set; } = null!;
    public Meeting Meeting { get; private set; } = null!;
    public string Back => MeetingsLinks.Meeting(Standing.PartnershipId, Meeting.Id);
    public IReadOnlyList<Choice> Organisations => [.. organisations.Select(o => new Choice(o.Id.ToString(CultureInfo.InvariantCulture),
        o.Name))];
    public IReadOnlyList<Choice> Threads => threads;
    /// <summary>Others put on for their own organisation.</summary>
    public bool ChoosesWhoPutOn => Standing.IsCoordinator || Standing.OrganisationId is null;

    protected ColeadDb Db => db;

    /// <summary>The meeting, where its agenda can still be changed by this person.</summary>
    protected async Task<bool> FindMeetingAsync(long meetingId)
    {
        Standing = await access.RequiredAsync();
        Meeting = (await plans.Of(Standing).FirstOrDefaultAsync(m => m.Id == meetingId))!;
        if (Meeting is null || !(Meeting.State == MeetingState.Planned || (Meeting.State == MeetingState.Ended
            && MeetingOperations.Runs(Standing, Meeting.ChairOrganisationId)))) return false;
        organisations = await plans.OrganisationsAsync(Standing);
        threads = await db.Set<GoldenThread>().Where(t => t.PartnershipId == Standing.PartnershipId
            && (t.EndedAt == null || t.Id == ThreadId)).OrderBy(t => t.Title).ThenBy(t => t.Id)
            .Select(t => new { t.Id, t.Title }).AsAsyncEnumerable()
                .Select(t => new Choice(t.Id.ToString(CultureInfo.InvariantCulture), t.Title)).ToListAsync();
        return true;
    }

    /// <summary>What was typed, or null with what is wrong beside its field.</summary>
    /// <param name="before">As it was, when it is changed: what stood there already may stay.</param>
    protected WantedItem? Typed(AgendaItem? before = null)
    {
        var (title, about, owner) = (ShortText.Tidy(Title), About?.ReplaceLineEndings("\n").Trim() ?? "", ShortText.Tidy(Owner) ?? "");
        if (title is null) ModelState.AddModelError(nameof(Title), "Say what it is about");
        else if (title.Length > AgendaItem.TitleLength) ModelState.AddModelError(nameof(Title), "Enter at most 200 characters");
        if (about.Length > AgendaItem.AboutLength) ModelState.AddModelError(nameof(About), "Enter at most 1,000 characters");
        if (owner.Length > Person.NameLength) ModelState.AddModelError(nameof(Owner), "Enter a shorter name");
        if (!int.TryParse(Minutes?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || minutes is < 1 or > AgendaItem.MostMinutes) ModelState.AddModelError(nameof(Minutes), "Enter minutes, such as 15");
        if (!IsOurs(OwnerOrganisation, before?.OwnerOrganisationId)) ModelState.AddModelError(nameof(OwnerOrganisation),
            "Choose one of the organisations");
        if (ChoosesWhoPutOn && !IsOurs(PutOnBy, before?.PutOnByOrganisationId)) ModelState.AddModelError(nameof(PutOnBy),
            "Choose one of the organisations");
        if (ThreadId is { } thread && thread != before?.ThreadId
            && threads.TrueForAll(t =>
            t.Value != thread.ToString(CultureInfo.InvariantCulture))) ModelState.AddModelError(nameof(ThreadId),
            "Choose one of the threads");
        if (!ModelState.IsValid) return null;
        var putOnBy = ChoosesWhoPutOn ? PutOnBy : before is null ? Standing.OrganisationId : before.PutOnByOrganisationId;
        return new(title!, about, owner, OwnerOrganisation, minutes, ThreadId, putOnBy);
    }

    protected string? NameOf(long? id) => id is null ? null : organisations.Find(o => o.Id == id)?.Name ?? "an organisation that left";

    private bool IsOurs(long? id, long? before) => id is null || id == before || organisations.Exists(o => o.Id == id);
}
