using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Colead.Storage.Live;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings;

/// <summary>Notes under the items of an agenda. Whoever adds one takes nothing from anyone else; what is corrected keeps what it
/// said.</summary>
public sealed class MinutesOperations(ColeadDb db, PartnershipAccess access, LiveChanges live, TimeProvider clock)
{
    public IQueryable<MeetingNote> Of(Standing standing) => db.Set<MeetingNote>()
        .Where(n => n.Item!.Meeting!.PartnershipId == standing.PartnershipId);

    /// <summary>Everyone who takes part writes while a meeting is open; afterwards only who runs it, and it shows.</summary>
    public static bool MayAdd(Standing standing, MeetingState state, long? chairOrganisationId) =>
        state == MeetingState.Planned ? standing.TakesPart : state == MeetingState.Ended && MeetingOperations.Runs(standing,
            chairOrganisationId);

    /// <summary>Who wrote a note corrects it while the meeting is open; who runs the meeting may always.</summary>
    public static bool MayCorrect(Standing standing, MeetingState state, long? chairOrganisationId, long? authorId) =>
        MeetingOperations.Runs(standing, chairOrganisationId) || (state == MeetingState.Planned && standing.TakesPart
            && authorId == standing.AccountId);

    public async Task AddAsync(Standing standing, AgendaItem item, string text, long? spokeOrganisationId, string formKey)
    {
        if (await db.Set<MeetingNote>().AsNoTracking().FirstOrDefaultAsync(n => n.FormKey == formKey) is { } before)
        {
            if ((before.Text, before.SpokeOrganisationId, before.ItemId) == (text, spokeOrganisationId, item.Id)) return;
            formKey = FormKey.New(); // the same form with other words, by the way back: another note, and none is lost
        }
        db.Set<MeetingNote>().Add(new MeetingNote
        {
            ItemId = item.Id,
            Text = text,
            SpokeOrganisationId = spokeOrganisationId,
            AccountId = standing.AccountId,
            Who = standing.AccountName,
            At = clock.Now(),
            FormKey = formKey,
        });
        access.Record(standing, "wrote in the minutes", item.Title);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            return; // in the very moment between
        }
        await live.AnnounceAsync(MeetingsPart.Topic(item.MeetingId));
    }

    /// <summary>Corrects a note; false when someone else did since <paramref name="version"/>.</summary>
    public async Task<bool> CorrectAsync(Standing standing, MeetingNote note, string text, long? spokeOrganisationId, int version)
    {
        db.Entry(note).Property(n => n.Version).OriginalValue = version;
        note.Correct(text, spokeOrganisationId, standing.AccountName, clock.Now());
        access.Record(standing, "corrected the minutes", note.Item!.Title);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        await live.AnnounceAsync(MeetingsPart.Topic(note.Item!.MeetingId));
        return true;
    }
}
