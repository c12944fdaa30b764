using Colead.Analysis.Disclosure;
using Colead.Storage;

namespace Colead.Parts.Rounds;

/// <summary>One place in the list: an organisation's level.</summary>
public sealed record ListPlace(long OrganisationId, Level Level);

/// <summary>
/// Where of a group that might be shown some are known to be silent and only as many as a threshold are left, showing it would say
/// that every one of these answered; so would the band of its size where as many are left, or were asked, as the band begins with. Then
/// fewer of it count.
/// </summary>
public static class FewLeft
{
    /// <returns>How many count at each place.</returns>
    /// <param name="asked">Who would count, place by place.</param>
    /// <param name="silent">Of these, who is known not to answer.</param>
    public static Dictionary<ListPlace, int> Of(Round round, IReadOnlyDictionary<ListPlace, int> asked, IReadOnlyDictionary<ListPlace,
        int> silent)
    {
        var counting = new Dictionary<ListPlace, int>(asked);
        var organisations = round.Organisations.ToDictionary(o => o.OrganisationId);
        (Func<ListPlace, object> Of, bool Statements)[] groups =
        [
            (_ => "all", true),
            (at => at.Level, true),
            (at => organisations[at.OrganisationId].Sector, true),
            (at => organisations[at.OrganisationId].Fold is { } fold ? ("fold", fold) : (object)at.OrganisationId, false),
            (at => (organisations[at.OrganisationId].Sector, at.Level), false),
        ];
        foreach (var (group, statements) in groups.SelectMany(kind => asked.Keys.Where(at => organisations.ContainsKey(at.OrganisationId))
            .GroupBy(kind.Of).Select(group => (group, kind.Statements))).ToList())
        {
            var known = group.Sum(at => silent.GetValueOrDefault(at));
            var left = group.Sum(at => asked[at]) - known;
            var most = known == 0 || left > round.DetailsFrom ? int.MaxValue : left > round.MeansFrom ? round.DetailsFrom - 1
                : round.MeansFrom - 1;
            // What single statements say of a group of as many as they need, the start page tells; of a group that has none it does not.
            if (left > round.MeansFrom && left == CountBands.Start(left) && (left != round.DetailsFrom || !statements)) most =
                Math.Min(most, left - 1);
            foreach (var at in group.OrderByDescending(at => counting[at]).ThenBy(at => at.OrganisationId).ThenBy(at => at.Level))
            {
                var over = group.Sum(g => counting[g]) - most;
                if (over <= 0) break;
                counting[at] = Math.Max(0, counting[at] - over);
            }
        }
        return counting;
    }
}
