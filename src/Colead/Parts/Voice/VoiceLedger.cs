using Colead.Analysis.Voice;
using Colead.Kit.Texts;
using Colead.Parts.Decisions;
using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Colead.Parts.Vision;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Voice;

/// <summary>What an organisation did, counted.</summary>
/// <param name="Agenda">Items it put on an agenda.</param>
/// <param name="Chaired">Meetings in its chair.</param>
/// <param name="Present">Meetings it was at.</param>
/// <param name="Heard">Items it is minuted as speaking to.</param>
/// <param name="Proposed">Proposals it made.</param>
/// <param name="Passed">Those of them that passed.</param>
public sealed record VoiceCounts(int Agenda, int Chaired, int Present, int Heard, int Proposed, int Passed)
{
    public static VoiceCounts Sum(IEnumerable<VoiceCounts> all) =>
        all.Aggregate(new VoiceCounts(0, 0, 0, 0, 0, 0), (a, b) => new(a.Agenda + b.Agenda, a.Chaired + b.Chaired, a.Present + b.Present,
        a.Heard + b.Heard, a.Proposed + b.Proposed, a.Passed + b.Passed));
}

public sealed record VoiceRow(long Id, string Organisation, Sector Sector, SizeBand? Size, VoiceCounts Counts);

/// <summary>One thing counted, and how evenly it is shared.</summary>
/// <param name="Name">What it is called in a table.</param>
/// <param name="Question">What it answers.</param>
public sealed record VoiceMeasure(string Name, string Question, Func<VoiceCounts, int> Of, VoiceShare Share);

/// <summary>Organisations of one sector or size.</summary>
public sealed record VoiceGroup(string Name, int Organisations, VoiceCounts Counts);

/// <summary>A meeting, proposal or wording that a sign rests on.</summary>
public sealed record Evidence(string Sentence, string Address);

/// <summary>A sign of a contract, in words, with what it rests on.</summary>
public sealed record VoiceSign(string Name, SignVerdict Verdict, string Sentence, IReadOnlyList<Evidence> Evidence);

/// <summary>The ledger of one partnership over a time.</summary>
public sealed record Voices(IReadOnlyList<VoiceRow> Rows, IReadOnlyList<VoiceMeasure> Measures, int Meetings, int Proposals,
    IReadOnlyList<VoiceSign> Signs)
{
    /// <summary>The headline's measure: who was heard; where nobody was minuted, the first of the others that there is.</summary>
    public VoiceMeasure? Headline => Measures.OrderByDescending(m => m.Name == VoiceWords.Heard).FirstOrDefault(m => m.Share.MayShow);

    public IReadOnlyList<VoiceGroup> BySector => [.. Rows.GroupBy(row => row.Sector).OrderBy(g => g.Key)
        .Select(g => Group(VoiceWords.Sector(g.Key), g))];
    public IReadOnlyList<VoiceGroup> BySize => [.. Rows.GroupBy(row => row.Size).OrderBy(g => g.Key is null).ThenBy(g => g.Key)
        .Select(g => Group(VoiceWords.Size(g.Key), g))];

    private static VoiceGroup Group(string name, IEnumerable<VoiceRow> rows) =>
        new(name, rows.Count(), VoiceCounts.Sum(rows.Select(row => row.Counts)));
}

/// <summary>Counts voices from meetings that have ended and from proposals, in a fixed number of questions to the database.</summary>
public sealed class VoiceLedger(ColeadDb db, TimeProvider clock)
{
    /// <param name="since">From this day on; absent: from the start. Signs have their own times.</param>
    public async Task<Voices> ReadAsync(Standing standing, DateTime? since)
    {
        var id = standing.PartnershipId;
        var from = since ?? DateTime.UnixEpoch;
        var day = DateOnly.FromDateTime(from);
        var partners = await db.Set<Organisation>().AsNoTracking()
            .Where(o => o.PartnershipId == id && o.Terms.Any(t => t.LeftOn == null || t.LeftOn >= day)).OrderBy(o => o.NameKey)
            .Select(o => new { o.Id, o.Name, o.Sector, o.Size, IsCurrent = o.Terms.Any(t => t.LeftOn == null) }).ToListAsync();
        var meetings = await db.Set<Meeting>().Where(m => m.PartnershipId == id && m.State == MeetingState.Ended).OrderBy(m => m.StartsAt)
            .ThenBy(m => m.Id).Select(m => new Held(m.Id, m.Title, m.StartsAt, m.ChairOrganisationId)).ToListAsync();
        // What is carried over counts where it was first put on.
        var items = await db.Set<AgendaItem>().Where(i => i.Meeting!.PartnershipId == id && i.Meeting.State == MeetingState.Ended
            && i.State != ItemState.Withdrawn && i.CarriedFromId == null)
            .Select(i => new Put(i.MeetingId, i.Meeting!.StartsAt, i.PutOnByOrganisationId)).ToListAsync();
        var present = await db.Set<MeetingAttendance>().Where(a => a.State == AttendanceState.Present && db.Set<Meeting>()
            .Any(m => m.Id == a.MeetingId && m.PartnershipId == id && m.State == MeetingState.Ended && m.StartsAt >= from))
            .GroupBy(a => a.OrganisationId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        var heard = await db.Set<MeetingNote>().Where(n => n.SpokeOrganisationId != null && !n.TakenOut
            && n.Item!.Meeting!.PartnershipId == id && n.Item.Meeting.State == MeetingState.Ended && n.Item.Meeting.StartsAt >= from)
            .Select(n => new { n.ItemId, n.SpokeOrganisationId }).Distinct().GroupBy(n => n.SpokeOrganisationId)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key!.Value, g => g.Count);
        var proposals = await db.Set<Proposal>().Where(p => p.PartnershipId == id && p.State != ProposalState.Withdrawn)
            .OrderBy(p => p.ClosedAt).ThenBy(p => p.Id)
            .Select(p => new Proposed(p.Id, p.Title, p.OrganisationId, p.ProposedAt, p.State == ProposalState.Decided ? p.ClosedAt : null,
                p.Outcome == DecisionOutcome.Passed || p.Outcome == DecisionOutcome.Chosen)).ToListAsync();
        var wordings = await db.Set<AimWording>().Where(w => w.SharedAim!.PartnershipId == id && w.State == WordingState.Accepted)
            .OrderBy(w => w.DecidedAt).ThenBy(w => w.Id)
            .Select(w => new Worded(w.SharedAimId, w.Name, w.OrganisationId)).ToListAsync();

        var put = CountBy(items.Where(i => i.At >= from).Select(i => i.By));
        var chaired = CountBy(meetings.Where(m => m.At >= from).Select(m => m.Chair));
        var proposed = CountBy(proposals.Where(p => p.At >= from).Select(p => p.By));
        var passed = CountBy(proposals.Where(p => p.Passed && p.DecidedAt >= from).Select(p => p.By));
        List<VoiceRow> rows = [.. partners.Select(o => new VoiceRow(o.Id, o.Name, o.Sector, o.Size, new(
            put.GetValueOrDefault(o.Id), chaired.GetValueOrDefault(o.Id), present.GetValueOrDefault(o.Id), heard.GetValueOrDefault(o.Id),
                proposed.GetValueOrDefault(o.Id), passed.GetValueOrDefault(o.Id))))];
        List<VoiceMeasure> measures =
        [
            Measure(rows, VoiceWords.Agenda, "Who set the agenda", c => c.Agenda),
            Measure(rows, "Chaired", "Who chaired", c => c.Chaired),
            Measure(rows, "Present", "Who was there", c => c.Present),
            Measure(rows, VoiceWords.Heard, "Who was heard", c => c.Heard),
            Measure(rows, "Proposed", "Who proposed", c => c.Proposed),
            Measure(rows, "Passed", "Whose proposals passed", c => c.Passed),
        ];
        var names = await db.Set<Organisation>().Where(o => o.PartnershipId == id).ToDictionaryAsync(o => o.Id, o => o.Name);
        var voluntary = await db.Set<Organisation>().Where(o => o.PartnershipId == id && o.Sector == Sector.Voluntary).Select(o => o.Id)
            .ToListAsync();
        var signs = new SignReader(id, names, [.. voluntary]);
        return new(rows, measures, meetings.Count(m => m.At >= from), proposals.Count(p => p.At >= from),
        [
            signs.Agenda(meetings, items),
            signs.Proposals(proposals, partners.Count(o => o.IsCurrent && o.Sector == Sector.Voluntary),
                partners.Count(o => o.IsCurrent && o.Sector != Sector.Voluntary), clock.Today()),
            signs.Scope(wordings),
        ]);
    }

    private static VoiceMeasure Measure(List<VoiceRow> rows, string name, string question, Func<VoiceCounts, int> of) =>
        new(name, question, of, VoiceShare.Of([.. rows.Select(row => (double)of(row.Counts))]));

    private static Dictionary<long, int> CountBy(IEnumerable<long?> organisations) => organisations.Where(o => o is not null)
        .GroupBy(o => o!.Value).ToDictionary(g => g.Key, g => g.Count());
}

internal sealed record Held(long Id, string Title, DateTime At, long? Chair);

internal sealed record Put(long MeetingId, DateTime At, long? By);

internal sealed record Proposed(long Id, string Title, long? By, DateTime At, DateTime? DecidedAt, bool Passed);

internal sealed record Worded(long AimId, string Name, long? By);
