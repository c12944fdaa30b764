using Colead.Analysis.Voice;
using Colead.Data;
using Microsoft.EntityFrameworkCore;
using Thread = Colead.Data.Threads.Thread;

namespace Colead.Parts.Threads;

/// <summary>How often an organisation was heard in a thread.</summary>
public sealed record Heard(string Organisation, int Times);

/// <param name="Share">Among all organisations of the partnership, the silent ones included.</param>
public sealed record Voices(IReadOnlyList<Heard> Organisations, int Silent, VoiceShare Share)
{
    public int Most => Organisations.Count == 0 ? 0 : Organisations[0].Times;
}

/// <summary>Who had a voice in a thread: contributions to its conversation, advice on its proposals, and speaking to it in meetings, by organisation.</summary>
public sealed class ThreadVoices(ColeadDb db)
{
    public async Task<Voices> OfAsync(Thread thread)
    {
        var said = db.ThreadNotes.Where(n => n.ThreadId == thread.Id && n.TakenBackAt == null && n.OrganisationId != null).Select(n => n.OrganisationId!.Value)
            .Concat(db.ProposalAdvice.Where(a => a.Proposal!.ThreadId == thread.Id && a.OrganisationId != null).Select(a => a.OrganisationId!.Value))
            .Concat(db.MeetingNotes.Where(n => n.Item!.ThreadId == thread.Id && !n.TakenOut && n.SpokeOrganisationId != null).Select(n => n.SpokeOrganisationId!.Value));
        var times = await said.GroupBy(id => id).Select(g => new { Id = g.Key, Times = g.Count() }).ToDictionaryAsync(g => g.Id, g => g.Times);
        var members = await db.Organisations.Where(o => o.PartnershipId == thread.PartnershipId && (o.Terms.Any(t => t.LeftOn == null) || times.Keys.Contains(o.Id))).Select(o => new { o.Id, o.Name }).ToListAsync();
        var heard = members.Select(o => new Heard(o.Name, times.GetValueOrDefault(o.Id))).OrderByDescending(h => h.Times).ThenBy(h => h.Organisation, StringComparer.Ordinal).ToList();
        return new([.. heard.Where(h => h.Times > 0)], heard.Count(h => h.Times == 0), VoiceShare.Of([.. heard.Select(h => (double)h.Times)]));
    }
}
