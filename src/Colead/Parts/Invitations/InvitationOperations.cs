using System.Security.Cryptography;
using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Keys;
using Colead.Data.Partnerships;
using Colead.Parts.Rounds;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>Who is asked in a round, and by which way each gets a link.</summary>
public sealed class InvitationOperations(ColeadDb db, KeyFolder keys)
{
    /// <summary>Fewest slips of an envelope: fewer lie with those of their sector, or of everyone.</summary>
    public const int FewestSlips = 5;

    /// <summary>The key from which the round's links are made.</summary>
    /// <exception cref="KeyGoneException">It is not there.</exception>
    public LinkMaker Links(Round round) => new(keys.Read(KeyUse.Round, round.Key ?? ""));

    /// <summary>
    /// Writes down who stands on the list of a round that opens, inside the transaction that is open, and gives everyone their place: a link of their own where the round has a way to
    /// bring it to their address, else a slip among others. Returns how many.
    /// </summary>
    /// <param name="counts">Who counts towards thresholds.</param>
    public async Task<int> InviteAllAsync(Round round, IReadOnlyList<Invitee> people, Func<Invitee, bool> counts)
    {
        foreach (var group in people.GroupBy(p => (p.OrganisationId, p.Level)))
            db.Invited.Add(new Invited { RoundId = round.Id, OrganisationId = group.Key.OrganisationId, Level = group.Key.Level, People = group.Count(), Counting = group.Count(counts) });
        await db.SaveChangesAsync();
        var personal = people.Where(p => IsPersonal(round, p)).ToList();
        var onPaper = people.Except(personal).ToList();
        await InsertAsync(round, [.. personal.Select(p => Personal(round, p, counts(p))), .. Slips(round, onPaper, counts)]);
        return people.Count;
    }

    /// <summary>Invites people who joined since it opened, inside the transaction that is open. They do not count: nobody confirmed them before.</summary>
    public async Task InviteJoinersAsync(Round round, IReadOnlyList<Invitee> people)
    {
        foreach (var group in people.GroupBy(p => (p.OrganisationId, p.Level)))
        {
            var stratum = await db.Invited.FirstOrDefaultAsync(i => i.RoundId == round.Id && i.OrganisationId == group.Key.OrganisationId && i.Level == group.Key.Level);
            if (stratum is null) db.Invited.Add(new Invited { RoundId = round.Id, OrganisationId = group.Key.OrganisationId, Level = group.Key.Level, People = group.Count(), Counting = 0 });
            else stratum.People += group.Count();
        }
        await db.SaveChangesAsync();
        var envelopes = await db.Invitations.Where(i => i.RoundId == round.Id && i.PersonId == null).Select(i => new { i.OrganisationId, i.Sector }).Distinct().ToListAsync();
        var sectors = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Sector);
        await InsertAsync(round, [.. people.Select(p => IsPersonal(round, p) ? Personal(round, p, counts: false)
            : envelopes.Any(e => e.OrganisationId == p.OrganisationId) ? Slip(round, p.OrganisationId, null, counts: false)
            : envelopes.Any(e => e.Sector == sectors[p.OrganisationId]) ? Slip(round, null, sectors[p.OrganisationId], counts: false)
            : Slip(round, null, null, counts: false))]);
    }

    /// <summary>Another place for a person whose link went, or goes, to another address; inside the transaction that is open. It does not count.</summary>
    /// <remarks>The list grows by one, whether the former link was used or not: else how many were invited would tell.</remarks>
    public async Task InviteAgainAsync(Round round, Invitation former, Person person)
    {
        await db.Invited.Where(i => i.RoundId == round.Id && i.OrganisationId == former.OrganisationId && i.Level == former.Level)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.People, i => i.People + 1));
        await InsertAsync(round,
            [new Invitation { RoundId = round.Id, PersonId = former.PersonId, OrganisationId = former.OrganisationId,
            Level = former.Level, AddressKey = person.EmailKey, SecretHash = [] }]);
    }

    /// <summary>Whether a link of their own can be brought to their address; others draw a slip, where the round has slips.</summary>
    public static bool IsPersonal(Round round, Invitee person) => person.HasAddress && (round.Ways.Contains(RoundWay.Mail)
        || round.Ways.Contains(RoundWay.Merge));

    private static Invitation Personal(Round round, Invitee person, bool counts) =>
        new() { RoundId = round.Id, PersonId = person.PersonId, OrganisationId = person.OrganisationId, Level = person.Level,
            AddressKey = person.AddressKey, Counts = counts, SecretHash = [] };

    private static Invitation Slip(Round round, long? organisation, Sector? sector, bool counts) => new() { RoundId = round.Id, OrganisationId = organisation, Sector = sector, Counts = counts, SecretHash = [] };

    /// <summary>
    /// As many slips as people without an address, in envelopes of at least five where there are five: an organisation's, else its sector's, else everyone's. Which of them count is drawn,
    /// because nobody knows who draws which.
    /// </summary>
    private static IEnumerable<Invitation> Slips(Round round, List<Invitee> people, Func<Invitee, bool> counts)
    {
        if (!round.Ways.Contains(RoundWay.Paper)) yield break;
        var sectors = round.Organisations.ToDictionary(o => o.OrganisationId, o => o.Sector);
        var envelopes = new List<(long? Organisation, Sector? Sector, List<Invitee> People)>();
        var rest = new List<Invitee>();
        foreach (var group in people.GroupBy(p => p.OrganisationId).OrderBy(g => g.Key)) Put(group.ToList(), group.Key, null);
        var small = rest;
        rest = [];
        foreach (var group in small.GroupBy(p => sectors[p.OrganisationId]).OrderBy(g => g.Key)) Put(group.ToList(), null, group.Key);
        if (rest.Count is > 0 and < FewestSlips && envelopes.Count > 0)
        {
            var smallest = envelopes.MinBy(e => e.People.Count); // too few are left over: an envelope gives up its own to lie with them
            envelopes.Remove(smallest);
            rest.AddRange(smallest.People);
        }
        if (rest.Count > 0) envelopes.Add((null, null, rest));
        foreach (var (organisation, sector, drawnBy) in envelopes)
        {
            bool[] counting = [.. drawnBy.Select(counts)];
            RandomNumberGenerator.Shuffle<bool>(counting);
            foreach (var each in counting) yield return Slip(round, organisation, sector, each);
        }

        void Put(List<Invitee> group, long? organisation, Sector? sector)
        {
            if (group.Count >= FewestSlips) envelopes.Add((organisation, sector, group));
            else rest.AddRange(group);
        }
    }

    private Task InsertAsync(Round round, IReadOnlyCollection<Invitation> invitations)
    {
        var links = Links(round);
        return NewInvitations.InsertAsync(db, invitations, id => links.Secret(id, generation: 0).Hash());
    }
}

/// <summary>Makes the links of a round.</summary>
public sealed class LinkMaker(SealingKey key)
{
    public LinkSecret Secret(long invitationId, int generation) => LinkSecret.Of(key.Part("links"), invitationId, generation);
}
