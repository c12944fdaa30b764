using System.Security.Cryptography;
using System.Text;
using Colead.Data;
using Colead.Data.Actions;
using Colead.Data.Budget;
using Colead.Data.Decisions;
using Colead.Data.Meetings;
using Colead.Data.Outcomes;
using Colead.Data.Partnerships;
using Colead.Data.Threads;
using Colead.Web.Features.Actions;
using Colead.Web.Features.Budget;
using Colead.Web.Features.Decisions;
using Colead.Web.Features.Meetings;
using Colead.Web.Features.Outcomes;
using Colead.Web.Features.Partnerships;
using Colead.Web.Features.Threads;
using Colead.Web.Shared;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.Demo;

/// <summary>
/// What Harbour Vale made of a low score: a thread from the first round's finding through talk, meetings, decisions, an outcome and actions to the better score of the second round,
/// and to a vote that is open today. Everything goes through the operations that people use, at the times at which it happened; done again, it changes nothing.
/// </summary>
public sealed class DemonstrationThread(ColeadDb db, IServiceProvider services)
{
    private const string Statement = "a2";
    private const int Council = 0, Health = 1, Police = 2, Schools = 3, Food = 4, Carers = 5, Youth = 6, Housing = 7, Ferries = 8, Hotels = 9, Logistics = 10, Energy = 11;

    private readonly PastOperations past = new(services);
    private List<Organisation> organisations = [];
    private Dictionary<long, Standing> leads = [];
    private Standing coordinator = null!;
    private DateOnly today;

    public async Task FillAsync(long partnershipId)
    {
        await ReadAsync(partnershipId);
        var threads = Of<ThreadWork>();
        var round = await db.Rounds.Where(r => r.PartnershipId == partnershipId).OrderBy(r => r.ClosesAt).Select(r => r.Id).FirstAsync();
        At(-701, 9);
        var thread = await threads.StartAsync(Lead(Carers), new(Key("thread"), "Nobody we serve had a hand in our plans",
            "Most of what we do is planned for people by people who have never needed it. They tell us so, kindly, in the queue.", "action", new(ThreadSource.Statement) { RoundId = round, Measure = Statement }));
        await TalkAsync(threads, thread);
        var january = await FirstMeetingAsync(thread);
        var decision = await DecideAsync(thread, january);
        var outcome = await AimAsync(thread);
        var actions = await ActAsync(thread, outcome, decision);
        await PayAsync(actions);
        await SecondMeetingAsync(thread);
        await LookAgainAsync(thread, decision);
        await AimAgainAsync(thread);
        await TodayAsync(thread);
        await BesideAsync();
    }

    private async Task ReadAsync(long partnershipId)
    {
        var partnership = await db.Partnerships.AsNoTracking().SingleAsync(p => p.Id == partnershipId);
        today = Dates.DayOf(partnership.CreatedAt);
        organisations = await db.Organisations.AsNoTracking().Where(o => o.PartnershipId == partnershipId).OrderBy(o => o.Id).ToListAsync();
        var grants = await db.RoleGrants.AsNoTracking().Include(g => g.Account).Where(g => g.PartnershipId == partnershipId).OrderBy(g => g.Id).ToListAsync();
        Standing Of(RoleGrant g) => new(partnershipId, partnership.Name, g.AccountId, g.Account!.Name, g.Role, g.OrganisationId) { Kind = partnership.Kind };
        coordinator = Of(grants.First(g => g.Role == Role.Coordinator));
        leads = grants.Where(g => g.OrganisationId is not null).ToDictionary(g => g.OrganisationId!.Value, Of);
    }

    private async Task TalkAsync(ThreadWork threads, long threadId)
    {
        var thread = await db.Threads.FirstAsync(t => t.Id == threadId);
        (int Day, int Who, string Text)[] notes =
        [
            (-700, Carers, "Carers have told us twice that evenings suit them. It is in a report from three years ago, and we still meet at two in the afternoon."),
            (-699, Health, "We do ask, in the clinic. Then we run the same sessions at the same hour, because that is when the room is free."),
            (-698, Food, "At the food share people design things all day: who brings what, who drives. Nobody calls it that."),
            (-697, Council, "Our grant rules want a plan before the first meeting with anyone. I had not seen what that does. I will ask whether it has to be so."),
            (-695, Youth, "Young people came to three consultations last year and heard back from one. They would come again, but not to be asked what is decided."),
            (-693, Ferries, "Half of those who cross with us in the evening are carers on their way home. Come and ask on the boat."),
            (-690, Housing, "Two of our tenants would chair a meeting tomorrow. They have never been asked to."),
        ];
        foreach (var (day, who, text) in notes)
        {
            At(day, 10);
            await threads.SayAsync(Lead(who), thread, text, Key($"note {day}"));
        }
    }

    private async Task<long> FirstMeetingAsync(long thread)
    {
        var meeting = await MeetAsync("first meeting", "Partnership meeting, January", "The front room at Vale Carers", -673, Council);
        await ItemAsync(meeting, "Planning with those who come", "Our lowest score in action. What do we do about it?", Carers, 40, thread, Carers);
        await ItemAsync(meeting, "Winter pressures", "What we expect until March.", Health, 25, null, Health);
        await ItemAsync(meeting, "Next year’s grants", "The rules, and who hears of them.", Council, 25, null, Council);
        await ItemAsync(meeting, "A page that says what each of us is for", "Carried over from November.", Schools, 20, null, Schools);
        await MinutesAsync(meeting, "Planning with those who come", thread,
        [
            (Carers, "Read out three sentences from the comments. Silence, then laughter: everybody knew whose room it was about."),
            (Food, "People who come would plan with us if it counted for something."),
            (Health, "The room is free at two. That is the whole reason. A school hall would do."),
            (Schools, "Two halls are empty from five. No charge."),
            (Youth, "Do not call it consultation."),
            (Council, "Will ask for the grant rules to be looked at before April."),
            (Ferries, "Offers a boat for the first evening."),
        ]);
        await MinutesAsync(meeting, "Winter pressures", null, [(Health, "Beds are full until February. Discharge on Fridays is the trouble."), (Police, "Wellbeing calls double at weekends.")]);
        await MinutesAsync(meeting, "Next year’s grants", null, [(Council, "The form opens on the first of March.")]);
        await AttendAsync(meeting, absent: [Hotels, Energy], apologies: [Logistics]);
        return await EndAsync(meeting, -673);
    }

    private async Task<long> DecideAsync(long thread, long meeting)
    {
        var proposals = Of<Proposals>();
        At(-668, 9);
        var id = await proposals.ProposeAsync(Lead(Carers), new("Nothing new begins without those who will come",
                "No new activity of ours begins until at least three people who would use it have planned its hour, its place and its welcome with us. Whoever runs it says who they were, by first name and with their leave.", []),
            new(DecisionMethod.Consent, PassAt.MoreThanHalf, 60, 0, 0, false) { ReviewOn = Day(-280) }, new(thread, meeting), Key("first proposal"));
        (int Day, int Who, string Text)[] advice =
        [
            (-667, Housing, "Say three people, not “service users”. And say what happens when only two come: begin anyway, and ask the third at the door."),
            (-666, Council, "We can do this for what we run. For grants we need until April."),
            (-665, Hotels, "We are a firm. Does it hold for us? If so, say it gently: our guests are not a project."),
            (-664, Youth, "First names only with their leave. Some would rather not."),
        ];
        foreach (var (day, who, text) in advice)
        {
            At(day, 11);
            await proposals.AdviseAsync(Lead(who), await db.Proposals.FirstAsync(p => p.Id == id), text, Key($"advice {day}"));
        }
        At(-658, 9);
        await proposals.OpenAsync(id, coordinator, London(-651, 17));
        var consent = new FilledBallot([1], "");
        await VoteAsync(id, [.. Enumerable.Range(0, 12).Select(o => (o, o == Energy ? new FilledBallot([null], "") : consent))], -656);
        At(-651, 17);
        await Of<Ballots>(proposals).CloseAsync(id, null);
        return id;
    }

    private async Task<long> AimAsync(long thread)
    {
        var book = Of<OutcomeBook>();
        At(-640, 10);
        var id = await book.CreateAsync(coordinator, new("People who use them help to design half of our new activities",
            "People who live with pain, worry or loneliness, and those who care for them", "Harbour Vale, all four wards", "They plan the hour, the place and the welcome of what is meant for them, and so they come, and bring others.",
            "Money and evenings go into what people want; trust grows where it was thin.", Responsibility.Joint, "Two evenings a month, bus fares, a room; the council’s grants officer for six days.", Day(-340), thread,
            [organisations[Carers].Id, organisations[Health].Id, organisations[Council].Id]), Key("outcome"));
        var indicators = Of<IndicatorBook>();
        At(-639, 10);
        var whole = await book.Whole(coordinator).FirstAsync(o => o.Id == id);
        var indicatorId = await indicators.AddAsync(coordinator, whole, new Indicator
        {
            Name = "New activities planned with people who use them",
            Unit = "%",
            Direction = Direction.Up,
            Frequency = Frequency.Quarterly,
            Baseline = 12,
            BaselineOn = Day(-640),
            Target = 50,
            TargetOn = Day(-340),
            ShowsChange = true,
            PeopleAsked = true,
            Story = "We count an activity only if whoever runs it can name three people who planned it. In spring half of the names were the same five people; by autumn there were forty-one.",
            Confidence = Confidence.Medium,
            ConfidenceWhy = "Each organisation counts its own, and two were late. The names are real.",
            CreatedAt = past.Clock.Now(),
            FormKey = Key("indicator"),
        });
        foreach (var owner in new[] { Carers, Health, Council }) await OwnAsync(id, owner, -638);
        foreach (var (day, value, note) in new[] { (-560, 18m, ""), (-470, 31m, "The boat evenings began."), (-380, 44m, ""), (-330, 52m, "Two organisations counted late.") })
            await CountAsync(id, indicatorId, day, value, note);
        await BringAsync(id, Carers, -636, "We find those who will plan, and sit with them until they need nobody to.");
        await BringAsync(id, Health, -634, "An evening clinician, and the honesty to move a class.");
        await BringAsync(id, Council, -632, "Bus fares, and a grants officer who asks why a rule is there.");
        await LookAsync(id, -638, -470, "A third, and the same five people in half of the plans. We ask on the boat from now on.");
        At(-326, 12);
        var over = await WholeAsync(id);
        await book.EndAsync(coordinator, over, "Just over half, ten days late. It goes on as the way we work; what hosts are paid is the next question.", over.Version);
        return id;
    }

    /// <summary>What follows from the second decision, and is under way: one owner has agreed, the other is still to.</summary>
    private async Task AimAgainAsync(long thread)
    {
        var book = Of<OutcomeBook>();
        At(-256, 10);
        var id = await book.CreateAsync(coordinator, new("Whoever hosts an evening is paid for it within a month", "Hosts: tenants, carers and young people", "Harbour Vale, all four wards",
            "Being paid is as ordinary for a host as for anybody else who works an evening.", "People with little money can afford to help run what is meant for them.", Responsibility.Joint,
            "A line in the small grants, and a day of payroll a month.", Day(95), thread, [organisations[Council].Id, organisations[Youth].Id]), Key("second outcome"));
        var indicators = Of<IndicatorBook>();
        At(-255, 10);
        var indicatorId = await indicators.AddAsync(coordinator, await WholeAsync(id), new Indicator
        {
            Name = "Hosted evenings paid for within a month",
            Unit = "%",
            Direction = Direction.Up,
            Frequency = Frequency.Quarterly,
            Baseline = 0,
            BaselineOn = Day(-255),
            Target = 90,
            PeersReached = 94,
            PeersSource = "Tyne Together, in its second year",
            PeopleAsked = true,
            CreatedAt = past.Clock.Now(),
            FormKey = Key("second indicator"),
        });
        await OwnAsync(id, Council, -250);
        await CountAsync(id, indicatorId, -160, 20, "");
        await CountAsync(id, indicatorId, -70, 45, "Where the host has a bank account.");
        await BringAsync(id, Youth, -248, "Two young hosts sit beside payroll when the form is made.");
        await LookAsync(id, -250, -100, "Slow where somebody has no bank account. Vouchers are not wages; ask the credit union.");
        await LookAsync(id, -250, 40, null);
    }

    private async Task<Outcome> WholeAsync(long id)
    {
        db.ChangeTracker.Clear();
        return await Of<OutcomeBook>().Whole(coordinator).FirstAsync(o => o.Id == id);
    }

    private async Task OwnAsync(long id, int owner, int day)
    {
        At(day, 9 + owner);
        var outcome = await WholeAsync(id);
        await Of<OutcomeBook>().AgreeAsync(Lead(owner), outcome, outcome.Partners.Single(p => p.OrganisationId == organisations[owner].Id), outcome.Version);
    }

    private async Task CountAsync(long id, long indicator, int day, decimal value, string note)
    {
        At(day, 12);
        db.ChangeTracker.Clear();
        var indicators = Of<IndicatorBook>();
        await indicators.ReadAsync(coordinator, (await indicators.FindAsync(coordinator, id, indicator))!, Day(day), value, note);
    }

    private async Task BringAsync(long id, int who, int day, string sentence)
    {
        At(day, 13);
        var outcome = await WholeAsync(id);
        await Of<OutcomeBook>().ContributeAsync(Lead(who), outcome, organisations[who].Id, sentence, outcome.Partners.Find(p => p.OrganisationId == organisations[who].Id)?.Version ?? OutcomeBook.NothingThere);
    }

    /// <summary>A review point, and what was seen on it; nothing where it is still to come.</summary>
    private async Task LookAsync(long id, int made, int day, string? note)
    {
        var book = Of<OutcomeBook>();
        At(made, 11);
        await book.AddReviewAsync(coordinator, await WholeAsync(id), Day(day));
        if (note is null) return;
        At(day, 11);
        var outcome = await WholeAsync(id);
        var review = outcome.Reviews.Single(r => r.On == Day(day));
        if (review.HeldAt is null) await book.HoldReviewAsync(coordinator, outcome, review, note);
    }

    private async Task<Dictionary<string, long>> ActAsync(long thread, long outcome, long decision)
    {
        (string Name, string Title, int Who, int Made, int Due, ActionNature Nature, string With, ActionNoteKind? End, int Ended, string Note)[] actions =
        [
            ("ask", "Ask forty people at the food share what would bring them", Food, -637, -600, ActionNature.Transactional, "People who come to the food share", ActionNoteKind.Done, -604, "Forty-three asked. Most wanted: evenings, food, and somebody they know at the door."),
            ("class", "Move the movement class to six in the evening, and see who comes", Health, -636, -580, ActionNature.Transformational, "Carers", ActionNoteKind.Done, -571, "Nine came in the first week and nineteen in the sixth. The two o’clock class had five."),
            ("fares", "Pay bus fares for planning evenings", Council, -636, -560, ActionNature.Transactional, "", ActionNoteKind.Done, -566, "From the small grants, without a form: the host keeps the tickets."),
            ("host", "One planning evening a month, chaired by somebody who comes", Carers, -635, -420, ActionNature.Transformational, "Tenants, carers and young people", ActionNoteKind.Done, -425, "Seven evenings, six different chairs. The boat was the best attended."),
            ("form", "One booking form for all of us", Logistics, -630, -450, ActionNature.Transactional, "", ActionNoteKind.Dropped, -470, "Every partner would have had to change its own booking. A shared telephone does it."),
            ("train", "Train twelve hosts from among those who come", Youth, -560, -380, ActionNature.Transformational, "Young people and carers", ActionNoteKind.Done, -377, "Fourteen trained, two of them under eighteen."),
            ("pay", "Write down what a host is paid, and how", Council, -255, 21, ActionNature.Transformational, "Hosts", ActionNoteKind.Blocked, -30, "Payroll cannot yet pay somebody who is not employed. Finance looks for a way."),
            ("week", "Planning evenings in the two wards that had none", Housing, -120, -6, ActionNature.Transactional, "Tenants", null, 0, ""),
        ];
        var book = Of<ActionBook>();
        Dictionary<string, long> made = new(StringComparer.Ordinal);
        foreach (var a in actions)
        {
            At(a.Made, 14);
            var organisation = organisations[a.Who].Id;
            var person = await db.Memberships.Where(m => m.OrganisationId == organisation && m.LeftOn == null && m.Level == Level.Middle).OrderBy(m => m.PersonId).Select(m => (long?)m.PersonId).FirstOrDefaultAsync();
            var id = await book.CreateAsync(coordinator, new(a.Title, "", organisation, person, Day(a.Due), thread, a.Made > -300 ? null : outcome, a.Nature, a.With, decision), Key("action " + a.Name));
            made[a.Name] = id;
            if (a.End is not { } end) continue;
            At(a.Ended, 15);
            db.ChangeTracker.Clear();
            var action = (await book.FindAsync(coordinator, id))!;
            await book.NoteAsync(Lead(a.Who), action, end, a.Note, action.Version, Key("end " + a.Name));
        }
        return made;
    }

    private async Task PayAsync(Dictionary<string, long> actions)
    {
        var book = Of<LedgerBook>();
        (int Day, EntryKind Kind, BudgetUnit Unit, int Amount, int Who, string? Action, string Text)[] entries =
        [
            (-650, EntryKind.Contribution, BudgetUnit.Cash, 6_000_00, Council, null, "Small grants for planning together"),
            (-648, EntryKind.Contribution, BudgetUnit.Cash, 1_500_00, Ferries, null, "From the evening crossings"),
            (-604, EntryKind.GivenAndUsed, BudgetUnit.Hours, 46 * 60, Food, "ask", "Talking with people in the queue"),
            (-590, EntryKind.GivenAndUsed, BudgetUnit.InKind, 480_00, Schools, "class", "The school hall, twelve evenings"),
            (-571, EntryKind.GivenAndUsed, BudgetUnit.Hours, 38 * 60, Health, "class", "An evening clinician"),
            (-566, EntryKind.Spending, BudgetUnit.Cash, 1_340_00, Council, "fares", "Bus fares"),
            (-470, EntryKind.GivenAndUsed, BudgetUnit.InKind, 900_00, Ferries, "host", "A boat, three evenings"),
            (-425, EntryKind.GivenAndUsed, BudgetUnit.Hours, 124 * 60, Carers, "host", "Seven planning evenings"),
            (-377, EntryKind.GivenAndUsed, BudgetUnit.Hours, 102 * 60, Youth, "train", "Training hosts"),
            (-376, EntryKind.Spending, BudgetUnit.Cash, 2_860_00, Youth, "train", "Trainer, food and childcare"),
            (-250, EntryKind.Commitment, BudgetUnit.Cash, 1_800_00, Council, "pay", "Hosts’ evenings, to be paid once payroll can"),
        ];
        foreach (var (n, e) in entries.Index())
        {
            At(e.Day, 16);
            db.ChangeTracker.Clear();
            await book.PostAsync(coordinator, new(e.Kind, e.Unit, e.Amount, organisations[e.Who].Id, null, e.Action is null ? null : actions[e.Action], Day(e.Day), e.Text, null), Key($"entry {n}"));
        }
    }

    private async Task SecondMeetingAsync(long thread)
    {
        var meeting = await MeetAsync("second meeting", "Partnership meeting, after the second inventory", "Harbour Ferries, on board", -330, Carers);
        await ItemAsync(meeting, "What the second inventory says about planning together", "Has anything changed, and for whom?", Carers, 30, thread, Carers);
        await ItemAsync(meeting, "Systems and structures: still lowest", "Where do our forms get in the way?", Council, 30, null, Council);
        await ItemAsync(meeting, "Hosts’ own report", "Read by two of them.", Youth, 20, thread, Youth);
        await MinutesAsync(meeting, "What the second inventory says about planning together", thread,
        [
            (Carers, "More people see it. We cannot say that it was us, and we would be surprised if it was not."),
            (Hotels, "First meeting for us in a year. It is a different meeting."),
            (Health, "Front-line staff still see less of it than boards do. Bring it to the wards."),
            (Food, "Do not stop because the number moved."),
        ]);
        await MinutesAsync(meeting, "Hosts’ own report", thread, [(Youth, "Two hosts asked to be paid like anybody else who works an evening. Applause, then a pause.")]);
        await MinutesAsync(meeting, "Systems and structures: still lowest", null, [(Council, "Will bring the three worst forms to the next meeting."), (Schools, "One of them is ours.")]);
        await AttendAsync(meeting, absent: [Energy], apologies: [Police]);
        await EndAsync(meeting, -330);
    }

    private async Task LookAgainAsync(long thread, long decision)
    {
        var proposals = Of<Proposals>();
        At(-278, 9);
        var id = await proposals.ProposeAsync(Lead(Youth), new("Go on for another year, and pay hosts for their evenings", "The rule stays. Whoever hosts a planning evening is paid for it like anybody else who works one, or may say that they would rather not be.", []),
            new(DecisionMethod.YesNo, PassAt.TwoThirds, 60, 0, 0, false) { ReviewOn = Day(95) }, new(thread, null, decision), Key("second proposal"));
        At(-275, 10);
        await proposals.AdviseAsync(Lead(Council), await db.Proposals.FirstAsync(p => p.Id == id), "Please leave the amount to a second step: payroll needs a way to do it first.", Key("advice second"));
        At(-270, 9);
        await proposals.OpenAsync(id, coordinator, London(-262, 17));
        await VoteAsync(id, [.. Enumerable.Range(0, 11).Select(o => (o, new FilledBallot([o == Logistics ? 0 : o == Police ? null : 1], "")))], -266);
        At(-262, 17);
        await Of<Ballots>(proposals).CloseAsync(id, null);
    }

    private async Task TodayAsync(long thread)
    {
        var proposals = Of<Proposals>();
        At(-9, 9);
        var id = await proposals.ProposeAsync(Lead(Food), new("Ask every funder to count planning with people as a cost", "We put the same line into every application: planning with those who will come, at cost. If a funder will not pay it, we say so to each other before anyone accepts.", []),
            new(DecisionMethod.YesNo, PassAt.MoreThanHalf, 50, 0, 0, false) { ReviewOn = Day(370) }, new(thread), Key("third proposal"));
        At(-6, 10);
        await proposals.AdviseAsync(Lead(Housing), await db.Proposals.FirstAsync(p => p.Id == id), "Bring a sentence that a funder can copy. We have one that worked.", Key("advice third"));
        At(-3, 9);
        await proposals.OpenAsync(id, coordinator, London(9, 17));
        await VoteAsync(id, [(Food, new([1], "")), (Carers, new([1], "")), (Youth, new([1], "")), (Schools, new([1], "")), (Ferries, new([null], ""))], -2);
        At(-8, 12);
        var next = await MeetAsync("next meeting", "Partnership meeting, with hosts", "Tidewater Youth, upstairs", 12, Food);
        await ItemAsync(next, "Hosts: what we learned in a year", "Told by three of them.", Youth, 30, thread, Youth);
        await ItemAsync(next, "The third inventory: who has not been asked yet", "", Carers, 20, null, Carers);
        await ItemAsync(next, "Forms that get in the way", "The three worst, with their owners.", Council, 25, null, Council);
    }

    /// <summary>Other decisions of the last year, beside the thread: an objection that stands, a ranked vote, a secret one.</summary>
    private async Task BesideAsync()
    {
        FilledBallot consent = new([1], "");
        var proposals = Of<Proposals>();
        At(-200, 9);
        var letters = await proposals.ProposeAsync(Lead(Council), new("One newsletter instead of eleven", "We stop our own newsletters and write one together, every month. The council prints it.", []),
            new(DecisionMethod.Consent, PassAt.MostVotes, 60, 0, 0, false), new(), Key("newsletter"));
        At(-193, 9);
        await proposals.OpenAsync(letters, coordinator, London(-186, 17));
        await VoteAsync(letters,
        [
            .. new[] { Council, Police, Schools, Food, Carers, Housing, Ferries, Logistics }.Select(o => (o, consent)), (Hotels, new([null], "")),
            (Youth, new([0], "Young people read ours because it is not the council’s. We would lose them, and nobody else reaches them.")),
        ], -190);
        await CloseAsync(letters, -186);

        At(-160, 9);
        var rooms = await proposals.ProposeAsync(Lead(Ferries), new("Where we meet next year", "Which room we use for the partnership’s meetings from December on.", ["Town Hall, committee room", "Tidewater Youth, upstairs", "On board a ferry", "In turn, each partner once"]),
            new(DecisionMethod.Ranked, PassAt.MostVotes, 50, 0, 0, false) { ReviewOn = Day(200) }, new(), Key("rooms"));
        At(-152, 9);
        await proposals.OpenAsync(rooms, coordinator, London(-145, 17));
        (int[] Who, int?[] Ranks)[] ranked = [([Council], [1, 3, null, 2]), ([Youth, Food, Carers, Housing, Schools], [null, 1, 3, 2]), ([Ferries, Hotels], [null, 3, 1, 2]), ([Health, Police, Logistics, Energy], [3, 2, null, 1])];
        await VoteAsync(rooms, [.. ranked.SelectMany(group => group.Who.Select(who => (who, new FilledBallot(group.Ranks, ""))))], -149);
        await CloseAsync(rooms, -145);

        At(-110, 9);
        var holder = await proposals.ProposeAsync(Lead(Housing), new("The council goes on holding our money", "Harbour Vale Council holds the shared money for three more years and reports every quarter, as before. The vote is secret, so that nobody who is paid by the council need worry.", []),
            new(DecisionMethod.YesNo, PassAt.TwoThirds, 75, 0, 0, true) { ReviewOn = Day(900) }, new(), Key("holder"));
        At(-102, 9);
        await proposals.OpenAsync(holder, coordinator, London(-95, 17));
        At(-98, 10);
        var secret = await db.Proposals.AsNoTracking().FirstAsync(p => p.Id == holder);
        var ballots = Of<Ballots>(proposals);
        for (var who = Council; who <= Hotels; who++) await ballots.VoteSecretlyAsync(secret, organisations[who].Id, new([who == Food ? 0 : 1], ""));
        await ballots.EnterPaperAsync(coordinator, secret, [organisations[Logistics].Id, organisations[Energy].Id], [[0], [null]]);
        await CloseAsync(holder, -95);
    }

    private async Task CloseAsync(long proposalId, int day)
    {
        At(day, 17);
        db.ChangeTracker.Clear();
        if (await db.Proposals.AnyAsync(p => p.Id == proposalId && p.State == ProposalState.Voting)) await Of<Ballots>(Of<Proposals>()).CloseAsync(proposalId, null); // sealing a secret vote cleans the engine's files: once only
    }

    private async Task<Meeting> MeetAsync(string name, string title, string place, int day, int chair)
    {
        if (day < 0) At(day - 14, 9);
        var id = await Of<MeetingPlans>().CreateAsync(coordinator, new(title, place, London(day, 10), London(day, 12), organisations[chair].Id, Lead(chair).AccountName), Key(name));
        db.ChangeTracker.Clear();
        return await db.Meetings.Include(m => m.Items).FirstAsync(m => m.Id == id);
    }

    private Task ItemAsync(Meeting meeting, string title, string about, int owner, int minutes, long? thread, int putOnBy) =>
        Of<Agenda>().AddAsync(Lead(putOnBy), meeting, new(title, about, Lead(owner).AccountName, organisations[owner].Id, minutes, thread, organisations[putOnBy].Id), Key($"item {meeting.Title} {title}"));

    private async Task MinutesAsync(Meeting meeting, string item, long? thread, (int Spoke, string Text)[] notes)
    {
        var of = await db.AgendaItems.Include(i => i.Meeting).FirstAsync(i => i.MeetingId == meeting.Id && i.Title == item && i.ThreadId == thread);
        foreach (var (n, (spoke, text)) in notes.Index())
        {
            past.Clock.Set(meeting.StartsAt.AddMinutes(10 + (4 * n)));
            await Of<Minutes>().AddAsync(coordinator, of, text, organisations[spoke].Id, Key($"minute {meeting.Title} {item} {n}"));
        }
    }

    private async Task AttendAsync(Meeting meeting, int[] absent, int[] apologies)
    {
        var there = await db.MeetingAttendance.AsNoTracking().Where(a => a.MeetingId == meeting.Id).ToDictionaryAsync(a => a.OrganisationId);
        await Of<Attendance>().SaveAsync(coordinator, meeting,
            [.. organisations.Select((o, i) => new SaidAttendance(o.Id, absent.Contains(i) ? AttendanceState.Absent : apologies.Contains(i) ? AttendanceState.Apologies : AttendanceState.Present, "", Attendance.VersionOf(there.GetValueOrDefault(o.Id))))]);
    }

    private async Task<long> EndAsync(Meeting meeting, int day)
    {
        At(day, 12);
        db.ChangeTracker.Clear();
        var ended = await db.Meetings.Include(m => m.Items).FirstAsync(m => m.Id == meeting.Id);
        if (ended.State == MeetingState.Planned) await Of<MeetingPlans>().EndAsync(coordinator, ended);
        return meeting.Id;
    }

    /// <summary>Partners whose lead signs in vote themselves; the others' votes were told to the coordinator.</summary>
    private async Task VoteAsync(long proposalId, (int Who, FilledBallot Ballot)[] votes, int day)
    {
        var ballots = Of<Ballots>(Of<Proposals>());
        db.ChangeTracker.Clear();
        var proposal = await db.Proposals.AsNoTracking().FirstAsync(p => p.Id == proposalId);
        foreach (var (n, (who, ballot)) in votes.Index())
        {
            At(day, 9 + (n % 8));
            var organisation = organisations[who].Id;
            await ballots.VoteAsync(leads.GetValueOrDefault(organisation) ?? coordinator, proposal, organisation, ballot, leads.ContainsKey(organisation) ? VoteWay.Delegate : VoteWay.Absent);
        }
    }

    /// <summary>The lead of an organisation; where none signs in, the coordinator speaks for it.</summary>
    private Standing Lead(int organisation) => leads.GetValueOrDefault(organisations[organisation].Id) ?? coordinator;

    private T Of<T>(params object[] also) => past.Of<T>(also);

    private DateOnly Day(int day) => today.AddDays(day);

    private DateTime London(int day, int hour) => Dates.FromLondon(Day(day), new TimeOnly(hour, 0))!.Value;

    private void At(int day, int hour) => past.Clock.Set(London(day, hour));

    /// <summary>The same key each time, so that what was made is not made again.</summary>
    private string Key(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"demonstration {coordinator.PartnershipId} {name}"))[..16]);
}
