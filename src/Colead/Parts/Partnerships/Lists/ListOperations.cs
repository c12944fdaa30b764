using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships.Lists;

/// <summary>Saying of an organisation's list that it is right.</summary>
public sealed class ListOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    public Task<List<ListEntry>> ReadAsync(Standing standing, long organisationId) =>
        ListEntry.Of(db, standing.PartnershipId, organisationId).AsNoTracking().ToListAsync();

    /// <summary>What somebody saw, in short. Whether others confirmed it meanwhile makes no difference.</summary>
    public static string Seen(IEnumerable<ListEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var e in entries.OrderBy(e => e.MembershipId))
            text.Append(CultureInfo.InvariantCulture, $"{e.MembershipId}\n{e.Name}\n{e.Email}\n{e.Level}\n{e.EnteredBy}\n{e.PlacedBy}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>
    /// Confirms every entry that waits for this person, as it was seen; false when the list is another by now. Each confirmation holds the
    /// name and the address that were seen, so that what is changed in the same moment is not covered.
    /// </summary>
    public async Task<bool> ConfirmAsync(Standing standing, Organisation organisation, string? seen)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        // two presses one after the other
        await db.Set<Organisation>().Where(o => o.Id == organisation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.Version, o => o.Version));
        var entries = await ReadAsync(standing, organisation.Id);
        if (Seen(entries) != seen) return false;
        var waiting = entries.Where(e => e.Awaits(standing)).ToDictionary(e => e.MembershipId);
        if (waiting.Count == 0) return true;
        var confirmed = 0;
        foreach (var membership in await db.Set<Membership>().Where(m => m.OrganisationId == organisation.Id && m.LeftOn == null)
            .ToListAsync())
        {
            if (!waiting.TryGetValue(membership.Id, out var entry)) continue;
            var confirmation = new Confirmation(standing.AccountId, clock.Now(), entry.Hash);
            if (standing.IsCoordinator) membership.ByCoordinator = confirmation;
            else membership.ByLead = confirmation;
            confirmed++;
        }
        access.Record(standing, "confirmed a list of people",
            $"{organisation.Name}: {Dates.Count(confirmed, "entry", "entries")} of {entries.Count}, as {(standing.IsCoordinator ? "coordinator" : "partner lead")}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }
}
