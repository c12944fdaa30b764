using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Agreements;

/// <summary>What stands beside the governing document: duties the law gives to some partners, and what data partners share.</summary>
public sealed class RecordOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    public IQueryable<StatutoryDuty> Duties(Standing standing) => db.Set<StatutoryDuty>()
        .Where(d => d.PartnershipId == standing.PartnershipId && d.EndedAt == null);

    public IQueryable<DataSharing> DataSharings(Standing standing) => db.Set<DataSharing>()
        .Where(d => d.PartnershipId == standing.PartnershipId && d.EndedAt == null);

    /// <summary>Saves a new or changed duty; false when someone else changed it since <paramref name="version"/> was read.</summary>
    public async Task<bool> SaveAsync(Standing standing, StatutoryDuty duty, IReadOnlyList<long> holders, int version)
    {
        duty.Holders.RemoveAll(holder => !holders.Contains(holder.OrganisationId));
        duty.Holders.AddRange(holders.Where(id => duty.Holders.TrueForAll(holder => holder.OrganisationId != id))
            .Select(id => new DutyHolder { OrganisationId = id }));
        if (duty.Id == 0)
        {
            if (await Duties(standing).AnyAsync(d => d.Name == duty.Name)) return true; // pressed twice
            db.Set<StatutoryDuty>().Add(duty);
        }
        else Touch(duty, version);
        access.Record(standing, duty.Id == 0 ? "flagged a statutory duty" : "changed a statutory duty", duty.Name);
        return await SavedAsync();
    }

    public async Task<bool> EndAsync(Standing standing, StatutoryDuty duty, int version)
    {
        duty.EndedAt = clock.Now();
        Touch(duty, version);
        access.Record(standing, "ended a statutory duty", duty.Name);
        return await SavedAsync();
    }

    /// <summary>Saves a new or changed record of shared data; false when someone else changed it since <paramref name="version"/> was
    /// read.</summary>
    public async Task<bool> SaveAsync(Standing standing, DataSharing sharing, IReadOnlyList<long> parties, int version)
    {
        sharing.Parties.RemoveAll(party => !parties.Contains(party.OrganisationId));
        sharing.Parties.AddRange(parties.Where(id => sharing.Parties.TrueForAll(party => party.OrganisationId != id))
            .Select(id => new DataSharingParty { OrganisationId = id }));
        if (sharing.Id == 0)
        {
            // pressed twice
            if (await DataSharings(standing).AnyAsync(d => d.Purpose == sharing.Purpose && d.Data == sharing.Data)) return true;
            db.Set<DataSharing>().Add(sharing);
        }
        else Touch(sharing, version);
        access.Record(standing, sharing.Id == 0 ? "recorded shared data" : "changed a record of shared data", sharing.Purpose);
        return await SavedAsync();
    }

    public async Task<bool> EndAsync(Standing standing, DataSharing sharing, int version)
    {
        sharing.EndedAt = clock.Now();
        Touch(sharing, version);
        access.Record(standing, "ended a record of shared data", sharing.Purpose);
        return await SavedAsync();
    }

    /// <summary>Also where only its organisations changed, two editors are told apart.</summary>
    private void Touch(Versioned record, int version)
    {
        var token = db.Entry(record).Property(r => r.Version);
        token.IsModified = true;
        token.OriginalValue = version;
    }

    private async Task<bool> SavedAsync()
    {
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
