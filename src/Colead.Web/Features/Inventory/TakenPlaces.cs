using Colead.Data.Inventory;
using Colead.Data.Partnerships;

namespace Colead.Web.Features.Inventory;

/// <summary>
/// The list, as opening and later invitations made it, and who has taken which place on it. It is never made longer for answers: how many
/// were invited would else tell whether somebody answered. Who chose where they stand (slips, people of two organisations) may find a
/// place taken; then they stand where the list has one left, of the same organisation, else of its sector, else anywhere, and count
/// towards nothing.
/// </summary>
internal sealed class TakenPlaces(Round round, IReadOnlyList<Invited> list, DrawnSlips slips)
{
    private readonly Dictionary<Place, int> free = list.ToDictionary(Of, i => i.People);
    private readonly Dictionary<Place, int> counting = list.ToDictionary(Of, i => i.Counting);
    private readonly List<AnswerContent> later = [];

    /// <summary>Whether it counts, where it has its place; null where it waits for the rest.</summary>
    public bool? Take(AnswerContent answer)
    {
        var place = new Place(answer.OrganisationId ?? 0, answer.Level ?? default);
        if (free.GetValueOrDefault(place) == 0)
        {
            later.Add(answer);
            return null;
        }
        free[place]--;
        if (!slips.Counts(answer) || counting.GetValueOrDefault(place) == 0) return false;
        counting[place]--;
        return true;
    }

    /// <summary>Those whose places were taken, where the list has one left; there are never more answers than places.</summary>
    public IEnumerable<AnswerContent> Rest()
    {
        var sectors = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Sector);
        foreach (var answer in later)
        {
            var sector = sectors.GetValueOrDefault(answer.OrganisationId ?? 0);
            var left = free.Where(f => f.Value > 0).Select(f => f.Key)
                .OrderBy(at => at.OrganisationId != answer.OrganisationId).ThenBy(at => sectors[at.OrganisationId] != sector)
                .ThenBy(at => at.OrganisationId).ThenBy(at => at.Level).FirstOrDefault();
            if (left is null) continue; // a round opened by an older version, which gave a person two links and one place
            free[left]--;
            yield return answer with { OrganisationId = left.OrganisationId, Level = left.Level };
        }
    }

    private static Place Of(Invited invited) => new(invited.OrganisationId, invited.Level);

    private sealed record Place(long OrganisationId, Level Level);
}

/// <summary>
/// Nobody knows who drew which slip, so of an envelope that was for some who do not count as many answers as these are taken for theirs:
/// were it drawn by lot, invented people would draw slips that count.
/// </summary>
internal sealed class DrawnSlips(Dictionary<string, int> envelopeOf, int[] uncounted)
{
    public bool Counts(AnswerContent answer)
    {
        if (!envelopeOf.TryGetValue(Convert.ToHexString(answer.Tag), out var envelope)) return answer.Counts;
        if (uncounted[envelope] == 0) return true;
        uncounted[envelope]--;
        return false;
    }
}
