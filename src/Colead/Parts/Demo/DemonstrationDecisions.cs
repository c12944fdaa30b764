using Colead.Parts.Decisions;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using static Colead.Parts.Demo.Story;

namespace Colead.Parts.Demo;

/// <summary>What Harbour Vale decides: two decisions of the thread and a vote that is open today, and beside it an objection that stands, a
/// ranked vote and a secret one.</summary>
internal sealed class DemonstrationDecisions(ColeadDb db, Story story)
{
    public async Task<long> DecideAsync(long thread, long meeting)
    {
        ProposalOperations proposals = story.Of<ProposalOperations>();
        story.At(-668, 9);
        var id = await proposals.ProposeAsync(story.Lead(Carers), new("Nothing new begins without those who will come",
                "No new activity of ours begins until at least three people who would use it have planned its hour, its place and its welcome with us. Whoever runs it says who they were, by first name and with their leave.", []),
            new(DecisionMethod.Consent, PassAt.MoreThanHalf, 60, 0, 0, false) { ReviewOn = story.Day(-280) }, new(thread, meeting),
                story.Key("first proposal"));
        (int Day, int Who, string Text)[] advice =
        [
            (-667, Housing,
                "Say three people, not “service users”. And say what happens when only two come: begin anyway, and ask the third at the door."),
            (-666, Council, "We can do this for what we run. For grants we need until April."),
            (-665, Hotels, "We are a firm. Does it hold for us? If so, say it gently: our guests are not a project."),
            (-664, Youth, "First names only with their leave. Some would rather not."),
        ];
        foreach (var (day, who, text) in advice)
        {
            story.At(day, 11);
            await proposals.AdviseAsync(story.Lead(who), await db.Set<Proposal>().FirstAsync(p => p.Id == id), text,
                story.Key($"advice {day}"));
        }
        story.At(-658, 9);
        await proposals.OpenAsync(id, story.Coordinator, story.London(-651, 17));
        var consent = new FilledBallot([1], "");
        await VoteAsync(id, [.. Enumerable.Range(0, 12).Select(o => (o, o == Energy ? new FilledBallot([null], "") : consent))], -656);
        story.At(-651, 17);
        await story.Of<BallotOperations>(proposals).CloseAsync(id, null);
        return id;
    }

    public async Task LookAgainAsync(long thread, long decision)
    {
        ProposalOperations proposals = story.Of<ProposalOperations>();
        story.At(-278, 9);
        var id = await proposals.ProposeAsync(story.Lead(Youth),
            new("Go on for another year, and pay hosts for their evenings",
            "The rule stays. Whoever hosts a planning evening is paid for it like anybody else who works one, or may say that they would rather not be.", []),
            new(DecisionMethod.YesNo, PassAt.TwoThirds, 60, 0, 0, false) { ReviewOn = story.Day(95) }, new(thread, null, decision),
                story.Key("second proposal"));
        story.At(-275, 10);
        await proposals.AdviseAsync(story.Lead(Council), await db.Set<Proposal>().FirstAsync(p => p.Id == id),
            "Please leave the amount to a second step: payroll needs a way to do it first.", story.Key("advice second"));
        story.At(-270, 9);
        await proposals.OpenAsync(id, story.Coordinator, story.London(-262, 17));
        await VoteAsync(id,
            [.. Enumerable.Range(0, 11).Select(o => (o, new FilledBallot([o == Logistics ? 0 : o == Police ? null : 1], "")))], -266);
        story.At(-262, 17);
        await story.Of<BallotOperations>(proposals).CloseAsync(id, null);
    }

    public async Task TodayAsync(long thread)
    {
        ProposalOperations proposals = story.Of<ProposalOperations>();
        story.At(-9, 9);
        var id = await proposals.ProposeAsync(story.Lead(Food),
            new("Ask every funder to count planning with people as a cost",
            "We put the same line into every application: planning with those who will come, at cost. If a funder will not pay it, we say so to each other before anyone accepts.", []),
            new(DecisionMethod.YesNo, PassAt.MoreThanHalf, 50, 0, 0, false) { ReviewOn = story.Day(370) }, new(thread),
                story.Key("third proposal"));
        story.At(-6, 10);
        await proposals.AdviseAsync(story.Lead(Housing), await db.Set<Proposal>().FirstAsync(p => p.Id == id),
            "Bring a sentence that a funder can copy. We have one that worked.", story.Key("advice third"));
        story.At(-3, 9);
        await proposals.OpenAsync(id, story.Coordinator, story.London(9, 17));
        await VoteAsync(id, [(Food, new([1], "")), (Carers, new([1], "")), (Youth, new([1], "")), (Schools, new([1], "")),
            (Ferries, new([null], ""))], -2);
    }

    /// <summary>Other decisions of the last year, beside the thread: an objection that stands, a ranked vote, a secret one.</summary>
    public async Task BesideAsync()
    {
        FilledBallot consent = new([1], "");
        ProposalOperations proposals = story.Of<ProposalOperations>();
        story.At(-200, 9);
        var letters = await proposals.ProposeAsync(story.Lead(Council),
            new("One newsletter instead of eleven",
            "We stop our own newsletters and write one together, every month. The council prints it.", []),
            new(DecisionMethod.Consent, PassAt.MostVotes, 60, 0, 0, false), new(), story.Key("newsletter"));
        story.At(-193, 9);
        await proposals.OpenAsync(letters, story.Coordinator, story.London(-186, 17));
        await VoteAsync(letters,
        [
            .. new[] { Council, Police, Schools, Food, Carers, Housing, Ferries, Logistics }.Select(o => (o, consent)),
                (Hotels, new([null], "")),
            (Youth, new([0], "Young people read ours because it is not the council’s. We would lose them, and nobody else reaches them.")),
        ], -190);
        await CloseAsync(letters, -186);

        story.At(-160, 9);
        var rooms = await proposals.ProposeAsync(story.Lead(Ferries),
            new("Where we meet next year", "Which room we use for the partnership’s meetings from December on.",
            ["Town Hall, committee room", "Tidewater Youth, upstairs", "On board a ferry", "In turn, each partner once"]),
            new(DecisionMethod.Ranked, PassAt.MostVotes, 50, 0, 0, false) { ReviewOn = story.Day(200) }, new(), story.Key("rooms"));
        story.At(-152, 9);
        await proposals.OpenAsync(rooms, story.Coordinator, story.London(-145, 17));
        (int[] Who, int?[] Ranks)[] ranked = [([Council], [1, 3, null, 2]), ([Youth, Food, Carers, Housing, Schools], [null, 1, 3, 2]),
            ([Ferries, Hotels], [null, 3, 1, 2]), ([Health, Police, Logistics, Energy], [3, 2, null, 1])];
        await VoteAsync(rooms, [.. ranked.SelectMany(group => group.Who.Select(who => (who, new FilledBallot(group.Ranks, ""))))], -149);
        await CloseAsync(rooms, -145);

        story.At(-110, 9);
        var holder = await proposals.ProposeAsync(story.Lead(Housing),
            new("The council goes on holding our money",
            "Harbour Vale Council holds the shared money for three more years and reports every quarter, as before. The vote is secret, so that nobody who is paid by the council need worry.", []),
            new(DecisionMethod.YesNo, PassAt.TwoThirds, 75, 0, 0, true) { ReviewOn = story.Day(900),
                Slips = [story.Organisations[Logistics].Id, story.Organisations[Energy].Id] }, new(), story.Key("holder"));
        story.At(-102, 9);
        await proposals.OpenAsync(holder, story.Coordinator, story.London(-95, 17));
        story.At(-98, 10);
        var secret = await db.Set<Proposal>().AsNoTracking().FirstAsync(p => p.Id == holder);
        BallotOperations ballots = story.Of<BallotOperations>(proposals);
        for (var who = Council; who <= Hotels; who++) await ballots.VoteSecretlyAsync(secret, story.Organisations[who].Id,
            new([who == Food ? 0 : 1], ""), by: null);
        var vote = await db.SecretVotes.AsNoTracking().FirstOrDefaultAsync(v => v.ProposalId == holder && !v.Untraceable);
        if (vote is not null) // not where filling was cut short after it had closed
            foreach (var (slip, marks) in new[] { (1, 0), (2, (int?)null) }) await ballots.VoteBySlipAsync(new(holder, slip),
                new([marks], ""));
        await CloseAsync(holder, -95);
    }

    private async Task CloseAsync(long proposalId, int day)
    {
        story.At(day, 17);
        db.ChangeTracker.Clear();
        if (await db.Set<Proposal>().AnyAsync(p => p.Id == proposalId
            && p.State == ProposalState.Voting)) await story.Of<BallotOperations>(story.Of<ProposalOperations>()).CloseAsync(proposalId,
                null); // sealing a secret vote cleans the engine's files: once only
    }

    /// <summary>Partners whose lead signs in vote themselves; the others' votes were told to the story.Coordinator.</summary>
    private async Task VoteAsync(long proposalId, (int Who, FilledBallot Ballot)[] votes, int day)
    {
        BallotOperations ballots = story.Of<BallotOperations>(story.Of<ProposalOperations>());
        db.ChangeTracker.Clear();
        var proposal = await db.Set<Proposal>().AsNoTracking().FirstAsync(p => p.Id == proposalId);
        foreach (var (n, (who, ballot)) in votes.Index())
        {
            story.At(day, 9 + (n % 8));
            var organisation = story.Organisations[who].Id;
            await ballots.VoteAsync(story.Leads.GetValueOrDefault(organisation) ?? story.Coordinator, proposal, organisation, ballot,
                story.Leads.ContainsKey(organisation) ? VoteWay.Delegate : VoteWay.Absent);
        }
    }
}
