using Colead.Analysis.Voice;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads;

/// <summary>How often an organisation was heard in a thread.</summary>
public sealed record Heard(string Organisation, int Times);

/// <param name="Share">Among all organisations of the partnership, the silent ones included.</param>
public sealed record Voices(IReadOnlyList<Heard> Organisations, int Silent, VoiceShare Share)
{
    public int Most => Organisations.Count == 0 ? 0 : Organisations[0].Times;
}

/// <summary>Where else than in its conversation organisations are heard in a thread; a part says it of its own.</summary>
public interface IHeard
{
    /// <summary>One row for each time, by organisation.</summary>
    IQueryable<long> In(long threadId);
}

/// <summary>Who had a voice in a thread: contributions to its conversation, advice on its proposals, and speaking to it in meetings, by
/// organisation.</summary>
public sealed class ThreadVoices(ColeadDb db, IEnumerable<IHeard> elsewhere)
{
    public async Task<Voices> OfAsync(GoldenThread thread)
    {
        var said = db.Set<ThreadNote>().Where(n => n.ThreadId == thread.Id && n.TakenBackAt == null && n.OrganisationId != null)
            .Select(n => n.OrganisationId!.Value);
        foreach (var heardThere in elsewhere) said = said.Concat(heardThere.In(thread.Id));
        var times = await said.GroupBy(id => id).Select(g => new { Id = g.Key, Times = g.Count() })
            .ToDictionaryAsync(g => g.Id, g => g.Times);
        var members = await db.Set<Organisation>().Where(o => o.PartnershipId == thread.PartnershipId
            && (o.Terms.Any(t => t.LeftOn == null) || times.Keys.Contains(o.Id))).Select(o => new { o.Id, o.Name }).ToListAsync();
        var heard = members.Select(o => new Heard(o.Name, times.GetValueOrDefault(o.Id))).OrderByDescending(h => h.Times)
            .ThenBy(h => h.Organisation, StringComparer.Ordinal).ToList();
        return new([.. heard.Where(h => h.Times > 0)], heard.Count(h => h.Times == 0),
            VoiceShare.Of([.. heard.Select(h => (double)h.Times)]));
    }
}
