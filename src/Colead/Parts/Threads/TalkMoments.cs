using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads;

/// <summary>The conversation, in one moment: who took part, and the last word.</summary>
public sealed class TalkMoments(ColeadDb db) : IMoments
{
    private const int LastWord = 240;

    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        var notes = await db.Set<ThreadNote>().Where(n => n.ThreadId == thread.Id && n.TakenBackAt == null).OrderBy(n => n.At)
            .ThenBy(n => n.Id)
            .Select(n => new { n.AccountId, n.Who, n.OrganisationId, n.At, Text = n.Text.Substring(0, LastWord + 1) }).ToListAsync();
        if (notes.Count == 0) return [];
        var people = Dates.Count(notes.DistinctBy(n => (n.AccountId, n.Who)).Count(), "person", "people");
        var organisations = notes.Where(n => n.OrganisationId is not null).DistinctBy(n => n.OrganisationId).Count();
        var title = organisations > 1 ? $"{people}, speaking for {organisations} organisations, talked it through"
            : $"{people} talked it through";
        var last = notes[^1];
        return
        [
            new(notes[0].At, MomentKind.Talk, Dates.Span(Dates.DayOf(notes[0].At), Dates.DayOf(last.At)), "conversation", title)
            {
                Text = reader == Reader.Member ? $"{last.Who}: “{Cut(last.Text)}”" : "",
                Address = reader == Reader.Member ? ThreadsLinks.Talk(thread.PartnershipId, thread.Id) : null,
            },
        ];
    }

    private static string Cut(string text)
    {
        var one = ShortText.Tidy(text) ?? "";
        return one.Length <= LastWord ? one : one[..one.LastIndexOf(' ', LastWord - 1)] + " …";
    }
}
