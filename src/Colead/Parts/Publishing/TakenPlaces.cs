using Colead.Data.Inventory;
using Colead.Parts.Invitations;

namespace Colead.Parts.Publishing;

/// <summary>
/// The list, as opening and later invitations made it, and who has taken which place on it. It is never made longer for answers: how many
/// were invited would else tell whether somebody answered. Nothing here depends on who came first.
/// <list type="bullet">
/// <item>Whoever has a link of their own and counts stands where they were confirmed; nobody takes that place.</item>
/// <item>Who has one and does not count, or chose another of their organisations, finds a place among such.</item>
/// <item>Slips say where they belong, and nobody knows who drew which. They find places where the list has people without an address,
/// and count as many there as these, less everybody of their envelope who does not count: these may all stand at one place.</item>
/// </list>
/// Who finds none stands where the list has one left, of the same organisation, else of its sector, else anywhere, and counts towards
/// nothing.
/// </summary>
internal sealed class TakenPlaces(Round round, IReadOnlyDictionary<ListPlace, PlacePeople> list, DrawnSlips slips)
{
    private readonly Dictionary<ListPlace, int> counting = list.ToDictionary(at => at.Key, at => at.Value.Counting);
    private readonly Dictionary<ListPlace, int> others = list.ToDictionary(at => at.Key, at => at.Value.Others);
    private readonly Dictionary<ListPlace, int> free = list.ToDictionary(at => at.Key, at => at.Value.People);
    private readonly List<AnswerContent> drawn = [];
    private readonly List<AnswerContent> later = [];

    /// <summary>Whether it counts, where it has its place; null where it waits for the rest.</summary>
    public bool? Take(AnswerContent answer)
    {
        var place = PlaceOf(answer);
        if (slips.EnvelopeOf(answer) is not null) drawn.Add(answer);
        else if (answer.Counts && TakeOne(free, place)) return TakeOne(counting, place);
        else if (!answer.Counts && others.GetValueOrDefault(place) > 0 && TakeOne(free, place))
        {
            others[place]--;
            return false;
        }
        else later.Add(answer);
        return null;
    }

    /// <summary>
    /// Slips, and those whose places were taken. There are never more answers than places, save in a round opened by an older version,
    /// which gave a person two links and one place: then the last stand nowhere.
    /// </summary>
    public IEnumerable<(AnswerContent Answer, bool Stands, bool Counts)> Rest()
    {
        foreach (var at in drawn.GroupBy(PlaceOf))
        {
            var (places, counts) = list.TryGetValue(at.Key, out var people) ? (people.OnPaper, people.PaperCounting) : (0, 0);
            foreach (var envelope in at.GroupBy(answer => slips.EnvelopeOf(answer)!.Value).OrderBy(envelope => envelope.Key))
            {
                // By their tags, which nobody can choose or foresee.
                var answers = envelope.OrderBy(answer => Convert.ToHexString(answer.Tag), StringComparer.Ordinal).ToList();
                var counted = Math.Clamp(answers.Count - slips.Uncounted(envelope.Key), 0, Math.Min(counts,
                    counting.GetValueOrDefault(at.Key)));
                counts -= counted;
                if (counted > 0) counting[at.Key] -= counted;
                foreach (var (i, answer) in answers.Index())
                {
                    if (places > 0 && TakeOne(free, at.Key))
                    {
                        places--;
                        yield return (answer, true, i < counted);
                    }
                    else later.Add(answer);
                }
            }
        }
        var sectors = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Sector);
        foreach (var answer in later)
        {
            var (asked, sector) = (PlaceOf(answer), sectors.GetValueOrDefault(answer.OrganisationId ?? 0));
            var left = free.Where(f => f.Value > 0).Select(f => f.Key).OrderBy(at => at != asked)
                .ThenBy(at => at.OrganisationId != answer.OrganisationId).ThenBy(at => sectors[at.OrganisationId] != sector)
                .ThenBy(at => at.OrganisationId).ThenBy(at => at.Level).FirstOrDefault();
            if (left is not null) free[left]--;
            yield return left is null ? (answer, false, false)
                : (answer with { OrganisationId = left.OrganisationId, Level = left.Level }, true, false);
        }
    }

    private static bool TakeOne(Dictionary<ListPlace, int> of, ListPlace place)
    {
        if (of.GetValueOrDefault(place) == 0) return false;
        of[place]--;
        return true;
    }

    private static ListPlace PlaceOf(AnswerContent answer) => new(answer.OrganisationId ?? 0, answer.Level ?? default);
}

/// <summary>Which answers came by a slip, from which envelope, and for how many of it who do not count.</summary>
internal sealed class DrawnSlips(IReadOnlyDictionary<string, int> envelopeOf, IReadOnlyList<int> uncounted)
{
    public int? EnvelopeOf(AnswerContent answer) =>
        envelopeOf.TryGetValue(Convert.ToHexString(answer.Tag), out var envelope) ? envelope : null;

    public int Uncounted(int envelope) => uncounted[envelope];
}
