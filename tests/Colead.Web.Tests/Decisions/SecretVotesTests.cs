using Colead.Data.Decisions;
using Colead.Data.Partnerships;
using Colead.Web.Features.Decisions;
using Colead.Web.Tests.Inventory;
using Colead.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Colead.Web.Tests.Decisions;

public class SecretVotesTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Secret_ThroughThePages_ShowsTotalsAndWhoVoted_AfterClosingOnly(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var form = await lead.GetAsync(path + "/vote");
        Assert.Empty(form.Document.QuerySelectorAll("textarea")); // a reason could give somebody away
        Assert.Equal(302, (await lead.SubmitAsync(form, new() { ["Choice"] = "0" })).Status);
        var again = await lead.SubmitAsync(form, new() { ["Choice"] = "1" });
        Assert.Contains("voted already", (await lead.GetAsync(again.Location!)).Text, StringComparison.Ordinal);
        for (var i = 1; i < 4; i++) Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, organisations[i].Id, 1));
        foreach (var visitor in new[] { lead, coordinator })
        {
            var open = await visitor.GetAsync(path);
            Assert.Contains("4 organisations of 7 have voted", open.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Voted so far", open.Text, StringComparison.Ordinal);
        }
        Assert.Contains("Your organisation has voted", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);

        var paper = await coordinator.PostAsync(path + "/paper", new() { ["Ticked"] = Id(organisations[4].Id), ["Totals[0]"] = "2" });
        Assert.Contains("as many papers as organisations", paper.ErrorOf("Totals"), StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.SubmitAsync(paper, new() { ["Totals[0]"] = "1" })).Status);
        var twice = await coordinator.PostAsync(path + "/paper", new() { ["Ticked"] = Id(organisations[1].Id), ["Totals[0]"] = "1" });
        Assert.Contains("voted already, so nothing was entered", twice.ErrorOf("Ticked"), StringComparison.Ordinal);

        Assert.Equal(302, (await coordinator.PostAsync(path + "/close", [])).Status);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var decided = await viewer.GetAsync(path);
        Assert.Contains("Agreed: 4 yes, 1 no.", decided.Text, StringComparison.Ordinal);
        Assert.Contains($"{organisations[4].Name} (on paper)", decided.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Who voted what", decided.Text, StringComparison.Ordinal);
        Assert.False(await app.DbAsync(db => db.SecretBallots.AnyAsync(b => b.ProposalId == proposal.Id)));
        var trail = await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id).OrderBy(a => a.Id).Select(a => a.Act + ": " + a.Detail).ToListAsync());
        Assert.Equal(["made a proposal: Share one van", "opened a vote: Share one van", "entered paper votes: Share one van: 1 ballot", "closed a vote: Share one van: Agreed: 4 yes, 1 no."], trail);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Secret_OfFourBallots_ShowsThatTheyAreTooFewAndNothingElse(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        for (var i = 0; i < 4; i++) await app.VoteAsync(partnership, proposal, organisations[i].Id, 1);
        Assert.True(await app.CloseAsync(partnership, proposal));
        var decided = await app.FindAsync(proposal.Id);
        Assert.Equal((DecisionOutcome.TooFewToShow, null), (decided.Outcome, decided.Result));
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var page = await coordinator.GetAsync(DecisionsLinks.Proposal(partnership.Id, proposal.Id));
        Assert.Contains("Too few to show", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("table"));
        Assert.DoesNotContain("Voted:", page.Text, StringComparison.Ordinal);
        Assert.False(await app.DbAsync(db => db.SecretBallots.AnyAsync(b => b.ProposalId == proposal.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Secret_NeedsFiveOrganisations_ToBeOpened(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, open: false, secret: true);
        using var member = await partnership.AsAsync(Role.Member);
        var answer = await member.PostAsync(DecisionsLinks.OpenVoting(partnership.Id, proposal.Id), []);
        Assert.Equal(400, answer.Status);
        Assert.Contains("at least five", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>Partners may leave between proposing and the date of opening.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Secret_NeedsFiveOrganisations_AlsoWhenItOpensByItself(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, open: false, secret: true, rules: r => r with { OpensAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(1) });
        app.Clock.Move(TimeSpan.FromHours(25));
        await app.UntilAsync(db => db.Proposals.AnyAsync(p => p.Id == proposal.Id && p.OpensAt == null));
        Assert.Equal(ProposalState.Advice, (await app.FindAsync(proposal.Id)).State);
        Assert.Equal("Colead did not open a vote", await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id && a.AccountId == null).Select(a => a.Who + " " + a.Act).SingleAsync()));
        using var member = await partnership.AsAsync(Role.Member);
        var page = await member.GetAsync(DecisionsLinks.Proposal(partnership.Id, proposal.Id));
        Assert.Contains("needs at least five organisations, and there are 3", page.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await member.PostAsync(DecisionsLinks.Rules(partnership.Id, proposal.Id), new() { ["Secret"] = "false" })).Status); // open instead
        Assert.True(await app.WithAsync<Proposals, bool>(p => p.OpenAsync(proposal.Id, partnership.As(Role.Coordinator))));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Delegates_AtTheSameMoment_OneBallotAndOneMark(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        var cast = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => app.VoteAsync(partnership, proposal, partnership.Organisations[0].Id, i % 2))));
        Assert.Equal(1, cast.Count(c => c == Cast.Taken));
        Assert.Equal(7, cast.Count(c => c == Cast.Already));
        Assert.Equal((1, 1), await app.DbAsync(async db => (await db.SecretBallots.CountAsync(b => b.ProposalId == proposal.Id), await db.BallotMarks.CountAsync(b => b.ProposalId == proposal.Id))));
    }

    /// <summary>Of two secret votes that are open at once, closing one leaves the other's ballots.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Closing_OneOfTwo_WhileTheOtherIsVotedOn_LosesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 57);
        var (first, second) = (await app.ProposalAsync(partnership, secret: true), await app.ProposalAsync(partnership, secret: true));
        foreach (var organisation in organisations.Take(20)) await app.VoteAsync(partnership, first, organisation.Id, 1);
        foreach (var organisation in organisations.Take(20)) await app.VoteAsync(partnership, second, organisation.Id, 0);
        var late = organisations.Skip(20).Select(o => Task.Run(async () => (await app.VoteAsync(partnership, first, o.Id, 1), await app.VoteAsync(partnership, second, o.Id, 0)))).ToList();
        Assert.True(await app.CloseAsync(partnership, first));
        var taken = (await Task.WhenAll(late)).Count(cast => cast.Item1 == Cast.Taken);
        Assert.Equal([20 + taken, 0], Counted.Read((await app.FindAsync(first.Id)).Result!).Totals);
        Assert.True(await app.CloseAsync(partnership, second));
        Assert.Equal([0, 60], Counted.Read((await app.FindAsync(second.Id)).Result!).Totals);
    }

    /// <summary>Every search is tried before closing too, where it must find something: a search that never finds proves nothing.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Files_AfterClosing_HoldNoBallot(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var (partnership, proposal) = await VotedAsync(app);
        var keys = await app.DbAsync(db => db.SecretBallots.Select(b => b.Key).ToListAsync());
        var before = await RawFiles.ReadAsync(app, engine);
        Assert.All(keys, key => Assert.True(before.CountOf(key) > 0));
        Assert.True(before.CountOf("4,3,0,1,2") > 0);
        Assert.True(await app.CloseAsync(partnership, proposal));
        var after = await RawFiles.ReadAsync(app, engine);
        Assert.All(keys, key => Assert.Equal(0, after.CountOf(key)));
        Assert.Equal(0, after.CountOf("4,3,0,1,2"));
        Assert.Equal(30, await app.DbAsync(db => db.BallotMarks.CountAsync()));
    }

    /// <summary>Rows of one transaction carry one number: before closing it joins a ballot to its organisation; afterwards there is no ballot, and all who voted carry the same number.</summary>
    [Fact]
    public async Task Postgres_AfterClosing_NoTransactionNumberTellsWhoVotedWhen()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        var (partnership, proposal) = await VotedAsync(app);
        const string Joined = """SELECT count(*)::int AS "Value" FROM "SecretBallots" b JOIN "BallotMarks" m ON b.xmin::text = m.xmin::text""";
        const string Numbers = """SELECT count(DISTINCT xmin::text)::int AS "Value" FROM "BallotMarks" """;
        Assert.Equal(30, await app.DbAsync(db => db.Database.SqlQueryRaw<int>(Joined).SingleAsync()));
        Assert.Equal(30, await app.DbAsync(db => db.Database.SqlQueryRaw<int>(Numbers).SingleAsync()));
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.Equal(0, await app.DbAsync(db => db.Database.SqlQueryRaw<int>(Joined).SingleAsync()));
        Assert.Equal(1, await app.DbAsync(db => db.Database.SqlQueryRaw<int>(Numbers).SingleAsync()));
        Assert.Equal(0, await app.DbAsync(db => db.Database.SqlQuery<long>($"SELECT pg_relation_size(oid) AS \"Value\" FROM pg_class WHERE relname = 'SecretBallots'").SingleAsync()));
        await app.DbAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE"));
        var samples = await app.DbAsync(db => db.Database.SqlQuery<string>($"SELECT tablename || '.' || attname AS \"Value\" FROM pg_stats WHERE schemaname = 'public'").ToListAsync());
        Assert.DoesNotContain(samples, s => s is "SecretBallots.Key" or "SecretBallots.Marks");
    }

    /// <summary>After a crash between counting and cleaning, the next start cleans the file.</summary>
    [Fact]
    public async Task Sqlite_AfterACrashBeforeTheFileWasWrittenAnew_TheNextStartDoesIt()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var (_, proposal) = await VotedAsync(app);
        Assert.True(await app.DbAsync(db => new BallotSealing(db).CloseAsync(proposal.Id, _ => Task.CompletedTask)));
        Assert.True((await RawFiles.ReadAsync(app, Engine.Sqlite)).CountOf("4,3,0,1,2") > 0, "The write-ahead log still has it: there is something to do.");
        await app.WithAsync<Colead.Web.Features.Inventory.Closing, bool>(async closing => { await closing.CatchUpAsync(); return true; });
        Assert.Equal(0, (await RawFiles.ReadAsync(app, Engine.Sqlite)).CountOf("4,3,0,1,2"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Order_OfWhoVoted_IsNotThatOfVoting(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var (partnership, proposal) = await VotedAsync(app);
        var sql = engine == Engine.Sqlite ? """SELECT "OrganisationId" AS "Value" FROM "BallotMarks" ORDER BY rowid""" : """SELECT "OrganisationId" AS "Value" FROM "BallotMarks" ORDER BY ctid""";
        var before = await app.DbAsync(db => db.Database.SqlQueryRaw<long>(sql).ToListAsync());
        Assert.Equal(before.OrderDescending(), before); // as they voted, the last organisation first
        Assert.True(await app.CloseAsync(partnership, proposal));
        var after = await app.DbAsync(db => db.Database.SqlQueryRaw<long>(sql).ToListAsync());
        Assert.Equal(before.Order(), after.Order());
        Assert.NotEqual(before, after); // thirty in random order
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Logs_OfASecretVote_TellNothing(Engine engine)
    {
        var heard = new LogListener();
        await using var app = await TestApp.StartAsync(engine, adjust: builder => builder.Logging.AddProvider(heard));
        var partnership = await app.PartnershipAsync();
        await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        using var lead = await partnership.AsAsync(Role.Lead);
        var audited = await app.DbAsync(db => db.AuditEntries.CountAsync());
        var form = await lead.GetAsync(DecisionsLinks.Vote(partnership.Id, proposal.Id));
        foreach (var sent in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => lead.SubmitAsync(form, new() { ["Choice"] = "0" })))) Assert.Equal(302, sent.Status); // a nervous finger
        Assert.DoesNotContain(heard.Messages, message => message.Contains("/vote", StringComparison.Ordinal) || message.Contains("SecretBallots", StringComparison.Ordinal) || message.Contains("BallotMarks", StringComparison.Ordinal));
        Assert.Equal(audited, await app.DbAsync(db => db.AuditEntries.CountAsync()));
    }

    /// <summary>Nothing that lies beside a ballot, or beside who voted, says whose or when.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Schema_OfSecretVotes_HasNothingToJoinBy(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var columns = await app.DbAsync(db => Task.FromResult(db.Model.GetEntityTypes().Where(t => t.GetTableName() is "SecretBallots" or "BallotMarks")
            .ToDictionary(t => t.GetTableName()!, t => t.GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal)));
        Assert.Equal(["Key", "Marks", "ProposalId"], columns["SecretBallots"]);
        Assert.Equal(["OnPaper", "OrganisationId", "ProposalId"], columns["BallotMarks"]);
    }

    [Theory]
    [InlineData(DecisionMethod.YesNo, 4, "2,1,1", "1|1|0|"), InlineData(DecisionMethod.ChooseOne, 3, "1,0,1,1", "1,,|,,1|,,"), InlineData(DecisionMethod.Score, 2, "7,1,0,0", "5,1,0|2,0,0"), InlineData(DecisionMethod.Dots, 2, "4,2,0,0", "3,0,0|1,2,0")]
    [InlineData(DecisionMethod.YesNo, 4, "2,1,0", null), InlineData(DecisionMethod.Score, 2, "11,0,0,0", null), InlineData(DecisionMethod.Dots, 2, "4,3,0,0", null), InlineData(DecisionMethod.YesNo, 1, "0,0,2", null), InlineData(DecisionMethod.YesNo, 1, "-1,2,0", null)]
    public void PaperTotals_BecomeBallotsWithTheseTotals(DecisionMethod method, int papers, string totals, string? ballots)
    {
        var proposal = new Proposal { Title = "", Text = "", ProposedBy = "", ProposedAt = default, FormKey = "", Method = method, Dots = 3, HighestScore = 5, Options = method == DecisionMethod.YesNo ? [] : ["North", "South", "West"] };
        var state = new Microsoft.AspNetCore.Mvc.ModelBinding.ModelStateDictionary();
        var made = PaperTotals.Read(state, proposal, totals.Split(','), papers);
        Assert.Equal(ballots, made is null ? null : string.Join('|', made.Select(Marks.Write)));
        Assert.Equal(ballots is null, !state.IsValid);
    }

    [Theory]
    [InlineData("2: 3, 1\n1: –", 3, "2,,1|2,,1|,,"), InlineData("1: 2", 1, ",1,"), InlineData("1: 2, 1", 2, null), InlineData("1: 2, 2", 1, null), InlineData("1: 4", 1, null), InlineData("2, 1", 1, null), InlineData("1:", 1, null), InlineData("", 1, null), InlineData("999999999: 1", 1, null)]
    public void PaperOrders_BecomeRankedBallots(string typed, int papers, string? ballots)
    {
        var proposal = new Proposal { Title = "", Text = "", ProposedBy = "", ProposedAt = default, FormKey = "", Method = DecisionMethod.Ranked, Options = ["North", "South", "West"] };
        var state = new Microsoft.AspNetCore.Mvc.ModelBinding.ModelStateDictionary();
        var made = PaperTotals.ReadOrders(state, proposal, typed, papers);
        Assert.Equal(ballots, made is null ? null : string.Join('|', made.Select(Marks.Write)));
        Assert.Equal(ballots is null, !state.IsValid);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Secret_Ranked_TakesPapersByTheirOrders(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 3);
        var proposal = await app.ProposalAsync(partnership, DecisionMethod.Ranked, secret: true);
        for (var i = 0; i < 3; i++) await app.VoteAsync(partnership, proposal, organisations[i].Id, 1, 2, null);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = DecisionsLinks.Paper(partnership.Id, proposal.Id);
        var page = await coordinator.GetAsync(path);
        Dictionary<string, string> one = new() { ["Ticked"] = Id(organisations[3].Id), ["Orders"] = "1: 9" };
        var wrong = await coordinator.SubmitAsync(page, one);
        Assert.Contains("could not be read: “1: 9”", wrong.ErrorOf("Totals"), StringComparison.Ordinal);
        Assert.Equal("1: 9", wrong.ValueOf("Orders"));
        Assert.Equal(302, (await coordinator.SubmitAsync(wrong, new() { ["Orders"] = "1: 2, 1" })).Status);
        Assert.Equal(302, (await coordinator.PostAsync(path, new() { ["Ticked"] = Id(organisations[4].Id), ["Orders"] = "1: 2" })).Status);
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.Equal("“North” was chosen, with 3 votes of 5.", (await app.FindAsync(proposal.Id)).OutcomeWords);
    }

    /// <summary>Thirty organisations score five options, each its own way, the last organisation first.</summary>
    private static async Task<(TestPartnership Partnership, Proposal Proposal)> VotedAsync(TestApp app)
    {
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 27);
        var proposal = await app.ProposalAsync(partnership, DecisionMethod.Score, secret: true, options: ["A", "B", "C", "D", "E"]);
        for (var i = 29; i >= 0; i--) Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, organisations[i].Id, (i + 4) % 5, (i + 3) % 5, i % 5, (i + 1) % 5, (i + 2) % 5));
        return (partnership, proposal);
    }

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
