using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Partnerships;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Inventory;

/// <summary>One person to be asked, and for which organisation and level they answer unless they say otherwise.</summary>
public sealed record Invitee(long PersonId, long OrganisationId, Level Level);

/// <summary>Who is asked in a round.</summary>
public sealed class Invitations(ColeadDb db, ServerKeys keys)
{
    /// <summary>The key of the server from which the secrets of links are made.</summary>
    public const string LinksKey = "links";

    /// <summary>
    /// People of the round's organisations and levels, each once: who belongs to two of the organisations stands where they joined first, and chooses when answering.
    /// </summary>
    public async Task<IReadOnlyList<Invitee>> InviteesAsync(Round round)
    {
        var organisations = round.Organisations.Select(o => o.OrganisationId).ToList();
        var memberships = await db.Memberships.Where(m => m.LeftOn == null && organisations.Contains(m.OrganisationId) && round.Levels.Contains(m.Level))
            .OrderBy(m => m.JoinedOn).ThenBy(m => m.Id).Select(m => new Invitee(m.PersonId, m.OrganisationId, m.Level)).ToListAsync();
        return [.. memberships.DistinctBy(m => m.PersonId)];
    }

    /// <summary>Makes the key before a transaction needs it: making it is a transaction of its own, and SQLite has room for one.</summary>
    public Task ReadyAsync() => keys.ReadAsync(LinksKey);

    /// <summary>Gives everyone of the round who has no invitation yet their own, inside the transaction that is open. Returns how many.</summary>
    public async Task<int> InviteAllAsync(Round round)
    {
        var invited = (await db.Invitations.Where(i => i.RoundId == round.Id).Select(i => i.PersonId).ToListAsync()).ToHashSet();
        return await InviteAsync(round, (await InviteesAsync(round)).Where(p => !invited.Contains(p.PersonId)));
    }

    /// <summary>Gives each of these, who have none yet, their own invitation, inside the transaction that is open. Returns how many.</summary>
    public async Task<int> InviteAsync(Round round, IEnumerable<Invitee> people)
    {
        var key = await keys.ReadAsync(LinksKey);
        var made = people.Select(p => new Invitation
        {
            RoundId = round.Id,
            PersonId = p.PersonId,
            OrganisationId = p.OrganisationId,
            Level = p.Level,
            SecretHash = [],
        }).ToList();
        await NewInvitations.InsertAsync(db, made, id => LinkSecret.Of(key, id, generation: 0).Hash());
        return made.Count;
    }
}
