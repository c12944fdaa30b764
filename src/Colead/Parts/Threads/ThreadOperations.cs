using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads.Starting;
using Colead.Storage;
using Colead.Storage.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads;

/// <summary>What a thread is started with.</summary>
public sealed record ThreadStart(string FormKey, string Title, string About, string? Dimension, ThreadOrigin Beginning);

/// <summary>Starting threads, talking in them, putting them away, and lending them to readers outside.</summary>
public sealed class ThreadOperations(ColeadDb db, PartnershipAccess access, TimeProvider clock)
{
    /// <summary>So many links to one thread may be open: each is for somebody, and somebody must keep them in mind.</summary>
    public const int MostLinks = 20;

    public IQueryable<GoldenThread> Of(Standing standing) => db.Set<GoldenThread>().Where(t => t.PartnershipId == standing.PartnershipId);

    public Task<GoldenThread?> FindAsync(Standing standing, long threadId) => Of(standing).Include(t => t.Organisation)
        .FirstOrDefaultAsync(t => t.Id == threadId);

    /// <summary>Whoever started a thread, and coordinators, may name it anew or put it away.</summary>
    public static bool MayChange(Standing standing, GoldenThread thread) => standing.IsCoordinator
        || (standing.TakesPart && thread.StartedByAccountId == standing.AccountId);

    /// <summary>Starts a thread; the same form sent again finds the thread that it started.</summary>
    public async Task<long> StartAsync(Standing standing, ThreadStart start)
    {
        if (await StartedAsync(standing, start.FormKey) is { } already) return already;
        var thread = new GoldenThread
        {
            PartnershipId = standing.PartnershipId,
            FormKey = start.FormKey,
            Title = start.Title,
            About = start.About,
            Source = start.Beginning.Source,
            RoundId = start.Beginning.RoundId,
            FindingKind = start.Beginning.Kind?.ToString(),
            Measure = start.Beginning.Measure,
            First = start.Beginning.First,
            Second = start.Beginning.Second,
            Dimension = start.Dimension,
            StartedByAccountId = standing.AccountId,
            StartedBy = standing.AccountName,
            OrganisationId = standing.OrganisationId,
            StartedAt = clock.Now(),
        };
        db.Set<GoldenThread>().Add(thread);
        access.Record(standing, "started a thread", start.Title);
        return await SavedOnceAsync() ? thread.Id : await StartedAsync(standing, start.FormKey)
            ?? throw new InvalidOperationException("Another partnership's form key.");
    }

    private Task<long?> StartedAsync(Standing standing, string formKey) => Of(standing).Where(t => t.FormKey == formKey)
        .Select(t => (long?)t.Id).FirstOrDefaultAsync();

    /// <summary>Adds to the conversation, once a form.</summary>
    public async Task SayAsync(Standing standing, GoldenThread thread, string text, string formKey)
    {
        if (await db.Set<ThreadNote>().AnyAsync(n => n.FormKey == formKey)) return;
        db.Set<ThreadNote>().Add(new ThreadNote
        {
            ThreadId = thread.Id, FormKey = formKey, AccountId = standing.AccountId, Who = standing.AccountName, OrganisationId =
                standing.OrganisationId, Text = text, At = clock.Now(),
        });
        access.Record(standing, "wrote in a thread", thread.Title);
        await SavedOnceAsync();
    }

    /// <summary>The note, where it is this person's own to change.</summary>
    public Task<ThreadNote?> OwnNoteAsync(Standing standing, long threadId, long noteId) => db.Set<ThreadNote>().Include(n => n.Thread)
        .FirstOrDefaultAsync(n => n.Id == noteId && n.ThreadId == threadId && n.Thread!.PartnershipId == standing.PartnershipId
            && n.AccountId == standing.AccountId && n.TakenBackAt == null);

    /// <summary>False when it was changed elsewhere since <paramref name="version"/> was read.</summary>
    public Task<bool> RewordAsync(Standing standing, ThreadNote note, int version, string text)
    {
        (note.Text, note.ChangedAt) = (text, clock.Now());
        access.Record(standing, "changed what they wrote", note.Thread!.Title);
        return SavedAsync(note, version);
    }

    /// <summary>Takes a note out of the conversation: its writer, or a coordinator who must keep the talk fit to read. That it was there
    /// stays.</summary>
    public async Task<bool> TakeBackAsync(Standing standing, long threadId, long noteId)
    {
        var note = await db.Set<ThreadNote>().Include(n => n.Thread)
            .FirstOrDefaultAsync(n => n.Id == noteId && n.ThreadId == threadId && n.Thread!.PartnershipId == standing.PartnershipId);
        if (note is null || (note.AccountId != standing.AccountId && !standing.IsCoordinator)) return false;
        if (note.TakenBackAt is not null) return true; // a second press, or both pressed
        (note.Text, note.TakenBackAt) = ("", clock.Now());
        access.Record(standing, note.AccountId == standing.AccountId ? "took back what they wrote" : "took out what someone wrote",
            $"{note.Who}, in {note.Thread!.Title}");
        return await SavedAsync(note, note.Version);
    }

    /// <summary>False when someone else changed it since <paramref name="version"/> was read.</summary>
    public Task<bool> ChangeAsync(Standing standing, GoldenThread thread, int version, string title, string about, string? dimension)
    {
        var before = thread.Title;
        (thread.Title, thread.About, thread.Dimension) = (title, about, dimension);
        access.Record(standing, "changed a thread", before == title ? title : $"{before}, now {title}");
        return SavedAsync(thread, version);
    }

    /// <summary>Puts a thread away, or takes it out again.</summary>
    public Task<bool> EndAsync(Standing standing, GoldenThread thread, bool ended)
    {
        thread.EndedAt = ended ? clock.Now() : null;
        access.Record(standing, ended ? "put a thread away" : "took a thread up again", thread.Title);
        return SavedAsync(thread, thread.Version);
    }

    /// <summary>A new link for readers without an account; null when there are too many, or the form made one that is revoked since. It is
    /// known only now. The same form sent again shows the link that it made.</summary>
    public async Task<string?> ShareAsync(Standing standing, GoldenThread thread, string title, string forWhom, string formKey)
    {
        var secret = Secret.Of($"thread {thread.Id} {formKey}");
        var hash = Secret.Hash(secret);
        if (await db.Set<ThreadLink>().AnyAsync(l => l.SecretHash == hash && l.RevokedAt == null)) return secret;
        if (await db.Set<ThreadLink>().CountAsync(l => l.ThreadId == thread.Id && l.RevokedAt == null) >= MostLinks) return null;
        db.Set<ThreadLink>().Add(new ThreadLink { ThreadId = thread.Id, SecretHash = hash, Title = title, For = forWhom,
            MadeBy = standing.AccountName, MadeAt = clock.Now() });
        access.Record(standing, "shared a thread by link", $"{thread.Title}, for {forWhom}");
        return await SavedOnceAsync() || await db.Set<ThreadLink>().AnyAsync(l => l.SecretHash == hash && l.RevokedAt == null) ? secret
            : null;
    }

    /// <summary>From now on the link opens nothing.</summary>
    public async Task<bool> RevokeAsync(Standing standing, GoldenThread thread, long linkId)
    {
        var link = await db.Set<ThreadLink>().FirstOrDefaultAsync(l => l.Id == linkId && l.ThreadId == thread.Id && l.RevokedAt == null);
        if (link is null) return false;
        link.RevokedAt = clock.Now();
        access.Record(standing, "revoked a thread's link", $"{thread.Title}, for {link.For}");
        await db.SaveChangesAsync();
        return true;
    }

    private async Task<bool> SavedOnceAsync()
    {
        try
        {
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateException error) when (db.IsDuplicate(error))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private async Task<bool> SavedAsync(Versioned thing, int version)
    {
        db.Entry(thing).Property(nameof(Versioned.Version)).OriginalValue = version;
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
