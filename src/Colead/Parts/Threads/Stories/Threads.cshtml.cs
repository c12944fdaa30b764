using Colead.Kit.Texts;
using Colead.Parts.Findings;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads.Stories;

/// <summary>Every thread of the partnership: those that go on, those put away.</summary>
[For(Role.Viewer)]
public sealed class ThreadsModel(PartnershipAccess access, ThreadOperations threads, ThreadStories stories,
    PublishedRounds rounds) : PageModel
{
    public Standing Standing { get; private set; } = null!;
    public IReadOnlyList<Row> GoingOn { get; private set; } = [];
    public IReadOnlyList<Row> PutAway { get; private set; } = [];
    public bool AnyFindings { get; private set; }

    public async Task OnGetAsync()
    {
        Standing = await access.RequiredAsync();
        AnyFindings = (await rounds.PublishedByAsync(Standing.PartnershipId)).Count > 0;
        var found = await threads.Of(Standing).AsNoTracking().OrderByDescending(t => t.Id)
            .Select(t => new
            {
                t.Id,
                t.Title,
                t.Dimension,
                t.StartedAt,
                t.EndedAt,
                Notes = t.Notes.Count(n => n.TakenBackAt == null),
                Last = t.Notes.Max(n => (DateTime?)n.At),
            }).ToListAsync();
        Dictionary<string, DimensionWords?> dimensions = new(StringComparer.Ordinal);
        foreach (var id in found.Select(t => t.Dimension).OfType<string>().Distinct(StringComparer.Ordinal)) dimensions[id] =
            await stories.DimensionAsync(Standing.PartnershipId, id);
        var rows = found.Select(t => (t.EndedAt,
            Row: new Row(t.Id, t.Title, t.Dimension is null ? null : dimensions[t.Dimension],
            Words(t.StartedAt, t.Notes, t.Last, t.EndedAt)))).ToList();
        GoingOn = [.. rows.Where(r => r.EndedAt is null).Select(r => r.Row)];
        PutAway = [.. rows.Where(r => r.EndedAt is not null).OrderByDescending(r => r.EndedAt).Select(r => r.Row)];
    }

    private static string Words(DateTime started, int notes, DateTime? last, DateTime? ended) =>
        $"started {Dates.Say(Dates.DayOf(started))}"
        + (notes == 0 ? ", nobody has written yet"
            : $", {Dates.Count(notes, "contribution", "contributions")}, the last on {Dates.Say(Dates.DayOf(last!.Value))}")
        + (ended is { } end ? $", put away {Dates.Say(Dates.DayOf(end))}" : "");

    public sealed record Row(long Id, string Title, DimensionWords? Dimension, string Words);
}
