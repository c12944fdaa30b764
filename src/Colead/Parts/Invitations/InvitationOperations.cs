using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>Who is asked in a round, and by which way each gets a link.</summary>
public sealed class InvitationOperations(ColeadDb db, KeyFolder keys)
{
    /// <summary>The key from which the round's links are made.</summary>
    /// <exception cref="KeyGoneException">It is not there.</exception>
    public LinkMaker Links(Round round) => new(keys.Read(KeyUse.Round, round.Key ?? ""));

    /// <summary>
    /// Writes down who stands on the list of a round that opens, inside the transaction that is open, and gives everyone their place: a
    /// link of their own where the round has a way to bring it to their address, else a slip among others. Returns how many.
    /// </summary>
    /// <param name="counts">Who counts towards thresholds.</param>
    public async Task<int> InviteAllAsync(Round round, IReadOnlyList<Invitee> people, Func<Invitee, bool> counts)
    {
        foreach (var group in people.GroupBy(p => (p.OrganisationId, p.Level)))
            db.Set<Invited>().Add(new Invited { RoundId = round.Id, OrganisationId = group.Key.OrganisationId, Level = group.Key.Level,
                People = group.Count(), Counting = group.Count(counts) });
        await db.SaveChangesAsync();
        await InsertAsync(round, [.. people.Where(p => Envelopes.IsPersonal(round, p)).Select(p => Personal(round, p, counts(p))),
            .. Envelopes.Of(round, people).SelectMany(envelope => envelope.DrawnBy.Select(p => Slip(round, envelope, counts(p))))]);
        return people.Count;
    }

    /// <summary>
    /// Invites people who joined since it opened, inside the transaction that is open. They do not count: nobody confirmed them before.
    /// Each has an address: slips for people whom nobody confirmed would be taken for those of people who count.
    /// </summary>
    public async Task InviteJoinersAsync(Round round, IReadOnlyList<Invitee> people)
    {
        foreach (var group in people.GroupBy(p => (p.OrganisationId, p.Level)))
        {
            var stratum = await db.Set<Invited>().FirstOrDefaultAsync(i => i.RoundId == round.Id
                && i.OrganisationId == group.Key.OrganisationId && i.Level == group.Key.Level);
            if (stratum is null) db.Set<Invited>().Add(new Invited { RoundId = round.Id, OrganisationId = group.Key.OrganisationId,
                Level = group.Key.Level, People = group.Count(), Counting = 0 });
            else stratum.People += group.Count();
        }
        await db.SaveChangesAsync();
        await InsertAsync(round, [.. people.Select(p => Personal(round, p, counts: false))]);
    }

    /// <summary>Another place for a person whose link went, or goes, to another address; inside the transaction that is open. It does not
    /// count.</summary>
    /// <remarks>The list grows by one, whether the former link was used or not: else how many were invited would tell.</remarks>
    public async Task InviteAgainAsync(Round round, Invitation former, Person person)
    {
        await db.Set<Invited>().Where(i => i.RoundId == round.Id && i.OrganisationId == former.OrganisationId && i.Level == former.Level)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.People, i => i.People + 1));
        await InsertAsync(round,
            [new Invitation { RoundId = round.Id, PersonId = former.PersonId, OrganisationId = former.OrganisationId,
            Level = former.Level, AddressKey = person.EmailKey, SecretHash = [] }]);
    }

    private static Invitation Personal(Round round, Invitee person, bool counts) =>
        new() { RoundId = round.Id, PersonId = person.PersonId, OrganisationId = person.OrganisationId, Level = person.Level,
            AddressKey = person.AddressKey, Counts = counts, SecretHash = [] };

    private static Invitation Slip(Round round, Envelope envelope, bool counts) => new()
    {
        RoundId = round.Id, OrganisationId = envelope.OrganisationId, Sector = envelope.Sector, Counts = counts, SecretHash = [],
    };

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
