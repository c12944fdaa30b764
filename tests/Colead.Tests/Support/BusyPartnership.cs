using System.Globalization;
using Colead.Kit.Forms;
using Colead.Parts.Actions;
using Colead.Parts.Budget;
using Colead.Parts.Decisions;
using Colead.Parts.Meetings;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Colead.Parts.Threads;
using Colead.Storage;

namespace Colead.Tests.Support;

/// <summary>A partnership as full as one gets: 60 organisations, 600 people, 500 actions, 5,000 lines in the books, 200 decisions, 20
/// meetings. The benchmarks use it too.</summary>
public static class BusyPartnership
{
    public const int Organisations = 60;
    public const int Actions = 500;
    public const int LedgerLines = 5_000;
    public const int Decisions = 200;
    private const string Who = "Sam Rivers";

    /// <summary>Fills the database; the partnership has no accounts yet.</summary>
    public static async Task<long> AddAsync(ColeadDb db, DateTime now)
    {
        var today = DateOnly.FromDateTime(now);
        var partnership = new Partnership { Name = "Whole Coast Alliance", Kind = PartnershipKind.Formal, Place = "Whole Coast",
            Purpose = "Children grow up well.", WhyNotAlone = "No service sees the whole child.", CreatedAt = now };
        for (var i = 0; i < Organisations; i++)
        {
            var organisation = new Organisation { Name = Text("Organisation", i), Sector = (Sector)(i % 3) };
            organisation.Join(today.AddDays(-400));
            partnership.Organisations.Add(organisation);
        }
        db.Set<Partnership>().Add(partnership);
        await SaveAsync(db);
        var organisations = partnership.Organisations;
        db.AttachRange(organisations);
        for (var i = 0; i < Organisations * 10; i++)
        {
            var person = new Person { PartnershipId = partnership.Id, Name = Text("Person", i), Email = null,
                EnteredBy = Writer.Unrecorded };
            person.PlaceIn(organisations[i % Organisations], (Level)(i % 6), today.AddDays(-300), Writer.Unrecorded);
            db.Set<Person>().Add(person);
        }
        await SaveAsync(db);
        var outcomes = Enumerable.Range(0, 12)
            .Select(i => new Outcome { PartnershipId = partnership.Id, Title = Text("Outcome", i), CreatedBy = Who, CreatedAt = now,
            FormKey = FormKey.New() }).ToList();
        db.Set<Outcome>().AddRange(outcomes);
        for (var i = 0; i < 40; i++) db.Set<GoldenThread>().Add(new GoldenThread { PartnershipId = partnership.Id,
            Title = Text("Thread", i), About = "", Source = ThreadSource.Problem, FormKey = FormKey.New(), StartedBy = Who, StartedAt =
            now, EndedAt = i % 2 == 0 ? now : null });
        for (var i = 0; i < 20; i++) db.Set<Meeting>().Add(new Meeting { PartnershipId = partnership.Id, Title = Text("Board", i),
            Place = "Town Hall", StartsAt = now.AddDays(i - 10), EndsAt = now.AddDays(i - 10).AddHours(2), ChairName = "", CalendarUid =
            FormKey.New(), MadeBy = Who, MadeAt = now, CalendarChangedAt = now, FormKey = FormKey.New() });
        for (var i = 0; i < Decisions; i++)
        {
            var state = i < 3 ? ProposalState.Voting : ProposalState.Decided;
            db.Set<Proposal>().Add(new Proposal
            {
                PartnershipId = partnership.Id,
                Title = Text("Proposal", i),
                Text = "We buy one van together.",
                ProposedBy = Who,
                FormKey = FormKey.New(),
                ProposedAt = now.AddDays(-i - 1),
                Method = DecisionMethod.YesNo,
                State = state,
                OpenedAt = now.AddDays(-i),
                ClosesAt = state == ProposalState.Voting ? now.AddDays(i + 1) : null,
                ClosedAt = state == ProposalState.Decided ? now.AddHours(-i) : null,
                Outcome = state == ProposalState.Decided ? DecisionOutcome.Passed : null,
                OutcomeWords = state == ProposalState.Decided ? "Agreed: 40 yes, 20 no." : "",
            });
        }
        await SaveAsync(db);
        for (var i = 0; i < Actions; i++)
        {
            var action = new PlannedAction { PartnershipId = partnership.Id, Title = Text("Action", i),
                OrganisationId = organisations[i % Organisations].Id, OutcomeId = outcomes[i % outcomes.Count].Id, DueOn =
                today.AddDays((i % 80) - 30), CreatedBy = Who, CreatedAt = now, FormKey = FormKey.New() };
            if (i % 3 == 0) action.Add(new ActionNote { Kind = ActionNoteKind.Done, Text = "Done.", Who = Who, At = now,
                FormKey = FormKey.New() });
            db.Set<PlannedAction>().Add(action);
        }
        await SaveAsync(db);
        for (var number = 1; number <= LedgerLines / 2; number++)
        {
            var facts = new EntryFacts(partnership.Id, today, BudgetUnit.Cash, 100 + number, organisations[number % Organisations].Id,
                number % 2 == 0 ? outcomes[number % outcomes.Count].Id : null, null, "Van hire", Who, null, now, FormKey.New());
            db.Set<JournalEntry>().Add(number % 2 == 0 ? JournalEntry.Commitment(facts, number) : JournalEntry.Contribution(facts, number));
        }
        db.Set<Ledger>().Add(new Ledger { PartnershipId = partnership.Id, IsOn = true, LastNumber = LedgerLines / 2 });
        await SaveAsync(db);
        return partnership.Id;
    }

    private static async Task SaveAsync(ColeadDb db)
    {
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private static string Text(string of, int number) => string.Create(CultureInfo.InvariantCulture, $"{of} {number:000}");
}
