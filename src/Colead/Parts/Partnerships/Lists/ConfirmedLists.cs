using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Lists;

/// <summary>Whether an entry of a list counts towards the fewest people of a figure, and if not, why.</summary>
public enum EntryState
{
    /// <summary>Somebody other than who wrote it confirmed it.</summary>
    Confirmed,
    /// <summary>A coordinator wrote it and no lead ever confirmed anything of the organisation's list: it counts, and that is
    /// said.</summary>
    CountsUnconfirmed,
    /// <summary>A lead wrote it and no coordinator confirmed it.</summary>
    WaitsForCoordinator,
    /// <summary>A coordinator wrote it on a list of which a lead confirmed the rest.</summary>
    WaitsForLead,
    /// <summary>The same address, or the same name without one, counts already.</summary>
    CountsOnce,
    /// <summary>No longer on the list.</summary>
    NotThere,
}

/// <summary>Whether somebody other than who wrote an organisation's list said that it is right.</summary>
public enum ListStanding
{
    /// <summary>Whoever counts was confirmed.</summary>
    ConfirmedByOthers,
    /// <summary>A coordinator's list counts though no lead confirmed it; respondents are told.</summary>
    NobodyConfirmed,
}

/// <summary>An organisation's list at one moment.</summary>
public sealed record OrganisationAtOpening(ListStanding Standing, int People, int DoNotCount);

/// <summary>Who counts at one moment. Somebody in two organisations may count for one and not for the other.</summary>
public sealed record ListsAtOpening(IReadOnlyDictionary<(long PersonId, long OrganisationId), EntryState> States, IReadOnlyDictionary<long,
    OrganisationAtOpening> Organisations)
{
    public EntryState StateOf(long personId, long organisationId) =>
        States.GetValueOrDefault((personId, organisationId), EntryState.NotThere);

    public bool Counts(long personId, long organisationId) =>
        StateOf(personId, organisationId) is EntryState.Confirmed or EntryState.CountsUnconfirmed;
}

/// <summary>
/// Who counts towards a threshold. A lead once invented nine colleagues, answered for them, and read the one real member's answers off the
/// means; so a name counts only when two people stand for it. Asked inside the transaction that opens a round.
/// </summary>
public sealed class ConfirmedLists(ColeadDb db)
{
    public async Task<ListsAtOpening> AtAsync(long partnershipId, IReadOnlyCollection<(long PersonId, long OrganisationId)> people)
    {
        var entries = await ListEntry.Of(db, partnershipId).AsNoTracking().ToListAsync();
        // Also of people who left: else a coordinator takes a confirmed list away and writes another in its place.
        var seenByLeads = (await db.Set<Membership>().Where(m => m.Organisation!.PartnershipId == partnershipId && m.ByLead != null)
            .Select(m => m.OrganisationId).Distinct().ToListAsync()).ToHashSet();
        var asked = people.ToHashSet();
        var states = asked.ToDictionary(pair => pair, _ => EntryState.NotThere);
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => asked.Contains((e.PersonId, e.OrganisationId)))) // the first on a list first
        {
            var state = entry.LacksCoordinator ? EntryState.WaitsForCoordinator
                : !entry.LacksLead ? EntryState.Confirmed
                : seenByLeads.Contains(entry.OrganisationId) ? EntryState.WaitsForLead
                : EntryState.CountsUnconfirmed;
            if (state is EntryState.Confirmed or EntryState.CountsUnconfirmed)
            {
                var key = entry.EmailKey is null ? $"{entry.OrganisationId} {entry.NameKey}" : Mailbox(entry.EmailKey);
                if (counted.TryGetValue(key, out var first) && first != entry.PersonId) state = EntryState.CountsOnce;
                else counted[key] = entry.PersonId;
            }
            states[(entry.PersonId, entry.OrganisationId)] = state;
        }
        return new(states, states.GroupBy(s => s.Key.OrganisationId).ToDictionary(group => group.Key, group => new OrganisationAtOpening(
            group.Any(s => s.Value == EntryState.CountsUnconfirmed) ? ListStanding.NobodyConfirmed : ListStanding.ConfirmedByOthers,
            group.Count(), group.Count(s => s.Value is not (EntryState.Confirmed or EntryState.CountsUnconfirmed)))));
    }

    /// <summary>One mailbox in its many spellings. No proof that there are two people behind two of them: that is what confirming is
    /// for.</summary>
    internal static string Mailbox(string emailKey)
    {
        var at = emailKey.LastIndexOf('@');
        var (local, host) = (emailKey[..at], emailKey[at..]);
        var tag = local.IndexOf('+', StringComparison.Ordinal);
        if (tag > 0) local = local[..tag];
        if (host is not ("@GMAIL.COM" or "@GOOGLEMAIL.COM")) return local + host;
        return local.Replace(".", "", StringComparison.Ordinal) + "@GMAIL.COM";
    }
}
