using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Mail;
using Colead.Data.Partnerships;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Organisation = Colead.Data.Partnerships.Organisation;

namespace Colead.Web.Tests.Inventory;

/// <summary>
/// The built program, in a process of its own, closes a large round whose date has come, and is killed on the way. Whatever the moment: the round is open and whole, or closed and
/// whole, and the next start publishes what would have been published without a crash.
/// </summary>
public class CrashTests
{
    private const int Invited = 3_000;
    private const int Answered = 2_500;
    private static readonly byte[] DraftBytes = ClosingRound.Bytes(new SeededRandom(99));

    [Theory, ClassData(typeof(Engines))]
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
                await UntilAsync(database, db => db.Publications.AnyAsync());
                took = TimeProvider.System.GetElapsedTime(began);
                await UntilFinishedAsync(database);
            });
            undisturbed = await FinishedAsync(database, before);
        }

        var crashing = await open.CopyAsync();
        foreach (var share in new double?[] { 0.2, 0.35, 0.6, null })
        {
            // At shares of the time that it takes; at last as soon as answers are parted from people, before their figures are worked out.
            await RunAsync(crashing, () => share is null ? UntilAsync(crashing, db => db.Rounds.AnyAsync(r => r.State == RoundState.Closed)) : Task.Delay(took * share.Value, TestContext.Current.CancellationToken));
            await QuietAsync(crashing);
            Compare(before, await ReadAsync(crashing));
            if (await ReadAsync(crashing, db => db.Publications.AnyAsync())) Assert.Equal(undisturbed, await PublicationAsync(crashing));
            if (share is null || await ReadAsync(crashing, db => db.Rounds.AnyAsync(r => r.State == RoundState.Open))) continue; // the next start goes on where this crash was
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
        var publication = await ReadAsync(database, db => db.Publications.SingleAsync());
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
    private sealed record Contents(RoundState State, IReadOnlyList<string> Answers, IReadOnlyList<string> Comments, int Closed, int Parted, int Drafts, int Invitations, int Letters, int Links, int InvitedPeople)
    {
        /// <summary>How often the audit trail says that it was closed.</summary>
        public required int Told { get; init; }
        public required IReadOnlyList<byte[]> Keys { get; init; }
        public required IReadOnlyList<(byte[] Answers, string Comments)> Rows { get; init; }
    }

    /// <summary>Open: everything as it was. Closed: every answer and comment there, and nothing that belonged to a person.</summary>
    private static void Compare(Contents before, Contents now)
    {
        Assert.Equal(before.Answers, now.Answers);
        Assert.Equal(before.Comments, now.Comments);
        var all = now.State == RoundState.Open
            ? (0, 0, before.Drafts, Invited, before.Letters, 0, 0)
            : (Answered, Answered, 0, 0, 0, Invited, Invited);
        Assert.Equal(all, (now.Closed, now.Parted, now.Drafts, now.Invitations, now.Letters, now.Links, now.InvitedPeople));
        Assert.Equal(now.State == RoundState.Open ? 0 : 1, now.Told);
        if (now.State == RoundState.Closed) Assert.Empty(now.Keys.Intersect(before.Keys, ByteArrays.Same));
    }

    private static async Task<Contents> ReadAsync(TestDatabase database)
    {
        await using var db = database.Engine.Open();
        var state = await db.Rounds.Select(r => r.State).SingleAsync();
        var sent = await db.Responses.AsNoTracking().ToListAsync();
        var closed = await db.Database.SqlQuery<ClosedRow>($"""SELECT "Key", "OrganisationId", "Level", "Answers" FROM "ClosedResponses" """).ToListAsync();
        var comments = await db.Comments.Select(c => c.Text).ToListAsync();
        Assert.True(sent.Count == 0 || closed.Count == 0, "Answers stand in one place only.");
        return new(state,
            [.. sent.Select(r => $"{r.OrganisationId} {r.Level} {Convert.ToHexString(r.Answers)}").Concat(closed.Select(r => $"{r.OrganisationId} {r.Level} {Convert.ToHexString(r.Answers)}")).Order(StringComparer.Ordinal)],
            [.. sent.SelectMany(r => JsonSerializer.Deserialize<string[]>(r.Comments)!).Where(text => text.Length > 0).Concat(comments).Order(StringComparer.Ordinal)],
            closed.Count, comments.Count,
            await db.Drafts.CountAsync(), await db.Invitations.CountAsync(), await db.Outbox.CountAsync() + await db.RoundMessages.CountAsync(), await db.FormerLinks.CountAsync(), await db.Invited.SumAsync(i => i.People))
        {
            Told = await db.AuditEntries.CountAsync(e => e.Act == "closed a round"),
            Keys = [.. sent.Select(r => r.Key), .. closed.Select(r => r.Key)],
            Rows = [.. sent.Select(r => (r.Answers, r.Comments))],
        };
    }

    /// <summary>A round over twelve organisations and six levels whose closing date has come, with letters, drafts and comments.</summary>
    private static async Task FillAsync(TestDatabase database)
    {
        await using var db = database.Engine.Open();
        var past = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        var partnership = new Partnership { Name = "Estuary Alliance", Kind = PartnershipKind.Formal, Place = "Estuary", Purpose = "Children grow up well.", WhyNotAlone = "No service sees the whole child.", CreatedAt = past };
        partnership.Organisations.AddRange(Enumerable.Range(0, 12).Select(i => new Organisation { Name = $"Organisation {i}", Sector = (Sector)(i % 3) }));
        db.Add(partnership);
        db.Add(new StoredInstrument { Hash = InstrumentFile.ContentHash(ShippedInstruments.Inventory12), Content = InstrumentFile.Write(ShippedInstruments.Inventory12) });
        await db.SaveChangesAsync();
        var round = new Round
        {
            PartnershipId = partnership.Id, Name = "Spring", State = RoundState.Open, InstrumentHash = InstrumentFile.ContentHash(ShippedInstruments.Inventory12), Contact = "Morgan Ellery",
            CreatedAt = past, OpenedAt = past, ClosesAt = past.AddDays(14), FoldsDecided = true,
        };
        round.Organisations.AddRange(partnership.Organisations.Select(o => new RoundOrganisation { OrganisationId = o.Id, Name = o.Name, Sector = o.Sector }));
        var people = Enumerable.Range(0, Invited).Select(i => new Person { PartnershipId = partnership.Id, Name = $"Person {i}", Email = null, EnteredBy = Writer.Unrecorded }).ToList();
        db.Add(round);
        db.AddRange(people);
        await db.SaveChangesAsync();
        var invitations = people.Select((p, i) => new Invitation
        {
            RoundId = round.Id, PersonId = p.Id, OrganisationId = Place(i), Level = LevelOf(i), SecretHash = SHA256.HashData(BitConverter.GetBytes(i)), Answered = i < Answered,
        }).ToList();
        db.AddRange(invitations);
        await db.SaveChangesAsync();
        var random = new SeededRandom(7);
        db.AddRange(Enumerable.Range(0, Answered).Select(i => new Response
        {
            Key = SHA256.HashData(BitConverter.GetBytes(-1 - i))[..16], RoundId = round.Id, ByOpenLink = false, OrganisationId = Place(i), Level = LevelOf(i),
            Answers = ClosingRound.Bytes(random), Comments = JsonSerializer.Serialize(new[] { "", $"Comment of {i} about minibuses", "", "", "", "", "" }),
        }));
        db.AddRange(invitations.Skip(Answered).Take(300).Select(i => new Draft
        {
            RoundId = round.Id, InvitationId = i.Id, Key = i.SecretHash[..16], Language = "en", Answers = DraftBytes, Comments = """["a half-written thought"]""",
        }));
        var letters = Enumerable.Range(0, 100).Select(i => new OutboxMessage { To = $"p{i}@example.org", Subject = "Please answer", Body = "Please open secret-of-a-link", CreatedAt = past, DueAt = past.AddYears(500) }).ToList();
        db.AddRange(letters);
        await db.SaveChangesAsync();
        db.AddRange(letters.Select((m, i) => new RoundMessage { MessageId = m.Id, RoundId = round.Id, InvitationId = invitations[i].Id, Kind = RoundMessageKind.Invitation }));
        await db.SaveChangesAsync();

        long Place(int i) => partnership.Organisations[i % 12].Id;

        static Level LevelOf(int i) => (Level)(i / 12 % 6);
    }

    /// <summary>Starts the program, which then does what is due, and kills it (SIGKILL) when the waiting is over.</summary>
    private static async Task RunAsync(TestDatabase database, Func<Task> waiting)
    {
        string[] storage = database.Connection is { } connection ? ["--database", connection] : [];
        using var server = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "colead.dll"), "serve", "--listen", "127.0.0.1", "--port", "0", "--data", database.Folder, .. storage])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        try
        {
            for (var line = ""; !line.StartsWith("Colead is at", StringComparison.Ordinal);)
                line = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The program ended before it served.");
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
            await UntilAsync(database, db => db.Database.SqlQuery<bool>($"SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()) AS \"Value\"").SingleAsync());
    }

    private static Task UntilFinishedAsync(TestDatabase database) => UntilAsync(database, async db => await db.Publications.AnyAsync()
        && (database.Connection is not null || await db.Database.SqlQuery<long>($"SELECT user_version AS \"Value\" FROM pragma_user_version()").SingleAsync() == 0));

    /// <summary>As UntraceableTests look, here after crashes.</summary>
    private static async Task UntraceableAsync(TestDatabase database, Contents before)
    {
        var engine = database.Connection is null ? Engine.Sqlite : Engine.Postgres;
        await using var db = database.Engine.Open();
        var files = await RawFiles.ReadAsync(db, engine, database.Folder);
        Assert.Equal((0, 0, 0), (files.CountOf(DraftBytes), files.CountOf("a half-written thought"), files.CountOf("secret-of-a-link")));
        foreach (var row in before.Rows.Where((_, i) => i % 100 == 0))
        {
            Assert.Equal(1, files.CountOf(row.Answers));
            Assert.Equal(0, files.CountOf(RawFiles.InOneRow(row.Answers, row.Comments, engine)));
        }
        if (engine == Engine.Postgres)
            Assert.Equal(1, await db.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM (SELECT xmin::text FROM "ClosedResponses" UNION SELECT xmin::text FROM "Comments" UNION SELECT xmin::text FROM "FormerLinks" UNION SELECT xmin::text FROM "Invited") AS numbers""").SingleAsync());
    }

    private sealed record ClosedRow(byte[] Key, long? OrganisationId, string? Level, byte[] Answers);

    private sealed class ByteArrays : IEqualityComparer<byte[]>
    {
        public static readonly ByteArrays Same = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);
        public int GetHashCode(byte[] bytes) => BitConverter.ToInt32(bytes);
    }
}
