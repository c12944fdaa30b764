using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colead.Analysis;
using Colead.Analysis.Instruments;
using Colead.Data;
using Colead.Data.Inventory;
using Colead.Data.Mail;
using Colead.Data.Partnerships;
using Colead.Web.Features.Inventory;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Web.Tests.Inventory;

/// <summary>A round of 60 people in three organisations, with answers whose traces can be looked for.</summary>
internal sealed class ClosingRound
{
    public const int People = 60;
    private readonly TestApp app;

    private ClosingRound(TestApp app, TestPartnership partnership, long id) => (this.app, Partnership, Id) = (app, partnership, id);

    public TestPartnership Partnership { get; }
    public long Id { get; }
    public IReadOnlyList<Sent> Answers { get; private set; } = [];

    /// <summary>What someone sent: bytes that no other answer has, and a comment that no other person wrote.</summary>
    public sealed record Sent(long? OrganisationId, Level? Level, byte[] Bytes, string Comment);

    public static async Task<ClosingRound> OpenAsync(TestApp app, TestPartnership? partnership = null, Action<Round>? set = null)
    {
        partnership ??= await app.PartnershipAsync();
        var round = new Round { PartnershipId = partnership.Id, Name = "Autumn", State = RoundState.Open, InstrumentHash = "", Contact = "Morgan Ellery", CreatedAt = app.Clock.GetUtcNow().UtcDateTime };
        round.Organisations.AddRange(partnership.Organisations.Select(o => new RoundOrganisation { OrganisationId = o.Id, Name = o.Name, Sector = o.Sector }));
        set?.Invoke(round);
        using (var scope = app.Services.CreateScope()) round.InstrumentHash = await scope.ServiceProvider.GetRequiredService<Instruments>().KeepAsync(ShippedInstruments.Inventory12);
        await app.SaveAsync(db => db.Rounds.Add(round));
        return new(app, partnership, round.Id);
    }

    /// <summary>Invites 60 people, twenty an organisation, at three levels.</summary>
    public async Task InviteAsync()
    {
        var people = Enumerable.Range(0, People).Select(i => new Person { PartnershipId = Partnership.Id, Name = $"Person {i}", Email = null, EnteredBy = Writer.Unrecorded }).ToList();
        await app.SaveAsync(db => db.People.AddRange(people));
        await app.SaveAsync(db => db.Invitations.AddRange(people.Select((p, i) => new Invitation
        {
            RoundId = Id, PersonId = p.Id, OrganisationId = Partnership.Organisations[i % 3].Id, Level = LevelOf(i), SecretHash = RandomNumberGenerator.GetBytes(32),
        })));
    }

    /// <summary>Everyone sends, one after the other, each in a transaction of their own.</summary>
    public async Task AnswerAsync(int people = People, ulong seed = 7, int[]? order = null)
    {
        var random = new SeededRandom(seed);
        var made = Enumerable.Range(0, people).Select(i => new Sent(Partnership.Organisations[i % 3].Id, LevelOf(i), Bytes(random), $"Comment {seed} of {i} about minibuses")).ToList();
        var sent = new List<Sent>();
        foreach (var i in order ?? Enumerable.Range(0, people))
        {
            Assert.True(await SendAsync(made[i]));
            sent.Add(made[i]);
        }
        Answers = sent;
    }

    /// <summary>As answering does it: where the round is open, and only then.</summary>
    public Task<bool> SendAsync(Sent answer, bool byOpenLink = false) => app.DbAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (!await db.HoldOpenAsync(Id)) return false;
        db.Responses.Add(new Response
        {
            Key = RandomNumberGenerator.GetBytes(16), RoundId = Id, ByOpenLink = byOpenLink, OrganisationId = answer.OrganisationId, Level = answer.Level, Answers = answer.Bytes,
            Comments = CommentsOf(answer),
        });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    });

    /// <summary>Somebody began and did not send; and a letter of the round waits in the outbox.</summary>
    public async Task LeaveTracesAsync(byte[] draft, string comment, string letter)
    {
        var invitation = await app.DbAsync(db => db.Invitations.Where(i => i.RoundId == Id).Select(i => (long?)i.Id).FirstOrDefaultAsync());
        await app.SaveAsync(db => db.Drafts.Add(new Draft { RoundId = Id, InvitationId = invitation, Key = RandomNumberGenerator.GetBytes(16), Language = "en", Answers = draft, Comments = JsonSerializer.Serialize(new[] { comment }) }));
        var message = new OutboxMessage { To = "someone@example.org", Subject = "Please answer", Body = letter, CreatedAt = DateTime.UnixEpoch, DueAt = DateTime.UnixEpoch.AddYears(500) };
        await app.SaveAsync(db => db.Outbox.Add(message));
        await app.SaveAsync(db => db.RoundMessages.Add(new RoundMessage { MessageId = message.Id, RoundId = Id, InvitationId = invitation ?? 0, Kind = RoundMessageKind.Invitation }));
    }

    public Task<bool> CloseAsync() => WithAsync<Closing, bool>(closing => closing.CloseAsync(Id));

    public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        using var scope = app.Services.CreateScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<Round> RoundAsync() => app.DbAsync(db => db.Rounds.AsNoTracking().SingleAsync(r => r.Id == Id));

    public async Task<Analysis.Publishing.Publication> PublicationAsync() => Analysis.Publishing.PublicationJson.Read(await ContentAsync());

    public Task<byte[]> ContentAsync(PublicationPart part = PublicationPart.Figures) => app.DbAsync(db => db.Publications.Where(p => p.RoundId == Id && p.Part == part).Select(p => p.Content).SingleAsync());

    public Task<int> ClosedAsync(bool byOpenLink = false) => WithAsync<SealedAnswers, int>(answers => answers.CountAsync(Id, byOpenLink));

    public static string CommentsOf(Sent answer) => JsonSerializer.Serialize(new[] { "", answer.Comment, "", "", "", "", "" });

    private static Level LevelOf(int i) => (Level)(i / 3 % 3);

    /// <summary>Thirty answers on twelve points.</summary>
    public static byte[] Bytes(SeededRandom random) => [.. Enumerable.Range(0, ShippedInstruments.Inventory12.ItemCount).Select(_ => (byte)(1 + random.Next(12)))];
}

/// <summary>The files in which a database lies, as somebody who has the disk reads them.</summary>
internal static class RawFiles
{
    public static Task<IReadOnlyList<byte[]>> ReadAsync(TestApp app, Engine engine) => app.DbAsync(db => ReadAsync(db, engine, app.Settings.DataFolder));

    public static async Task<IReadOnlyList<byte[]>> ReadAsync(ColeadDb db, Engine engine, string dataFolder)
    {
        if (engine == Engine.Sqlite) return [.. Directory.GetFiles(dataFolder, "colead.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)).Select(Read)];
        await db.Database.ExecuteSqlRawAsync("CHECKPOINT");
        var folder = await db.Database.SqlQuery<string>($"SELECT current_setting('data_directory') || '/base/' || oid AS \"Value\" FROM pg_database WHERE datname = current_database()").SingleAsync();
        return [.. Directory.GetFiles(folder).Select(Read)];
    }

    /// <summary>How answers and comments lie side by side while a round is open; PostgreSQL puts a byte with the length between.</summary>
    public static byte[] InOneRow(byte[] answers, string comments, Engine engine)
    {
        var text = Encoding.UTF8.GetBytes(comments);
        return engine == Engine.Sqlite ? [.. answers, .. text] : [.. answers, (byte)(((text.Length + 1) << 1) | 1), .. text];
    }

    public static int CountOf(this IEnumerable<byte[]> files, byte[] what) => files.Sum(file => Places(file, what).Count());

    public static int CountOf(this IEnumerable<byte[]> files, string what) => files.CountOf(Encoding.UTF8.GetBytes(what));

    /// <summary>Where it stands first, counted over all files.</summary>
    public static long PlaceOf(this IEnumerable<byte[]> files, byte[] what)
    {
        long before = 0;
        foreach (var file in files)
        {
            foreach (var place in Places(file, what)) return before + place;
            before += (file.Length + 8191) / 8192 * 8192; // pages stay pages
        }
        return -1;
    }

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
