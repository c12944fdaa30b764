using Colead.Parts.Outcomes;
using Colead.Parts.Outcomes.Indicators;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using static Colead.Parts.Demo.Story;

namespace Colead.Parts.Demo;

/// <summary>The outcomes of the thread: one that was reached and closed, one that is under way.</summary>
internal sealed class DemonstrationOutcomes(ColeadDb db, Story story)
{
    public async Task<long> AimAsync(long thread)
    {
        OutcomeOperations book = story.Of<OutcomeOperations>();
        story.At(-640, 10);
        var id = await book.CreateAsync(story.Coordinator, new("People who use them help to design half of our new activities",
            "People who live with pain, worry or loneliness, and those who care for them", "Harbour Vale, all four wards",
                "They plan the hour, the place and the welcome of what is meant for them, and so they come, and bring others.",
            "Money and evenings go into what people want; trust grows where it was thin.", Responsibility.Joint,
                "Two evenings a month, bus fares, a room; the council’s grants officer for six days.", story.Day(-340), thread,
            [story.Organisations[Carers].Id, story.Organisations[Health].Id, story.Organisations[Council].Id]), story.Key("outcome"));
        IndicatorOperations indicators = story.Of<IndicatorOperations>();
        story.At(-639, 10);
        var whole = await book.Whole(story.Coordinator).FirstAsync(o => o.Id == id);
        var indicatorId = await indicators.AddAsync(story.Coordinator, whole, new Indicator
        {
            Name = "New activities planned with people who use them",
            Unit = "%",
            Direction = Direction.Up,
            Frequency = Frequency.Quarterly,
            Baseline = 12,
            BaselineOn = story.Day(-640),
            Target = 50,
            TargetOn = story.Day(-340),
            ShowsChange = true,
            PeopleAsked = true,
            Story = "We count an activity only if whoever runs it can name three people who planned it. In spring half of the names were the same five people; by autumn there were forty-one.",
            Confidence = Confidence.Medium,
            ConfidenceWhy = "Each organisation counts its own, and two were late. The names are real.",
            CreatedAt = story.Now,
            FormKey = story.Key("indicator"),
        });
        foreach (var owner in new[] { Carers, Health, Council }) await OwnAsync(id, owner, -638);
        foreach (var (day, value, note) in new[] { (-560, 18m, ""), (-470, 31m, "The boat evenings began."), (-380, 44m, ""),
            (-330, 52m, "Two organisations counted late.") })
            await CountAsync(id, indicatorId, day, value, note);
        await BringAsync(id, Carers, -636, "We find those who will plan, and sit with them until they need nobody to.");
        await BringAsync(id, Health, -634, "An evening clinician, and the honesty to move a class.");
        await BringAsync(id, Council, -632, "Bus fares, and a grants officer who asks why a rule is there.");
        await LookAsync(id, -638, -470, "A third, and the same five people in half of the plans. We ask on the boat from now on.");
        story.At(-326, 12);
        var over = await WholeAsync(id);
        await book.EndAsync(story.Coordinator, over,
            "Just over half, ten days late. It goes on as the way we work; what hosts are paid is the next question.", over.Version);
        return id;
    }

    /// <summary>What follows from the second decision, and is under way: one owner has agreed, the other is still to.</summary>
    public async Task AimAgainAsync(long thread)
    {
        OutcomeOperations book = story.Of<OutcomeOperations>();
        story.At(-256, 10);
        var id = await book.CreateAsync(story.Coordinator, new("Whoever hosts an evening is paid for it within a month",
            "Hosts: tenants, carers and young people", "Harbour Vale, all four wards",
            "Being paid is as ordinary for a host as for anybody else who works an evening.",
                "People with little money can afford to help run what is meant for them.", Responsibility.Joint,
            "A line in the small grants, and a day of payroll a month.", story.Day(95), thread,
                [story.Organisations[Council].Id, story.Organisations[Youth].Id]), story.Key("second outcome"));
        IndicatorOperations indicators = story.Of<IndicatorOperations>();
        story.At(-255, 10);
        var indicatorId = await indicators.AddAsync(story.Coordinator, await WholeAsync(id), new Indicator
        {
            Name = "Hosted evenings paid for within a month",
            Unit = "%",
            Direction = Direction.Up,
            Frequency = Frequency.Quarterly,
            Baseline = 0,
            BaselineOn = story.Day(-255),
            Target = 90,
            PeersReached = 94,
            PeersSource = "Tyne Together, in its second year",
            PeopleAsked = true,
            CreatedAt = story.Now,
            FormKey = story.Key("second indicator"),
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
        return await story.Of<OutcomeOperations>().Whole(story.Coordinator).FirstAsync(o => o.Id == id);
    }

    private async Task OwnAsync(long id, int owner, int day)
    {
        story.At(day, 9 + owner);
        var outcome = await WholeAsync(id);
        await story.Of<OutcomeOperations>().AgreeAsync(story.Lead(owner), outcome,
            outcome.Partners.Single(p => p.OrganisationId == story.Organisations[owner].Id), outcome.Version);
    }

    private async Task CountAsync(long id, long indicator, int day, decimal value, string note)
    {
        story.At(day, 12);
        db.ChangeTracker.Clear();
        IndicatorOperations indicators = story.Of<IndicatorOperations>();
        await indicators.ReadAsync(story.Coordinator, (await indicators.FindAsync(story.Coordinator, id, indicator))!, story.Day(day),
            value, note);
    }

    private async Task BringAsync(long id, int who, int day, string sentence)
    {
        story.At(day, 13);
        var outcome = await WholeAsync(id);
        await story.Of<OutcomeOperations>().ContributeAsync(story.Lead(who), outcome, story.Organisations[who].Id, sentence,
            outcome.Partners.Find(p => p.OrganisationId == story.Organisations[who].Id)?.Version ?? OutcomeOperations.NothingThere);
    }

    /// <summary>A review point, and what was seen on it; nothing where it is still to come.</summary>
    private async Task LookAsync(long id, int made, int day, string? note)
    {
        OutcomeOperations book = story.Of<OutcomeOperations>();
        story.At(made, 11);
        await book.AddReviewAsync(story.Coordinator, await WholeAsync(id), story.Day(day));
        if (note is null) return;
        story.At(day, 11);
        var outcome = await WholeAsync(id);
        var review = outcome.Reviews.Single(r => r.On == story.Day(day));
        if (review.HeldAt is null) await book.HoldReviewAsync(story.Coordinator, outcome, review, note);
    }
}
