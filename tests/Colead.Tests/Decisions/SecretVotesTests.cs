using System.Text.RegularExpressions;
using Colead.Parts.Decisions;
using Colead.Parts.Decisions.Voting;
using Colead.Parts.Partnerships;
using Colead.Storage.Keys;
using Colead.Storage.Sealing;
using Colead.Tests.Inventory;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Colead.Tests.Decisions;

public class SecretVotesTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("Voters and a chair", "every page of a secret vote that is open", "to see who voted", "nothing before closing")]
    public async Task Secret_ThroughThePages_ShowsTotalsAndWhoVoted_AfterClosingOnly(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var second = await app.LeadOfAsync(partnership, organisations[0].Id);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Visitor[] readers = [lead, second, coordinator, viewer];
        string[] pages = [path, path + "/vote", path + "/close", path + "/rules", DecisionsLinks.All(partnership.Id),
            $"/partnerships/{partnership.Id}", $"/partnerships/{partnership.Id}/team/trail"];
        async Task<List<string>> ReadAsync()
        {
            var read = new List<string>();
            foreach (var reader in readers)
                foreach (var page in pages) read.Add(Regex.Replace((await reader.GetAsync(page)).Document.DocumentElement.OuterHtml,
                    "name=\"__RequestVerificationToken\"[^>]*|name=\"Key\"[^>]*", "", RegexOptions.None, TimeSpan.FromSeconds(5)));
            return read;
        }
        var before = await ReadAsync();
        Assert.Contains(before, page => page.Contains("Who has voted, and how many, is shown when it has closed",
            StringComparison.Ordinal));
        Assert.Contains(before, page => page.Contains("how many have voted is known when it has closed", StringComparison.Ordinal));
        var form = await lead.GetAsync(path + "/vote");
        Assert.Empty(form.Document.QuerySelectorAll("textarea")); // a reason could give somebody away
        var sent = await lead.SubmitAsync(form, new() { ["Choice"] = "0" });
        Assert.Equal(302, sent.Status);
        // said once, to who sent it
        Assert.Contains("Your organisation has voted", (await lead.GetAsync(sent.Location!)).Text, StringComparison.Ordinal);
        for (var i = 1; i < 5; i++) Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, organisations[i].Id, 1));
        Assert.Equal(before, await ReadAsync()); // not one letter of any page tells that somebody has voted, not even to their own
        var again = await second.SubmitAsync(await second.GetAsync(path + "/vote"), new() { ["Choice"] = "1" });
        Assert.Contains("voted already, that first vote counts", (await second.GetAsync(again.Location!)).Text, StringComparison.Ordinal);

        Assert.Equal(302, (await coordinator.PostAsync(path + "/close", [])).Status);
        var decided = await viewer.GetAsync(path);
        Assert.Contains("Agreed: 4 yes, 1 no.", decided.Text, StringComparison.Ordinal);
        Assert.Contains("Voted: " + string.Join(", ", organisations.Take(5).Select(o => o.Name).Order(StringComparer.Ordinal)),
            decided.Text, StringComparison.Ordinal);
        Assert.Contains("can be looked up by nobody any more, unless the computer was copied before",
            decided.Document.QuerySelector("#untraceable")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Who voted what", decided.Text, StringComparison.Ordinal);
        Assert.Equal(0, await BallotsAsync(app, proposal.Id));
        var vote = await VoteAsync(app, proposal.Id);
        Assert.True(vote.Untraceable);
        Assert.False(KeysOf(app).Has(KeyUse.Vote, vote.KeyName));
        var trail = await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id).OrderBy(a => a.Id)
            .Select(a => a.Act + ": " + a.Detail).ToListAsync());
        Assert.Equal(["made a proposal: Share one van", "opened a vote: Share one van",
            "closed a vote: Share one van: Agreed: 4 yes, 1 no."], trail);
    }

    /// <summary>One electronic No beside five entered Yes would be known to all.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A secretary", "papers entered beside ballots cast on screen",
        "to single out the one cast on screen",
        "a vote is held one way only")]
    public async Task OnScreen_NobodyEntersPapers(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        await app.VoteAsync(partnership, proposal, organisations[0].Id, 0);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            foreach (var way in new[] { "/paper", "/enter" })
            {
                Assert.Equal(404, (await visitor.GetAsync(path + way)).Status);
                Assert.Equal(404, (await visitor.ForgeAsync("/account", path + way,
                    new() { ["Ticked"] = Id(organisations[1].Id), ["Totals[0]"] = "1", ["Organisation"] = Id(organisations[1].Id),
                    ["Way"] = "Paper", ["Choice"] = "1" })).Status);
            }
        }
        Assert.Equal(1, await BallotsAsync(app, proposal.Id));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.WithAsync<BallotOperations,
            Cast>(b => b.EnterPaperAsync(partnership.As(Role.Coordinator), proposal, [organisations[1].Id], [[1]])));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task OnPaper_TotalsAreEnteredOnce_AndNobodyVotesOnScreen(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true,
            rules: r => r with { OnPaper = true, ClosesAt = app.Clock.GetUtcNow().UtcDateTime.AddMinutes(1) });
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        Assert.Equal(404, (await lead.GetAsync(path + "/vote")).Status);
        Assert.Equal(404, (await lead.ForgeAsync("/account", path + "/vote", new() { ["Choice"] = "1" })).Status);
        Assert.Contains("It is held on paper", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Vote for your organisation", (await lead.GetAsync(DecisionsLinks.All(partnership.Id))).Text,
            StringComparison.Ordinal);
        Assert.Contains("No papers are entered", (await coordinator.GetAsync(path + "/close")).Text, StringComparison.Ordinal);
        app.Clock.Move(TimeSpan.FromMinutes(2));
        await app.WithAsync<VotingTimetable, bool>(async timetable => { await timetable.ActAsync(); return true; });
        Assert.Equal(ProposalState.Voting, (await app.FindAsync(proposal.Id)).State); // it waits for its totals

        var form = await coordinator.GetAsync(path + "/paper");
        var ticked = organisations.Take(5).Select(o => Id(o.Id)).ToList();
        (string, string)[] five = [.. ticked.Select(id => ("Ticked", id))];
        var wrong = await TickAsync(coordinator, form, [.. five, ("Totals[0]", "3"), ("Totals[1]", "1"), ("Totals[2]", "0")]);
        Assert.Contains("as many papers as organisations", wrong.ErrorOf("Totals"), StringComparison.Ordinal);
        var entered = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => TickAsync(coordinator, form, [.. five, ("Totals[0]", "3"), ("Totals[1]", "1"), ("Totals[2]", "1")])));
        Assert.Equal([302, 409, 409], entered.Select(e => e.Status).Order());
        var decided = await lead.GetAsync(path);
        Assert.Contains("Agreed: 3 yes, 1 no, 1 abstained.", decided.Text, StringComparison.Ordinal);
        Assert.Contains($"{organisations[4].Name} (on paper)", decided.Text, StringComparison.Ordinal);
        Assert.Contains("Only the totals of the papers were entered", decided.Text, StringComparison.Ordinal);
        var trail = await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id).OrderBy(a => a.Id)
            .Select(a => a.Act).ToListAsync());
        Assert.Equal(["made a proposal", "opened a vote", "entered paper votes", "closed a vote"], trail);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task OnPaper_OfFourPapers_ShowsAndKeepsNothingOfThem(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true, rules: r => r with { OnPaper = true });
        Assert.Equal(Cast.NoVoice, await EnterAsync(organisations[0].Id, organisations[1].Id, organisations[2].Id, 987654321));
        Assert.Equal(Cast.Taken, await EnterAsync([.. organisations.Take(4).Select(o => o.Id)]));
        var decided = await app.FindAsync(proposal.Id);
        Assert.Equal((DecisionOutcome.TooFewToShow, null), (decided.Outcome, decided.Result));
        Assert.False(await app.DbAsync(db => db.Set<SecretVoter>().AnyAsync(v => v.ProposalId == proposal.Id)));

        Task<Cast> EnterAsync(params long[] ids) => app.WithAsync<BallotOperations,
            Cast>(b => b.EnterPaperAsync(partnership.As(Role.Coordinator), proposal, ids, [[1], [1], [1], [0]]));
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
        Assert.Equal(0, await BallotsAsync(app, proposal.Id));
        Assert.False(await app.DbAsync(db => db.Set<SecretVoter>().AnyAsync(v => v.ProposalId == proposal.Id)));
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
        var proposal = await app.ProposalAsync(partnership, open: false, secret: true,
            rules: r => r with { OpensAt = app.Clock.GetUtcNow().UtcDateTime.AddDays(1) });
        app.Clock.Move(TimeSpan.FromHours(25));
        await app.UntilAsync(db => db.Set<Proposal>().AnyAsync(p => p.Id == proposal.Id && p.OpensAt == null));
        Assert.Equal(ProposalState.Advice, (await app.FindAsync(proposal.Id)).State);
        Assert.Equal("Colead did not open a vote", await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id
            && a.AccountId == null).Select(a => a.Who + " " + a.Act).SingleAsync()));
        using var member = await partnership.AsAsync(Role.Member);
        var page = await member.GetAsync(DecisionsLinks.Proposal(partnership.Id, proposal.Id));
        Assert.Contains("needs at least five organisations, and there are 3", page.Text, StringComparison.Ordinal);
        // open instead
        Assert.Equal(302, (await member.PostAsync(DecisionsLinks.Rules(partnership.Id, proposal.Id), new() { ["Secret"] = "false" }))
            .Status);
        Assert.True(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(proposal.Id, partnership.As(Role.Coordinator))));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Delegates_AtTheSameMoment_OneBallot(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var second = await app.LeadOfAsync(partnership, partnership.Organisations[0].Id);
        var path = DecisionsLinks.Vote(partnership.Id, proposal.Id);
        var forms = new[] { (lead, await lead.GetAsync(path)), (second, await second.GetAsync(path)) };
        var sent = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => forms[i % 2].Item1.SubmitAsync(forms[i % 2].Item2, new() { ["Choice"] = i < 4 ? "1" : "0" }))));
        Assert.All(sent, answer => Assert.Equal(302, answer.Status));
        Assert.Equal(1, await BallotsAsync(app, proposal.Id));
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
        var late = organisations.Skip(20)
            .Select(o => Task.Run(async () => (await app.VoteAsync(partnership, first, o.Id, 1),
            await app.VoteAsync(partnership, second, o.Id, 0)))).ToList();
        Assert.True(await app.CloseAsync(partnership, first));
        var taken = (await Task.WhenAll(late)).Count(cast => cast.Item1 == Cast.Taken);
        Assert.Equal([20 + taken, 0], Counted.Read((await app.FindAsync(first.Id)).Result!).Totals);
        Assert.True(await app.CloseAsync(partnership, second));
        Assert.Equal([0, 60], Counted.Read((await app.FindAsync(second.Id)).Result!).Totals);
    }

    /// <summary>A thief has all files of the database and not the keys, before closing and after: no ballot, and nothing that has a name of
    /// an organisation beside its having voted.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A thief", "the files of a secret vote, before closing and after",
        "to read a ballot",
        "no ballot, and nobody beside having voted")]
    public async Task Files_BeforeAndAfterClosing_HoldNoBallotThatCanBeRead(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var (partnership, proposal) = await VotedAsync(app);
        var tags = await app.DbAsync(db => db.Database.SqlQueryRaw<byte[]>("""SELECT "Tag" AS "Value" FROM "SealedBallots" """).ToListAsync());
        var seals = await app.DbAsync(db => db.Database.SqlQueryRaw<byte[]>("""SELECT "Seal" AS "Value" FROM "SealedBallots" """).ToListAsync());
        // all as long as each other, whatever they say
        Assert.Equal((30, 1), (seals.Count, seals.Select(s => s.Length).Distinct().Count()));
        var before = await RawFiles.ReadAsync(app, engine);
        Assert.All(tags, tag => Assert.True(before.CountOf(tag) > 0)); // the search finds what is there
        Assert.Equal(0, before.CountOf("4,3,0,1,2"));
        Assert.Equal(0, before.CountOf("0,4,1,2,3"));
        Assert.True(await app.CloseAsync(partnership, proposal));
        var after = await RawFiles.ReadAsync(app, engine);
        Assert.Equal(0, after.CountOf("4,3,0,1,2"));
        // PostgreSQL leaves noise until it is vacuumed
        if (engine == Engine.Sqlite) Assert.All(tags.Concat(seals), bytes => Assert.Equal(0, after.CountOf(bytes)));
        Assert.Equal(30, await app.DbAsync(db => db.Set<SecretVoter>().CountAsync()));
    }

    /// <summary>Casting adds one row of noise and changes nothing else, in no table: no time, no trail, no number of a transaction beside
    /// an organisation or an account.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("A thief", "every row of every table before and after a ballot", "to see whose it is", "one row of noise")]
    public async Task Casting_WritesOneRow_AndNothingElseAnywhere(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        using var lead = await partnership.AsAsync(Role.Lead);
        var form = await lead.GetAsync(DecisionsLinks.Vote(partnership.Id, proposal.Id));
        var before = await RowsAsync(app, engine);
        Assert.Equal(302, (await lead.SubmitAsync(form, new() { ["Choice"] = "1" })).Status);
        var after = await RowsAsync(app, engine);
        var changed = after.Except(before).Concat(before.Except(after)).ToList();
        Assert.StartsWith("SealedBallots ", Assert.Single(changed), StringComparison.Ordinal);
    }

    /// <summary>Who voted is a tag, of which the same organisation has another in every vote.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Tags_OfOneOrganisation_AreOthersInEachVote(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await app.MoreOrganisationsAsync(partnership, 4);
        var (first, second) = (await app.ProposalAsync(partnership, secret: true), await app.ProposalAsync(partnership, secret: true));
        foreach (var proposal in new[] { first, second }) await app.VoteAsync(partnership, proposal, partnership.Organisations[0].Id, 1);
        var tags = await app.DbAsync(db => db.Database.SqlQuery<byte[]>($"""SELECT "Tag" AS "Value" FROM "SealedBallots" WHERE "ProposalId" IN ({first.Id}, {second.Id})""").ToListAsync());
        Assert.NotEqual(tags[0], tags[1]);
    }

    /// <summary>With rights on the database and no key: a ballot that is copied, swapped, brought from another vote or made up is not
    /// counted, and that it was left out is said.</summary>
    [Theory, ClassData(typeof(Engines))]
    [Attack("Who can write into the database", "ballots copied, swapped and made up",
        "to have them counted",
        "not counted, and it is said")]
    public async Task Rows_ThatSomebodyChanged_AreNotCounted_AndThatIsSaid(Engine engine)
    {
        var heard = new LogListener();
        await using var app = await TestApp.StartAsync(engine, adjust: builder => builder.Logging.AddProvider(heard));
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 7);
        var (proposal, other) = (await app.ProposalAsync(partnership, secret: true), await app.ProposalAsync(partnership, secret: true));
        for (var i = 0; i < 7; i++) await app.VoteAsync(partnership, proposal, organisations[i].Id, 1);
        await app.VoteAsync(partnership, other, organisations[9].Id, 0);
        await app.DbAsync(async db =>
        {
            var tags = await db.Database.SqlQuery<byte[]>($"""SELECT "Tag" AS "Value" FROM "SealedBallots" WHERE "ProposalId" = {proposal.Id}""").ToListAsync();
            var seals = await db.Database.SqlQuery<byte[]>($"""SELECT "Seal" AS "Value" FROM "SealedBallots" WHERE "ProposalId" = {proposal.Id}""").ToListAsync();
            await db.Database.ExecuteSqlAsync($"""UPDATE "SealedBallots" SET "Seal" = {seals[1]} WHERE "Tag" = {tags[0]}"""); // swapped
            await db.Database.ExecuteSqlAsync($"""UPDATE "SealedBallots" SET "Seal" = {seals[0]} WHERE "Tag" = {tags[1]}""");
            for (byte i = 0; i < 9; i++) // nine copies of one ballot
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "SealedBallots" ("ProposalId", "Tag", "Seal") VALUES ({proposal.Id}, {Enumerable.Repeat(i, 16).ToArray()}, {seals[2]})""");
            return await db.Database.ExecuteSqlAsync($"""INSERT INTO "SealedBallots" ("ProposalId", "Tag", "Seal") SELECT {proposal.Id}, "Tag", "Seal" FROM "SealedBallots" WHERE "ProposalId" = {other.Id}"""); // from another vote
        });
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.Equal([5, 0], Counted.Read((await app.FindAsync(proposal.Id)).Result!).Totals);
        Assert.Equal(5, await app.DbAsync(db => db.Set<SecretVoter>().CountAsync(v => v.ProposalId == proposal.Id)));
        Assert.Contains(heard.Messages, message => message.Contains("12 ballots of the secret vote", StringComparison.Ordinal));
        Assert.Equal("Share one van: 12 ballots were not as sent, and not counted",
            await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id && a.Act == "left ballots out")
            .Select(a => a.Detail).SingleAsync()));
        Assert.Equal(1, await BallotsAsync(app, other.Id));
    }

    /// <summary>Killed after the ballots' end was on disk and before the key's: nothing is promised until the next start has destroyed the
    /// key.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Crash_BetweenCountingAndTheKeysEnd_IsFinishedAtTheNextStart_AndNothingIsPromisedBefore(Engine engine)
    {
        var app = await TestApp.StartAsync(engine);
        var (partnership, proposal) = await VotedAsync(app);
        var vote = await VoteAsync(app, proposal.Id);
        using (var viewer = await partnership.AsAsync(Role.Viewer))
        {
            Assert.True(await app.DbAsync(db => new BallotBox(db, KeysOf(app)).CloseAsync(proposal.Id, async opened =>
            {
                Assert.Equal(30, opened.Marks.Count);
                var found = await db.Set<Proposal>().FirstAsync(p => p.Id == proposal.Id);
                (found.State, found.ClosedAt, found.Outcome, found.OutcomeWords) =
                    (ProposalState.Decided, app.Clock.GetUtcNow().UtcDateTime, DecisionOutcome.Chosen, "Counted.");
                await db.SaveChangesAsync();
            })));
            Assert.Equal(0, await BallotsAsync(app, proposal.Id));
            Assert.True(KeysOf(app).Has(KeyUse.Vote, vote.KeyName));
            var said = (await viewer.GetAsync(DecisionsLinks.Proposal(partnership.Id, proposal.Id)))
                .Document.QuerySelector("#untraceable")!.TextContent;
            Assert.Contains("Their key is not seen gone yet", said, StringComparison.Ordinal);
            Assert.DoesNotContain("nobody any more", said, StringComparison.Ordinal);
        }
        await using var again = await TestApp.OverAsync(await app.StopAsync());
        await again.UntilAsync(db => db.SecretVotes.AnyAsync(v => v.ProposalId == proposal.Id && v.Untraceable));
        Assert.False(KeysOf(again).Has(KeyUse.Vote, vote.KeyName));
        Assert.Contains("looked up by nobody any more", DecisionWords.Ended(await again.FindAsync(proposal.Id),
            await VoteAsync(again, proposal.Id)), StringComparison.Ordinal);
    }

    /// <summary>A crash before the transaction's end leaves an open vote with all its ballots and its key.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Crash_WhileCounting_LeavesTheVoteAsItWas(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var (partnership, proposal) = await VotedAsync(app);
        await Assert.ThrowsAsync<IOException>(() => app.DbAsync(db => new BallotBox(db, KeysOf(app))
            .CloseAsync(proposal.Id, _ => throw new IOException("The disk is full."))));
        Assert.Equal(30, await BallotsAsync(app, proposal.Id));
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.Equal(30, Counted.Read((await app.FindAsync(proposal.Id)).Result!).Quorum.Cast);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Key_ThatIsLost_IsSaid_AndTheVoteCanOnlyBeWithdrawn(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var (partnership, proposal) = await VotedAsync(app);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var form = await lead.GetAsync(path + "/vote");
        // while the key is there, it cannot be taken back
        Assert.Equal(409, (await coordinator.ForgeAsync("/account", path + "?handler=withdraw", [])).Status);
        Assert.Equal(ProposalState.Voting, (await app.FindAsync(proposal.Id)).State);
        KeysOf(app).Destroy(KeyUse.Vote, (await VoteAsync(app, proposal.Id)).KeyName);
        Assert.Contains("can only be withdrawn", (await lead.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Contains("can only be withdrawn", (await lead.GetAsync(path + "/vote")).Text, StringComparison.Ordinal);
        var late = await lead.SubmitAsync(form, new() { ["Boxes[0]"] = "1" });
        Assert.Equal(503, late.Status);
        Assert.Contains("Try again later", late.Text, StringComparison.Ordinal);
        Assert.Contains("no ballot can be taken or counted", (await coordinator.ForgeAsync("/account", path + "/close", [])).Text,
            StringComparison.Ordinal);
        Assert.Equal((ProposalState.Voting, 30), ((await app.FindAsync(proposal.Id)).State, await BallotsAsync(app, proposal.Id)));
        Assert.Equal(302, (await coordinator.SubmitAsync(await coordinator.GetAsync(path), [], "withdraw")).Status);
        Assert.Equal((ProposalState.Withdrawn, 0), ((await app.FindAsync(proposal.Id)).State, await BallotsAsync(app, proposal.Id)));
        Assert.Empty(KeysOf(app).All(KeyUse.Vote)); // nobody made another
    }

    /// <summary>What is promised follows from the vote: nothing of slips where there are none, and nothing of before where nothing was
    /// before.</summary>
    [Theory]
    [InlineData(0, 0, false, 3), InlineData(3, 0, false, 4), InlineData(0, 2, true, 5)]
    public void Promise_FollowsFromTheState(int slips, int papers, bool converted, int sentences)
    {
        var promise = DecisionWords.Promise(new() { KeyName = "", Slips = slips, Papers = papers, Converted = converted }).ToList();
        Assert.Equal(sentences, promise.Count);
        Assert.Equal(slips > 0, promise.Any(p => p.Contains("Who printed the slips could use one", StringComparison.Ordinal)));
        Assert.Equal(converted, promise.Any(p => p.Contains("older copy of the database", StringComparison.Ordinal)));
        Assert.All(promise.Where(p => p.Contains("nobody can look", StringComparison.Ordinal)),
            p => Assert.Contains("unless", p, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Order_OfWhoVoted_IsNotThatOfVoting(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var (partnership, proposal) = await VotedAsync(app); // the last organisation first
        Assert.True(await app.CloseAsync(partnership, proposal));
        var sql = $"""SELECT "OrganisationId" AS "Value" FROM "SecretVoters" ORDER BY {(engine == Engine.Sqlite ? "rowid" : "ctid")}""";
        var lie = await app.DbAsync(db => db.Database.SqlQueryRaw<long>(sql).ToListAsync());
        Assert.Equal(30, lie.Count);
        Assert.Equal(lie.Order(), lie);
        if (engine == Engine.Sqlite) return;
        Assert.Equal(1, await app.DbAsync(db => db.Database.SqlQueryRaw<int>("""SELECT count(DISTINCT xmin::text)::int AS "Value" FROM "SecretVoters" """).SingleAsync())); // all by one transaction
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
        // a nervous finger
        foreach (var sent in await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => lead.SubmitAsync(form, new() { ["Choice"] = "0" })))) Assert.Equal(302, sent.Status);
        Assert.DoesNotContain(heard.Messages, message => message.Contains("/vote", StringComparison.Ordinal)
            || message.Contains("SealedBallots", StringComparison.Ordinal));
        Assert.Equal(audited, await app.DbAsync(db => db.AuditEntries.CountAsync()));
    }

    /// <summary>Nothing that lies beside a ballot, or beside who voted, says whose or when.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Schema_OfSecretVotes_HasNothingToJoinBy(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var columns = await app.DbAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(t => t.GetTableName() is "SealedBallots" or "SecretVotes")
            .ToDictionary(t => t.GetTableName()!, t => (Names: t.GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal)
                .ToArray(), To: t.GetForeignKeys().Select(k => k.PrincipalEntityType.GetTableName()).ToArray()), StringComparer.Ordinal)));
        Assert.Equal(["ProposalId", "Seal", "Tag"], columns["SealedBallots"].Names);
        Assert.Equal(["Converted", "KeyName", "Papers", "ProposalId", "Slips", "Untraceable"], columns["SecretVotes"].Names);
        Assert.All(columns.Values, of => Assert.Equal("Proposals", Assert.Single(of.To)));
    }

    [Theory]
    [InlineData(DecisionMethod.YesNo, 4, "2,1,1", "1|1|0|"), InlineData(DecisionMethod.ChooseOne, 3, "1,0,1,1", "1,,|,,1|,,"),
        InlineData(DecisionMethod.Score, 2, "7,1,0,0", "5,1,0|2,0,0"), InlineData(DecisionMethod.Dots, 2, "4,2,0,0", "3,0,0|1,2,0")]
    [InlineData(DecisionMethod.YesNo, 4, "2,1,0", null), InlineData(DecisionMethod.Score, 2, "11,0,0,0", null),
        InlineData(DecisionMethod.Dots, 2, "4,3,0,0", null), InlineData(DecisionMethod.YesNo, 1, "0,0,2", null),
        InlineData(DecisionMethod.YesNo, 1, "-1,2,0", null)]
    public void PaperTotals_BecomeBallotsWithTheseTotals(DecisionMethod method, int papers, string totals, string? ballots)
    {
        var proposal = new Proposal { Title = "", Text = "", ProposedBy = "", ProposedAt = default, FormKey = "", Method = method,
            Dots = 3, HighestScore = 5, Options = method == DecisionMethod.YesNo ? [] : ["North", "South", "West"] };
        var state = new Microsoft.AspNetCore.Mvc.ModelBinding.ModelStateDictionary();
        var made = PaperTotals.Read(state, proposal, totals.Split(','), papers);
        Assert.Equal(ballots, made is null ? null : string.Join('|', made.Select(Marks.Write)));
        Assert.Equal(ballots is null, !state.IsValid);
    }

    [Theory]
    [InlineData("2: 3, 1\n1: –", 3, "2,,1|2,,1|,,"), InlineData("1: 2", 1, ",1,"), InlineData("1: 2, 1", 2, null),
        InlineData("1: 2, 2", 1, null), InlineData("1: 4", 1, null), InlineData("2, 1", 1, null), InlineData("1:", 1, null),
        InlineData("", 1, null), InlineData("999999999: 1", 1, null)]
    public void PaperOrders_BecomeRankedBallots(string typed, int papers, string? ballots)
    {
        var proposal = new Proposal { Title = "", Text = "", ProposedBy = "", ProposedAt = default, FormKey = "",
            Method = DecisionMethod.Ranked, Options = ["North", "South", "West"] };
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
        var proposal = await app.ProposalAsync(partnership, DecisionMethod.Ranked, secret: true, rules: r => r with { OnPaper = true });
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = DecisionsLinks.Paper(partnership.Id, proposal.Id);
        (string, string)[] five = [.. organisations.Take(5).Select(o => ("Ticked", Id(o.Id)))];
        var wrong = await TickAsync(coordinator, await coordinator.GetAsync(path), [.. five, ("Orders", "1: 9")]);
        Assert.Contains("could not be read: “1: 9”", wrong.ErrorOf("Totals"), StringComparison.Ordinal);
        Assert.Equal("1: 9", wrong.ValueOf("Orders"));
        Assert.Equal(302, (await TickAsync(coordinator, wrong, [.. five, ("Orders", "3: 1, 2\n1: 2, 1\n1: 2")])).Status);
        Assert.Equal("“North” was chosen, with 3 votes of 5.", (await app.FindAsync(proposal.Id)).OutcomeWords);
    }

    /// <summary>Thirty organisations score five options, each its own way, the last organisation first.</summary>
    private static async Task<(TestPartnership Partnership, Proposal Proposal)> VotedAsync(TestApp app)
    {
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 27);
        var proposal = await app.ProposalAsync(partnership, DecisionMethod.Score, secret: true, options: ["A", "B", "C", "D", "E"]);
        for (var i = 29; i >= 0; i--) Assert.Equal(Cast.Taken,
            await app.VoteAsync(partnership, proposal, organisations[i].Id, (i + 4) % 5, (i + 3) % 5, i % 5, (i + 1) % 5, (i + 2) % 5));
        return (partnership, proposal);
    }

    private static Task<int> BallotsAsync(TestApp app, long proposalId) =>
        app.DbAsync(db => db.Database.SqlQuery<int>($"""SELECT CAST(count(*) AS integer) AS "Value" FROM "SealedBallots" WHERE "ProposalId" = {proposalId}""").SingleAsync());

    private static Task<SecretVote> VoteAsync(TestApp app, long proposalId) =>
        app.DbAsync(db => db.SecretVotes.AsNoTracking().SingleAsync(v => v.ProposalId == proposalId));

    private static KeyFolder KeysOf(TestApp app) => app.Services.GetRequiredService<KeyFolder>();

    /// <summary>Every row of every table, with the number of the transaction that wrote it where the engine keeps one.</summary>
    private static Task<List<string>> RowsAsync(TestApp app, Engine engine) => app.DbAsync(async db =>
    {
        var rows = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = engine == Engine.Sqlite ? $"SELECT * FROM \"{table}\"" : $"SELECT *, xmin::text AS by FROM \"{table}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add(table + " " + string.Join('|', Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes)
                    : reader.GetValue(i).ToString())));
        }
        return rows;
    });

    /// <summary>Sends a form in which one field comes several times.</summary>
    private static async Task<Answer> TickAsync(Visitor visitor, Answer page, IReadOnlyList<(string Name, string Value)> fields)
    {
        var token = page.Document.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token))
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await visitor.SendRawAsync(page.Path, form);
    }

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
