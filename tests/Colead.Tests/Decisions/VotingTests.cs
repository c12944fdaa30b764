using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Decisions;

public class VotingTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Delegates_TwoOfOneOrganisation_NeverDoubleIt_AndTheLaterIsSeenToReplace(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership);
        using var first = await partnership.AsAsync(Role.Lead);
        using var second = await app.LeadOfAsync(partnership, partnership.Organisations[0].Id, "Ben Hythe");
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        Assert.Equal(302, (await first.PostAsync(path + "/vote", new() { ["Choice"] = "1" })).Status);
        var seen = await second.GetAsync(path + "/vote");
        Assert.Contains("yours replaces it, and both are shown", seen.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await second.SubmitAsync(seen, new() { ["Choice"] = "0" })).Status);
        var own = await first.GetAsync(path);
        Assert.Contains("has voted: no. Sent by Ben Hythe", own.Text, StringComparison.Ordinal);
        Assert.Contains($"It replaced the vote sent by {partnership.Account(Role.Lead).Name}", own.Text, StringComparison.Ordinal);
        using var stranger = await app.LeadOfAsync(partnership, partnership.Organisations[1].Id);
        Assert.DoesNotContain("has voted: no", (await stranger.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.True(await app.CloseAsync(partnership, proposal));
        var decided = await stranger.GetAsync(path);
        Assert.Contains("Not agreed: 0 yes, 1 no", decided.Text, StringComparison.Ordinal);
        Assert.Contains($"Before that {partnership.Account(Role.Lead).Name}", decided.Text, StringComparison.Ordinal);
        Assert.Equal(2, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id && a.Act == "voted")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Delegates_WithTheFormOpenTogether_TheSecondSeesTheFirstAndChooses(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership);
        using var first = await partnership.AsAsync(Role.Lead);
        using var second = await app.LeadOfAsync(partnership, partnership.Organisations[0].Id, "Ben Hythe");
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        var (seen, entering) = (await second.GetAsync(path + "/vote"), await coordinator.GetAsync(path + "/enter"));
        Assert.Equal(302, (await first.PostAsync(path + "/vote", new() { ["Choice"] = "1" })).Status);
        var asked = await second.SubmitAsync(seen, new() { ["Choice"] = "0", ["Reason"] = "It rusts." });
        Assert.Equal(409, asked.Status);
        Assert.Contains($"{partnership.Account(Role.Lead).Name} sent your organisation’s vote", asked.Text, StringComparison.Ordinal);
        Assert.Contains("yes. If you vote now", asked.Text, StringComparison.Ordinal);
        Assert.NotNull(asked.Document.QuerySelector("#Choice-0[checked]"));
        Assert.Equal("It rusts.", asked.ValueOf("Reason"));
        var warned = await coordinator.SubmitAsync(entering,
            new() { ["Organisation"] = Id(partnership.Organisations[0].Id), ["Way"] = "Paper", ["Choice"] = "0" });
        Assert.Equal(409, warned.Status);
        Assert.Contains("voted while you had this open", warned.ErrorOf("Organisation"), StringComparison.Ordinal);
        Assert.Equal("1", await app.DbAsync(db => db.Set<ProposalVote>().Where(v => v.ProposalId == proposal.Id).Select(v => v.Marks)
            .SingleAsync()));
        Assert.Equal(302, (await second.SubmitAsync(asked, [])).Status);
        Assert.Equal(409, (await coordinator.SubmitAsync(warned, [])).Status); // it was changed once more
        Assert.Equal("0", await app.DbAsync(db => db.Set<ProposalVote>().Where(v => v.ProposalId == proposal.Id).Select(v => v.Marks)
            .SingleAsync()));
        Assert.Equal(302, (await coordinator.PostAsync(path + "/enter",
            new() { ["Organisation"] = Id(partnership.Organisations[0].Id), ["Way"] = "Paper", ["Choice"] = "1" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Delegates_AtTheSameMoment_OneVote(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        for (var round = 0; round < 5; round++)
        {
            var proposal = await app.ProposalAsync(partnership);
            var organisation = partnership.Organisations[0].Id;
            var cast = await Task.WhenAll(Enumerable.Range(0, 6)
                .Select(i => Task.Run(() => app.VoteAsync(partnership, proposal, organisation, i % 2))));
            Assert.All(cast, c => Assert.Equal(Cast.Taken, c));
            Assert.Equal(1, await app.DbAsync(db => db.Set<ProposalVote>().CountAsync(v => v.ProposalId == proposal.Id)));
            Assert.True(await app.CloseAsync(partnership, proposal));
            Assert.Equal(1, Counted.Read((await app.FindAsync(proposal.Id)).Result!).Counted);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Vote_SentAgain_IsTheSameVote(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership);
        using var lead = await partnership.AsAsync(Role.Lead);
        var page = await lead.GetAsync(DecisionsLinks.Vote(partnership.Id, proposal.Id));
        foreach (var again in await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => lead.SubmitAsync(page, new() { ["Choice"] = "1" })))) Assert.Equal(302, again.Status);
        var vote = await app.DbAsync(db => db.Set<ProposalVote>().SingleAsync(v => v.ProposalId == proposal.Id));
        Assert.Null(vote.EarlierMarks);
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id && a.Act == "voted")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Vote_AfterClosing_IsRefused(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership);
        using var lead = await partnership.AsAsync(Role.Lead);
        var page = await lead.GetAsync(DecisionsLinks.Vote(partnership.Id, proposal.Id));
        Assert.True(await app.CloseAsync(partnership, proposal));
        var late = await lead.SubmitAsync(page, new() { ["Choice"] = "1", ["Reason"] = "It is cheap." });
        Assert.Equal((409, "Voting has closed"), (late.Status, late.Heading));
        Assert.Contains("It is cheap.", late.Text, StringComparison.Ordinal);
        Assert.Equal(Cast.NotOpen, await app.VoteAsync(partnership, proposal, partnership.Organisations[0].Id, 1));
        Assert.False(await app.CloseAsync(partnership, proposal));
        Assert.Equal(DecisionOutcome.NothingCast, (await app.FindAsync(proposal.Id)).Outcome);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Voices_AsAgreed_AreCountedWithTheirReason(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var member = await partnership.AsAsync(Role.Member);
        var form = await member.GetAsync(DecisionsLinks.New(partnership.Id));
        var order = form.Document.QuerySelectorAll(".ballot-boxes label").Select(l => l.TextContent).ToList();
        Dictionary<string, string> fields = new() { ["Title"] = "Share costs", ["Text"] = "By size.", ["Method"] = "YesNo",
            ["Voices"] = "Agreed", ["WeightsReason"] = "The council pays half.", ["Quorum"] = "50" };
        int[] weights = [3, 1, 0];
        for (var i = 0; i < 3; i++) fields[$"Weights[{order.IndexOf(partnership.Organisations[i].Name)}]"] = weights[i]
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        var made = await member.SubmitAsync(form, fields);
        var proposal = await app.FindAsync(long.Parse(made.Location!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(proposal.Id, partnership.As(Role.Coordinator))));
        using var none = await app.LeadOfAsync(partnership, partnership.Organisations[2].Id);
        Assert.Equal(404, (await none.GetAsync(DecisionsLinks.Vote(partnership.Id, proposal.Id))).Status);
        Assert.Equal(Cast.NoVoice, await app.VoteAsync(partnership, proposal, partnership.Organisations[2].Id, 0));
        Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, partnership.Organisations[0].Id, 1));
        Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, partnership.Organisations[1].Id, 0));
        Assert.True(await app.CloseAsync(partnership, proposal));
        var page = await member.GetAsync(made.Location!);
        Assert.Contains("Agreed: 3 yes, 1 no.", page.Text, StringComparison.Ordinal);
        Assert.Contains("The council pays half.", page.Text, StringComparison.Ordinal);
        Assert.Contains("4 of 4 votes were cast", page.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Consent_ObjectionNeedsAReason_AndMayBeWithdrawn(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, DecisionMethod.Consent);
        using var lead = await partnership.AsAsync(Role.Lead);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        var without = await lead.PostAsync(path + "/vote", new() { ["Choice"] = "0" });
        Assert.Contains("needs a reason", without.ErrorOf("Reason"), StringComparison.Ordinal);
        Assert.NotNull(without.Document.QuerySelector("#Choice-0[checked]"));
        Assert.Equal(302, (await lead.SubmitAsync(without, new() { ["Reason"] = "Nobody can drive it." })).Status);
        Assert.Equal(302, (await lead.PostAsync(path + "/vote", new() { ["Choice"] = "1", ["Reason"] = "" })).Status);
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.Contains("Agreed by consent: 1 organisation consents and nobody objects.", (await lead.GetAsync(path)).Text,
            StringComparison.Ordinal);

        var objected = await app.ProposalAsync(partnership, DecisionMethod.Consent);
        await app.VoteAsync(partnership, objected, partnership.Organisations[0].Id, 1);
        await app.VoteAsync(partnership, objected, partnership.Organisations[1].Id, 0);
        Assert.True(await app.CloseAsync(partnership, objected));
        Assert.Contains("Not agreed: one objection stands.", (await lead.GetAsync(DecisionsLinks.Proposal(partnership.Id, objected.Id)))
            .Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DecisionMethod.Ranked, "1,1,", "one option only"), InlineData(DecisionMethod.Ranked, "4,,", "from 1 to 3"),
        InlineData(DecisionMethod.Ranked, ",,", "at least one box")]
    [InlineData(DecisionMethod.Score, "6,0,0", "from 0 to 5"), InlineData(DecisionMethod.Score, "-1,0,0", "whole numbers"),
        InlineData(DecisionMethod.Score, "x,,", "whole numbers")]
    [InlineData(DecisionMethod.Dots, "2,2,", "You have 3 dots, and placed 4"),
        InlineData(DecisionMethod.Dots, "0,0,0", "at least one box"), InlineData(DecisionMethod.ChooseOne, null, "Choose one"),
        InlineData(DecisionMethod.YesNo, null, "Choose one")]
    public async Task Ballot_FilledInWrongly_SaysSoAndKeepsWhatWasTyped(DecisionMethod method, string? boxes, string problem)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, method);
        using var lead = await partnership.AsAsync(Role.Lead);
        var typed = boxes?.Split(',') ?? [];
        var fields = typed.Select((box, i) => (Key: $"Boxes[{i}]", box)).ToDictionary(b => b.Key, b => b.box);
        if (boxes is null) fields["Choice"] = "9";
        var answer = await lead.PostAsync(DecisionsLinks.Vote(partnership.Id, proposal.Id), fields);
        Assert.Equal(400, answer.Status);
        Assert.Contains(problem, answer.ErrorOf("Ballot"), StringComparison.Ordinal);
        for (var i = 0; i < typed.Length; i++) Assert.Equal(typed[i], answer.ValueOf($"Box-{i}"));
        Assert.False(await app.DbAsync(db => db.Set<ProposalVote>().AnyAsync(v => v.ProposalId == proposal.Id)));
    }

    [Theory]
    [InlineData(DecisionMethod.Ranked, new[] { "1,2,3", "2,1,", "1,," }, "“North” was chosen, with 2 votes of 3."),
        InlineData(DecisionMethod.Score, new[] { "5,0,1", "0,3,", "1,4,5" }, "“South” was chosen, with 7 points."),
        InlineData(DecisionMethod.Dots, new[] { "3,0,0", "1,1,1", "0,0,3" }, "A tie: “North” and “West” have 4 dots each."),
        InlineData(DecisionMethod.ChooseOne, new[] { "1,,", "1,,", ",1," }, "“North” was chosen, with 2 votes of 3.")]
    [InlineData(DecisionMethod.YesNo, new[] { "1", "0", "" }, "A tie, so not agreed: 1 yes, 1 no, 1 abstained.")]
    public async Task Methods_EachCountedAndSaid_WithTheTable(DecisionMethod method, string[] marks, string words)
    {
        var app = await house.OnAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, method,
            rules: r => r with { PassAt = method == DecisionMethod.ChooseOne ? PassAt.MostVotes : PassAt.MoreThanHalf });
        for (var i = 0; i < marks.Length; i++) Assert.Equal(Cast.Taken,
            await app.VoteAsync(partnership, proposal, partnership.Organisations[i].Id, Marks.Read(marks[i])));
        Assert.True(await app.CloseAsync(partnership, proposal));
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var page = await viewer.GetAsync(DecisionsLinks.Proposal(partnership.Id, proposal.Id));
        Assert.Equal(words, page.Document.QuerySelector(".result h2")!.TextContent);
        Assert.Equal(words, (await app.FindAsync(proposal.Id)).OutcomeWords);
        Assert.Equal(2, page.Document.QuerySelectorAll("table").Length); // how it was counted, and who voted what
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Quorum_NotReached_DecidesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, rules: r => r with { QuorumPercent = 50 });
        await app.VoteAsync(partnership, proposal, partnership.Organisations[0].Id, 1);
        Assert.True(await app.CloseAsync(partnership, proposal));
        var decided = await app.FindAsync(proposal.Id);
        Assert.Equal((DecisionOutcome.NoQuorum, "Not decided: 1 of 3 organisations voted, and 2 were needed."),
            (decided.Outcome, decided.OutcomeWords));
    }

    /// <summary>300 organisations within ten seconds, most of them through HTTP at once; every vote that was acknowledged is counted,
    /// once.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task ThreeHundred_AtOnce_AreCountedOnceEach(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 297);
        var proposal = await app.ProposalAsync(partnership, DecisionMethod.ChooseOne);
        var secret = await app.ProposalAsync(partnership, secret: true);
        foreach (var ballot in new[] { proposal, secret })
        {
            var began = System.Diagnostics.Stopwatch.StartNew();
            // each twice: the second click
            var cast = await Task.WhenAll(organisations.SelectMany((o, i) => new[] { i, i }.Select(copy => Task.Run(() => ballot.Secret
                ? app.VoteAsync(partnership, ballot, o.Id, copy % 3 == 0 ? 0 : 1)
                : app.VoteAsync(partnership, ballot, o.Id,
                    [.. Enumerable.Range(0, 3).Select(option => option == copy % 3 ? 1 : (int?)null)])))));
            TestContext.Current.SendDiagnosticMessage($"{engine}, {(ballot.Secret ? "secret" : "open")}: 600 votes sent in {began.Elapsed.TotalSeconds:0.0} s");
            Assert.Equal(300, cast.Count(c => c == Cast.Taken) - (ballot.Secret ? 0 : 300));
            Assert.All(cast, c => Assert.True(c is Cast.Taken || (ballot.Secret && c == Cast.Already)));
            Assert.True(await app.CloseAsync(partnership, ballot));
            var tally = Counted.Read((await app.FindAsync(ballot.Id)).Result!);
            Assert.Equal(ballot.Secret ? [200, 100] : [100, 100, 100], tally.Totals);
            Assert.Equal(300, tally.Counted);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task ThreeHundred_ThroughTheirBrowsers_AreCountedOnceEach(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 297);
        var proposal = await app.ProposalAsync(partnership);
        var visitors = new Visitor[organisations.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, visitors.Length), new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (i, _) => visitors[i] = await app.LeadOfAsync(partnership, organisations[i].Id, $"Lead {i}"));
        var path = DecisionsLinks.Vote(partnership.Id, proposal.Id);
        var pages = new Answer[visitors.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, visitors.Length), new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (i, _) => pages[i] = await visitors[i].GetAsync(path));
        var began = System.Diagnostics.Stopwatch.StartNew();
        var answers = await Task.WhenAll(visitors.Select((visitor, i) => visitor.SubmitAsync(pages[i],
            new() { ["Choice"] = i % 2 == 0 ? "1" : "0" })));
        var took = began.Elapsed;
        TestContext.Current.SendDiagnosticMessage($"{engine}: 300 votes over HTTP in {took.TotalSeconds:0.0} s");
        Assert.All(answers, answer => Assert.Equal(302, answer.Status));
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.Equal([150, 150], Counted.Read((await app.FindAsync(proposal.Id)).Result!).Totals);
        Assert.True(took < TimeSpan.FromSeconds(30), $"{took}"); // ten seconds on a machine of its own; tests share theirs
        foreach (var visitor in visitors) visitor.Dispose();
    }

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
