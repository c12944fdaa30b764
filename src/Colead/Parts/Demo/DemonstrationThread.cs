using Colead.Parts.Actions;
using Colead.Parts.Budget;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using static Colead.Parts.Demo.Story;

namespace Colead.Parts.Demo;

/// <summary>
/// What Harbour Vale made of a low score: a thread from the first round's finding through talk, meetings, decisions, an outcome and actions
/// to the better score of the second round, and to a vote that is open today. Everything goes through the operations that people use, at
/// the times at which it happened; done again, it changes nothing.
/// </summary>
public sealed class DemonstrationThread(ColeadDb db, IServiceProvider services)
{
    private const string Statement = "a2";

    public async Task FillAsync(long partnershipId)
    {
        var story = await Story.OfAsync(db, services, partnershipId);
        var (meetings, decisions, outcomes) = (new DemonstrationMeetings(db, story), new DemonstrationDecisions(db, story),
            new DemonstrationOutcomes(db, story));
        var thread = await TalkAsync(story);
        var january = await meetings.FirstMeetingAsync(thread);
        var decision = await decisions.DecideAsync(thread, january);
        var outcome = await outcomes.AimAsync(thread);
        var actions = await ActAsync(story, thread, outcome, decision);
        await PayAsync(story, actions);
        await meetings.SecondMeetingAsync(thread);
        await decisions.LookAgainAsync(thread, decision);
        await outcomes.AimAgainAsync(thread);
        await decisions.TodayAsync(thread);
        await meetings.NextMeetingAsync(thread);
        await decisions.BesideAsync();
    }

    private async Task<long> TalkAsync(Story story)
    {
        ThreadOperations threads = story.Of<ThreadOperations>();
        var round = await db.Set<Round>().Where(r => r.PartnershipId == story.Coordinator.PartnershipId).OrderBy(r => r.ClosesAt)
            .Select(r => r.Id).FirstAsync();
        story.At(-701, 9);
        var id = await threads.StartAsync(story.Lead(Carers), new(story.Key("thread"), "Nobody we serve had a hand in our plans",
            "Most of what we do is planned for people by people who have never needed it. They tell us so, kindly, in the queue.",
                "action", new(ThreadSource.Statement) { RoundId = round, Measure = Statement }));
        var thread = await db.Set<GoldenThread>().FirstAsync(t => t.Id == id);
        (int Day, int Who, string Text)[] notes =
        [
            (-700, Carers,
                "Carers have told us twice that evenings suit them. It is in a report from three years ago, and we still meet at two in the afternoon."),
            (-699, Health,
                "We do ask, in the clinic. Then we run the same sessions at the same hour, because that is when the room is free."),
            (-698, Food, "At the food share people design things all day: who brings what, who drives. Nobody calls it that."),
            (-697, Council,
                "Our grant rules want a plan before the first meeting with anyone. I had not seen what that does. I will ask whether it has to be so."),
            (-695, Youth,
                "Young people came to three consultations last year and heard back from one. They would come again, but not to be asked what is decided."),
            (-693, Ferries, "Half of those who cross with us in the evening are carers on their way home. Come and ask on the boat."),
            (-690, Housing, "Two of our tenants would chair a meeting tomorrow. They have never been asked to."),
        ];
        foreach (var (day, who, text) in notes)
        {
            story.At(day, 10);
            await threads.SayAsync(story.Lead(who), thread, text, story.Key($"note {day}"));
        }
        return id;
    }

    private async Task<Dictionary<string, long>> ActAsync(Story story, long thread, long outcome, long decision)
    {
        (string Name, string Title, int Who, int Made, int Due, ActionNature Nature, string With, ActionNoteKind? End, int Ended,
            string Note)[] actions =
        [
            ("ask", "Ask forty people at the food share what would bring them", Food, -637, -600, ActionNature.Transactional,
                "People who come to the food share", ActionNoteKind.Done, -604,
                "Forty-three asked. Most wanted: evenings, food, and somebody they know at the door."),
            ("class", "Move the movement class to six in the evening, and see who comes", Health, -636, -580,
                ActionNature.Transformational, "Carers", ActionNoteKind.Done, -571,
                "Nine came in the first week and nineteen in the sixth. The two o’clock class had five."),
            ("fares", "Pay bus fares for planning evenings", Council, -636, -560, ActionNature.Transactional, "", ActionNoteKind.Done,
                -566, "From the small grants, without a form: the host keeps the tickets."),
            ("host", "One planning evening a month, chaired by somebody who comes", Carers, -635, -420, ActionNature.Transformational,
                "Tenants, carers and young people", ActionNoteKind.Done, -425,
                "Seven evenings, six different chairs. The boat was the best attended."),
            ("form", "One booking form for all of us", Logistics, -630, -450, ActionNature.Transactional, "", ActionNoteKind.Dropped, -470,
                "Every partner would have had to change its own booking. A shared telephone does it."),
            ("train", "Train twelve hosts from among those who come", Youth, -560, -380, ActionNature.Transformational,
                "Young people and carers", ActionNoteKind.Done, -377, "Fourteen trained, two of them under eighteen."),
            ("pay", "Write down what a host is paid, and how", Council, -255, 21, ActionNature.Transformational, "Hosts",
                ActionNoteKind.Blocked, -30, "Payroll cannot yet pay somebody who is not employed. Finance looks for a way."),
            ("week", "Planning evenings in the two wards that had none", Housing, -120, -6, ActionNature.Transactional, "Tenants", null, 0,
                ""),
        ];
        ActionOperations book = story.Of<ActionOperations>();
        Dictionary<string, long> made = new(StringComparer.Ordinal);
        foreach (var a in actions)
        {
            story.At(a.Made, 14);
            var organisation = story.Organisations[a.Who].Id;
            var person = await db.Set<Membership>().Where(m => m.OrganisationId == organisation && m.LeftOn == null
                && m.Level == Level.Middle).OrderBy(m => m.PersonId).Select(m => (long?)m.PersonId).FirstOrDefaultAsync();
            var id = await book.CreateAsync(story.Coordinator,
                new(a.Title, "", organisation, person, story.Day(a.Due), thread, a.Made > -300 ? null : outcome, a.Nature, a.With,
                decision), story.Key("action " + a.Name));
            made[a.Name] = id;
            if (a.End is not { } end) continue;
            story.At(a.Ended, 15);
            db.ChangeTracker.Clear();
            var action = (await book.FindAsync(story.Coordinator, id))!;
            await book.NoteAsync(story.Lead(a.Who), action, end, a.Note, action.Version, story.Key("end " + a.Name));
        }
        return made;
    }

    private async Task PayAsync(Story story, Dictionary<string, long> actions)
    {
        LedgerOperations book = story.Of<LedgerOperations>();
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
            story.At(e.Day, 16);
            db.ChangeTracker.Clear();
            await book.PostAsync(story.Coordinator, new(e.Kind, e.Unit, e.Amount, story.Organisations[e.Who].Id, null, e.Action is null
                ? null : actions[e.Action], story.Day(e.Day), e.Text, null), story.Key($"entry {n}"));
        }
    }
}
