using Colead.Analysis.Instruments;
using Colead.Analysis.Publishing;
using Colead.Analysis.Scoring;
using Colead.Parts.Invitations;
using Colead.Parts.Publishing;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Publication = Colead.Analysis.Publishing.Publication;

namespace Colead.Tests.Inventory;

public class ClosingTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Close_AnOpenRound_LeavesCommentsAndAPublicationAndNoKey(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(45);
        await round.LeaveTracesAsync([1, 2, 3], "unsent", "waiting@example.org");
        var key = (await round.RoundAsync()).Key!;
        var hash = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id).Select(i => i.SecretHash).FirstAsync());

        Assert.True(await round.CloseAsync());

        var closed = await round.RoundAsync();
        Assert.Equal(RoundState.Closed, closed.State);
        Assert.NotNull(closed.ClosedAt);
        Assert.Equal((0, 0, 0, 0),
            await app.DbAsync(async db => (await db.Drafts.CountAsync(d => d.RoundId == round.Id),
            await db.Responses.CountAsync(r => r.RoundId == round.Id),
            await db.Set<Invitation>().CountAsync(i => i.RoundId == round.Id), await db.Set<RoundMessage>()
                .CountAsync(m => m.RoundId == round.Id))));
        Assert.False(await app.DbAsync(db => db.Outbox.AnyAsync(m => m.To == "waiting@example.org")));
        Assert.Equal(60, await app.DbAsync(db => db.Set<Invited>().Where(i => i.RoundId == round.Id).SumAsync(i => i.People)));
        Assert.Equal(LinkEnd.Closed, await app.DbAsync(db => db.Set<FormerLink>().Where(l => l.SecretHash == hash).Select(l => l.End)
            .SingleAsync()));
        Assert.False(await app.DbAsync(db => db.Set<AnsweredTag>().AnyAsync(t => t.RoundId == round.Id)));
        Assert.Equal((null, false, true), (closed.Key, round.Keys.Has(KeyUse.Round, key), closed.UntraceableAt >= closed.ClosedAt));
        var comments = await round.CommentsAsync();
        Assert.Equal(round.Answers.Select(a => a.Comment).Order(StringComparer.Ordinal), comments.Select(c => c.Text)
            .Order(StringComparer.Ordinal));
        Assert.All(comments, c => Assert.Equal("outcome", c.Dimension));
        var publication = await round.PublicationAsync();
        Assert.Equal((45L, 60), (publication.Members.All.Answered!.Value, publication.Members.All.Invited!.Value));
        var sealedPart = await app.DbAsync(db => db.Set<StoredPublication>().SingleAsync(p => p.RoundId == round.Id));
        Assert.Equal(PublicationJson.Hash(sealedPart.Content), sealedPart.Hash);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_LeavesOtherRoundsAndLettersAsTheyWere(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var other = await ClosingRound.OpenAsync(app, partnership);
        await other.InviteAsync();
        await other.AnswerAsync(12);
        await other.LeaveTracesAsync([4, 5, 6], "still writing", "other@example.org");
        var before = await EverythingAsync(app, other.Id);
        var round = await ClosingRound.OpenAsync(app, partnership);
        await round.AnswerAsync(12);
        Assert.True(await round.CloseAsync());
        Assert.Equal(before, await EverythingAsync(app, other.Id));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_AgainOrTwiceAtOnce_ClosesOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(30);
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(round.CloseAsync)));
        Assert.All(done, Assert.True);
        var (content, closed) = (await round.ContentAsync(), await round.RoundAsync());
        Assert.True(await round.CloseAsync());
        Assert.Equal(content, await round.ContentAsync());
        Assert.Equal(closed.ClosedAt, (await round.RoundAsync()).ClosedAt);
        Assert.Equal(30, (await round.PublicationAsync()).Members.All.Answered);
        Assert.Equal(30, await app.DbAsync(db => db.Comments.CountAsync(c => c.RoundId == round.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_WhileManySend_LosesNoneThatWasThanked(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        var other = await ClosingRound.OpenAsync(app);
        var (thanked, elsewhere, refused) = (0, 0, 0);
        // They send for as long as the round takes them, so that there is always somebody to race.
        var sending = Task.WhenAll(Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            var random = new Colead.Analysis.SeededRandom((ulong)sender);
            for (var i = 0; await round.SendAsync(new(round.Partnership.Organisations[i % 3].Id, Level.Middle, ClosingRound.Bytes(random),
                "I was thanked")); i++)
            {
                Interlocked.Increment(ref thanked);
                if (i % 4 == 0 && await other.SendAsync(new(other.Partnership.Organisations[0].Id, Level.Middle,
                    ClosingRound.Bytes(random), ""))) Interlocked.Increment(ref elsewhere);
            }
            Interlocked.Increment(ref refused);
        })));
        while (Volatile.Read(ref thanked) < 60) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.True(await round.CloseAsync());
        var atClosing = (await round.CommentsAsync()).Count;
        await sending;
        Assert.Equal((thanked, 8), (atClosing, refused));
        Assert.Equal(0, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == round.Id)));
        Assert.Equal(elsewhere, await app.DbAsync(db => db.Responses.CountAsync(r => r.RoundId == other.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_FailingHalfway_LeavesTheRoundOpenAndWhole(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(20);
        await round.LeaveTracesAsync([4, 5, 6], "still writing", "a@example.org");
        var before = await EverythingAsync(app, round.Id);
        await SqlAsync(app, engine == Engine.Sqlite
            ? "CREATE TRIGGER broken BEFORE INSERT ON \"FormerLinks\" BEGIN SELECT RAISE(ABORT, 'power cut'); END"
            : "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'power cut'; END $$; CREATE TRIGGER broken BEFORE INSERT ON \"FormerLinks\" FOR EACH ROW EXECUTE FUNCTION broken()");
        await Assert.ThrowsAnyAsync<Exception>(round.CloseAsync);
        Assert.Equal(RoundState.Open, (await round.RoundAsync()).State);
        Assert.Equal(before, await EverythingAsync(app, round.Id));
        await SqlAsync(app, engine == Engine.Sqlite ? "DROP TRIGGER broken" : "DROP TRIGGER broken ON \"FormerLinks\"");
        Assert.True(await round.CloseAsync());
        Assert.Equal(20, (await round.PublicationAsync()).Members.All.Answered);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Start_AfterACrashBetweenTheSteps_FinishesTheClosing(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(30);
        Assert.True(await app.DbAsync(db => db.Sealing.BeginClosingAsync(round.Id))); // and then the power went
        await using var started = await app.AnotherAsync();
        await app.UntilAsync(db => db.Set<Round>().AnyAsync(r => r.UntraceableAt != null));
        Assert.Equal(30, (await round.PublicationAsync()).Members.All.Answered);
        if (engine == Engine.Sqlite) await app.UntilAsync(async db =>
            await db.Database.SqlQuery<long>($"SELECT user_version AS \"Value\" FROM pragma_user_version()").SingleAsync() == 0);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Publication_OfEqualAnswersSentInAnotherOrder_HasEqualBytes(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var contents = new List<byte[]>();
        foreach (var order in new[] { Enumerable.Range(0, 45), Enumerable.Range(0, 45).Reverse() })
        {
            var round = await ClosingRound.OpenAsync(app, partnership);
            await round.InviteAsync();
            await round.AnswerAsync(45, order: [.. order]);
            await round.CloseAsync();
            contents.Add(await round.ContentAsync());
        }
        Assert.Equal(contents[0], contents[1]);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Seals_RefuseEveryChange_AndGoWithTheirRound(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.AnswerAsync(12);
        await round.CloseAsync();
        var content = await round.ContentAsync();
        foreach (var table in new[] { "Publications" })
        {
            await RefusedAsync(app, $"UPDATE \"{table}\" SET \"RoundId\" = \"RoundId\" WHERE \"RoundId\" = {round.Id}");
            await RefusedAsync(app, $"DELETE FROM \"{table}\" WHERE \"RoundId\" = {round.Id}");
            await RefusedAsync(app, engine == Engine.Sqlite
                ? $"INSERT OR REPLACE INTO \"{table}\" SELECT * FROM \"{table}\" WHERE \"RoundId\" = {round.Id}" : $"TRUNCATE \"{table}\"");
        }
        if (engine == Engine.Postgres) await RefusedAsync(app, "TRUNCATE \"Rounds\" CASCADE");
        Assert.Equal(content, await round.ContentAsync());
        await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == round.Id).ExecuteDeleteAsync());
        Assert.False(await app.DbAsync(db => db.Set<StoredPublication>().AnyAsync(p => p.RoundId == round.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_WithTooFewAnswers_ShowsNothingAndKeepsNoComment(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.InviteAsync();
        await round.AnswerAsync(4);
        Assert.True(await round.CloseAsync());
        var publication = await round.PublicationAsync();
        Assert.All(publication.Members.All.Dimensions, cell => Assert.Equal(Withheld.Protection, cell.Withheld));
        Assert.Null(publication.Open.All.Answered);
        Assert.False(await app.DbAsync(db => db.Comments.AnyAsync(c => c.RoundId == round.Id)));
    }

    /// <summary>Closing's own last step, with a publisher that refuses: no real round is known whose figures the last audit
    /// refuses.</summary>
    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Publish_WhereTheLastAuditRefuses_GivesUpTheFinestViewsFirst(int refusals)
    {
        var structure = new Structure([.. Enumerable.Range(0, 6).Select(i => new Colead.Analysis.Scoring.Organisation($"Organisation {i}",
            i % 2 == 0 ? "public" : "voluntary"))], ["board", "frontline"]);
        var random = new Colead.Analysis.SeededRandom(5);
        var answers = RoundSummary.Of(new AnswerTable(ShippedInstruments.Inventory12, structure,
            [.. Enumerable.Range(0, 240).Select(i => i % 6)], [.. Enumerable.Range(0, 240).Select(i => (byte)(i / 6 % 2))],
            [.. Enumerable.Range(0, 240).SelectMany(_ => ClosingRound.Bytes(random))]));
        var round = new RoundToPublish { Answers = answers, Groupings = Groupings.Sectors | Groupings.Levels | Groupings.Organisations };
        var (tried, told) = (0, 0);
        Publication Publish() => ClosingOperations.Publish(round, attempt => tried++ < refusals
            ? throw new ReleaseRefusedException("refused") : Publisher.Publish(attempt), _ => told++);
        if (refusals == 3)
        {
            Assert.Throws<ReleaseRefusedException>(Publish); // nothing is published without the audit
            return;
        }
        var members = Publish().Members;
        Assert.Equal((refusals + 1, refusals), (tried, told));
        Assert.Equal((refusals < 1, refusals < 2, refusals < 2),
            (members.Organisations.Count > 0, members.Sectors.Count > 0, members.Levels.Count > 0));
        Assert.All(members.All.Dimensions, d => Assert.NotNull(d.Mean));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_WithAnOpenLink_KeepsItsAnswersApart(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app,
            set: r => r.OpenLink = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)));
        await round.InviteAsync();
        await round.AnswerAsync(20);
        var random = new Colead.Analysis.SeededRandom(3);
        for (var i = 0; i < 9; i++) await round.SendAsync(new(null, Level.Citizen, ClosingRound.Bytes(random), "Written by open link"),
            byOpenLink: true);
        await round.CloseAsync();
        var publication = await round.PublicationAsync();
        Assert.Equal(20, publication.Members.All.Answered);
        Assert.All(publication.Members.OpenLink!.Dimensions, cell => Assert.Equal(Withheld.Protection, cell.Withheld));
        Assert.DoesNotContain(await round.CommentsAsync(), c => c.Text == "Written by open link");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_TheNextRound_TellsTheChangeSinceTheLastThatWasPublished(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var first = await ClosingRound.OpenAsync(app, partnership);
        await first.InviteAsync();
        await first.AnswerAsync(50, seed: 1);
        await first.CloseAsync();
        app.Clock.Move(TimeSpan.FromSeconds(5));
        var unpublished = await ClosingRound.OpenAsync(app, partnership);
        await unpublished.InviteAsync();
        await unpublished.AnswerAsync(50, seed: 2);
        await unpublished.CloseAsync();
        Assert.All((await unpublished.PublicationAsync()).Members.All.Dimensions, d => Assert.Null(d.Change));
        await app.DbAsync(db => db.Set<Round>().Where(r => r.Id == first.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RoundState.Published)));
        app.Clock.Move(TimeSpan.FromSeconds(5));
        var next = await ClosingRound.OpenAsync(app, partnership);
        await next.InviteAsync();
        await next.AnswerAsync(50, seed: 3);
        await next.CloseAsync();
        var (before, now) = (await first.PublicationAsync(), await next.PublicationAsync());
        Assert.All(now.Members.All.Dimensions, d => Assert.Equal(d.Mean - before.Members.All.Dimensions.Single(b => b.Measure == d.Measure)
            .Mean, d.Change!.Points));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_ImportedAnswers_KnowsNoRosterAndOnlyWhatTheFileTold(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var made = await ClosingRound.OpenAsync(app, partnership);
        var key = made.Keys.Make(KeyUse.Round);
        var round = new Round { PartnershipId = partnership.Id, Name = "From elsewhere", Origin = RoundOrigin.Imported,
            State = RoundState.Open, Contact = "", CreatedAt = DateTime.UnixEpoch, InstrumentHash = "", Key = key.Fingerprint };
        round.InstrumentHash = (await made.RoundAsync()).InstrumentHash;
        await app.SaveAsync(db => db.Set<Round>().Add(round));
        var random = new Colead.Analysis.SeededRandom(5);
        await app.DbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await NewResponses.InsertAsync(db, key, round.Id, Enumerable.Range(0, 40).Select(i => new AnswerContent(false, [], null, (Sector)(i % 3), null, true, ClosingRound.Bytes(random), """["one","two"]""")));
            await transaction.CommitAsync();
            return 0;
        });
        Assert.True(await made.WithAsync<ClosingOperations, bool>(closing => closing.CloseAsync(round.Id)));
        var publication = PublicationJson.Read(await app.DbAsync(db => db.Set<StoredPublication>().Where(p => p.RoundId == round.Id)
            .Select(p => p.Content).SingleAsync()));
        Assert.Equal((40L, (int?)null), (publication.Members.All.Answered!.Value, publication.Members.All.Invited));
        Assert.Equal(["private", "public", "voluntary"], publication.Members.Sectors.Select(s => s.Sector!).Order(StringComparer.Ordinal));
        Assert.Empty(publication.Members.Levels);
        Assert.Empty(publication.Members.Organisations);
        Assert.All(await made.WithAsync<RoundComments, IReadOnlyList<WaitingComment>>(comments => comments.ReadAsync(round.Id)),
            c => Assert.Null(c.Dimension));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Close_ADraftOrACancelledRound_DoesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var draft = await ClosingRound.OpenAsync(app, set: r => r.State = RoundState.Draft);
        Assert.False(await draft.CloseAsync());
        Assert.Equal(RoundState.Draft, (await draft.RoundAsync()).State);
        var open = await ClosingRound.OpenAsync(app);
        await open.InviteAsync();
        await open.AnswerAsync(12);
        await open.LeaveTracesAsync([9], "unsent", "letter@example.org");
        Assert.True(await open.WithAsync<ClosingOperations, bool>(closing => closing.DestroyAsync(open.Id)));
        Assert.False(await open.CloseAsync());
        var cancelled = await open.RoundAsync();
        Assert.Equal(RoundState.Cancelled, cancelled.State);
        Assert.NotNull(cancelled.CancelledAt);
        Assert.Equal((0, 0, 0, 0),
            await app.DbAsync(async db => (await db.Responses.CountAsync(r => r.RoundId == open.Id),
            await db.Drafts.CountAsync(d => d.RoundId == open.Id),
            await db.Set<Invitation>().CountAsync(i => i.RoundId == open.Id), await db.Comments.CountAsync(c => c.RoundId == open.Id))));
        Assert.Equal(60, await app.DbAsync(db => db.Set<FormerLink>().CountAsync(l => l.RoundId == open.Id && l.End == LinkEnd.Closed)));
        Assert.True(cancelled is { Key: null, UntraceableAt: not null });
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Destroy_AClosedRound_IsRefused(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var round = await ClosingRound.OpenAsync(app);
        await round.AnswerAsync(12);
        await round.CloseAsync();
        Assert.False(await round.WithAsync<ClosingOperations, bool>(closing => closing.DestroyAsync(round.Id)));
        Assert.NotEmpty(await round.ContentAsync());
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task DeleteOld_AfterTheYearsThatWerePromised_DeletesTheWholeRound(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var round = await ClosingRound.OpenAsync(app, set: r => r.KeptYears = 3);
        await round.AnswerAsync(12);
        await round.CloseAsync();
        app.Clock.Move(TimeSpan.FromDays((365 * 3) - 2));
        Assert.Equal(0, await round.WithAsync<ClosingOperations, int>(closing => closing.DeleteOldAsync()));
        app.Clock.Move(TimeSpan.FromDays(4));
        Assert.Equal(1, await round.WithAsync<ClosingOperations, int>(closing => closing.DeleteOldAsync()));
        Assert.False(await app.DbAsync(db => db.Set<StoredPublication>().AnyAsync()));
        Assert.False(await app.DbAsync(db => db.Set<Round>().AnyAsync()));
        Assert.Contains("kept for 3 years", await app.DbAsync(db => db.AuditEntries.Where(e => e.Act == "deleted a round")
            .Select(e => e.Detail).SingleAsync()), StringComparison.Ordinal);
        var files = await RawFiles.ReadAsync(app, engine);
        Assert.Equal(0, files.CountOf(round.Answers[0].Bytes));
        Assert.Equal(0, files.CountOf("about minibuses"));
    }

    private static async Task RefusedAsync(TestApp app, string sql)
    {
        var error = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => SqlAsync(app, sql));
        Assert.Contains("What was published", error.Message, StringComparison.Ordinal);
    }

    private static Task<int> SqlAsync(TestApp app, string sql) => app.DbAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    /// <summary>All that an open round holds, in words.</summary>
    private static Task<string> EverythingAsync(TestApp app, long roundId) => app.DbAsync(async db => string.Join('\n',
        (await db.Set<Invitation>().Where(i => i.RoundId == roundId).OrderBy(i => i.Id).ToListAsync())
            .Select(i => $"{i.Id} {i.PersonId} {i.OrganisationId} {i.Level} {Convert.ToHexString(i.SecretHash)} {i.Counts} {i.Withdrawn}")
        .Concat((await db.Responses.Where(r => r.RoundId == roundId).OrderBy(r => r.Key).ToListAsync())
            .Select(r => $"{Convert.ToHexString(r.Key)} {Convert.ToHexString(r.Content)}"))
        .Concat((await db.Set<AnsweredTag>().Where(t => t.RoundId == roundId).OrderBy(t => t.Tag).ToListAsync())
            .Select(t => Convert.ToHexString(t.Tag)))
        .Concat((await db.Drafts.Where(d => d.RoundId == roundId).ToListAsync())
            .OrderBy(d => Convert.ToHexString(d.Key), StringComparer.Ordinal)
            .Select(d => $"{Convert.ToHexString(d.Key)} {Convert.ToHexString(d.Tag ?? [])} {Convert.ToHexString(d.Content)}"))
        .Concat((await db.Set<RoundMessage>().Where(m => m.RoundId == roundId).ToListAsync())
            .Select(m => $"{m.MessageId} {m.InvitationId}"))
        .Concat((await db.Outbox.Where(m => m.Subject == "Please answer" && db.Set<RoundMessage>()
            .Any(r => r.MessageId == m.Id && r.RoundId == roundId)).ToListAsync()).Select(m => $"{m.Id} {m.To} {m.Body}"))));
}
