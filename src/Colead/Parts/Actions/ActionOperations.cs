using Colead.Kit.Forms;
using Colead.Kit.Texts;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Actions;

/// <summary>What a form says of an action. Decision and meeting come from those parts, which have checked that they are of this
/// partnership.</summary>
public sealed record ActionText(string Title, string About, long OrganisationId, long? PersonId, DateOnly DueOn, long? ThreadId,
    long? OutcomeId, ActionNature Nature, string CoProducedWith, long? DecisionId = null, long? MeetingId = null);

/// <summary>How a note was taken.</summary>
public enum NoteResult
{
    Kept,
    /// <summary>The action stands elsewhere by now.</summary>
    Clashed,
}

/// <summary>Planning actions, changing their course, and saying how they go.</summary>
public sealed class ActionOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    public IQueryable<PlannedAction> Of(Standing standing) => db.Set<PlannedAction>().Where(a => a.PartnershipId == standing.PartnershipId);

    /// <summary>Those who look after the organisation, and members who belong to it, say how it goes.</summary>
    public static bool MayReport(Standing standing, PlannedAction action) => standing.Manages(action.OrganisationId)
        || (standing.TakesPart && standing.OrganisationId == action.OrganisationId);

    public Task<PlannedAction?> FindAsync(Standing standing, long actionId) => Of(standing)
        .Include(a => a.Organisation).Include(a => a.Person).Include(a => a.Thread).Include(a => a.Outcome).Include(a => a.Notes)
            .FirstOrDefaultAsync(a => a.Id == actionId);

    public void Forget() => db.ChangeTracker.Clear();

    /// <summary>Plans an action; the same form sent again finds the one it made. The caller has asked whether the person may act for the
    /// organisation.</summary>
    public async Task<long> CreateAsync(Standing standing, ActionText text, string formKey)
    {
        var same = Of(standing).Where(a => a.FormKey == formKey).Select(a => (long?)a.Id);
        if (await same.FirstOrDefaultAsync() is { } made) return made;
        var action = new PlannedAction
        {
            PartnershipId = standing.PartnershipId,
            Title = text.Title,
            OrganisationId = text.OrganisationId,
            DueOn = text.DueOn,
            DecisionId = text.DecisionId,
            MeetingId = text.MeetingId,
            CreatedBy = standing.AccountName,
            CreatedAt = clock.Now(),
            FormKey = formKey,
        };
        Fill(action, text);
        db.Set<PlannedAction>().Add(action);
        access.Record(standing, "planned an action", action.Title);
        try
        {
            await db.SaveChangesAsync();
            return action.Id;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return (await same.FirstAsync())!.Value; // the second of two clicks
        }
    }

    /// <summary>Saves a changed action; false when someone else changed it since. A change of course leaves a note with its
    /// reason.</summary>
    public async Task<bool> SaveAsync(Standing standing, PlannedAction action, int version, ActionText text, string? reason, string formKey)
    {
        Fill(action, text);
        if (reason is not null) action.Add(Note(standing, ActionNoteKind.Changed, reason, formKey));
        Token(action, version);
        access.Record(standing, reason is null ? "changed an action" : "changed an action’s course", action.Title);
        return await TrySaveAsync();
    }

    /// <summary>Keeps a note, and moves where the action stands as it says. The same form sent again changes nothing.</summary>
    public async Task<NoteResult> NoteAsync(Standing standing, PlannedAction action, ActionNoteKind kind, string text, int version,
        string formKey)
    {
        if (action.Notes.Exists(n => n.FormKey == formKey)) return NoteResult.Kept;
        if (!action.Takes(kind)) return NoteResult.Clashed;
        action.Add(Note(standing, kind, text, formKey));
        if (kind != ActionNoteKind.Progress) Token(action, version); // two may tell of progress at once; where it stands is one thing
        access.Record(standing, "said how an action goes", $"{action.Title}: {ActionWords.Say(kind).ToLowerInvariant()}");
        return await TrySaveAsync() || await db.Set<ActionNote>().AsNoTracking()
            .AnyAsync(n => n.ActionId == action.Id && n.FormKey == formKey) ? NoteResult.Kept : NoteResult.Clashed;
    }

    /// <summary>Organisations the person may plan for.</summary>
    public async Task<IReadOnlyList<Choice>> OrganisationsAsync(Standing standing, long? also)
    {
        var found = await access.ManagedOrganisations(standing).Where(o => o.Terms.Any(t => t.LeftOn == null) || o.Id == also)
            .OrderBy(o => o.NameKey).Select(o => new { o.Id, o.Name }).ToListAsync();
        return [.. found.Select(o => new Choice(Typed.Id(o.Id), o.Name))];
    }

    /// <summary>People the person may name: a lead those of the own organisation, a coordinator everyone. By name and organisation; titles
    /// stay hidden.</summary>
    public async Task<IReadOnlyList<PersonChoice>> PeopleAsync(Standing standing, long? also)
    {
        var found = await access.People(standing).OrderBy(p => p.NameKey)
            .Select(p => new { p.Id, p.Name, Where = p.Memberships.Where(m => m.LeftOn == null)
                .Select(m => new { m.OrganisationId, m.Organisation!.Name }).ToList() }).ToListAsync();
        return [.. found.Select(p => new PersonChoice(p.Id, p.Name,
            [.. p.Where.Where(w => standing.Manages(w.OrganisationId)).Select(w => w.OrganisationId)],
            string.Join(", ", p.Where.Where(w => standing.Manages(w.OrganisationId)).Select(w => w.Name))))
            .Where(p => p.Organisations.Count > 0 || p.Id == also)];
    }

    public async Task<IReadOnlyList<Choice>> OutcomesAsync(Standing standing, long? also)
    {
        var found = await db.Set<Outcome>().Where(o => o.PartnershipId == standing.PartnershipId && (o.EndedAt == null || o.Id == also))
            .OrderBy(o => o.Id).Select(o => new { o.Id, o.Title }).ToListAsync();
        return [.. found.Select(o => new Choice(Typed.Id(o.Id), o.Title))];
    }

    internal static ActionText TextOf(PlannedAction a) => new(a.Title, a.About, a.OrganisationId, a.PersonId, a.DueOn, a.ThreadId,
        a.OutcomeId, a.Nature, a.CoProducedWith);

    private ActionNote Note(Standing standing, ActionNoteKind kind, string text, string formKey) =>
        new() { Kind = kind, Text = text, Who = standing.AccountName, AccountId = standing.AccountId, At = clock.Now(), FormKey = formKey };

    private static void Fill(PlannedAction action, ActionText text)
    {
        (action.Title, action.About, action.OrganisationId, action.PersonId, action.DueOn) =
            (text.Title, text.About, text.OrganisationId, text.PersonId, text.DueOn);
        (action.ThreadId, action.OutcomeId, action.Nature, action.CoProducedWith) =
            (text.ThreadId, text.OutcomeId, text.Nature, text.CoProducedWith);
    }

    private void Token(PlannedAction action, int version)
    {
        var token = db.Entry(action).Property(a => a.Version);
        token.IsModified = true;
        token.OriginalValue = version;
    }

    private async Task<bool> TrySaveAsync()
    {
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            return false; // the same note, a moment earlier
        }
    }
}

/// <summary>Someone who may be named, and the organisations they are in that the person who chooses looks after.</summary>
public sealed record PersonChoice(long Id, string Name, IReadOnlyList<long> Organisations, string Where);
