using Colead.Kit.Texts;
using Colead.Parts.Mail;
using Colead.Storage;
using Colead.Storage.Accounts;
using Colead.Storage.Audit;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Teams;

/// <summary>Who may do what in a partnership: inviting, taking an invitation up, changing and ending roles.</summary>
public sealed class TeamOperations(ColeadDb db, PartnershipAccess access, Outbox outbox, TimeProvider clock)
{
    /// <summary>Invites an address. An open invitation to the same address is replaced. Returns the link, to show where no mail is
    /// sent.</summary>
    public async Task<string> InviteAsync(Standing standing, string email, Role role, Organisation? organisation)
    {
        var now = clock.Now();
        var key = EmailAddress.Key(email);
        var open = await db.Set<RoleInvitation>().Where(i => i.PartnershipId == standing.PartnershipId && i.TakenAt == null
            && i.WithdrawnAt == null).ToListAsync();
        foreach (var earlier in open.Where(i => EmailAddress.Key(i.Email) == key)) earlier.Withdraw(now);
        var secret = Secret.New();
        db.Set<RoleInvitation>().Add(new RoleInvitation
        {
            PartnershipId = standing.PartnershipId,
            Email = email,
            Role = role,
            OrganisationId = organisation?.Id,
            SecretHash = Secret.Hash(secret),
            InvitedAt = now,
        });
        var link = outbox.Absolute(PartnershipsLinks.Invitation(secret));
        var what = Words.Being(role, organisation?.Name);
        if (outbox.IsSetUp)
        {
            outbox.Post(email, $"{standing.PartnershipName}: an invitation",
                $"Hello,\n\n{standing.AccountName} invites you to be {what} in {standing.PartnershipName} on Colead.\n\nThis link takes you there. It works for two weeks:\n\n{link}\n\nIf you did not expect this, do nothing.\n", standing.PartnershipId);
        }
        access.Record(standing, "invited someone", $"{email}, {what}");
        await db.SaveChangesAsync();
        return link;
    }

    public async Task<RoleInvitation?> FindAsync(string secret)
    {
        var hash = Secret.Hash(secret);
        var invitation = await db.Set<RoleInvitation>().Include(i => i.Partnership).Include(i => i.Organisation)
            .FirstOrDefaultAsync(i => i.SecretHash == hash);
        return invitation?.IsOpen(clock.Now()) == true ? invitation : null;
    }

    /// <summary>
    /// Gives the account the role, once; false when the invitation was taken a moment before. Someone who has a role already keeps the
    /// greater of the two. The caller opens the transaction.
    /// </summary>
    public async Task<bool> TakeAsync(RoleInvitation invitation, Account account)
    {
        var now = clock.Now();
        if (await db.Set<RoleInvitation>().Where(i => i.Id == invitation.Id && i.TakenAt == null && i.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.TakenAt, now)) == 0) return false;
        var grant = await db.Set<RoleGrant>().FirstOrDefaultAsync(g => g.PartnershipId == invitation.PartnershipId
            && g.AccountId == account.Id);
        if (grant is null)
            db.Set<RoleGrant>().Add(new RoleGrant { PartnershipId = invitation.PartnershipId, AccountId = account.Id,
                Role = invitation.Role, OrganisationId = invitation.OrganisationId, GrantedAt = now });
        else if (grant.Role <= invitation.Role)
            Become(grant, invitation.Role, invitation.OrganisationId);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now,
            AccountId = account.Id,
            Who = account.Name,
            PartnershipId = invitation.PartnershipId,
            Act = "took up an invitation",
            Detail = $"{invitation.Email}, {Words.Say(invitation.Role).ToLowerInvariant()}",
        });
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>Changes or, with no role, ends what an account may do. A partnership keeps at least one coordinator. Returns whether it was
    /// done.</summary>
    public async Task<bool> ChangeAsync(Standing standing, RoleGrant grant, Role? role, Organisation? organisation)
    {
        var others = await db.Set<RoleGrant>().CountAsync(g => g.PartnershipId == standing.PartnershipId && g.Role == Role.Coordinator
            && g.Id != grant.Id);
        if (grant.Role == Role.Coordinator && role != Role.Coordinator && others == 0) return false;
        if (role is null) db.Set<RoleGrant>().Remove(grant);
        else Become(grant, role.Value, role is Role.Lead or Role.Member ? organisation?.Id : null);
        access.Record(standing, role is null ? "ended a role" : "changed a role", role is null ? grant.Account!.Name
            : $"{grant.Account!.Name}, {Words.Say(role.Value).ToLowerInvariant()}");
        await db.SaveChangesAsync();
        return true;
    }

    /// <summary>Who becomes lead of another organisation begins there today.</summary>
    private void Become(RoleGrant grant, Role role, long? organisationId)
    {
        if (grant.Role == role && grant.OrganisationId == organisationId) return;
        (grant.Role, grant.OrganisationId, grant.GrantedAt) = (role, organisationId, clock.Now());
    }
}
