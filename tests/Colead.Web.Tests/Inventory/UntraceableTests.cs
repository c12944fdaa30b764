using Colead.Analysis;
using Colead.Data.Audit;
using Colead.Data.Inventory;
using Colead.Web.Features.Inventory;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Tests.Inventory;

/// <summary>
/// From closing on nobody can tell who answered what, not even from the database's files. Every search is tried before closing too, where it must find something: a search that
/// never finds proves nothing.
/// </summary>
public class UntraceableTests
{
    private static readonly byte[] DraftBytes = ClosingRound.Bytes(new SeededRandom(99));

    [Theory, ClassData(typeof(Engines))]
    public async Task Files_AfterClosing_HoldNoDraftNoLetterAndNoCommentBesideItsAnswers(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        var before = await RawFiles.ReadAsync(app, engine);
        Assert.True(before.CountOf(DraftBytes) > 0);
        Assert.True(before.CountOf("a half-written thought") > 0);
        Assert.True(before.CountOf("secret-of-a-link") > 0);
        Assert.True(before.CountOf(InOneRow(round.Answers[3], engine)) > 0);

        await round.CloseAsync();

        var after = await RawFiles.ReadAsync(app, engine);
        Assert.Equal(0, after.CountOf(DraftBytes));
        Assert.Equal(0, after.CountOf("a half-written thought"));
        Assert.Equal(0, after.CountOf("secret-of-a-link"));
        foreach (var answer in round.Answers)
        {
            Assert.Equal(1, after.CountOf(answer.Bytes));
            Assert.Equal(0, after.CountOf(InOneRow(answer, engine)));
            Assert.InRange(after.CountOf(answer.Comment), 1, 1);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Files_AfterClosing_HoldAnswersAndCommentsInNoOrderOfSending(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        var before = await RawFiles.ReadAsync(app, engine);
        long[] open = [.. round.Answers.Select(a => before.PlaceOf(a.Bytes))];
        Assert.True(Math.Max(Math.Abs(RankCorrelation(open)), Math.Abs(RankCorrelation(FromTheEndOfPages(open)))) > 0.9, "Open rounds lie in the order of sending: the search can see it.");
        await round.CloseAsync();
        var after = await RawFiles.ReadAsync(app, engine);
        long[] answers = [.. round.Answers.Select(a => after.PlaceOf(a.Bytes))];
        long[] comments = [.. round.Answers.Select(a => after.PlaceOf(System.Text.Encoding.UTF8.GetBytes(a.Comment)))];
        Assert.DoesNotContain(-1L, answers.Concat(comments));
        foreach (var places in new[] { answers, FromTheEndOfPages(answers), comments, FromTheEndOfPages(comments) })
            Assert.InRange(RankCorrelation(places), -0.7, 0.7); // 60 in random order: beyond 0.7 less than once in a hundred million
        Assert.InRange(RankCorrelation([.. answers.OrderBy(a => a).Select(a => comments[Array.IndexOf(answers, a)])]), -0.7, 0.7); // nor do comments lie in the order of answers
    }

    /// <summary>Rows of one transaction carry one number, so a transaction's number tells who sent with what; after closing all rows carry the same.</summary>
    [Fact]
    public async Task Postgres_AfterClosing_NoTransactionNumberJoinsAnAnswerToAnything()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        Assert.True(await NumbersAsync(app, "Responses", round.Id) >= ClosingRound.People);
        await round.CloseAsync();
        Assert.Equal(1, await NumbersAsync(app, "ClosedResponses", round.Id));
        Assert.Equal(1, await NumbersAsync(app, "Comments", round.Id));
        Assert.Equal(1, await NumbersAsync(app, "FormerLinks", round.Id));
        Assert.Equal(1, await NumbersAsync(app, "Invited", round.Id));
        foreach (var emptied in new[] { "Invitations", "Drafts", "Responses", "RoundMessages", "Outbox" })
            Assert.Equal(0, await app.DbAsync(db => db.Database.SqlQuery<long>($"SELECT pg_relation_size(oid) + coalesce(pg_relation_size(nullif(reltoastrelid, 0)), 0) AS \"Value\" FROM pg_class WHERE relname = {emptied}").SingleAsync()));
    }

    /// <summary>Planner statistics are samples of what was sent, and stay when a table is emptied.</summary>
    [Fact]
    public async Task Postgres_Statistics_KeepNoAnswerAndNoComment()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
        await round.CloseAsync();
        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
        var samples = await app.DbAsync(db => db.Database.SqlQuery<string>($"SELECT tablename || '.' || attname AS \"Value\" FROM pg_stats WHERE schemaname = 'public'").ToListAsync());
        Assert.Contains("Responses.Level", samples);
        Assert.Contains("Outbox.CreatedAt", samples);
        Assert.DoesNotContain(samples, s => s is "Outbox.To" or "Outbox.Subject" or "Outbox.Body" or "Outbox.StopAt" or "Responses.Answers" or "Responses.Comments" or "Responses.Key" or "Drafts.Answers" or "Drafts.Comments" or "Drafts.Key" or "Comments.Text");
        var files = await RawFiles.ReadAsync(app, Engine.Postgres);
        Assert.Equal(0, files.CountOf(DraftBytes));
        Assert.Equal(1, files.CountOf(round.Answers[5].Comment));
        Assert.All(round.Answers, answer => Assert.Equal(1, files.CountOf(answer.Bytes)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Files_AfterAClosingThatWasCutShort_HoldEachAnswerOnce(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await CutShortAsync(app, engine);
        Assert.True(await round.CloseAsync());
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.All(round.Answers, answer => Assert.Equal((1, 1), (files.CountOf(answer.Bytes), files.CountOf(answer.Comment))));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Files_AfterCancellingARoundWhoseClosingWasCutShort_HoldNoAnswer(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await CutShortAsync(app, engine);
        Assert.True(await round.WithAsync<Closing, bool>(closing => closing.DestroyAsync(round.Id)));
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.All(round.Answers, answer => Assert.Equal((0, 0), (files.CountOf(answer.Bytes), files.CountOf(answer.Comment))));
    }

    /// <summary>A round whose closing failed in its last step, when answers and comments had been written to their new places.</summary>
    private static async Task<ClosingRound> CutShortAsync(TestApp app, Engine engine)
    {
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync(engine == Engine.Sqlite
            ? """CREATE TRIGGER "Refuse" BEFORE INSERT ON "AuditEntries" WHEN NEW."Act" = 'refused' BEGIN SELECT RAISE(ABORT, 'refused'); END"""
            : """ALTER TABLE "AuditEntries" ADD CONSTRAINT "Refuse" CHECK ("Act" <> 'refused')"""));
        var refused = new AuditEntry { At = DateTime.UnixEpoch, Who = "Colead", Act = "refused", Detail = "" };
        await Assert.ThrowsAsync<DbUpdateException>(() => round.WithAsync<Closing, bool>(closing => closing.CloseAsync(round.Id, DateTime.UnixEpoch, refused)));
        Assert.Equal(RoundState.Open, (await round.RoundAsync()).State);
        if (engine == Engine.Postgres) Assert.True((await RawFiles.ReadAsync(app, engine)).CountOf(round.Answers[3].Bytes) > 1, "There is a copy to be cleared.");
        return round;
    }

    /// <summary>A11: nothing that lies beside a closed answer says which of the sent ones it was.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Schema_OfClosedAnswersAndComments_HasNothingToJoinBy(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var columns = await app.DbAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(t => t.GetTableName() is "ClosedResponses" or "Comments")
            .ToDictionary(t => t.GetTableName()!, t => t.GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal)));
        Assert.Equal(["Answers", "ByOpenLink", "Key", "Level", "OrganisationId", "RoundId", "Sector"], columns["ClosedResponses"]);
        Assert.Equal(["Decision", "Dimension", "Edited", "Key", "RoundId", "Text"], columns["Comments"]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Keys_OfClosedAnswers_AreNew(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        var keys = await app.DbAsync(db => db.Responses.Select(r => r.Key).ToListAsync());
        await round.CloseAsync();
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.All(keys, key => Assert.Equal(0, files.CountOf(key)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Files_AfterCancelling_HoldNoAnswerAtAll(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        Assert.True(await round.WithAsync<Closing, bool>(closing => closing.DestroyAsync(round.Id)));
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.Equal(0, files.CountOf(DraftBytes));
        Assert.Equal(0, files.CountOf("secret-of-a-link"));
        Assert.Equal(0, files.CountOf("about minibuses"));
        Assert.All(round.Answers, answer => Assert.Equal(0, files.CountOf(answer.Bytes)));
    }

    [Fact]
    public async Task Sqlite_AfterACrashBeforeTheFileWasWrittenAnew_TheNextStartDoesIt()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var round = await ClosingRound.OpenAsync(app);
        await FillAsync(app, round);
        Assert.True(await app.DbAsync(db => db.Sealing.CloseAsync(round.Id, DateTime.UnixEpoch, ["vision"], 10)));
        Assert.True((await RawFiles.ReadAsync(app, Engine.Sqlite)).CountOf(DraftBytes) > 0, "The write-ahead log still has it: there is something to do.");
        await round.WithAsync<Closing, bool>(async closing =>
        {
            await closing.CatchUpAsync();
            return true;
        });
        Assert.Equal(0, (await RawFiles.ReadAsync(app, Engine.Sqlite)).CountOf(DraftBytes));
    }

    private static async Task FillAsync(TestApp app, ClosingRound round)
    {
        await round.InviteAsync();
        await round.LeaveTracesAsync(DraftBytes, "a half-written thought", "Please open secret-of-a-link");
        await round.AnswerAsync();
    }

    private static byte[] InOneRow(ClosingRound.Sent answer, Engine engine) => RawFiles.InOneRow(answer.Bytes, ClosingRound.CommentsOf(answer), engine);

    private static Task<int> NumbersAsync(TestApp app, string table, long roundId)
    {
        var sql = $"SELECT count(DISTINCT xmin::text)::int AS \"Value\" FROM \"{table}\" WHERE \"RoundId\" = {roundId}";
        return app.DbAsync(db => db.Database.SqlQueryRaw<int>(sql).SingleAsync());
    }

    /// <summary>PostgreSQL fills each page of a table from its end.</summary>
    private static long[] FromTheEndOfPages(long[] places) => [.. places.Select(place => place + 8191 - (2 * (place % 8192)))];

    private static long Rank(long[] places, long place) => places.Count(p => p < place);

    private static double RankCorrelation(long[] places)
    {
        double n = places.Length;
        var squares = places.Select((place, i) => Math.Pow(Rank(places, place) - i, 2)).Sum();
        return 1 - (6 * squares / (n * ((n * n) - 1)));
    }
}
