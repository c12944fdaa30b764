using System.Data.Common;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Partnerships;

/// <summary>Writes thousands of new people at once: many rows a statement, where EF sends one statement a row.</summary>
public static class NewPeople
{
    /// <summary>
    /// Inserts people who are not tracked, with their memberships, inside the transaction that is open. Organisations must be saved
    /// already. A key that is there already is a <see cref="DbUpdateException"/>, as in any other save.
    /// </summary>
    public static async Task InsertAsync(ColeadDb db, IReadOnlyCollection<Person> people)
    {
        try
        {
            var rows = new List<(long Person, Membership Membership)>();
            foreach (var chunk in people.Chunk(ManyRows.AtOnce)) rows.AddRange(await InsertPeopleAsync(db, chunk));
            foreach (var chunk in rows.Chunk(ManyRows.AtOnce)) await InsertMembershipsAsync(db, chunk);
        }
        catch (DbException error)
        {
            throw new DbUpdateException("People could not be inserted.", error);
        }
    }

    private static async Task<List<(long Person, Membership Membership)>> InsertPeopleAsync(ColeadDb db, Person[] people)
    {
        await using var command = ManyRows.Command(db, """INSERT INTO "People" ("PartnershipId", "Name", "NameKey", "Email", "EmailKey", "EnteredBy", "EnteredAsCoordinator", "Version") VALUES """,
            people.Select(p => new object?[] { p.PartnershipId, p.Name, p.NameKey, p.Email, p.EmailKey, p.EnteredBy.AccountId,
                p.EnteredBy.AsCoordinator, p.Version }), " RETURNING \"Id\", \"NameKey\", \"EmailKey\"");
        // The engines do not promise an order. An address is unique; people of one name without address are alike, so that any of their
        // rows will do.
        var waiting = people.GroupBy(p => (p.NameKey, p.EmailKey)).ToDictionary(group => group.Key, group => new Queue<Person>(group));
        var rows = new List<(long, Membership)>(people.Length);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var person = waiting[(reader.GetString(1), await reader.IsDBNullAsync(2) ? null : reader.GetString(2))].Dequeue();
            foreach (var membership in person.Memberships) rows.Add((reader.GetInt64(0), membership));
        }
        return rows;
    }

    private static async Task InsertMembershipsAsync(ColeadDb db, (long Person, Membership Membership)[] rows)
    {
        await using var command = ManyRows.Command(db, """INSERT INTO "Memberships" ("PersonId", "OrganisationId", "Level", "Title", "TitleShown", "JoinedOn", "PlacedBy", "PlacedAsCoordinator") VALUES """,
            rows.Select(row => new object?[]
            {
                row.Person, row.Membership.Organisation!.Id, row.Membership.Level.ToString(), row.Membership.Title,
                    row.Membership.TitleShown, row.Membership.JoinedOn,
                row.Membership.PlacedBy.AccountId, row.Membership.PlacedBy.AsCoordinator,
            }), "");
        await command.ExecuteNonQueryAsync();
    }
}
