using Colead.Analysis;
using Colead.Parts.Invitations;
using Colead.Parts.Publishing;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

/// <summary>
/// Who has the files, the log and earlier copies, and not the key, learns nothing of answers or of who answered; from closing on nobody has
/// the key. Every search is tried with the key first, where it must find something: a search that never finds proves nothing.
/// </summary>
public class UntraceableTests
{
    private static readonly byte[] DraftBytes = ClosingRound.Bytes(new SeededRandom(99));

    [Theory, ClassData(typeof(Engines))]
    [Attack("A thief", "the database, its log and an earlier copy, open and closed",
        "to read answers, and to pair them with people",
        "no byte and no pair; with the folder of keys of an open round, all 60 pairs")]
    public async Task Thief_OfFilesLogAndAnEarlierCopy_FindsNothing_UnlessTheKeyIsThere(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var log = await RawFiles.LogAsync(app, engine);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        byte[][] planted = [DraftBytes, .. round.Answers.Take(5).Select(a => a.Bytes),
            .. new[] { round.Word }.Concat(round.Places.Take(5).Select(p => p.Link[3..])).Select(System.Text.Encoding.UTF8.GetBytes)];
        var copy = await CopyAsync(app, round.Id);
        Assert.Equal(ClosingRound.People, copy.Answers.Count);

        // Open still, and the key not stolen: the thief sees that rows are there, and nothing in them.
        var open = await RawFiles.WithLogAsync(app, engine, log);
        Assert.All(copy.Answers.Take(3), row => Assert.True(open.CountOf(row.Content[..64]) > 0, "Noise is found: the search works."));
        Assert.All(planted, what => Assert.Equal(0, open.CountOf(what)));
        Assert.Empty(Pairs(copy, Directory.CreateTempSubdirectory("no-keys-").FullName, round.Id));
        // With the key folder the same copy tells everything.
        var pairs = Pairs(copy, round.Keys.Path, round.Id);
        Assert.Equal(ClosingRound.People, pairs.Count);
        Assert.Equal(round.Answers.Select(a => Convert.ToHexString(a.Bytes)), round.Places.Select(p => pairs[p.Invitation]));

        Assert.True(await round.CloseAsync());
        var closed = await RawFiles.WithLogAsync(app, engine, log);
        Assert.All(planted, what => Assert.Equal(0, closed.CountOf(what)));
        Assert.Empty(Pairs(copy, round.Keys.Path, round.Id)); // nor from the earlier copy
        Assert.Empty(round.Keys.All(KeyUse.Round));
        if (engine == Engine.Sqlite) Assert.All(copy.Answers, row => Assert.Equal(0, closed.CountOf(row.Content[..64])));
    }

    /// <summary>Whether somebody answered is a tag and nothing else: rows of people and invitations are as they were, to their place in the
    /// file and the number of their last change.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A thief", "rows of people and invitations, their places and numbers of change", "to see who answered", "nothing has changed")]
    public async Task Answering_WritesAndLocksNothingOfPeopleAndInvitations(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        var before = await RowsAsync();
        await round.AnswerAsync(30);
        Assert.Equal(before, await RowsAsync());
        await app.DbAsync(db => db.Set<Invitation>().Where(i => i.Id == round.Places[7].Invitation)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.NoReminders, true)));
        Assert.NotEqual(before, await RowsAsync()); // a change would be seen

        async Task<string> RowsAsync()
        {
            var rows = new List<string>();
            foreach (var table in new[] { "Invitations", "People", "Memberships", "Invited", "RoundMessages" })
            {
                var sql = engine == Engine.Postgres
                    ? $"SELECT concat_ws(' ', t.xmin, t.xmax, t.ctid, t.*) AS \"Value\" FROM \"{table}\" t ORDER BY t.ctid"
                    : $"SELECT rowid || ' ' || {string.Join(" || ' ' || ", await ColumnsAsync(app, table))} AS \"Value\" FROM \"{table}\" ORDER BY rowid";
                rows.AddRange(await app.DbAsync(db => db.Database.SqlQueryRaw<string>(sql).ToListAsync()));
            }
            return string.Join('\n', rows);
        }
    }

    /// <summary>Rows of one transaction carry one number; after closing the links of all carry the same, and lie in the order of their
    /// hashes.</summary>
    [Fact]
    [Attack("A thief", "the numbers of transactions after closing", "to see who answered", "one number for all")]
    public async Task Postgres_AfterClosing_NoTransactionNumberTellsWhoAnswered()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        Assert.True(await NumbersAsync(app, "Responses", round.Id) >= ClosingRound.People);
        await round.CloseAsync();
        Assert.Equal((1, 1), (await NumbersAsync(app, "Comments", round.Id), await NumbersAsync(app, "FormerLinks", round.Id)));
        var links = await app.DbAsync(db => db.Database.SqlQuery<byte[]>($"""SELECT "SecretHash" AS "Value" FROM "FormerLinks" ORDER BY ctid""").ToListAsync());
        Assert.Equal(links.Select(Convert.ToHexString).Order(StringComparer.Ordinal), links.Select(Convert.ToHexString));
    }

    /// <summary>Planner statistics are samples of rows, and stay when a table is emptied.</summary>
    [Fact]
    [Attack("A thief", "the planner's samples of rows", "to read answers", "no sample is kept")]
    public async Task Postgres_Statistics_KeepNoSampleOfAnswersTagsOrDrafts()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
        var samples =
            await app.DbAsync(db =>
            db.Database.SqlQuery<string>($"SELECT tablename || '.' || attname AS \"Value\" FROM pg_stats WHERE schemaname = 'public'")
            .ToListAsync());
        Assert.Contains("Responses.RoundId", samples);
        Assert.DoesNotContain(samples,
            s => s is "Outbox.To" or "Outbox.Subject" or "Outbox.Body" or "Outbox.StopAt" or "Responses.Content" or "Responses.Key" or "Drafts.Content" or "Drafts.Key" or "Drafts.CodeHash"
            or "AnsweredTags.Tag" or "Comments.Content");
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A thief", "the files of a cancelled round and its folder of keys", "to read answers and drafts", "the key is gone")]
    public async Task Cancelling_DestroysTheKeyToEveryAnswerAndDraft(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        var copy = await CopyAsync(app, round.Id);
        Assert.True(await round.WithAsync<ClosingOperations, bool>(closing => closing.DestroyAsync(round.Id)));
        Assert.Empty(round.Keys.All(KeyUse.Round));
        Assert.Empty(Pairs(copy, round.Keys.Path, round.Id));
        Assert.NotNull((await round.RoundAsync()).UntraceableAt);
        var files = await RawFiles.ReadAsync(app, engine);
        if (engine == Engine.Sqlite) Assert.All(copy.Answers, row => Assert.Equal(0, files.CountOf(row.Content[..64])));
    }

    [Fact]
    public async Task Sqlite_AfterACrashBeforeTheFileWasWrittenAnew_TheNextStartDoesIt()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        var copy = await CopyAsync(app, round.Id);
        Assert.True(await app.DbAsync(db => db.Sealing.BeginClosingAsync(round.Id)));
        Assert.True(await app.DbAsync(db => db.Sealing.CloseAsync(new(round.Id, DateTime.UnixEpoch, "{}"u8.ToArray(), "hash", null, []))));
        Assert.True((await RawFiles.ReadAsync(app, Engine.Sqlite)).CountOf(copy.Answers[3].Content[..64]) > 0,
            "The write-ahead log still has it: there is something to do.");
        await round.CatchUpAsync();
        Assert.Equal(0, (await RawFiles.ReadAsync(app, Engine.Sqlite)).CountOf(copy.Answers[3].Content[..64]));
        Assert.Empty(round.Keys.All(KeyUse.Round));
    }

    /// <summary>Nothing lies beside an answer, a tag or a comment that could join it to anything, and no foreign key leads to an
    /// invitation.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Schema_OfAnswersTagsAndComments_HasNothingToJoinBy(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        async Task<string> OfAsync(string table) => string.Join(' ', (await ColumnsAsync(app, table, plain: true))
            .Order(StringComparer.Ordinal));
        Assert.Equal(("Content Key RoundId", "RoundId Tag", "Content Decision Edited Key RoundId",
            "CodeHash CodeTries Content Key Place RoundId Tag"),
            (await OfAsync("Responses"), await OfAsync("AnsweredTags"), await OfAsync("Comments"), await OfAsync("Drafts")));
        Assert.DoesNotContain(await app.DbAsync(db => Task.FromResult(db.Model.GetEntityTypes().SelectMany(t => t.GetForeignKeys())
            .ToList())), key => key.PrincipalEntityType.ClrType == typeof(Invitation));
    }

    private static async Task FillAsync(TestApp app, ClosingRound round)
    {
        await round.InviteAsync();
        await round.LeaveTracesAsync(DraftBytes, "a half-written thought " + round.Word, "someone@example.org");
        await round.AnswerAsync();
    }

    private sealed record Copy(IReadOnlyList<long> Invitations, IReadOnlyList<Response> Answers, IReadOnlyList<byte[]> Tags);

    private static Task<Copy> CopyAsync(TestApp app, long roundId) => app.DbAsync(async db => new Copy(
        await db.Set<Invitation>().Where(i => i.RoundId == roundId).Select(i => i.Id).ToListAsync(),
        await db.Responses.AsNoTracking().Where(r => r.RoundId == roundId).ToListAsync(),
        await db.Set<AnsweredTag>().Where(t => t.RoundId == roundId).Select(t => t.Tag).ToListAsync()));

    /// <summary>What each of the invited answered, as a thief of a copy and of a folder of keys finds it.</summary>
    private static Dictionary<long, string> Pairs(Copy copy, string folder, long roundId)
    {
        var keys = new KeyFolder(folder);
        var pairs = new Dictionary<long, string>();
        foreach (var key in keys.All(KeyUse.Round).Select(name => keys.Read(KeyUse.Round, name)))
        {
            var answers = copy.Answers.Select(r => AnswerContent.Open(key, roundId, r.Key, r.Content)).Where(a => a is not null)
                .ToDictionary(a => Convert.ToHexString(a!.Tag), a => Convert.ToHexString(a!.Answers), StringComparer.Ordinal);
            foreach (var invitation in copy.Invitations)
                if (answers.TryGetValue(Convert.ToHexString(key.Tag(SealedAnswers.AnsweredTag, invitation)),
                    out var answer)) pairs[invitation] = answer;
        }
        return pairs;
    }

    private static Task<List<string>> ColumnsAsync(TestApp app, string table, bool plain = false) =>
        app.DbAsync(db => Task.FromResult(db.Model.GetEntityTypes().Single(t => t.GetTableName() == table).GetProperties()
        .Select(p => plain ? p.GetColumnName() : $"coalesce(quote(\"{p.GetColumnName()}\"), '')").ToList()));

    private static Task<int> NumbersAsync(TestApp app, string table, long roundId)
    {
        var sql = $"SELECT count(DISTINCT xmin::text)::int AS \"Value\" FROM \"{table}\" WHERE \"RoundId\" = {roundId}";
        return app.DbAsync(db => db.Database.SqlQueryRaw<int>(sql).SingleAsync());
    }
}
