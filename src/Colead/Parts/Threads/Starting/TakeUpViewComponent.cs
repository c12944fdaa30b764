using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads.Starting;

/// <summary>Under a finding or statement: the thread it started, or the way to start one. Findings stand below this part, so they ask by
/// name.</summary>
public sealed class TakeUpViewComponent(PartnershipAccess access, TakenUpThreads threads) : ViewComponent
{
    /// <param name="button">Whether to offer it as the page's next step.</param>
    public async Task<IViewComponentResult> InvokeAsync(long roundId, string? kind, string measure, string? first, string? second,
        bool button = false)
    {
        var standing = await access.RequiredAsync();
        if (!standing.Holds) return Content(""); // what came of it is not theirs to read
        var there = (await threads.OfRoundAsync(standing, roundId))
            .Where(t => t.Kind == kind && t.Measure == measure && t.First == first && t.Second == second).ToList();
        if (there.Count == 0 && !standing.TakesPart) return Content("");
        return View("/Parts/Threads/Starting/TakeUp.cshtml", new TakeUp(there, ThreadsLinks.New(standing.PartnershipId, roundId, kind,
            measure, first, second), standing.PartnershipId, standing.TakesPart, button));
    }
}

public sealed record TakeUp(IReadOnlyList<TakenUpThread> Threads, string Start, long PartnershipId, bool MayStart, bool Button);

public sealed record TakenUpThread(long Id, string Title, string? Kind, string? Measure, string? First, string? Second);

/// <summary>Threads that began with a round, read once a request.</summary>
public sealed class TakenUpThreads(ColeadDb db)
{
    private readonly Dictionary<long, IReadOnlyList<TakenUpThread>> known = [];

    public async Task<IReadOnlyList<TakenUpThread>> OfRoundAsync(Standing standing, long roundId)
    {
        if (known.TryGetValue(roundId, out var threads)) return threads;
        return known[roundId] = await db.Set<GoldenThread>().Where(t => t.PartnershipId == standing.PartnershipId && t.RoundId == roundId)
            .OrderBy(t => t.Id)
            .Select(t => new TakenUpThread(t.Id, t.Title, t.FindingKind, t.Measure, t.First, t.Second)).ToListAsync();
    }
}
