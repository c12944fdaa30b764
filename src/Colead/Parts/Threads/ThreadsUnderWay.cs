using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Partnerships.Overviews;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads;

/// <summary>The newest thread, for the overview.</summary>
internal sealed class ThreadsUnderWay(ColeadDb db) : IUnderWay
{
    public int Place => 30;

    public async Task<UnderWayLine?> OfAsync(Standing standing)
    {
        var threads = db.Set<GoldenThread>().Where(t => t.PartnershipId == standing.PartnershipId && t.EndedAt == null);
        var newest = await threads.OrderByDescending(t => t.Id).Select(t => new { t.Id, t.Title, Others = threads.Count() - 1 })
            .FirstOrDefaultAsync();
        return newest is null ? null : new("Taken up", newest.Title, ThreadsLinks.Thread(standing.PartnershipId, newest.Id),
            newest.Others == 0 ? "" : $"and {Dates.Count(newest.Others, "other thread", "other threads")}");
    }
}
