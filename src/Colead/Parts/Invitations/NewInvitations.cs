using System.Data.Common;
using System.Security.Cryptography;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Invitations;

/// <summary>Writes thousands of invitations at once.</summary>
public static class NewInvitations
{
    /// <summary>
    /// Inserts invitations of one round that are not tracked, inside the transaction that is open. The hash of each one's link is made from
    /// the number that the database gives it. A person who is invited already is a <see cref="DbUpdateException"/>.
    /// </summary>
    public static async Task InsertAsync(ColeadDb db, IReadOnlyCollection<Invitation> invitations, Func<long, byte[]> secretHashOf)
    {
        try
        {
            foreach (var chunk in invitations.Chunk(ManyRows.AtOnce)) await SetHashesAsync(db, await InsertAsync(db, chunk), secretHashOf);
        }
        catch (DbException error)
        {
            throw new DbUpdateException("People could not be invited.", error);
        }
    }

    private static async Task<List<long>> InsertAsync(ColeadDb db, Invitation[] chunk)
    {
        // The hash needs the number, which is not there yet; until the next statement a random one stands in, because hashes are unique.
        await using var command = ManyRows.Command(db, """
            INSERT INTO "Invitations" ("RoundId", "PersonId", "OrganisationId", "Sector", "Level", "AddressKey", "Counts", "Generation",
                "SecretHash", "Withdrawn", "WasStopped", "Replaced", "NoReminders") VALUES
            """ + " ", chunk.Select(i => new object?[]
            {
                i.RoundId, i.PersonId, i.OrganisationId, i.Sector?.ToString(), i.Level?.ToString(), i.AddressKey, i.Counts, i.Generation,
                    RandomNumberGenerator.GetBytes(32), i.Withdrawn, i.WasStopped, i.Replaced, i.NoReminders,
            }), " RETURNING \"Id\"");
        var ids = new List<long>(chunk.Length);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) ids.Add(reader.GetInt64(0));
        return ids;
    }

    private static async Task SetHashesAsync(ColeadDb db, List<long> ids, Func<long, byte[]> secretHashOf)
    {
        await using var command = ManyRows.Command(db, "UPDATE \"Invitations\" SET \"SecretHash\" = v.column2 FROM (VALUES ",
            ids.Select(id => new object?[] { id, secretHashOf(id) }), ") AS v WHERE \"Invitations\".\"Id\" = v.column1");
        await command.ExecuteNonQueryAsync();
    }
}
