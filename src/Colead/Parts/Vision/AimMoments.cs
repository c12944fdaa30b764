using Colead.Kit.Texts;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Vision;

/// <summary>A partner's own aim with which a thread began, under the words that its organisation shows to whoever reads.</summary>
internal sealed class AimMoments(ColeadDb db) : IMoments
{
    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        if (thread.Source != ThreadSource.Aim) return [];
        var aim = await db.Set<OwnAim>().Where(a => a.ThreadId == thread.Id && (a.Visibility == AimVisibility.Everyone
            || (reader == Reader.Member && a.Visibility == AimVisibility.Partnership)))
            .Select(a => new { a.Id, a.Name, Organisation = a.Organisation!.Name }).FirstOrDefaultAsync();
        return [new(thread.StartedAt, MomentKind.Problem, Dates.Say(Dates.DayOf(thread.StartedAt)), aim is null ? "a partner’s aim"
            : $"an aim of {aim.Organisation}", aim?.Name ?? (reader == Reader.Member ? thread.Title : "Something a partner wants"))
        {
            Text = reader == Reader.Member ? thread.About : "",
            Address = reader == Reader.Member && aim is not null ? VisionLinks.OwnAim(thread.PartnershipId, aim.Id) : null,
        }];
    }
}
