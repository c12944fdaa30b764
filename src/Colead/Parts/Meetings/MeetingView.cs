using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>A meeting as it is read: its page and its printed minutes show the same.</summary>
public sealed record MeetingView(
    long Id,
    string Title,
    string Place,
    DateTime StartsAt,
    DateTime EndsAt,
    MeetingState State,
    long? ChairOrganisationId,
    string? ChairOrganisation,
    string ChairName,
    DateTime? EndedAt,
    string? EndedBy,
    int CalendarSequence,
    int? InvitedSequence)
{
    public IReadOnlyList<ItemView> Items { get; init; } = [];
    public IReadOnlyList<AttendanceView> Attendance { get; init; } = [];
    /// <summary>Proposals made in it.</summary>
    public IReadOnlyList<DecisionView> Decisions { get; init; } = [];

    /// <summary>Those that are to be talked about, with the time at which their turn comes if all goes to plan.</summary>
    public IEnumerable<(ItemView Item, DateTime At)> Planned
    {
        get
        {
            var at = StartsAt;
            foreach (var item in Items.Where(i => i.State != ItemState.Withdrawn))
            {
                yield return (item, at);
                at = at.AddMinutes(item.Minutes);
            }
        }
    }

    public int PlannedMinutes => Items.Where(i => i.State != ItemState.Withdrawn).Sum(i => i.Minutes);
    public int Minutes => (int)(EndsAt - StartsAt).TotalMinutes;
    public string? Chair => MeetingWords.Person(ChairName, ChairOrganisation);

    public IEnumerable<AttendanceView> Of(AttendanceState state) => Attendance.Where(a => a.State == state);
}

public sealed record ItemView(
    long Id, string Title, string About, string OwnerName, string? OwnerOrganisation, string? OwnerTitle, int Minutes, ItemState State,
        long? ThreadId, string? Thread, string? PutOnByOrganisation, string PutOnBy, bool Carried)
{
    public IReadOnlyList<NoteView> Notes { get; init; } = [];

    /// <summary>Who brings it in; the title only where the partnership shows titles.</summary>
    public string? Owner => MeetingWords.Person(OwnerTitle is null ? OwnerName : $"{OwnerName} ({OwnerTitle})", OwnerOrganisation);
}

public sealed record NoteView(long Id, long ItemId, string Text, string? Spoke, long? AccountId, string Who, DateTime At,
    string? ChangedBy, DateTime? ChangedAt, bool TakenOut)
{
    public IReadOnlyList<FormerView> Former { get; init; } = [];
}

public sealed record DecisionView(long Id, string Title, string? By);

public sealed record FormerView(long NoteId, string Text, string? Spoke, string Who, DateTime At);

public sealed record AttendanceView(string Organisation, AttendanceState State, string Names);

/// <summary>Reads one meeting in a handful of questions, however long it was.</summary>
public sealed class MeetingReader(ColeadDb db, MeetingOperations plans)
{
    public async Task<MeetingView?> ReadAsync(Standing standing, long meetingId)
    {
        var meeting = await plans.Of(standing).Where(m => m.Id == meetingId).Select(m => new MeetingView(
            m.Id, m.Title, m.Place, m.StartsAt, m.EndsAt, m.State, m.ChairOrganisationId, m.ChairOrganisation!.Name, m.ChairName,
                m.EndedAt, m.EndedBy, m.CalendarSequence, m.InvitedSequence)).FirstOrDefaultAsync();
        if (meeting is null) return null;
        var attendance = await db.Set<MeetingAttendance>().Where(a => a.MeetingId == meetingId).OrderBy(a => a.Organisation!.NameKey)
            .Select(a => new { a.OrganisationId, a.Organisation!.Name, a.State, a.Names }).ToListAsync();
        var items = await db.Set<AgendaItem>().Where(i => i.MeetingId == meetingId).OrderBy(i => i.Position).ThenBy(i => i.Id)
            .Select(i => new { i.OwnerOrganisationId, View = new ItemView(i.Id, i.Title, i.About, i.OwnerName, i.OwnerOrganisation!.Name,
                null, i.Minutes, i.State, i.ThreadId, i.Thread!.Title, i.PutOnByOrganisation!.Name, i.PutOnBy, i.CarriedFromId != null) })
                .ToListAsync();
        var former = (await db.Set<FormerNote>()
            .Where(f => db.Set<MeetingNote>().Any(n => n.Id == f.NoteId && n.Item!.MeetingId == meetingId)).OrderBy(f => f.Id)
            .Select(f => new FormerView(f.NoteId, f.Text, f.SpokeOrganisation!.Name, f.Who, f.At)).ToListAsync()).ToLookup(f => f.NoteId);
        var notes = (await db.Set<MeetingNote>().Where(n => n.Item!.MeetingId == meetingId).OrderBy(n => n.Id)
            .Select(n => new NoteView(n.Id, n.ItemId, n.Text, n.SpokeOrganisation!.Name, n.AccountId, n.Who, n.At, n.ChangedBy,
                n.ChangedAt, n.TakenOut)).ToListAsync()).ToLookup(n => n.ItemId);
        var decisions = await db.Set<Proposal>().Where(p => p.PartnershipId == standing.PartnershipId && p.MeetingId == meetingId
            && p.State != ProposalState.Withdrawn).OrderBy(p => p.Id)
            .Select(p => new DecisionView(p.Id, p.Title, p.Organisation!.Name)).ToListAsync();
        var titles = await TitlesAsync(standing);
        string? TitleOf(long? organisation, string name) => organisation is { } id ? titles.GetValueOrDefault((id, ShortText.Key(name)))
            : null;
        return meeting with
        {
            Items = [.. items.Select(i => i.View with { OwnerTitle = TitleOf(i.OwnerOrganisationId, i.View.OwnerName),
                Notes = [.. notes[i.View.Id].Select(n => n with { Former = [.. former[n.Id]] })] })],
            Decisions = decisions,
            Attendance = [.. attendance.Select(a => new AttendanceView(a.Name, a.State,
                string.Join(", ", a.Names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name => TitleOf(a.OrganisationId, name) is { } title ? $"{name} ({title})" : name))))],
        };
    }

    /// <summary>Titles of people by organisation and name: none unless the partnership shows titles in meetings, and then only of those
    /// whose title is shown to partners.</summary>
    private async Task<Dictionary<(long Organisation, string NameKey), string>> TitlesAsync(Standing standing)
    {
        if (!await plans.TitlesShownAsync(standing)) return [];
        var titles = await db.Set<Membership>().Where(m => m.Person!.PartnershipId == standing.PartnershipId && m.LeftOn == null
            && m.TitleShown && m.Title != null)
            .Select(m => new { m.OrganisationId, m.Person!.NameKey, m.Title }).ToListAsync();
        // of two of one name nobody knows which
        return titles.GroupBy(t => (t.OrganisationId, t.NameKey)).Where(g => g.Count() == 1)
            .ToDictionary(g => g.Key, g => g.First().Title!);
    }
}
