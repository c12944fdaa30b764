using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Outbox;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>An open round and the invitations in it that the signed-in person looks after: a coordinator all, a lead those of the own
/// organisation.</summary>
public sealed record OpenRound(Standing Standing, Round Round, IQueryable<Invitation> Invitations);

/// <summary>Inviting while a round is open: joiners, leavers, changed addresses, new links.</summary>
public sealed class OpenRoundOperations(ColeadDb db, PartnershipAccess access, RoundOperations rounds, AskedPeople asked,
    InvitationOperations invitations, RoundLetters letters)
{
    /// <summary>The open round of the page's address; null when there is none that this person may look after.</summary>
    public async Task<OpenRound?> FindAsync(long roundId)
    {
        var standing = await access.RequiredAsync();
        var round = await rounds.Of(standing).Include(r => r.Organisations)
            .FirstOrDefaultAsync(r => r.Id == roundId && r.State == RoundState.Open && r.Origin == RoundOrigin.Asked);
        if (round is null
            || (!standing.IsCoordinator && round.Organisations.All(o => o.OrganisationId != standing.OrganisationId))) return null;
        var own = db.Set<Invitation>().Where(i => i.RoundId == roundId && i.PersonId != null && !i.Replaced);
        if (!standing.IsCoordinator) own = own.Where(i => i.Person!.Memberships.Any(m => m.LeftOn == null
            && m.OrganisationId == standing.OrganisationId) && i.OrganisationId == standing.OrganisationId);
        return new OpenRound(standing, round, own);
    }

    /// <summary>People who belong to the round and have no invitation yet: they joined since.</summary>
    /// <returns>Those who can be invited, and those to whom this round has no way to bring a link.</returns>
    public async Task<(IReadOnlyList<Invitee> Joiners, IReadOnlyList<Invitee> WithoutAWay)> JoinersAsync(OpenRound open)
    {
        // Who drew a slip has no place by name: people who have been on the list since it opened are no joiners.
        var invited = (await db.Set<Invitation>().Where(i => i.RoundId == open.Round.Id && i.PersonId != null)
            .Select(i => i.PersonId!.Value)
            .ToListAsync()).ToHashSet();
        var opened = DateOnly.FromDateTime(Colead.Kit.Texts.Dates.ToLondon(open.Round.OpenedAt!.Value));
        var since = (await db.Set<Membership>().Where(m => m.Person!.PartnershipId == open.Round.PartnershipId && m.LeftOn == null
            && m.JoinedOn >= opened).Select(m => m.PersonId).ToListAsync()).ToHashSet();
        var joined = (await asked.InviteesAsync(open.Round)).Where(p => !invited.Contains(p.PersonId)
            && (p.HasAddress || since.Contains(p.PersonId)) && open.Standing.Manages(p.OrganisationId)).ToList();
        var reached = joined.Where(p => Envelopes.IsPersonal(open.Round, p)).ToList();
        return (reached, [.. joined.Except(reached)]);
    }

    /// <summary>Invites those who joined, and posts their invitations where they have an address. Returns how many.</summary>
    public async Task<int> InviteJoinersAsync(OpenRound open)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(open.Round.Id)) return 0;
        var (joiners, _) = await JoinersAsync(open);
        await invitations.InviteJoinersAsync(open.Round, joiners);
        var people = joiners.Select(j => j.PersonId).ToList();
        await letters.PostAsync(open.Round, db.Set<Invitation>()
            .Where(i => i.RoundId == open.Round.Id && i.PersonId != null && people.Contains(i.PersonId.Value)));
        access.Record(open.Standing, "invited people who joined", $"{open.Round.Name}: {people.Count}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return people.Count;
    }

    /// <summary>Posts every invitation that has an address and was not posted yet. Returns how many.</summary>
    public async Task<int> PostAsync(OpenRound open)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(open.Round.Id)) return 0;
        var posted = await letters.PostAsync(open.Round, open.Invitations);
        access.Record(open.Standing, "sent invitations", $"{open.Round.Name}: {posted}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return posted;
    }

    /// <summary>
    /// Invitations of people who left every organisation of the round are withdrawn, whether they answered or not, so that nobody can tell.
    /// Who goes to another organisation or level meanwhile answers for the place they had when it opened: the list that somebody confirmed
    /// is the round's list, and moving a place on it would tell whether its old one had been used.
    /// </summary>
    public async Task FollowRosterAsync(Round round)
    {
        var organisations = round.Organisations.Select(o => o.OrganisationId).ToList();
        var left = await db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId != null && !i.Withdrawn && !i.Replaced
            && !db.Set<Membership>().Any(m => m.PersonId == i.PersonId && m.LeftOn == null && organisations.Contains(m.OrganisationId)))
                .ToListAsync();
        if (left.Count == 0) return;
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(round.Id)) return;
        foreach (var invitation in left) await WithdrawAsync(invitation);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Takes an invitation back; an answer that was sent stays, because nobody can find it.</summary>
    public async Task<bool> WithdrawAsync(OpenRound open, Invitation invitation, string name)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(open.Round.Id)) return false;
        await WithdrawAsync(invitation);
        access.Record(open.Standing, "withdrew an invitation", $"{open.Round.Name}: {name}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>
    /// Sends an invitation once more. To the address that it went to it is the same link, and what was saved through it stays; a withdrawn
    /// one is given back. To another address goes a new invitation, fresh whatever became of the old one, which does not count and leads
    /// nowhere from now on; the old address is told.
    /// </summary>
    /// <param name="newEmail">Null keeps the address.</param>
    /// <returns>Whether it was posted; null when the round closed meanwhile.</returns>
    public async Task<bool?> SendAgainAsync(OpenRound open, Invitation invitation, Person person, string? newEmail)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(open.Round.Id)) return null;
        await db.Entry(invitation).ReloadAsync();
        if (invitation.Replaced) return null;
        if (Person.KeyOf(newEmail ?? person.Email) == invitation.AddressKey)
        {
            // back to the address it was made for
            if (newEmail is not null && newEmail != person.Email) person.Enter(person.Name, newEmail, open.Standing.Writer);
            // Whoever read that a letter was refused for this address knows that nobody had answered by it. Of a mail server that
            // was away for everybody each letter is sent later, or again, and nothing is known of one rather than another.
            if (await db.Set<RoundMessage>().AnyAsync(m => m.InvitationId == invitation.Id && db.Outbox.Any(o => o.Id == m.MessageId
                && o.GivenUpAt != null && o.Problem != null
                    && !EF.Functions.Like(o.Problem, OutboxMessage.NoServer + "%")))) invitation.WasStopped = true;
            invitation.Withdrawn = false;
            access.Record(open.Standing, "sent an invitation again", $"{open.Round.Name}: {person.Name}");
            await db.SaveChangesAsync();
            var again = await letters.PostAgainAsync(open.Round, invitation);
            await transaction.CommitAsync();
            return again;
        }
        // Where the address was changed in the list meanwhile, the former one is known by its letter alone.
        var former = await db.Set<RoundMessage>().Where(m => m.InvitationId == invitation.Id).OrderBy(m => m.MessageId)
            .Join(db.Outbox, m => m.MessageId, o => o.Id, (_, o) => o.To).FirstOrDefaultAsync()
            ?? (person.EmailKey == invitation.AddressKey ? person.Email : null);
        if (newEmail is not null && newEmail != person.Email)
        {
            person.Enter(person.Name, newEmail, open.Standing.Writer);
            access.Record(open.Standing, "changed an address", person.Name);
        }
        access.Record(open.Standing, "sent an invitation to another address", $"{open.Round.Name}: {person.Name}");
        invitation.Replaced = true;
        await ForgetLettersAsync(invitation);
        if (former is not null) await letters.TellFormerAsync(open.Round, person.Name, former);
        await db.SaveChangesAsync();
        await invitations.InviteAgainAsync(open.Round, invitation, person);
        var posted = await letters.PostAsync(open.Round, db.Set<Invitation>()
            .Where(i => i.RoundId == open.Round.Id && i.PersonId == person.Id && !i.Replaced)) > 0;
        await transaction.CommitAsync();
        return posted;
    }

    private async Task WithdrawAsync(Invitation invitation)
    {
        await db.Set<Invitation>().Where(i => i.Id == invitation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Withdrawn, true).SetProperty(i => i.WasStopped, true));
        await ForgetLettersAsync(invitation);
    }

    /// <summary>
    /// Letters that would carry a link which leads nowhere now. What was saved through it stays where it is until the round closes, and
    /// counts for nothing: were it deleted here, a log of the database would name its tag beside the person's.
    /// </summary>
    private async Task ForgetLettersAsync(Invitation invitation)
    {
        await db.Outbox.Where(o => o.SentAt == null && db.Set<RoundMessage>()
            .Any(m => m.MessageId == o.Id && m.InvitationId == invitation.Id)).ExecuteDeleteAsync();
        // letters that were sent go with the round
        await db.Set<RoundMessage>().Where(m => m.InvitationId == invitation.Id && !db.Outbox.Any(o => o.Id == m.MessageId))
            .ExecuteDeleteAsync();
    }

    /// <summary>Inside the transaction that is open: nobody else changes who is invited, and the round stays open. False when it is
    /// not.</summary>
    private async Task<bool> HoldAsync(long roundId) =>
        await db.Set<Round>().Where(r => r.Id == roundId && r.State == RoundState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.KeptYears, r => r.KeptYears)) > 0;
}
