using Colead.Storage;

namespace Colead.Parts.Rounds;

/// <summary>Slips that lie together, and who draws them: an organisation's people, those of its sector, or everyone else.</summary>
public sealed record Envelope(long? OrganisationId, Sector? Sector, IReadOnlyList<Invitee> DrawnBy);

/// <summary>
/// Who gets a link of their own, and who draws a slip from which envelope. Nobody knows who draws which slip, and whoever prints them may
/// keep any back and use it: so the slips of an envelope count where everyone whose slips lie in it does, and otherwise none of them.
/// </summary>
public static class Envelopes
{
    /// <summary>Fewest slips of an envelope: fewer lie with those of their sector, or of everyone.</summary>
    public const int FewestSlips = 5;

    /// <summary>Whether a link of their own can be brought to their address; others draw a slip, where the round has slips.</summary>
    public static bool IsPersonal(Round round, Invitee person) => person.HasAddress && (round.Ways.Contains(RoundWay.Mail)
        || round.Ways.Contains(RoundWay.Merge));

    /// <summary>As many slips as people without an address, in envelopes of at least five where there are five.</summary>
    public static IReadOnlyList<Envelope> Of(Round round, IEnumerable<Invitee> people)
    {
        if (!round.Ways.Contains(RoundWay.Paper)) return [];
        var sectors = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Sector);
        var (envelopes, rest) = (new List<Envelope>(), new List<Invitee>());
        foreach (var group in people.Where(p => !IsPersonal(round, p)).GroupBy(p => p.OrganisationId).OrderBy(g => g.Key))
            Put([.. group], group.Key, null);
        var small = rest;
        rest = [];
        foreach (var group in small.GroupBy(p => sectors[p.OrganisationId]).OrderBy(g => g.Key)) Put([.. group], null, group.Key);
        if (rest.Count is > 0 and < FewestSlips && envelopes.Count > 0)
        {
            var smallest = envelopes.MinBy(e => e.DrawnBy.Count)!; // too few are left over: an envelope gives up its own to lie with them
            envelopes.Remove(smallest);
            rest.AddRange(smallest.DrawnBy);
        }
        if (rest.Count > 0) envelopes.Add(new(null, null, rest));
        return envelopes;

        void Put(List<Invitee> group, long? organisation, Sector? sector)
        {
            if (group.Count >= FewestSlips) envelopes.Add(new(organisation, sector, group));
            else rest.AddRange(group);
        }
    }

    /// <summary>
    /// Who counts towards thresholds: whom somebody else confirmed, and of those who draw slips, where everyone of their envelope is.
    /// </summary>
    public static Func<Invitee, bool> Counting(Round round, IReadOnlyCollection<Invitee> people, Func<Invitee, bool> confirmed)
    {
        var not = Of(round, people).Where(envelope => !envelope.DrawnBy.All(confirmed)).SelectMany(envelope => envelope.DrawnBy)
            .Select(person => person.PersonId).ToHashSet();
        return person => confirmed(person) && !not.Contains(person.PersonId);
    }
}
