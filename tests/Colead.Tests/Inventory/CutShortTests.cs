using System.Globalization;
using Colead.Composition;
using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Inventory;

/// <summary>Closing fails at every step: never are answers and publication both lost, never is a round called untraceable while its key is
/// there, and the next night finishes it.</summary>
public class CutShortTests
{
    /// <summary>Everything that closing writes, in its order.</summary>
    private static readonly (string Table, string Act, bool IsPublished)[] Steps =
    [
        ("Rounds", "UPDATE OF \"ClosingBegun\"", false), ("Rounds", "UPDATE OF \"State\"", false), ("Publications", "INSERT", false),
            ("Comments", "INSERT", false), ("AuditEntries", "INSERT", false),
        ("FormerLinks", "INSERT", false), ("Outbox", "DELETE", false), ("Responses", "DELETE", false), ("Drafts", "DELETE", false),
            ("AnsweredTags", "DELETE", false), ("RoundMessages", "DELETE", false),
        ("Invitations", "DELETE", false), ("RoundProgress", "DELETE", false), ("Rounds", "UPDATE OF \"UntraceableAt\"", true),
    ];

    [Theory, ClassData(typeof(Engines))]
    [Attack("A disk that fails", "every step of closing",
        "to have a round called untraceable whose key is there",
        "said only after the key was seen gone")]
    public async Task Close_FailingAtAnyStep_LosesNothing_SaysNothingTooEarly_AndIsFinishedAtNight(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        foreach (var (table, act, isPublished) in Steps)
        {
            var round = await ClosingRound.OpenAsync(app);
            await round.InviteAsync();
            await round.LeaveTracesAsync(new byte[30], "unsent", "someone@example.org");
            await round.AnswerAsync(15);
            await app.SaveAsync(db => db.Set<RoundProgress>()
                .Add(new RoundProgress { RoundId = round.Id, CountedAt = DateTime.UnixEpoch,
                Content = "{\"Sectors\":[],\"Levels\":[],\"Organisations\":[]}" }));
            var path = RoundsLinks.Round(round.Partnership.Id, round.Id);
            using var coordinator = await round.Partnership.AsAsync(Role.Coordinator);
            await SqlAsync(app, Refuse(engine, table, act));
            await Assert.ThrowsAnyAsync<Exception>(() => round.WithAsync<RoundEnds,
                bool>(async ends => await ends.CloseAsync(await round.RoundAsync(), by: null)));
            var at = $"{act} {table}";
            var stopped = await round.RoundAsync();
            Assert.True(stopped.UntraceableAt is null, at);
            Assert.DoesNotContain("untraceable", (await coordinator.GetAsync(path)).Text, StringComparison.OrdinalIgnoreCase);
            Assert.Equal((at, isPublished, isPublished ? RoundState.Closed : RoundState.Open),
                (at, await app.DbAsync(db => db.Set<StoredPublication>().AnyAsync(p => p.RoundId == round.Id)), stopped.State));
            if (!isPublished) Assert.Equal((15, 15, true), (await round.RowsAsync(), (await round.OpenedAsync()).Count,
                round.Keys.Has(KeyUse.Round, stopped.Key!)));
            await round.CatchUpAsync(); // still in the way: nothing gets worse, and a night goes on with others
            Assert.Null((await round.RoundAsync()).UntraceableAt);

            await SqlAsync(app, engine == Engine.Sqlite ? "DROP TRIGGER broken"
                : $"DROP TRIGGER broken ON \"{table}\"; DROP FUNCTION broken()");
            await round.CatchUpAsync();
            // it had not begun: its date, or its coordinator, asks again
            if (act.EndsWith("\"ClosingBegun\"", StringComparison.Ordinal)) await round.CloseAsync();
            var done = await round.RoundAsync();
            Assert.True(done is { State: RoundState.Closed, UntraceableAt: not null, Key: null }, at);
            Assert.Contains((await round.PublicationAsync()).Members.All.Dimensions, d => d.Withheld is null);
            Assert.False(round.Keys.Has(KeyUse.Round, stopped.Key!));
            Assert.Equal(15, (await round.CommentsAsync()).Count);
        }
        Assert.Empty(app.Services.GetRequiredService<Troubles>().All);
        var keys = app.Services.GetRequiredService<KeyFolder>();
        Assert.Empty(keys.All(KeyUse.Round));
        var used = await app.DbAsync(db => db.Set<Round>().Select(r => r.CommentsKey).ToListAsync());
        Assert.Equal(used.Order(StringComparer.Ordinal), keys.All(KeyUse.Comments)); // tries that failed left no key behind
    }

    /// <summary>Something stands where the key was and cannot be taken away: published, and said by nobody to be untraceable until it is
    /// gone.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Close_WhereTheKeyCannotBeDeleted_IsMarkedWhenItCan(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(15);
        var file = Path.Combine(round.Keys.Path, $"round-{(await round.RoundAsync()).Key}.key");
        Assert.True(File.Exists(file));
        Assert.True(await app.DbAsync(db => db.Sealing.BeginClosingAsync(round.Id)));
        Assert.True(await app.DbAsync(db => db.Sealing.CloseAsync(new(round.Id, app.Clock.GetUtcNow().UtcDateTime, "{}"u8.ToArray(),
            "hash", null, []))));
        File.Delete(file);
        Directory.CreateDirectory(file);
        await round.CatchUpAsync();
        Assert.True(await round.RoundAsync() is { UntraceableAt: null, Key: not null });
        Directory.Delete(file);
        await round.CatchUpAsync();
        Assert.True(await round.RoundAsync() is { UntraceableAt: not null, Key: null });
    }

    /// <summary>
    /// Closing was cut short before its key was gone, and the next start finds another folder in place of the one with the keys: nothing
    /// is marked until the true one is back.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("An operator's mistake", "an empty folder in place of the folder of keys, after closing was cut short",
        "to have the round called untraceable", "not before the true folder is back and the key gone")]
    public async Task Close_CutShort_AndAnotherFolderOfKeys_MarksNothing(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(15);
        Assert.True(await app.DbAsync(db => db.Sealing.BeginClosingAsync(round.Id)));
        Assert.True(await app.DbAsync(db =>
            db.Sealing.CloseAsync(new(round.Id, app.Clock.GetUtcNow().UtcDateTime, "{}"u8.ToArray(), "hash", null, []))));
        var aside = round.Keys.Path + "-aside";
        Directory.Move(round.Keys.Path, aside);
        foreach (var empty in new[] { false, true })
        {
            if (empty) Directory.CreateDirectory(round.Keys.Path);
            await round.CatchUpAsync();
            Assert.True(await round.RoundAsync() is { UntraceableAt: null, Key: not null });
        }
        Directory.Delete(round.Keys.Path);
        Directory.Move(aside, round.Keys.Path);
        await round.CatchUpAsync();
        Assert.True(await round.RoundAsync() is { UntraceableAt: not null, Key: null });
        Assert.Empty(round.Keys.All(KeyUse.Round));
    }

    /// <summary>The key cannot be deleted: whoever closes is told that the round is closed, which it is.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Close_WhereTheKeysFileIsHeld_IsClosed_AndTheOperatorIsTold(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(15);
        var file = Path.Combine(round.Keys.Path, $"round-{(await round.RoundAsync()).Key}.key");
        round.Keys.Read(KeyUse.Round, (await round.RoundAsync()).Key!);
        using var coordinator = await round.Partnership.AsAsync(Role.Coordinator);
        using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) // as a scanner or a copy holds it
            Assert.Equal(302, (await coordinator.PostAsync(RoundsLinks.CloseEarly(round.Partnership.Id, round.Id), [])).Status);
        Assert.True(await round.RoundAsync() is { State: RoundState.Closed, UntraceableAt: null });
        Assert.Contains("its key could not be destroyed yet", Assert.Single(app.Services.GetRequiredService<Troubles>().All),
            StringComparison.Ordinal);
        await round.CatchUpAsync();
        Assert.True(await round.RoundAsync() is { UntraceableAt: not null, Key: null });
        Assert.Empty(app.Services.GetRequiredService<Troubles>().All);
    }

    /// <summary>
    /// A crash between a key's making and its being written down leaves one that nobody names; a day later the night takes it away, and
    /// no other.
    /// </summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Keys_OfComments_ThatNobodyNames_GoAfterADay(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(15);
        await round.CloseAsync();
        var named = (await round.RoundAsync()).CommentsKey!;
        var (old, young) = (round.Keys.Make(KeyUse.Comments).Fingerprint, round.Keys.Make(KeyUse.Comments).Fingerprint);
        foreach (var key in new[] { named, old })
            File.SetLastWriteTimeUtc(Path.Combine(round.Keys.Path, $"comments-{key}.key"), app.Clock.GetUtcNow().UtcDateTime.AddDays(-2));
        await round.CatchUpAsync();
        Assert.Equal(new[] { named, young }.Order(StringComparer.Ordinal), round.Keys.All(KeyUse.Comments));
    }

    /// <summary>Closing needs room beside what is there; it is looked at before anything begins, and the operator is told once.</summary>
    [Fact]
    public async Task Close_WithoutRoom_IsRefusedBeforeItBegins_AndTheOperatorIsToldOnce()
    {
        var heard = new LogListener();
        await using var app = await TestApp.StartAsync(Engine.Sqlite, adjust: builder => builder.Logging.AddProvider(heard));
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(15);
        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)"));
        var file = Path.Combine(app.Settings.DataFolder, "colead.db");
        var length = new FileInfo(file).Length;
        SetLength(file, new DriveInfo(app.Settings.DataFolder).AvailableFreeSpace + (1L << 30)); // a hole at the end, which takes no room
        for (var i = 0; i < 3; i++)
        {
            var refused = await Assert.ThrowsAsync<ClosingRefusedException>(round.CloseAsync);
            Assert.Equal(ClosingObstacle.NoRoom, refused.Obstacle);
        }
        Assert.True(await round.RoundAsync() is { State: RoundState.Open, ClosingBegun: false });
        using (var coordinator = await round.Partnership.AsAsync(Role.Coordinator))
        {
            var answer = await coordinator.PostAsync(RoundsLinks.CloseEarly(round.Partnership.Id, round.Id), []);
            Assert.Equal(503, answer.Status);
            Assert.Contains("too little room", answer.Text, StringComparison.Ordinal);
        }
        var told = Assert.Single(app.Services.GetRequiredService<Troubles>().All);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Round {round.Id} cannot be closed"), told, StringComparison.Ordinal);
        SetLength(file, length);
        Assert.True(await round.CloseAsync());
        Assert.Contains((await round.PublicationAsync()).Members.All.Dimensions, d => d.Withheld is null);
        Assert.Empty(app.Services.GetRequiredService<Troubles>().All);

        static void SetLength(string file, long length)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.SetLength(length);
        }
    }

    private static string Refuse(Engine engine, string table, string act) => engine == Engine.Sqlite
        ? $"CREATE TRIGGER broken BEFORE {act} ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'power cut'); END"
        : $"CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'power cut'; END $$; CREATE TRIGGER broken BEFORE {act} ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION broken()";

    private static Task<int> SqlAsync(TestApp app, string sql) => app.DbAsync(db => db.Database.ExecuteSqlRawAsync(sql));
}
