using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Storage.Sealing;

namespace Colead.Parts.Publishing;

/// <summary>
/// Which answers count towards thresholds. Every answer stands where it says, whoever else answered: were it moved to where somebody was
/// silent, or dropped where nobody was, known answers would count the silent. Nothing here depends on who came first.
/// <list type="bullet">
/// <item>Whoever has a link of their own, counts, and answers where they were confirmed, counts.</item>
/// <item>Slips say where they belong, and nobody knows who drew which. They count where the list has people without an address who count,
/// and as many as these; with more, those that count are drawn.</item>
/// </list>
/// </summary>
/// <param name="slips">Tags of slips, and whether everybody of their envelope counts.</param>
internal sealed class WhoCounts(IReadOnlyDictionary<ListPlace, PlacePeople> list, IReadOnlyDictionary<string, bool> slips)
{
    private readonly Dictionary<ListPlace, int> links = [];
    private readonly List<AnswerContent> drawn = [];

    /// <summary>Whether it counts; null for a slip that waits for the others.</summary>
    public bool? Of(AnswerContent answer)
    {
        if (slips.TryGetValue(Convert.ToHexString(answer.Tag), out var whole))
        {
            if (!whole) return false;
            drawn.Add(answer);
            return null;
        }
        if (!answer.Counts) return false;
        var place = PlaceOf(answer);
        var before = links[place] = links.GetValueOrDefault(place) + 1;
        return list.TryGetValue(place, out var people) && before <= people.Counting; // a group with few left counts fewer
    }

    public IEnumerable<(AnswerContent Answer, bool Counts)> Rest()
    {
        foreach (var at in drawn.GroupBy(PlaceOf))
        {
            var most = list.TryGetValue(at.Key, out var people)
                ? Math.Min(people.PaperCounting, people.Counting - links.GetValueOrDefault(at.Key)) : 0;
            // By their tags, which nobody can choose or foresee.
            var inOrder = at.OrderBy(answer => Convert.ToHexString(answer.Tag), StringComparer.Ordinal);
            foreach (var (i, answer) in inOrder.Index()) yield return (answer, i < most);
        }
    }

    private static ListPlace PlaceOf(AnswerContent answer) => new(answer.OrganisationId ?? 0, answer.Level ?? default);
}
