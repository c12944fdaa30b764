using Colead.Kit.Forms;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Holding;

/// <summary>Who was there, organisation by organisation, on one page.</summary>
[For(Role.Member)]
public sealed class AttendanceModel(ColeadDb db, PartnershipAccess access, MeetingOperations plans,
    AttendanceOperations attendance) : PageModel
{
    [BindProperty]
    public List<Row> Rows { get; set; } = [];

    public Standing Standing { get; private set; } = null!;
    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<FieldClash> Differences { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long meetingId)
    {
        if (!await FindAsync(meetingId)) return NotFound();
        var known = await db.Set<MeetingAttendance>().AsNoTracking().Where(a => a.MeetingId == meetingId).Include(a => a.Organisation)
            .ToDictionaryAsync(a => a.OrganisationId);
        var organisations = (await plans.OrganisationsAsync(Standing))
            .Concat(known.Values.Select(a => new NamedOrganisation(a.OrganisationId, a.Organisation!.Name))).DistinctBy(o => o.Id);
        Rows = [.. organisations.Select(o => (o, Record: known.GetValueOrDefault(o.Id)))
            .Select(at => new Row { OrganisationId = at.o.Id, Organisation = at.o.Name, State = at.Record?.State, Names = at.Record?.Names,
                Version = AttendanceOperations.VersionOf(at.Record) })];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long meetingId)
    {
        if (!await FindAsync(meetingId)) return Over.Refused(this, Standing, Meeting, Rows.Select(row => row.Names));
        var names = await access.Organisations(Standing).ToDictionaryAsync(o => o.Id, o => o.Name);
        Rows.RemoveAll(row => !names.ContainsKey(row.OrganisationId));
        Rows = [.. Rows.DistinctBy(row => row.OrganisationId)];
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            (row.Organisation, row.Names) = (names[row.OrganisationId], ShortText.Tidy(row.Names) ?? "");
            if (row.Names.Length > MeetingAttendance.NamesLength) ModelState.AddModelError($"Rows[{i}].Names",
                "Enter at most 400 characters");
            else if (row.Names.Length > 0 && row.State is null) ModelState.AddModelError($"Rows[{i}].Names",
                $"Say whether {row.Organisation} was present");
        }
        if (!ModelState.IsValid) return Page();
        var clashes = await attendance.SaveAsync(Standing, Meeting,
            [.. Rows.Select(row => new SaidAttendance(row.OrganisationId, row.State, row.Names!, row.Version))]);
        if (clashes.Count > 0) return Differing(clashes);
        this.Say("Saved.");
        return Redirect(MeetingsLinks.Meeting(Standing.PartnershipId, meetingId));
    }

    private PageResult Differing(IReadOnlyList<MeetingAttendance> clashes)
    {
        var differences = new List<FieldClash>();
        foreach (var clash in clashes)
        {
            var row = Rows.Find(r => r.OrganisationId == clash.OrganisationId)!;
            differences.Add(new(row.Organisation, Words(clash.State, clash.Names), Words(row.State!.Value, row.Names!)));
            row.Version = AttendanceOperations.VersionOf(clash);
        }
        Differences = differences;
        return this.Differs();
    }

    private static string Words(AttendanceState state, string names) => names.Length == 0 ? MeetingWords.Say(state)
        : $"{MeetingWords.Say(state)}: {names}";

    private async Task<bool> FindAsync(long meetingId)
    {
        Standing = await access.RequiredAsync();
        Meeting = (await plans.Of(Standing).FirstOrDefaultAsync(m => m.Id == meetingId))!;
        return Meeting is not null && (Meeting.State == MeetingState.Planned || (Meeting.State == MeetingState.Ended
            && MeetingOperations.Runs(Standing, Meeting.ChairOrganisationId)));
    }

    public sealed class Row
    {
        public long OrganisationId { get; set; }
        public string Organisation { get; set; } = "";
        public AttendanceState? State { get; set; }
        public string? Names { get; set; }
        public int Version { get; set; }
    }
}
