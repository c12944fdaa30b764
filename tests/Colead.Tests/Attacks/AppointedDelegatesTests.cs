using System.Globalization;
using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Tests.Decisions;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Attacks;

/// <summary>
/// Attack: a coordinator appoints themselves, by addresses of their own, as further leads of organisations while a secret vote is open.
/// Their ballots are those organisations'; who has voted
/// already is told to them; and beside four known ballots the totals tell the fifth.
/// </summary>
public class AppointedDelegatesTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    [Attack("A coordinator", "four leads appointed while a secret vote is open", "to read the fifth's ballot from the totals",
        "nothing: who became lead later does not vote")]
    public async Task Coordinator_WhoAppointsFourDelegates_DoesNotLearnHowTheFifthVoted(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 2);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var victim = await app.LeadOfAsync(partnership, organisations[4].Id, "Honest Delegate");
        using var another = await app.LeadOfAsync(partnership, organisations[3].Id, "Another Delegate");

        for (var i = 0; i < 4; i++)
        {
            using var own = await AppointAsync(app, partnership, coordinator, organisations[i]);
            var there = await own.GetAsync(path);
            Assert.Contains("after this vote had opened", there.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Vote for your organisation", there.Text, StringComparison.Ordinal);
            var page = await own.GetAsync(path + "/vote");
            Assert.Contains("after this vote had opened", page.Text, StringComparison.Ordinal);
            var account = await app.DbAsync(db => db.Set<RoleGrant>().OrderByDescending(g => g.Id).Select(g => g.AccountId).FirstAsync());
            Assert.Equal(Cast.NoVoice, await app.WithAsync<BallotOperations, Cast>(b => b.VoteSecretlyAsync(proposal, organisations[i].Id,
                new([1], ""), account)));
        }

        var real = await another.SubmitAsync(await another.GetAsync(path + "/vote"), new() { ["Choice"] = "0" });
        Assert.Contains("Your organisation has voted", (await another.GetAsync(real.Location!)).Text, StringComparison.Ordinal);

        var promised = (await victim.GetAsync(path + "/vote")).Text;
        Assert.Contains("Colead shows nobody what you vote", promised, StringComparison.Ordinal);
        Assert.Equal(302, (await victim.SubmitAsync(await victim.GetAsync(path + "/vote"), new() { ["Choice"] = "0" })).Status);
        Assert.Equal(302, (await coordinator.PostAsync(path + "/close", [])).Status);
        Assert.DoesNotContain("4 yes", (await app.FindAsync(proposal.Id)).OutcomeWords ?? "", StringComparison.Ordinal);
    }

    /// <summary>Who has no lead when a secret vote opens has no vote at all: said to whoever is about to open it, by name.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Organisations_WithoutALead_AreNamedBeforeASecretVoteOpens(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 3);
        var secret = DecisionsLinks.Proposal(partnership.Id, (await app.ProposalAsync(partnership, open: false, secret: true)).Id)
            + "/open";
        var open = DecisionsLinks.Proposal(partnership.Id, (await app.ProposalAsync(partnership, open: false)).Id) + "/open";
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var without = (await coordinator.GetAsync(secret)).Text;
        Assert.Contains("Without a lead:", without, StringComparison.Ordinal);
        Assert.Contains(organisations[4].Name, without, StringComparison.Ordinal);
        Assert.DoesNotContain("Without a lead:", (await coordinator.GetAsync(open)).Text, StringComparison.Ordinal);

        foreach (var organisation in organisations) (await app.LeadOfAsync(partnership, organisation.Id, $"Lead of {organisation.Id}"))
            .Dispose();
        Assert.DoesNotContain("Without a lead:", (await coordinator.GetAsync(secret)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    [Attack("A second delegate", "a secret ballot sent while the vote is open", "to learn whether the organisation voted already",
        "nothing: the same is said to the first")]
    public async Task SecondDelegate_IsNotToldWhetherTheOrganisationVoted(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var organisations = await app.MoreOrganisationsAsync(partnership, 3);
        var proposal = await app.ProposalAsync(partnership, secret: true);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var victim = await app.LeadOfAsync(partnership, organisations[4].Id, "Honest Delegate");
        Assert.Contains("until it has closed nobody whether you did", (await victim.GetAsync(path + "/vote")).Text,
            StringComparison.Ordinal);
        Assert.Equal(302, (await victim.SubmitAsync(await victim.GetAsync(path + "/vote"), new() { ["Choice"] = "0" })).Status);

        using var second = await app.LeadOfAsync(partnership, organisations[4].Id, "Second Delegate");
        using var silent = await app.LeadOfAsync(partnership, organisations[3].Id, "Delegate of Another");
        var after = await second.SubmitAsync(await second.GetAsync(path + "/vote"), new() { ["Choice"] = "1" });
        var first = await silent.SubmitAsync(await silent.GetAsync(path + "/vote"), new() { ["Choice"] = "1" });
        Assert.Equal(ProposalState.Voting, (await app.FindAsync(proposal.Id)).State);
        Assert.Equal(Said(await silent.GetAsync(first.Location!)), Said(await second.GetAsync(after.Location!)));

        static string Said(Answer answer) =>
            answer.Document.QuerySelector(".govuk-notification-banner, [role='status'], .said")!.TextContent;
    }

    /// <summary>As a coordinator does: an invitation to an address of their own, taken up in another browser.</summary>
    private static async Task<Visitor> AppointAsync(TestApp app, TestPartnership partnership, Visitor coordinator,
        Organisation organisation)
    {
        var invited = await coordinator.PostAsync(PartnershipsLinks.Team(partnership.Id), new()
        {
            ["Email"] = TestApp.NewEmail("coordinator+"), ["Role"] = "Lead",
                ["Organisation"] = organisation.Id.ToString(CultureInfo.InvariantCulture),
        });
        var link = new Uri(invited.ValueOf("link")!).PathAndQuery;
        var own = app.Visitor();
        Assert.Equal(302, (await own.SubmitAsync(await own.GetAsync(link),
            new() { ["Name"] = "Helper " + organisation.Name, ["Password"] = "egret on the weir" })).Status);
        return own;
    }
}
