using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Outbox;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Organisation = Colead.Parts.Partnerships.Organisation;

namespace Colead.Tests.Inventory;

/// <summary>
/// The built program, in a process of its own, closes a large round whose date has come, and is killed on the way. Whatever the moment: the
/// round is open and whole, or closed with its publication; never is it marked untraceable while its key is there; and the next start
/// publishes what would have been published without a crash.
/// </summary>
public class CrashTests
{
    private const int Invited = 3_000;
    private const int Answered = 2_500;
    private static readonly byte[] DraftBytes = ClosingRound.Bytes(new SeededRandom(99));

    [Theory, ClassData(typeof(Engines))]
    [Attack("Who pulls the plug", "the program killed at any moment of closing",
        "to find answers beside a publication, or neither",
        "open and whole, or closed without a trace")]
    public async Task Close_KilledAtAnyMoment_LosesNoAnswerAndLeavesNoTrace(Engine engine)
    {
        await using var open = await TestDatabase.CreateAsync(engine);
        await FillAsync(open);
        var before = await ReadAsync(open);
        byte[] undisturbed;
        var took = TimeSpan.Zero;
        await using (var database = await open.CopyAsync())
        {
            await RunAsync(database, async () =>
            {
                var began = TimeProvider.System.GetTimestamp();
                await UntilAsync(database, db => db.Set<StoredPublication>().AnyAsync());
                took = TimeProvider.System.GetElapsedTime(began);
                await UntilFinishedAsync(database);
            });
            undisturbed = await FinishedAsync(database, before);
        }

        var crashing = await open.CopyAsync();
        foreach (var share in new double?[] { 0.2, 0.5, 0.8, null })
        {
            // At shares of the time that it takes; at last as soon as the publication is there, perhaps before the key is destroyed.
            await RunAsync(crashing, () => share is null ? UntilAsync(crashing, db => db.Set<StoredPublication>().AnyAsync())
                : Task.Delay(took * share.Value, TestContext.Current.CancellationToken));
            await QuietAsync(crashing);
            Compare(before, await ReadAsync(crashing));
            if (await ReadAsync(crashing, db => db.Set<StoredPublication>().AnyAsync())) Assert.Equal(undisturbed,
                await PublicationAsync(crashing));
            // the next start goes on where this crash was
            if (share is null || await ReadAsync(crashing, db => db.Set<Round>().AnyAsync(r => r.State == RoundState.Open))) continue;
            await crashing.DisposeAsync();
            crashing = await open.CopyAsync();
        }
        await RunAsync(crashing, () => UntilFinishedAsync(crashing));
        Assert.Equal(undisturbed, await FinishedAsync(crashing, before));
        await crashing.DisposeAsync();
    }

    /// <summary>The publication of a round that is closed and whole and has left no trace.</summary>
    private static async Task<byte[]> FinishedAsync(TestDatabase database, Contents before)
    {
        await QuietAsync(database);
        var after = await ReadAsync(database);
        Assert.Equal(RoundState.Closed, after.State);
        Compare(before, after);
        await UntraceableAsync(database, before);
        return await PublicationAsync(database);
    }

    private static async Task<byte[]> PublicationAsync(TestDatabase database)
    {
        var publication = await ReadAsync(database, db => db.Set<StoredPublication>().SingleAsync());
        Assert.Equal(PublicationJson.Hash(publication.Content), publication.Hash);
        Assert.Equal(Answered, PublicationJson.Read(publication.Content).Members.All.Answered);
        return publication.Content;
    }

    private static async Task<T> ReadAsync<T>(TestDatabase database, Func<ColeadDb, Task<T>> read)
    {
        await using var db = database.Engine.Open();
        return await read(db);
    }

    private static async Task UntilAsync(TestDatabase database, Func<ColeadDb, Task<bool>> holds)
    {
        while (!await ReadAsync(database, holds)) await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    /// <summary>All that a round holds, in a form that can be compared, whatever its order.</summary>
    private sealed record Contents(RoundState State, IReadOnlyList<string> Answers, IReadOnlyList<string> Comments, int Tags, int Drafts,
        int Invitations, int Letters, int Links, int InvitedPeople, bool Published)
    {
        /// <summary>How often the audit trail says that it was closed.</summary>
        public required int Told { get; init; }
        public required bool IsUntraceable { get; init; }
        public required bool HasKey { get; init; }
        public required IReadOnlyList<byte[]> Rows { get; init; }
    }

    /// <summary>Open: everything as it was. Closed: the publication and every comment there, and nothing that belonged to a person. Never
    /// both, never neither.</summary>
    private static void Compare(Contents before, Contents now)
    {
        Assert.Equal(before.Comments, now.Comments);
        if (now.State == RoundState.Open) Assert.Equal(before.Answers, now.Answers);
        var all = now.State == RoundState.Open
            ? (Answered, Answered, before.Drafts, Invited, before.Letters, 0, Invited, false, 0)
            : (0, 0, 0, 0, 0, Invited, Invited, true, 1);
        Assert.Equal(all, (now.Answers.Count, now.Tags, now.Drafts, now.Invitations, now.Letters, now.Links, now.InvitedPeople,
            now.Published, now.Told));
        Assert.False(now is { IsUntraceable: true, HasKey: true });
        Assert.True(now.State == RoundState.Closed || now.HasKey);
    }

    private static async Task<Contents> ReadAsync(TestDatabase database)
    {
        await using var db = database.Engine.Open();
        var round = await db.Set<Round>().AsNoTracking().SingleAsync();
        var keys = new KeyFolder(database.Engine.Keys.Path); // as another server sees it
        var sent = await db.Responses.AsNoTracking().ToListAsync();
        var answers = sent.Count == 0 ? [] : sent.ConvertAll(r => AnswerContent.Open(keys.Read(KeyUse.Round, round.Key!), round.Id, r.Key,
            r.Content)!);
        var comments = (await db.Comments.AsNoTracking().ToListAsync())
            .ConvertAll(c => CommentContent.Open(keys.Read(KeyUse.Comments, round.CommentsKey!), round.Id, c.Key, c.Content)!.Text);
        return new(round.State,
            [.. answers.Select(r => $"{r.OrganisationId} {r.Level} {Convert.ToHexString(r.Answers)}").Order(StringComparer.Ordinal)],
            [.. answers.SelectMany(r => JsonSerializer.Deserialize<string[]>(r.Comments)!).Where(text => text.Length > 0).Concat(comments)
                .Order(StringComparer.Ordinal)],
            await db.Set<AnsweredTag>().CountAsync(), await db.Drafts.CountAsync(), await db.Set<Invitation>().CountAsync(),
                await db.Outbox.CountAsync() + await db.Set<RoundMessage>().CountAsync(), await db.Set<FormerLink>().CountAsync(),
            await db.Set<Invited>().SumAsync(i => i.People), await db.Set<StoredPublication>().AnyAsync())
        {
            Told = await db.AuditEntries.CountAsync(e => e.Act == "closed a round"),
            IsUntraceable = round.UntraceableAt is not null,
            HasKey = keys.All(KeyUse.Round).Count > 0,
            Rows = [.. sent.SelectMany(r => new[] { r.Key, r.Content[..64] })],
        };
    }

    /// <summary>A round over twelve organisations and six levels whose closing date has come, with letters, drafts and comments.</summary>
    private static async Task FillAsync(TestDatabase database)
    {
        await using var db = database.Engine.Open();
        var past = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        var partnership = new Partnership { Name = "Estuary Alliance", Kind = PartnershipKind.Formal, Place = "Estuary",
            Purpose = "Children grow up well.", WhyNotAlone = "No service sees the whole child.", CreatedAt = past };
        partnership.Organisations.AddRange(Enumerable.Range(0, 12)
            .Select(i => new Organisation { Name = $"Organisation {i}", Sector = (Sector)(i % 3) }));
        db.Add(partnership);
        db.Add(new StoredInstrument { Hash = InstrumentFile.ContentHash(ShippedInstruments.Inventory12),
            Content = InstrumentFile.Write(ShippedInstruments.Inventory12) });
        await db.SaveChangesAsync();
        var round = new Round
        {
            PartnershipId = partnership.Id, Name = "Spring", State = RoundState.Open, InstrumentHash =
                InstrumentFile.ContentHash(ShippedInstruments.Inventory12), Contact = "Morgan Ellery",
            CreatedAt = past, OpenedAt = past, ClosesAt = past.AddDays(14), FoldsDecided = true,
        };
        round.Organisations.AddRange(partnership.Organisations.Select(o => new RoundOrganisation { OrganisationId = o.Id, Name = o.Name,
            Sector = o.Sector }));
        var people = Enumerable.Range(0, Invited)
            .Select(i => new Person { PartnershipId = partnership.Id, Name = $"Person {i}", Email = null, EnteredBy = Writer.Unrecorded })
            .ToList();
        // else the hourly care takes them for gone
        for (var i = 0; i < Invited; i++) people[i].PlaceIn(partnership.Organisations[i % 12], LevelOf(i), new DateOnly(2026, 2, 2),
            Writer.Unrecorded);
        db.Add(round);
        db.AddRange(people);
        await db.SaveChangesAsync();
        var key = database.Engine.Keys.Make(KeyUse.Round);
        round.Key = key.Fingerprint;
        var invitations = people.Select((p, i) => new Invitation { RoundId = round.Id, PersonId = p.Id, OrganisationId = Place(i),
            Level = LevelOf(i), Counts = true, SecretHash = SHA256.HashData(BitConverter.GetBytes(i)) }).ToList();
        db.AddRange(invitations);
        db.AddRange(invitations.GroupBy(i => (i.OrganisationId, i.Level))
            .Select(g => new Invited { RoundId = round.Id, OrganisationId = g.Key.OrganisationId!.Value, Level = g.Key.Level!.Value,
            People = g.Count(), Counting = g.Count() }));
        await db.SaveChangesAsync();
        var random = new SeededRandom(7);
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await NewResponses.InsertAsync(db, key, round.Id, Enumerable.Range(0, Answered)
                .Select(i => new AnswerContent(false, key.Tag(SealedAnswers.AnsweredTag, invitations[i].Id), Place(i), null, LevelOf(i),
                true,
                ClosingRound.Bytes(random), JsonSerializer.Serialize(new[] { "", $"Comment of {i} about minibuses", "", "", "", "",
                    "" }))));
            await NewResponses.MarkAsync(db, round.Id, invitations.Take(Answered).Select(i => key.Tag(SealedAnswers.AnsweredTag, i.Id)));
            await transaction.CommitAsync();
        }
        db.AddRange(invitations.Skip(Answered).Take(300).Select(i => new Draft
        {
            RoundId = round.Id, Tag = key.Tag(SealedAnswers.DraftTag, i.Id), Place = 1, Key = i.SecretHash[..16],
            Content = new DraftContent(null, null, "en", DraftBytes, """["a half-written thought"]""", 1).Seal(key, round.Id, i.SecretHash[..16]),
        }));
        var letters = Enumerable.Range(0, 100)
            .Select(i => new OutboxMessage { To = $"p{i}@example.org", Subject = "Please answer", Body = "", Composed = true,
            CreatedAt = past, DueAt = past.AddYears(500) }).ToList();
        db.AddRange(letters);
        await db.SaveChangesAsync();
        db.AddRange(letters.Select((m, i) => new RoundMessage { MessageId = m.Id, RoundId = round.Id, InvitationId = invitations[i].Id,
            Kind = RoundMessageKind.Invitation }));
        await db.SaveChangesAsync();

        long Place(int i) => partnership.Organisations[i % 12].Id;

        static Level LevelOf(int i) => (Level)(i / 12 % 6);
    }

    /// <summary>Starts the program, which then does what is due, and kills it (SIGKILL) when the waiting is over.</summary>
    private static async Task RunAsync(TestDatabase database, Func<Task> waiting)
    {
        string[] storage = database.Connection is { } connection ? ["--database", connection] : [];
        using var server = Process.Start(new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "colead.dll"), "serve", "--listen", "127.0.0.1", "--port", "0", "--data",
            database.Folder, .. storage])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            for (var line = ""; !line.StartsWith("Colead is at", StringComparison.Ordinal);)
                line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                    ?? throw new InvalidOperationException("The program ended before it served.");
            await waiting();
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    /// <summary>PostgreSQL notices after a while that the killed program is gone, and ends what it had begun.</summary>
    private static async Task QuietAsync(TestDatabase database)
    {
        if (database.Connection is not null)
            await UntilAsync(database,
                db => db.Database.SqlQuery<bool>($"SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()) AS \"Value\"").SingleAsync());
    }

    private static Task UntilFinishedAsync(TestDatabase database) =>
        UntilAsync(database, async db => await db.Set<Round>().AnyAsync(r => r.UntraceableAt != null)
        && (database.Connection is not null
            || await db.Database.SqlQuery<long>($"SELECT user_version AS \"Value\" FROM pragma_user_version()").SingleAsync() == 0));

    /// <summary>As UntraceableTests look, here after crashes: no key, and on SQLite not even the noise.</summary>
    private static async Task UntraceableAsync(TestDatabase database, Contents before)
    {
        Assert.Empty(new KeyFolder(database.Engine.Keys.Path).All(KeyUse.Round));
        if (database.Connection is not null) return;
        await using var db = database.Engine.Open();
        var files = await RawFiles.ReadAsync(db, Engine.Sqlite, database.Folder);
        Assert.All(before.Rows.Where((_, i) => i % 200 < 2), row => Assert.Equal(0, files.CountOf(row)));
    }
}
