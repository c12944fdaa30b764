using System.Net;
using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Storage.Live;
using Colead.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Tests.Decisions;

/// <summary>Whoever has a proposal open follows its advice and its vote.</summary>
public class LiveBallotsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Proposal_FromAdviceToResult_IsFollowedByThoseWhoWatch(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (proposal, other) = (await app.ProposalAsync(partnership, open: false), await app.ProposalAsync(partnership, open: false));
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var member = await partnership.AsAsync(Role.Member);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var stream = (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(partnership.Id, proposal.Id))).Stream!;
        using var elsewhere = (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(partnership.Id, other.Id))).Stream!;
        Assert.Equal("text/event-stream", stream.ContentType);
        await stream.SettleAsync();
        await elsewhere.SettleAsync();

        Assert.Equal(302, (await member.PostAsync(path, new() { ["Text"] = "Ask the drivers first." }, "advise")).Status);
        await stream.HearAsync();
        Assert.Contains("Ask the drivers first.", (await viewer.GetAsync(path)).Text, StringComparison.Ordinal);

        Assert.Equal(302, (await member.PostAsync(path + "/wording",
            new() { ["Title"] = "Share one van", ["Text"] = "We buy one electric van together." })).Status);
        await stream.HearAsync();
        Assert.Contains("electric", (await viewer.GetAsync(path)).Text, StringComparison.Ordinal);

        Assert.Equal(302, (await member.PostAsync(path + "/open", [])).Status);
        await stream.HearAsync();
        Assert.Contains("0 organisations of 3 have voted", (await viewer.GetAsync(path)).Text, StringComparison.Ordinal);

        Assert.Equal(302, (await lead.PostAsync(path + "/vote", new() { ["Choice"] = "1" })).Status);
        await stream.HearAsync();
        Assert.Contains("1 organisation of 3 has voted", (await viewer.GetAsync(path)).Text, StringComparison.Ordinal);

        Assert.Equal(302, (await member.PostAsync(path + "/close", [])).Status);
        await stream.HearAsync();
        var decided = await viewer.GetAsync(path);
        Assert.Contains("Agreed", decided.Text, StringComparison.Ordinal);
        Assert.Equal("", decided.Document.QuerySelector("#proposal")!.GetAttribute("data-live")); // nothing more will come
        Assert.False(await elsewhere.HearsWithinAsync(TimeSpan.FromMilliseconds(300)));

        using var watching = (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(partnership.Id, other.Id))).Stream!;
        await watching.SettleAsync();
        Assert.Equal(302, (await member.PostAsync(DecisionsLinks.Proposal(partnership.Id, other.Id), [], "withdraw")).Status);
        await watching.HearAsync();
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Voting_ByItsDates_IsHeardToo(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var proposal = await app.ProposalAsync(partnership, open: false,
            rules: set => set with { OpensAt = now.AddHours(1), ClosesAt = now.AddHours(2) });
        using var viewer = await partnership.AsAsync(Role.Viewer);
        using var stream = (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(partnership.Id, proposal.Id))).Stream!;
        await stream.SettleAsync();
        foreach (var state in new[] { ProposalState.Voting, ProposalState.Decided })
        {
            app.Clock.Move(TimeSpan.FromMinutes(65));
            await app.WithAsync<VotingTimetable, bool>(async timetable => { await timetable.ActAsync(); return true; });
            await stream.HearAsync();
            Assert.Equal(state, (await app.FindAsync(proposal.Id)).State);
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Stream_IsForThoseWhoMaySeeThePage(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (ours, theirs) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var (proposal, foreign) = (await app.ProposalAsync(ours), await app.ProposalAsync(theirs));
        using var stranger = app.Visitor();
        using var viewer = await ours.AsAsync(Role.Viewer);
        // to sign in
        Assert.Equal(HttpStatusCode.Redirect, (await LiveListener.OpenAsync(stranger, DecisionsLinks.Events(ours.Id, proposal.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(theirs.Id, foreign.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(ours.Id, foreign.Id))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(ours.Id, 987654321))).Status);
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await ours.AsAsync(role);
            Assert.Equal(DecisionsLinks.Events(ours.Id, proposal.Id),
                (await visitor.GetAsync(DecisionsLinks.Proposal(ours.Id, proposal.Id)))
                .Document.QuerySelector("#proposal")!.GetAttribute("data-live"));
            var (status, stream) = await LiveListener.OpenAsync(visitor, DecisionsLinks.Events(ours.Id, proposal.Id));
            Assert.Equal(HttpStatusCode.OK, status);
            stream!.Dispose();
        }
    }

    [Fact]
    public async Task TwoServers_OnOneDatabase_FollowOneBallot()
    {
        await using var app = await TestApp.StartAsync(Engine.Postgres);
        await using var another = await app.AnotherAsync();
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using (var viewer = await partnership.AsAsync(Role.Viewer))
        using (var viewerThere = viewer.At(another.Address))
        using (var second = await app.LeadOfAsync(partnership, partnership.Organisations[1].Id))
        using (var secondThere = second.At(another.Address))
        using (var here = (await LiveListener.OpenAsync(viewer, DecisionsLinks.Events(partnership.Id, proposal.Id))).Stream!)
        using (var there = (await LiveListener.OpenAsync(viewerThere, DecisionsLinks.Events(partnership.Id, proposal.Id))).Stream!)
        {
            await here.SettleAsync();
            await there.SettleAsync();
            Assert.Equal(302, (await lead.PostAsync(path + "/vote", new() { ["Choice"] = "1" })).Status);
            await Task.WhenAll(here.HearAsync(), there.HearAsync());
            Assert.Contains("1 organisation of 3 has voted", (await viewerThere.GetAsync(path)).Text, StringComparison.Ordinal);
            Assert.Equal(302, (await secondThere.PostAsync(path + "/vote", new() { ["Choice"] = "1" })).Status);
            await Task.WhenAll(here.HearAsync(), there.HearAsync());
            Assert.Contains("2 organisations of 3 have voted", (await viewer.GetAsync(path)).Text, StringComparison.Ordinal);
            Assert.Equal(302, (await coordinator.PostAsync(path + "/close", [])).Status);
            await Task.WhenAll(here.HearAsync(), there.HearAsync());
            Assert.Contains("Agreed", (await viewerThere.GetAsync(path)).Text, StringComparison.Ordinal);
        }
    }

    /// <summary>Nobody's page is told that somebody voted secretly: only that voting closed.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task SecretVote_IsTold_WhenItHasClosed_AndNotBefore(Engine engine)
    {
        List<string> told = [];
        await using var app =
            await TestApp.StartAsync(engine, adjust: builder => builder.Services.AddSingleton<LiveChanges>(new Overheard(told)));
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 4);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        told.Clear();
        for (var i = 0; i < 5; i++) Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, organisations[i].Id, i % 2));
        Assert.Equal(Cast.Already, await app.VoteAsync(partnership, proposal, organisations[0].Id, 1));
        Assert.Empty(told);
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.False(await app.CloseAsync(partnership, proposal));
        Assert.Equal(Cast.NotOpen, await app.VoteAsync(partnership, proposal, organisations[5].Id, 1));
        Assert.Equal([DecisionsPart.Topic(proposal.Id)], told);
    }

    private sealed class Overheard(List<string> told) : LiveChanges
    {
        public override Task AnnounceAsync(string topic)
        {
            told.Add(topic);
            return Task.CompletedTask;
        }
    }
}
