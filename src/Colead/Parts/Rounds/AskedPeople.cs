using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Rounds;

/// <summary>One person to be asked, and for which organisation and level they answer unless they say otherwise.</summary>
public sealed record Invitee(long PersonId, long OrganisationId, Level Level, string? AddressKey)
{
    public bool HasAddress => AddressKey is not null;
}

/// <summary>Who is asked in a round.</summary>
public sealed class AskedPeople(ColeadDb db)
{
    /// <summary>
    /// People of the round's organisations and levels, each once: who belongs to two of the organisations stands where they joined first,
    /// and chooses when answering.
    /// </summary>
    public async Task<IReadOnlyList<Invitee>> InviteesAsync(Round round)
    {
        var organisations = round.Organisations.Select(o => o.OrganisationId).ToList();
        var memberships = await db.Set<Membership>().Where(m => m.LeftOn == null && organisations.Contains(m.OrganisationId)
            && round.Levels.Contains(m.Level))
            .OrderBy(m => m.JoinedOn).ThenBy(m => m.Id)
                .Select(m => new Invitee(m.PersonId, m.OrganisationId, m.Level, m.Person!.EmailKey)).ToListAsync();
        return [.. memberships.DistinctBy(m => m.PersonId)];
    }
}

/// <summary>What a part does in the transaction in which a round opens.</summary>
public interface IRoundOpening
{
    /// <param name="counts">Who counts towards thresholds.</param>
    Task OpenAsync(Round round, IReadOnlyList<Invitee> people, Func<Invitee, bool> counts);
}
