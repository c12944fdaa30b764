using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Colead.Web.Features.Partnerships;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory.Inviting;

/// <summary>An open round and the invitations in it that the signed-in person looks after: a coordinator all, a lead those of the own organisation.</summary>
public sealed record OpenRound(Standing Standing, Round Round, IQueryable<Invitation> Invitations);

/// <summary>Inviting while a round is open: joiners, leavers, changed addresses, new links.</summary>
public sealed class OpenRounds(ColeadDb db, PartnershipAccess access, Rounds rounds, Invitations invitations, RoundLetters letters)
{
    /// <summary>The open round of the page's address; null when there is none that this person may look after.</summary>
    public async Task<OpenRound?> FindAsync(long roundId)
    {
        var standing = await access.RequiredAsync();
        var round = await rounds.Of(standing).Include(r => r.Organisations).FirstOrDefaultAsync(r => r.Id == roundId && r.State == RoundState.Open && r.Origin == RoundOrigin.Asked);
        if (round is null || (!standing.IsCoordinator && round.Organisations.All(o => o.OrganisationId != standing.OrganisationId))) return null;
        var own = db.Invitations.Where(i => i.RoundId == roundId);
        if (!standing.IsCoordinator) own = own.Where(i => i.Person!.Memberships.Any(m => m.LeftOn == null && m.OrganisationId == standing.OrganisationId) && i.OrganisationId == standing.OrganisationId);
        return new OpenRound(standing, round, own);
    }

    /// <summary>People who belong to the round and have no invitation yet: they joined since.</summary>
    public async Task<IReadOnlyList<Invitee>> JoinersAsync(OpenRound open)
    {
        var invited = (await db.Invitations.Where(i => i.RoundId == open.Round.Id).Select(i => i.PersonId).ToListAsync()).ToHashSet();
        return [.. (await invitations.InviteesAsync(open.Round)).Where(p => !invited.Contains(p.PersonId) && open.Standing.Manages(p.OrganisationId))];
    }

    /// <summary>Invites those who joined, and posts their invitations where they have an address. Returns how many.</summary>
    public async Task<int> InviteJoinersAsync(OpenRound open)
    {
        await invitations.ReadyAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(open.Round.Id)) return 0;
        var joiners = await JoinersAsync(open);
        await invitations.InviteAsync(open.Round, joiners);
        var people = joiners.Select(j => j.PersonId).ToList();
        await letters.PostAsync(open.Round, db.Invitations.Where(i => i.RoundId == open.Round.Id && people.Contains(i.PersonId)));
        access.Record(open.Standing, "invited people who joined", $"{open.Round.Name}: {people.Count}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return people.Count;
    }

    /// <summary>Posts every invitation that has an address and was not posted yet. Returns how many.</summary>
    public async Task<int> PostAsync(OpenRound open)
    {
        await invitations.ReadyAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(open.Round.Id)) return 0;
        var posted = await letters.PostAsync(open.Round, open.Invitations);
        access.Record(open.Standing, "sent invitations", $"{open.Round.Name}: {posted}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return posted;
    }

    /// <summary>
    /// Follows the roster: invitations of people who left are withdrawn, whether they answered or not, so that nobody can tell; who changed level or organisation
    /// answers for the new one.
    /// </summary>
    public async Task FollowRosterAsync(Round round)
    {
        var organisations = round.Organisations.Select(o => o.OrganisationId).ToList();
        var strays = await db.Invitations.Where(i => i.RoundId == round.Id && !i.Withdrawn
            && !db.Memberships.Any(m => m.PersonId == i.PersonId && m.LeftOn == null && m.OrganisationId == i.OrganisationId && m.Level == i.Level)).ToListAsync();
        if (strays.Count == 0) return;
        var people = strays.Select(i => i.PersonId).ToList();
        var places = (await db.Memberships.Where(m => people.Contains(m.PersonId) && m.LeftOn == null && organisations.Contains(m.OrganisationId) && round.Levels.Contains(m.Level))
            .OrderBy(m => m.JoinedOn).ThenBy(m => m.Id).Select(m => new Invitee(m.PersonId, m.OrganisationId, m.Level)).ToListAsync()).ToLookup(m => m.PersonId);
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(round.Id)) return;
        foreach (var stray in strays)
        {
            var place = places[stray.PersonId].OrderByDescending(p => p.OrganisationId == stray.OrganisationId).FirstOrDefault();
            if (place is null) await WithdrawAsync(stray);
            else await db.Invitations.Where(i => i.Id == stray.Id && !i.Answered) // what was sent keeps its place
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.OrganisationId, place.OrganisationId).SetProperty(i => i.Level, place.Level));
        }
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Takes an invitation back, with what was saved through it; an answer that was sent stays, because nobody can find it.</summary>
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

    /// <summary>Gives someone a new link; the old one leads nowhere, and what was saved through it is gone. Posts it where there is an address to post it to.</summary>
    /// <returns>Whether it was posted; null when the round closed meanwhile.</returns>
    public async Task<bool?> RenewAsync(OpenRound open, Invitation invitation, Person person, string? newEmail, bool post)
    {
        var maker = await letters.MakerAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await HoldAsync(open.Round.Id)) return null;
        await db.Entry(invitation).ReloadAsync();
        if (newEmail != person.Email)
        {
            person.Enter(person.Name, newEmail, open.Standing.Writer);
            access.Record(open.Standing, "changed an address", person.Name);
        }
        db.FormerLinks.Add(new FormerLink { SecretHash = invitation.SecretHash, RoundId = open.Round.Id, End = LinkEnd.Replaced });
        invitation.Generation++;
        invitation.SecretHash = maker.Hash(invitation.Id, invitation.Generation);
        invitation.Withdrawn = false;
        await ForgetAsync(invitation);
        access.Record(open.Standing, "made a new link", $"{open.Round.Name}: {person.Name}");
        await db.SaveChangesAsync();
        var posted = post && await letters.PostAsync(open.Round, db.Invitations.Where(i => i.Id == invitation.Id)) > 0;
        await transaction.CommitAsync();
        return posted;
    }

    private async Task WithdrawAsync(Invitation invitation)
    {
        await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Withdrawn, true));
        await ForgetAsync(invitation);
    }

    /// <summary>What was saved through the old link, and letters that carry it.</summary>
    private async Task ForgetAsync(Invitation invitation)
    {
        await db.Drafts.Where(d => d.InvitationId == invitation.Id).ExecuteDeleteAsync();
        await db.Outbox.Where(o => o.SentAt == null && db.RoundMessages.Any(m => m.MessageId == o.Id && m.InvitationId == invitation.Id)).ExecuteDeleteAsync();
        await db.RoundMessages.Where(m => m.InvitationId == invitation.Id).ExecuteDeleteAsync();
    }

    /// <summary>Inside the transaction that is open: nobody else changes who is invited, and the round stays open. False when it is not.</summary>
    private async Task<bool> HoldAsync(long roundId) =>
        await db.Rounds.Where(r => r.Id == roundId && r.State == RoundState.Open).ExecuteUpdateAsync(set => set.SetProperty(r => r.KeptYears, r => r.KeptYears)) > 0;
}
