using Colead.Kit.Texts;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Colead.Parts.Partnerships.Partners;

/// <summary>What became of making one of two.</summary>
public enum Merge
{
    Done,
    /// <summary>One of them is not there, or both are the same.</summary>
    NotThere,
    /// <summary>A round, a decision or something else names the one that would go: its history would be lost.</summary>
    Named,
}

/// <summary>Two entries that are one organisation, written differently in two lists, become one.</summary>
public sealed class MergeOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    /// <summary>What moves along; whatever else names an organisation keeps it.</summary>
    private static readonly Type[] Moves = [typeof(Organisation), typeof(OrganisationTerm), typeof(Membership), typeof(RoleGrant),
        typeof(RoleInvitation)];

    /// <summary>
    /// Moves people, leads and invitations of one organisation to another, and deletes it. Whoever merges has put the people there: what
    /// was confirmed of them was of another organisation.
    /// </summary>
    public async Task<Merge> MergeAsync(Standing standing, long organisationId, long intoId)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync();
        // Of two who change this partnership's organisations so, one waits for the other.
        await db.Set<Partnership>().Where(p => p.Id == standing.PartnershipId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version));
        var both = await access.Organisations(standing).Include(o => o.Terms).Where(o => o.Id == organisationId || o.Id == intoId)
            .ToListAsync();
        if (both.Find(o => o.Id == organisationId) is not { } organisation || both.Find(o => o.Id == intoId) is not { } into
            || into == organisation) return Merge.NotThere;
        if (await IsNamedAsync(organisationId)) return Merge.Named;
        var people = await db.Set<Person>().Include(p => p.Memberships)
            .Where(p => p.Memberships.Any(m => m.OrganisationId == organisationId)).ToListAsync();
        foreach (var person in people) Move(person, organisation, into, standing.Writer);
        var now = clock.Now();
        await db.Set<RoleGrant>().Where(g => g.OrganisationId == organisationId)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.OrganisationId, intoId).SetProperty(g => g.GrantedAt, now));
        await db.Set<RoleInvitation>().Where(i => i.OrganisationId == organisationId)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.OrganisationId, intoId));
        if (organisation.IsCurrent) into.Join(clock.Today());
        access.Record(standing, "made one organisation of two", $"{organisation.Name}: now {into.Name}");
        try
        {
            await db.SaveChangesAsync();
            await db.Set<Organisation>().Where(o => o.Id == organisationId).ExecuteDeleteAsync();
            await transaction.CommitAsync();
            return Merge.Done;
        }
        catch (Exception error) when (error is DbUpdateException or System.Data.Common.DbException)
        {
            await transaction.RollbackAsync();
            db.ChangeTracker.Clear();
            if (await IsNamedAsync(organisationId)) return Merge.Named; // by somebody in the same moment
            throw;
        }
    }

    private static void Move(Person person, Organisation from, Organisation into, Writer by)
    {
        foreach (var old in person.Memberships.Where(m => m.OrganisationId == from.Id).ToList())
        {
            person.Memberships.Remove(old);
            if (old.LeftOn is null && person.Current.Any(m => m.OrganisationId == into.Id)) continue; // they stand there already
            var moved = new Membership { OrganisationId = into.Id, Level = old.Level, Title = old.Title, TitleShown = old.TitleShown,
                JoinedOn = old.JoinedOn, PlacedBy = by };
            if (old.LeftOn is { } day) moved.End(day);
            person.Memberships.Add(moved);
        }
    }

    /// <summary>Whether anything but people and roles names it: asked of every table that there is, so that no part is forgotten.</summary>
    private async Task<bool> IsNamedAsync(long organisationId)
    {
        foreach (var (table, column) in Columns(db.Model))
        {
            var sql = $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\" WHERE \"{column}\" = {{0}}";
            if (await db.Database.SqlQueryRaw<long>(sql, organisationId).SingleAsync() > 0) return true;
        }
        return false;
    }

    private static IEnumerable<(string Table, string Column)> Columns(IModel model) =>
        from type in model.GetEntityTypes()
        where !Moves.Contains(type.ClrType) && type.GetTableName() is not null
        from property in type.GetProperties()
        where property.Name.EndsWith("OrganisationId", StringComparison.Ordinal)
        select (type.GetTableName()!, property.GetColumnName());
}
