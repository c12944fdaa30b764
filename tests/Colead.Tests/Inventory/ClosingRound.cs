using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Parts.Instruments;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Outbox;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Inventory;

/// <summary>A round of 60 people in three organisations, with answers whose traces can be looked for.</summary>
internal sealed class ClosingRound
{
    public const int People = 60;
    private readonly TestApp app;
    private readonly string key;
    private List<Place> places = [];

    private ClosingRound(TestApp app, TestPartnership partnership, long id, string key) => (this.app, Partnership, Id, this.key) =
        (app, partnership, id, key);

    public TestPartnership Partnership { get; }
    public long Id { get; }
    public IReadOnlyList<Sent> Answers { get; private set; } = [];
    /// <summary>In every comment, and nowhere else.</summary>
    public string Word { get; init; } = "w" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    /// <summary>Where each of the invited stands, in the order of the list.</summary>
    public IReadOnlyList<Place> Places => places;
    public KeyFolder Keys => app.Services.GetRequiredService<KeyFolder>();
    /// <summary>While it is there.</summary>
    public SealingKey Key => Keys.Read(KeyUse.Round, key);

    /// <summary>What someone sent: bytes that no other answer has, and a comment that no other person wrote.</summary>
    public sealed record Sent(long? OrganisationId, Level? Level, byte[] Bytes, string Comment);

    public sealed record Place(long Invitation, string Link)
    {
        public byte[] Hash => TestRound.HashOf(Link);
    }

    public static async Task<ClosingRound> OpenAsync(TestApp app, TestPartnership? partnership = null, Action<Round>? set = null)
    {
        partnership ??= await app.PartnershipAsync();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var round = new Round { PartnershipId = partnership.Id, Name = "Autumn", State = RoundState.Open, InstrumentHash = "",
            Contact = "Morgan Ellery", Ways = [RoundWay.Merge, RoundWay.Paper], CreatedAt = now, OpenedAt = now };
        round.Key = app.Services.GetRequiredService<KeyFolder>().Make(KeyUse.Round).Fingerprint;
        round.Organisations.AddRange(partnership.Organisations.Select(o => new RoundOrganisation { OrganisationId = o.Id, Name = o.Name,
            Sector = o.Sector }));
        set?.Invoke(round);
        using (var scope = app.Services.CreateScope()) round.InstrumentHash =
            await scope.ServiceProvider.GetRequiredService<InstrumentOperations>().KeepAsync(ShippedInstruments.Inventory12);
        await app.SaveAsync(db => db.Set<Round>().Add(round));
        return new(app, partnership, round.Id, round.Key!);
    }

    /// <summary>Invites 60 people, twenty an organisation, at three levels.</summary>
    public async Task InviteAsync()
    {
        var people = Enumerable.Range(0, People)
            .Select(i => new Person { PartnershipId = Partnership.Id, Name = $"Person {i}", Email = null, EnteredBy = Writer.Unrecorded })
            .ToList();
        await app.DbAsync(async db =>
        {
            // else the hourly care takes them for gone
            for (var i = 0; i < People; i++) people[i]
                .PlaceIn((await db.Set<Organisation>().FindAsync(Partnership.Organisations[i % 3].Id))!, LevelOf(i),
                new DateOnly(2026, 2, 2), Writer.Unrecorded);
            db.Set<Person>().AddRange(people);
            return await db.SaveChangesAsync();
        });
        var links = new LinkMaker(Key);
        var invitations = people.Select((p, i) => new Invitation { RoundId = Id, PersonId = p.Id,
            OrganisationId = Partnership.Organisations[i % 3].Id, Level = LevelOf(i), Counts = true, SecretHash =
            RandomNumberGenerator.GetBytes(32) }).ToList();
        await app.SaveAsync(db => db.Set<Invitation>().AddRange(invitations));
        places = invitations.ConvertAll(i => new Place(i.Id, AnswerLinks.Answer(links.Secret(i.Id, 0).ToString())));
        await app.DbAsync(async db =>
        {
            foreach (var place in places) await db.Set<Invitation>().Where(i => i.Id == place.Invitation)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.SecretHash, place.Hash));
            foreach (var group in invitations.GroupBy(i => (i.OrganisationId, i.Level)))
                db.Set<Invited>().Add(new() { RoundId = Id, OrganisationId = group.Key.OrganisationId!.Value,
                    Level = group.Key.Level!.Value, People = group.Count(), Counting = group.Count() });
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>Everyone sends, one after the other, each in a transaction of their own; by their link, where they are invited.</summary>
    public async Task AnswerAsync(int people = People, ulong seed = 7, int[]? order = null)
    {
        var random = new SeededRandom(seed);
        var made = Enumerable.Range(0, people)
            .Select(i => new Sent(Partnership.Organisations[i % 3].Id, LevelOf(i), Bytes(random),
            $"Comment {seed} of {i} about minibuses {Word}")).ToList();
        var sent = new List<Sent>();
        foreach (var i in order ?? Enumerable.Range(0, people))
        {
            Assert.True(await SendAsync(made[i], by: i < places.Count ? places[i] : null));
            sent.Add(made[i]);
        }
        Answers = sent;
    }

    /// <summary>As answering does it: a draft, and the answer in its place; where the round is open, and only then.</summary>
    public async Task<bool> SendAsync(Sent answer, bool byOpenLink = false, Place? by = null)
    {
        var store = app.Services.GetRequiredService<AnswerStore>();
        if (Keys.Find(KeyUse.Round, key) is not { } seal) return false;
        try
        {
            var draft = DraftOf(seal, answer, by);
            if (!await store.StartAsync(new(Id, draft, null))) return false;
            var tag = by is null ? null : seal.Tag(SealedAnswers.AnsweredTag, by.Invitation);
            return await store.SendAsync(new(draft, RowOf(seal, answer, byOpenLink, tag)) { SecretHash = by?.Hash, Answered = tag });
        }
        catch (KeyGoneException)
        {
            return false; // closed meanwhile
        }
    }

    /// <summary>An answer as it lies in the database.</summary>
    public Response RowOf(SealingKey seal, Sent answer, bool byOpenLink = false, byte[]? tag = null, long? round = null)
    {
        var row = RandomNumberGenerator.GetBytes(SealingKey.TagLength);
        var content = new AnswerContent(byOpenLink, tag ?? [], answer.OrganisationId, null, answer.Level, !byOpenLink, answer.Bytes,
            CommentsOf(answer));
        return new() { Key = row, RoundId = Id, Content = content.Seal(seal, round ?? Id, row) };
    }

    /// <summary>Somebody began and did not send; and a letter of the round waits in the outbox.</summary>
    public async Task LeaveTracesAsync(byte[] draft, string comment, string to)
    {
        var place = places.Count > 0 ? places[^1] : null;
        var left = DraftOf(Key, new(null, null, draft, comment), place);
        await app.SaveAsync(db => db.Drafts.Add(new Draft { Key = left.Key, RoundId = Id, Tag = left.Tag, Place = 1,
            Content = left.Content }));
        var message = new OutboxMessage { To = to, Subject = "Please answer", Body = "", Composed = true, CreatedAt = DateTime.UnixEpoch,
            DueAt = DateTime.UnixEpoch.AddYears(500) };
        await app.SaveAsync(db => db.Outbox.Add(message));
        await app.SaveAsync(db => db.Set<RoundMessage>()
            .Add(new RoundMessage { MessageId = message.Id, RoundId = Id, InvitationId = place?.Invitation ?? 0,
            Kind = RoundMessageKind.Invitation }));
    }

    /// <summary>The same round in a copy of the database.</summary>
    public ClosingRound In(TestApp other) => new(other, Partnership.In(other), Id, key) { places = places, Answers = Answers, Word = Word };

    public Task<bool> CloseAsync() => WithAsync<ClosingOperations, bool>(closing => closing.CloseAsync(Id));

    public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        using var scope = app.Services.CreateScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task CatchUpAsync() => WithAsync<ClosingOperations, bool>(async closing =>
    {
        await closing.CatchUpAsync();
        return true;
    });

    public Task<Round> RoundAsync() => app.DbAsync(db => db.Set<Round>().AsNoTracking().SingleAsync(r => r.Id == Id));

    public async Task<Colead.Analysis.Publishing.Publication> PublicationAsync() =>
        Colead.Analysis.Publishing.PublicationJson.Read(await ContentAsync());

    public Task<byte[]> ContentAsync(PublicationPart part = PublicationPart.Figures) =>
        app.DbAsync(db => db.Set<StoredPublication>().Where(p => p.RoundId == Id && p.Part == part).Select(p => p.Content).SingleAsync());

    public Task<IReadOnlyList<WaitingComment>> CommentsAsync() => WithAsync<RoundComments,
        IReadOnlyList<WaitingComment>>(comments => comments.ReadAsync(Id));

    /// <summary>How many answers the database holds.</summary>
    public Task<int> RowsAsync() => app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == Id));

    /// <summary>Answers as closing reads them.</summary>
    public async Task<List<AnswerContent>> OpenedAsync()
    {
        var round = await RoundAsync();
        return await WithAsync<SealedAnswers, List<AnswerContent>>(answers => answers.ReadAsync(round.Id, round.Key, () => { })
            .ToListAsync().AsTask());
    }

    public static string CommentsOf(Sent answer) => JsonSerializer.Serialize(new[] { "", answer.Comment, "", "", "", "", "" });

    public static Level LevelOf(int i) => (Level)(i / 3 % 3);

    /// <summary>Thirty answers on twelve points.</summary>
    public static byte[] Bytes(SeededRandom random) => [.. Enumerable.Range(0, ShippedInstruments.Inventory12.ItemCount)
        .Select(_ => (byte)(1 + random.Next(12)))];

    private SealedDraft DraftOf(SealingKey seal, Sent answer, Place? by)
    {
        var row = RandomNumberGenerator.GetBytes(SealingKey.TagLength);
        return new(row, by is null ? null : seal.Tag(SealedAnswers.DraftTag, by.Invitation),
            new DraftContent(answer.OrganisationId, answer.Level, "en", answer.Bytes, CommentsOf(answer), 7).Seal(seal, Id, row));
    }
}

/// <summary>The files in which a database lies, as somebody who has the disk reads them.</summary>
internal static class RawFiles
{
    public static Task<IReadOnlyList<byte[]>> ReadAsync(TestApp app, Engine engine) =>
        app.DbAsync(db => ReadAsync(db, engine, app.Settings.DataFolder));

    public static async Task<IReadOnlyList<byte[]>> ReadAsync(ColeadDb db, Engine engine, string dataFolder)
    {
        if (engine == Engine.Sqlite) return [.. Directory.GetFiles(dataFolder, "colead.db*")
            .Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)).Select(Read)];
        await db.Database.ExecuteSqlRawAsync("CHECKPOINT");
        var folder = await db.Database.SqlQuery<string>($"SELECT current_setting('data_directory') || '/base/' || oid AS \"Value\" FROM pg_database WHERE datname = current_database()").SingleAsync();
        return [.. Directory.GetFiles(folder).Select(Read)];
    }

    /// <summary>The name of the log's file that is written now; null where the log is among the files that are read anyway.</summary>
    public static async Task<string?> LogAsync(TestApp app, Engine engine) =>
        engine == Engine.Sqlite ? null
            : await app.DbAsync(db => db.Database.SqlQuery<string>($"SELECT pg_walfile_name(pg_current_wal_lsn()) AS \"Value\"")
            .SingleAsync());

    /// <summary>Files, and the log from there on: what an archive of the log keeps for ever.</summary>
    public static async Task<IReadOnlyList<byte[]>> WithLogAsync(TestApp app, Engine engine, string? from)
    {
        var files = await ReadAsync(app, engine);
        if (from is null) return files;
        var folder = await app.DbAsync(db =>
            db.Database.SqlQuery<string>($"SELECT current_setting('data_directory') || '/pg_wal' AS \"Value\"").SingleAsync());
        var to = await LogAsync(app, engine);
        return [.. files, .. Directory.GetFiles(folder).Where(f => Path.GetFileName(f) is { Length: 24 } name
            && string.CompareOrdinal(name, from) >= 0 && string.CompareOrdinal(name, to) <= 0).Select(Read)];
    }

    public static int CountOf(this IEnumerable<byte[]> files, byte[] what) => files.Sum(file => Places(file, what).Count());

    public static int CountOf(this IEnumerable<byte[]> files, string what) => files.CountOf(Encoding.UTF8.GetBytes(what));

    private static IEnumerable<int> Places(byte[] file, byte[] what)
    {
        for (var from = 0; file.AsSpan(from).IndexOf(what) is >= 0 and var at; from += at + 1) yield return from + at;
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
