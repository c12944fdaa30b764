using Colead.Parts.Decisions;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Decisions;

public class ProposalsTests(House house)
{
    private static Dictionary<string, string> Fields(string method = "YesNo") =>
        new() { ["Title"] = "Share one van", ["Text"] = "We buy one van together.", ["Method"] = method };

    [Theory, ClassData(typeof(Engines))]
    public async Task Circle_FromProposalToDecision_ThroughThePages(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var member = await partnership.AsAsync(Role.Member);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        Assert.Contains("Nothing is waiting", (await viewer.GetAsync(DecisionsLinks.All(partnership.Id))).Heading,
            StringComparison.Ordinal);

        var made = await member.PostAsync(DecisionsLinks.New(partnership.Id), Fields());
        Assert.Equal(302, made.Status);
        var path = made.Location!;
        Assert.Equal(302, (await lead.PostAsync(path, new() { ["Text"] = "Who drives it?" }, "advise")).Status);
        Assert.Contains("Who drives it?", (await viewer.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await member.PostAsync(path + "/wording",
            new() { ["Text"] = "We buy one van together, and share two drivers." })).Status);
        var versions = await viewer.GetAsync(path + "/versions");
        Assert.Contains("and share two drivers", string.Concat(versions.Document.QuerySelectorAll("ins").Select(i => i.TextContent)),
            StringComparison.Ordinal);
        Assert.Equal(302, (await member.PostAsync(path + "/open", [])).Status);
        Assert.Equal(302, (await lead.PostAsync(path + "/vote", new() { ["Choice"] = "1" })).Status);
        var entered = await coordinator.PostAsync(path + "/enter",
            new() { ["Organisation"] = Id(partnership.Organisations[1].Id), ["Way"] = "Paper", ["Choice"] = "1" });
        Assert.Equal(302, entered.Status);
        var open = await viewer.GetAsync(path);
        Assert.Contains("2 organisations of 3 have voted", open.Text, StringComparison.Ordinal);
        Assert.Empty(open.Document.QuerySelectorAll("table")); // how it stands is nobody's to see yet
        Assert.Equal(302, (await member.PostAsync(path + "/close", [])).Status);
        var decided = await viewer.GetAsync(path);
        Assert.Contains("Agreed: 2 yes, 0 no.", decided.Text, StringComparison.Ordinal);
        Assert.Contains($"On paper: entered by {partnership.Account(Role.Coordinator).Name}", decided.Text, StringComparison.Ordinal);
        Assert.Contains("Did not vote: " + partnership.Organisations[2].Name, decided.Text, StringComparison.Ordinal);
        Assert.Contains("Agreed: 2 yes", (await viewer.GetAsync(DecisionsLinks.All(partnership.Id))).Text, StringComparison.Ordinal);
        Assert.Equal(["made a proposal", "advised on a proposal", "reworded a proposal", "opened a vote", "voted", "entered a vote",
            "closed a vote"],
            await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id).OrderBy(a => a.Id).Select(a => a.Act)
                .ToListAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_ForEveryRole_AndTheWrongPartnership(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var other = await app.PartnershipAsync();
        await app.MoreOrganisationsAsync(partnership, 3);
        var advice = await app.ProposalAsync(partnership, open: false);
        var voting = await app.ProposalAsync(partnership);
        var secret = await app.ProposalAsync(partnership, secret: true);
        var paper = (await app.ProposalAsync(partnership, secret: true, rules: r => r with { OnPaper = true })).Id;
        var (id, a, v, s) = (partnership.Id, advice.Id, voting.Id, secret.Id);
        // Of those who may: viewers, members, leads, coordinators. The proposals are the member's own.
        (string Path, int[] May)[] screens =
        [
            (DecisionsLinks.All(id), [200, 200, 200, 200]), (DecisionsLinks.New(id), [404, 200, 200, 200]),
                (DecisionsLinks.Proposal(id, a), [200, 200, 200, 200]),
            (DecisionsLinks.Versions(id, a), [200, 200, 200, 200]), (DecisionsLinks.Wording(id, a), [404, 200, 404, 200]),
                (DecisionsLinks.Rules(id, a), [404, 200, 404, 200]), (DecisionsLinks.OpenVoting(id, a), [404, 200, 404, 200]),
            (DecisionsLinks.CloseVoting(id, v), [404, 200, 404, 200]), (DecisionsLinks.Vote(id, v), [404, 404, 200, 404]),
                (DecisionsLinks.Vote(id, s), [404, 404, 200, 404]),
            (DecisionsLinks.EnterVote(id, v), [404, 404, 404, 200]), (DecisionsLinks.EnterVote(id, s), [404, 404, 404, 404]),
                (DecisionsLinks.Paper(id, s), [404, 404, 404, 404]), (DecisionsLinks.Paper(id, paper), [404, 404, 404, 200]),
                (DecisionsLinks.Vote(id, paper), [404, 404, 404, 404]), (DecisionsLinks.Slips(id, s), [404, 404, 404, 404]),
                (DecisionsLinks.Paper(id, v), [404, 404, 404, 404]),
        ];
        foreach (var role in Enum.GetValues<Role>())
        {
            using var visitor = await partnership.AsAsync(role);
            using var stranger = await other.AsAsync(role);
            foreach (var (path, may) in screens)
            {
                Assert.True((await visitor.GetAsync(path)).Status == may[(int)role], $"{role} {path}");
                Assert.True((await stranger.GetAsync(path)).Status == 404, $"stranger {role} {path}");
                if (may[(int)role] == 200) continue;
                Assert.True((await visitor.ForgeAsync("/account", path, new() { ["Choice"] = "1", ["Title"] = "x", ["Text"] = "y" }))
                    .Status is 404, $"{role} posts to {path}");
            }
            // An address within their own partnership, of another's proposal.
            foreach (var path in new[] { DecisionsLinks.Proposal(other.Id, a), DecisionsLinks.Wording(other.Id, a),
                DecisionsLinks.Rules(other.Id, a), DecisionsLinks.Vote(other.Id, v), DecisionsLinks.EnterVote(other.Id, v),
                DecisionsLinks.CloseVoting(other.Id, v), DecisionsLinks.Versions(other.Id, a), DecisionsLinks.OpenVoting(other.Id, a),
                DecisionsLinks.Paper(other.Id, s), DecisionsLinks.New(other.Id, revisits: a) })
                Assert.Equal(404, (await stranger.GetAsync(path)).Status);
        }
        using var reader = await partnership.AsAsync(Role.Viewer);
        Assert.Equal(404, (await reader.ForgeAsync("/account", DecisionsLinks.Proposal(id, a) + "?handler=advise",
            new() { ["Text"] = "x" })).Status);
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(404, (await lead.ForgeAsync("/account", DecisionsLinks.Proposal(id, a) + "?handler=withdraw", [])).Status);
        Assert.Equal((ProposalState.Advice, ProposalState.Voting), ((await app.FindAsync(a)).State, (await app.FindAsync(v)).State));
        Assert.Equal(0, await app.DbAsync(db => db.Set<ProposalVote>().CountAsync(vote => vote.ProposalId == v)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task New_BadInput_SaysSoBesideTheFieldAndKeepsWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var member = await partnership.AsAsync(Role.Member);
        var path = DecisionsLinks.New(partnership.Id);
        var empty = await member.PostAsync(path, new() { ["Quorum"] = "101", ["ReviewOn"] = "yesterday", ["Secret"] = "true" });
        Assert.Equal(400, empty.Status);
        foreach (var field in new[] { "Title", "Text", "Method", "Quorum", "ReviewOn",
            "Secret" }) Assert.False(string.IsNullOrEmpty(empty.ErrorOf(field)), field);
        Assert.True(empty.Document.QuerySelector("details")!.HasAttribute("open"));
        Assert.Equal("101", empty.ValueOf("Quorum"));
        Assert.All(empty.Document.QuerySelectorAll(".govuk-error-summary a"),
            link => Assert.NotNull(empty.Document.GetElementById(link.GetAttribute("href")![1..])));
        Assert.Contains("at least two options", (await member.PostAsync(path, new(Fields("Ranked")) { ["Options"] = "Only one" }))
            .ErrorOf("Options"), StringComparison.Ordinal);
        Assert.Contains("are the same", (await member.PostAsync(path, new(Fields("Ranked")) { ["Options"] = "North\nnorth " }))
            .ErrorOf("Options"), StringComparison.Ordinal);
        Assert.Contains("dots", (await member.PostAsync(path, new(Fields("Dots")) { ["Options"] = "A\nB", ["Dots"] = "0" }))
            .ErrorOf("Dots"), StringComparison.Ordinal);
        var weighted = await member.PostAsync(path, new(Fields()) { ["Voices"] = "Agreed", ["Weights[0]"] = "x", ["Weights[1]"] = "2" });
        Assert.Contains("whole number", weighted.Text, StringComparison.Ordinal);
        Assert.Contains("why", weighted.ErrorOf("WeightsReason"), StringComparison.Ordinal);
        Assert.Contains("Give at least one",
            (await member.PostAsync(path, new(Fields()) { ["Voices"] = "Agreed", ["Weights[0]"] = "0", ["WeightsReason"] = "By size" }))
            .Text, StringComparison.Ordinal);
        Assert.Contains("close after",
            (await member.PostAsync(path, new(Fields()) { ["OpensOn"] = "2027-05-01", ["ClosesOn"] = "2027-04-01" })).ErrorOf("ClosesOn"),
            StringComparison.Ordinal);
        await app.MoreOrganisationsAsync(partnership, 3);
        Assert.Contains("reasons", (await member.PostAsync(path, new(Fields("Consent")) { ["Secret"] = "true" })).ErrorOf("Secret"),
            StringComparison.Ordinal);
        Assert.Contains("one voice",
            (await member.PostAsync(path, new(Fields()) { ["Secret"] = "true", ["Voices"] = "Agreed", ["Weights[0]"] = "2",
            ["WeightsReason"] = "By size" })).ErrorOf("Secret"), StringComparison.Ordinal);
        Assert.False(await app.DbAsync(db => db.Set<Proposal>().AnyAsync(p => p.PartnershipId == partnership.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Forms_SentTwice_DoItOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var member = await partnership.AsAsync(Role.Member);
        var form = await member.GetAsync(DecisionsLinks.New(partnership.Id));
        var both = await Task.WhenAll(member.SubmitAsync(form, Fields()), member.SubmitAsync(form, Fields()));
        Assert.Equal(both[0].Location, both[1].Location);
        Assert.Equal(1, await app.DbAsync(db => db.Set<Proposal>().CountAsync(p => p.PartnershipId == partnership.Id)));
        var page = await member.GetAsync(both[0].Location!);
        foreach (var again in await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => member.SubmitAsync(page, new() { ["Text"] = "Mind the insurance." }, "advise")))) Assert.Equal(302, again.Status);
        Assert.Equal(1, await app.DbAsync(db => db.Set<ProposalAdvice>().CountAsync(a => a.Proposal!.PartnershipId == partnership.Id)));
        var opening = await member.GetAsync(both[0].Location + "/open");
        Assert.Equal((302, 409), ((await member.SubmitAsync(opening, [])).Status, (await member.SubmitAsync(opening, [])).Status));
        var closing = await member.GetAsync(both[0].Location + "/close");
        Assert.Equal((302, 409), ((await member.SubmitAsync(closing, [])).Status, (await member.SubmitAsync(closing, [])).Status));
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id
            && a.Act == "closed a vote")));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Wording_ChangedByTwo_TheSecondSeesTheDifferenceAndChooses(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, open: false);
        using var one = await partnership.AsAsync(Role.Member);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var path = DecisionsLinks.Wording(partnership.Id, proposal.Id);
        var (first, second) = (await one.GetAsync(path), await two.GetAsync(path));
        Assert.Equal(302, (await one.SubmitAsync(first, new() { ["Text"] = "We buy two vans together." })).Status);
        var clash = await two.SubmitAsync(second, new() { ["Text"] = "We hire one van together." });
        Assert.Equal(409, clash.Status);
        Assert.Equal("We hire one van together.", clash.ValueOf("Text"));
        Assert.Contains("buy", string.Concat(clash.Document.QuerySelectorAll("del").Select(d => d.TextContent)), StringComparison.Ordinal);
        Assert.Contains("hire", string.Concat(clash.Document.QuerySelectorAll("ins").Select(d => d.TextContent)), StringComparison.Ordinal);
        Assert.Contains(partnership.Account(Role.Member).Name, clash.Text, StringComparison.Ordinal);
        Assert.Equal("We buy two vans together.", (await app.FindAsync(proposal.Id)).Text);
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Equal("We hire one van together.", (await app.FindAsync(proposal.Id)).Text);
        Assert.Equal(["We buy one van together.", "We buy two vans together.", "We hire one van together."],
            await app.DbAsync(db => db.Set<ProposalWording>().Where(w => w.ProposalId == proposal.Id).OrderBy(w => w.Number)
            .Select(w => w.Text).ToListAsync()));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Wording_OnceVotingIsOpen_IsFixed(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, open: false);
        using var member = await partnership.AsAsync(Role.Member);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        var (wording, page) = (await member.GetAsync(path + "/wording"), await member.GetAsync(path));
        Assert.True(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(proposal.Id, partnership.As(Role.Coordinator))));
        var refused = await member.SubmitAsync(wording, new() { ["Text"] = "Something else." });
        Assert.Equal((409, "Voting has opened"), (refused.Status, refused.Heading));
        Assert.Contains("Something else.", refused.Text, StringComparison.Ordinal); // to be copied
        Assert.Equal(409, (await member.SubmitAsync(page, new() { ["Text"] = "Too late." }, "advise")).Status);
        Assert.Equal(409, (await member.SubmitAsync(page, [], "withdraw")).Status);
        Assert.Equal(path, (await member.GetAsync(path + "/wording")).Location);
        var now = await app.FindAsync(proposal.Id);
        Assert.Equal(("We buy one van together.", ProposalState.Voting), (now.Text, now.State));
        Assert.False(await app.DbAsync(db => db.Set<ProposalAdvice>().AnyAsync(a => a.ProposalId == proposal.Id)));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Rules_BeforeVoting_MayChange_AndEveryVersionIsKept(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var member = await partnership.AsAsync(Role.Member);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var made = await member.PostAsync(DecisionsLinks.New(partnership.Id), Fields());
        var path = made.Location!;
        var form = await member.GetAsync(path + "/rules");
        Assert.Equal("50", form.ValueOf("Quorum"));
        var without = await member.SubmitAsync(form, new() { ["Method"] = "Ranked", ["Quorum"] = "x" });
        Assert.Equal(400, without.Status);
        Assert.Contains("at least two options", without.ErrorOf("Options"), StringComparison.Ordinal);
        Assert.Equal("x", without.ValueOf("Quorum"));
        var order = form.Document.QuerySelectorAll(".ballot-boxes label").Select(l => l.TextContent).ToList();
        Dictionary<string, string> ranked = new() { ["Method"] = "Ranked", ["Options"] = "North\nSouth", ["Quorum"] = "70",
            ["Voices"] = "Agreed", ["WeightsReason"] = "By size.", ["Weights[0]"] = "3", ["Weights[1]"] = "1", ["ClosesOn"] =
            "2027-05-01" };
        // in the very same moment the second is asked
        foreach (var again in await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => member.SubmitAsync(form, ranked)))) Assert.True(again.Status is 302 or 409, "pressed twice");
        Assert.Equal(302, (await member.SubmitAsync(form, ranked)).Status); // again, later: it is so already
        Assert.Equal(302, (await member.PostAsync(path + "/rules",
            new() { ["Weights[0]"] = "2", ["Weights[1]"] = "", ["Weights[2]"] = "1" })).Status);
        var id = long.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var now = await app.DbAsync(db => db.Set<Proposal>().AsNoTracking().Include(p => p.Voices).ThenInclude(v => v.Organisation)
            .SingleAsync(p => p.Id == id));
        Assert.Equal((DecisionMethod.Ranked, 70, true), (now.Method, now.QuorumPercent, now.Weighted));
        Assert.Equal(["North", "South"], now.Options);
        Assert.Equal([$"{order[0]} 2", $"{order[2]} 1"], now.Voices.Select(v => $"{v.Organisation!.Name} {v.Weight}")
            .Order(StringComparer.Ordinal));
        Assert.NotNull(now.ClosesAt);
        var versions = await viewer.GetAsync(path + "/versions");
        Assert.Contains("The proposal changed 2 times", versions.Heading, StringComparison.Ordinal);
        Assert.Contains("Yes, no or abstain", string.Concat(versions.Document.QuerySelectorAll("del").Select(d => d.TextContent)),
            StringComparison.Ordinal);
        Assert.Contains($"{order[0]}: 3 votes.", versions.Text, StringComparison.Ordinal);
        Assert.Equal(2, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id
            && a.Act == "changed how a proposal is decided")));

        var late = await member.GetAsync(path + "/rules");
        Assert.True(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(id, partnership.As(Role.Coordinator))));
        var refused = await member.SubmitAsync(late, new() { ["Quorum"] = "0" });
        Assert.Equal(409, refused.Status);
        Assert.Contains("Voting has opened", refused.Heading, StringComparison.Ordinal);
        Assert.Equal(path, (await member.GetAsync(path + "/rules")).Location);
        Assert.Equal(70, (await app.FindAsync(id)).QuorumPercent);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Rules_ChangedByTwo_TheSecondSeesTheDifferenceAndChooses(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, open: false);
        using var one = await partnership.AsAsync(Role.Member);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var path = DecisionsLinks.Rules(partnership.Id, proposal.Id);
        var (first, second, opening) = (await one.GetAsync(path), await two.GetAsync(path),
            await two.GetAsync(DecisionsLinks.OpenVoting(partnership.Id, proposal.Id)));
        Assert.Equal(302, (await one.SubmitAsync(first, new() { ["Quorum"] = "60" })).Status);
        var clash = await two.SubmitAsync(second, new() { ["Quorum"] = "80" });
        Assert.Equal(409, clash.Status);
        Assert.Equal("80", clash.ValueOf("Quorum"));
        Assert.Contains("60", string.Concat(clash.Document.QuerySelectorAll("del").Select(d => d.TextContent)), StringComparison.Ordinal);
        Assert.Contains("80", string.Concat(clash.Document.QuerySelectorAll("ins").Select(d => d.TextContent)), StringComparison.Ordinal);
        Assert.Contains(partnership.Account(Role.Member).Name, clash.Text, StringComparison.Ordinal);
        Assert.Equal(60, (await app.FindAsync(proposal.Id)).QuorumPercent);
        var unread = await two.SubmitAsync(opening, []); // nobody opens a vote on what they have not read
        Assert.Equal(409, unread.Status);
        Assert.Contains("Someone changed the proposal", unread.Text, StringComparison.Ordinal);
        Assert.Equal(ProposalState.Advice, (await app.FindAsync(proposal.Id)).State);
        Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status);
        Assert.Equal(80, (await app.FindAsync(proposal.Id)).QuorumPercent);
        Assert.Equal(409, (await two.SubmitAsync(unread, [])).Status);
        Assert.Equal(302, (await two.PostAsync(DecisionsLinks.OpenVoting(partnership.Id, proposal.Id), [])).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Voices_OfWhoHasLeftBeforeVoting_AreNotWaitedFor(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var (stays, leaves) = (partnership.Organisations[0].Id, partnership.Organisations[1].Id);
        var proposal = await app.ProposalAsync(partnership, open: false,
            rules: r => r with { QuorumPercent = 50, Weights = new Dictionary<long, int> { [stays] = 1, [leaves] = 5 },
            WeightsReason = "By size." });
        await app.DbAsync(async db =>
        {
            (await db.Set<Organisation>().Include(o => o.Terms).SingleAsync(o => o.Id == leaves))
                .Leave(DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime));
            return await db.SaveChangesAsync();
        });
        Assert.True(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(proposal.Id, partnership.As(Role.Coordinator))));
        var nobody = await app.ProposalAsync(partnership, open: false,
            rules: r => r with { Weights = new Dictionary<long, int> { [leaves] = 5 }, WeightsReason = "By size." });
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var refused = await coordinator.PostAsync(DecisionsLinks.OpenVoting(partnership.Id, nobody.Id), []);
        Assert.Equal(400, refused.Status);
        Assert.Contains("No organisation has a voice", refused.Text, StringComparison.Ordinal);
        Assert.False(await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(nobody.Id, partnership.As(Role.Coordinator))));
        Assert.Equal([stays], await app.DbAsync(db => db.Set<ProposalVoice>().Where(v => v.ProposalId == proposal.Id)
            .Select(v => v.OrganisationId).ToListAsync()));
        await app.VoteAsync(partnership, proposal, stays, 1);
        Assert.True(await app.CloseAsync(partnership, proposal));
        Assert.Equal(DecisionOutcome.Passed, (await app.FindAsync(proposal.Id)).Outcome);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Decision_IsNeverEdited_AndRevisitedByANewProposal(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var thread = new GoldenThread { PartnershipId = partnership.Id, Title = "Getting about", About = "", Source = ThreadSource.Problem,
            FormKey = Colead.Kit.Forms.FormKey.New(), StartedBy = "Sam", StartedAt = app.Clock.GetUtcNow().UtcDateTime };
        await app.SaveAsync(db => db.Set<GoldenThread>().Add(thread));
        using var member = await partnership.AsAsync(Role.Member);
        Assert.Contains("Getting about", (await member.GetAsync(DecisionsLinks.New(partnership.Id, thread.Id))).Text,
            StringComparison.Ordinal);
        var made = await member.PostAsync(DecisionsLinks.New(partnership.Id, thread.Id),
            new(Fields()) { ["ReviewOn"] = "2030-01-31", ["Quorum"] = "0" });
        var id = long.Parse(made.Location!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await app.WithAsync<ProposalOperations, bool>(p => p.OpenAsync(id, partnership.As(Role.Coordinator)));
        var proposal = await app.FindAsync(id);
        Assert.Equal(thread.Id, proposal.ThreadId);
        await app.VoteAsync(partnership, proposal, partnership.Organisations[0].Id, 1);
        Assert.Equal(404, (await member.GetAsync(DecisionsLinks.New(partnership.Id, revisits: id))).Status); // not decided yet
        Assert.True(await app.CloseAsync(partnership, proposal));
        foreach (var change in new Func<Colead.Storage.ColeadDb, Task<int>>[]
        {
            db => db.Set<Proposal>().Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Text, "Another")),
            db => db.Set<Proposal>().Where(p => p.Id == id).ExecuteDeleteAsync(),
            db => db.Set<ProposalVote>().Where(v => v.ProposalId == id).ExecuteUpdateAsync(set => set.SetProperty(v => v.Marks, "0")),
            db => db.Set<ProposalVote>().Where(v => v.ProposalId == id).ExecuteDeleteAsync(),
        }) Assert.Contains("never changed", (await Record.ExceptionAsync(() => app.DbAsync(change)))!.Message, StringComparison.Ordinal);

        var again = await member.GetAsync(DecisionsLinks.New(partnership.Id, proposal.ThreadId, id));
        Assert.Equal("Review: Share one van", again.ValueOf("Title"));
        var review = await member.SubmitAsync(again, []);
        Assert.Contains("looks again at an earlier decision", (await member.GetAsync(review.Location!)).Text, StringComparison.Ordinal);
        Assert.Contains("This decision was revisited", (await member.GetAsync(made.Location!)).Text, StringComparison.Ordinal);
        var listed = await app.WithAsync<ProposalOperations, List<ListedDecision>>(p => p.OfThread(partnership.As(Role.Viewer), thread.Id)
            .ToListAsync());
        Assert.Equal([("Share one van", ProposalState.Decided), ("Review: Share one van", ProposalState.Advice)],
            listed.Select(d => (d.Title, d.State)));
        Assert.Equal(("Agreed: 1 yes, 0 no.", new DateOnly(2030, 1, 31)), (listed[0].OutcomeWords, listed[0].ReviewOn));
        Assert.Equal(404, (await member.GetAsync(DecisionsLinks.New(partnership.Id, thread.Id + 1000))).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Closing_CanBeMadeLater_NeverEarlier(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership);
        using var member = await partnership.AsAsync(Role.Member);
        var path = DecisionsLinks.CloseVoting(partnership.Id, proposal.Id);
        var day = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        Assert.Equal(302,
            (await member.PostAsync(path,
            new() { ["ClosesOn"] = day.AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["ClosesTime"] = "12:00" }, "later")).Status);
        var later = (await app.FindAsync(proposal.Id)).ClosesAt;
        Assert.Equal(day.AddDays(20), DateOnly.FromDateTime(later!.Value));
        var earlier =
            await member.PostAsync(path,
            new() { ["ClosesOn"] = day.AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            ["ClosesTime"] = "12:00" }, "later");
        Assert.Contains("after the one set", earlier.ErrorOf("ClosesOn"), StringComparison.Ordinal);
        Assert.Equal(later, (await app.FindAsync(proposal.Id)).ClosesAt);
        Assert.Equal(1, await app.DbAsync(db => db.AuditEntries.CountAsync(a => a.PartnershipId == partnership.Id
            && a.Act == "extended a vote")));
        using var lead = await partnership.AsAsync(Role.Lead);
        Assert.Equal(404, (await lead.ForgeAsync("/account", path + "?handler=later",
            new() { ["ClosesOn"] = "2030-01-01", ["ClosesTime"] = "12:00" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Withdraw_BeforeVoting_EndsIt_AndStaysToBeSeen(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var proposal = await app.ProposalAsync(partnership, open: false);
        using var member = await partnership.AsAsync(Role.Member);
        var path = DecisionsLinks.Proposal(partnership.Id, proposal.Id);
        Assert.Equal(302, (await member.PostAsync(path, [], "withdraw")).Status);
        Assert.Contains("Withdrawn", (await member.GetAsync(path)).Text, StringComparison.Ordinal);
        Assert.Contains("Withdrawn before the vote", (await member.GetAsync(DecisionsLinks.All(partnership.Id))).Text,
            StringComparison.Ordinal);
        Assert.Equal(path, (await member.GetAsync(path + "/open")).Location);
        Assert.True(await app.DbAsync(db => db.AuditEntries.AnyAsync(a => a.PartnershipId == partnership.Id
            && a.Act == "withdrew a proposal")));
    }

    /// <summary>These move the clock, so they have a program of their own; Quartz itself acts.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Dates_WhenTheyCome_OpenAndCloseTheVoteByThemselves(Engine engine)
    {
        await using var app = await TestApp.StartAsync(engine);
        var partnership = await app.PartnershipAsync();
        var now = app.Clock.GetUtcNow().UtcDateTime;
        var proposal = await app.ProposalAsync(partnership, open: false,
            rules: r => r with { OpensAt = now.AddDays(1), ClosesAt = now.AddDays(2) });
        app.Clock.Move(TimeSpan.FromHours(25));
        await app.UntilAsync(db => db.Set<Proposal>().AnyAsync(p => p.Id == proposal.Id && p.State == ProposalState.Voting));
        Assert.Equal(Cast.Taken, await app.VoteAsync(partnership, proposal, partnership.Organisations[0].Id, 1));
        app.Clock.Move(TimeSpan.FromHours(24));
        foreach (var _ in Enumerable.Range(0, 3)) await app.WithAsync<VotingTimetable,
            bool>(async t => { await t.ActAsync(); return true; });
        Assert.Equal((ProposalState.Decided, DecisionOutcome.Passed),
            ((await app.FindAsync(proposal.Id)).State, (await app.FindAsync(proposal.Id)).Outcome));
        Assert.Equal(["Colead opened a vote", "Colead closed a vote"],
            await app.DbAsync(db => db.AuditEntries.Where(a => a.PartnershipId == partnership.Id && a.AccountId == null).OrderBy(a => a.Id)
            .Select(a => a.Who + " " + a.Act).ToListAsync()));
    }

    private static string Id(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
