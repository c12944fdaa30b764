using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>What somebody wants on the agenda.</summary>
public sealed record WantedItem(string Title, string About, string OwnerName, long? OwnerOrganisationId, int Minutes, long? ThreadId,
    long? PutOnByOrganisationId);

/// <summary>Putting things on a meeting's agenda, changing and ordering them, and carrying over what was not reached.</summary>
public sealed class AgendaOperations(ColeadDb db, PartnershipAccess access, LiveChanges live, TimeProvider clock)
{
    public IQueryable<AgendaItem> Of(Standing standing) => db.Set<AgendaItem>()
        .Where(i => i.Meeting!.PartnershipId == standing.PartnershipId);

    /// <summary>What earlier meetings did not reach and no later one took over.</summary>
    public IQueryable<AgendaItem> LeftOver(Standing standing, long meetingId, DateTime before) => Of(standing)
        .Where(i => i.MeetingId != meetingId && i.State == ItemState.NotReached && i.Meeting!.State == MeetingState.Ended
            && i.Meeting.StartsAt < before && !db.Set<AgendaItem>().Any(next => next.CarriedFromId == i.Id));

    public async Task AddAsync(Standing standing, Meeting meeting, WantedItem wanted, string formKey)
    {
        if (await db.Set<AgendaItem>().Where(i => i.FormKey == formKey).Select(i => i.Title).FirstOrDefaultAsync() is { } before)
        {
            if (before == wanted.Title) return;
            formKey = FormKey.New(); // the same form with other words, by the way back: another item
        }
        db.Set<AgendaItem>().Add(Item(standing, meeting, wanted, formKey, await LastAsync(meeting.Id) + 1));
        access.Record(standing, "put something on an agenda", $"{meeting.Title}: {wanted.Title}");
        await SaveOnceAsync(meeting.Id);
    }

    /// <summary>Changes an item; false when someone else did since <paramref name="version"/>.</summary>
    public async Task<bool> ChangeAsync(Standing standing, AgendaItem item, WantedItem wanted, ItemState state, int version)
    {
        (item.Title, item.About, item.OwnerName, item.OwnerOrganisationId, item.Minutes) =
            (wanted.Title, wanted.About, wanted.OwnerName, wanted.OwnerOrganisationId, wanted.Minutes);
        (item.ThreadId, item.PutOnByOrganisationId, item.State) = (wanted.ThreadId, wanted.PutOnByOrganisationId, state);
        db.Entry(item).Property(i => i.Version).OriginalValue = version;
        access.Record(standing, "changed an agenda", item.Title);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        await live.AnnounceAsync(MeetingsPart.Topic(item.MeetingId));
        return true;
    }

    /// <summary>Puts an item just above another of the same meeting. Doing it twice is doing it once.</summary>
    public async Task<bool> MoveAsync(Standing standing, long meetingId, long itemId, long aboveId)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var items = await Of(standing).AsNoTracking().Where(i => i.MeetingId == meetingId).OrderBy(i => i.Position).ThenBy(i => i.Id)
            .ToListAsync();
        if (items.Find(i => i.Id == itemId) is not { } moved || itemId == aboveId || !items.Exists(i => i.Id == aboveId)) return false;
        items.Remove(moved);
        items.Insert(items.FindIndex(i => i.Id == aboveId), moved);
        for (var place = 1; place <= items.Count; place++)
        {
            var (id, position) = (items[place - 1].Id, place);
            // An order is nobody's text: it must not clash with someone who changes the item's words.
            if (items[place - 1].Position != position) await db.Set<AgendaItem>().Where(i => i.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.Position, position));
        }
        access.Record(standing, "changed the order of an agenda", moved.Title);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await live.AnnounceAsync(MeetingsPart.Topic(meetingId));
        return true;
    }

    /// <summary>Puts everything that earlier meetings did not reach on this agenda. What two people carry over at once is there
    /// once.</summary>
    public async Task<int> CarryOverAsync(Standing standing, Meeting meeting)
    {
        var left = await LeftOver(standing, meeting.Id, meeting.StartsAt).AsNoTracking().OrderBy(i => i.Meeting!.StartsAt)
            .ThenBy(i => i.Position).ThenBy(i => i.Id).ToListAsync();
        var position = await LastAsync(meeting.Id);
        foreach (var item in left)
        {
            db.Set<AgendaItem>().Add(new AgendaItem
            {
                MeetingId = meeting.Id,
                Position = ++position,
                Title = item.Title,
                About = item.About,
                OwnerName = item.OwnerName,
                OwnerOrganisationId = item.OwnerOrganisationId,
                Minutes = item.Minutes,
                ThreadId = item.ThreadId,
                PutOnByOrganisationId = item.PutOnByOrganisationId,
                PutOnByAccountId = item.PutOnByAccountId,
                PutOnBy = item.PutOnBy,
                PutOnAt = clock.Now(),
                CarriedFromId = item.Id,
                FormKey = FormKey.New(),
            });
        }
        if (left.Count == 0) return 0;
        access.Record(standing, "carried over to a meeting", $"{meeting.Title}: {Dates.Count(left.Count, "item", "items")}");
        return await SaveOnceAsync(meeting.Id) ? left.Count : 0;
    }

    private AgendaItem Item(Standing standing, Meeting meeting, WantedItem wanted, string formKey, int position) => new()
    {
        MeetingId = meeting.Id,
        Position = position,
        Title = wanted.Title,
        About = wanted.About,
        OwnerName = wanted.OwnerName,
        OwnerOrganisationId = wanted.OwnerOrganisationId,
        Minutes = wanted.Minutes,
        ThreadId = wanted.ThreadId,
        PutOnByOrganisationId = wanted.PutOnByOrganisationId,
        PutOnByAccountId = standing.AccountId,
        PutOnBy = standing.AccountName,
        PutOnAt = clock.Now(),
        FormKey = formKey,
    };

    private async Task<int> LastAsync(long meetingId) => await db.Set<AgendaItem>().Where(i => i.MeetingId == meetingId)
        .MaxAsync(i => (int?)i.Position) ?? 0;

    /// <summary>False when it is there already.</summary>
    private async Task<bool> SaveOnceAsync(long meetingId)
    {
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            return false;
        }
        await live.AnnounceAsync(MeetingsPart.Topic(meetingId));
        return true;
    }
}
