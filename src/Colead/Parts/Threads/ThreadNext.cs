using Colead.Kit.Texts;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads;

/// <summary>The one thing to do next, with the button that leads to it.</summary>
public sealed record NextStep(string Sentence, string? Button = null, string? Address = null)
{
    /// <summary>Leads and coordinators set outcomes and plan actions; others are told, and shown no door that is shut to them.</summary>
    public static NextStep ForLeads(Standing standing, ThreadStory story, string sentence, string button, string address) =>
        standing.SeesPeople
        ? new(sentence, button, address)
        : new(sentence + " A partner lead or a coordinator does that.", "Add what you see", ThreadsLinks.Talk(standing.PartnershipId,
            story.Thread.Id));
}

/// <summary>One thing that a thread may wait for, as a part knows it.</summary>
public interface INextStep
{
    /// <summary>Its place in the circle, in tens: what comes first is asked for first.</summary>
    int Place { get; }

    /// <summary>Null where the thread does not wait for it.</summary>
    Task<NextStep?> OfAsync(Standing standing, ThreadStory story);
}

/// <summary>Finds what a thread waits for: talk, a proposal, a vote, an outcome, an action, a review, or the next round.</summary>
public sealed class ThreadNext(ColeadDb db, IEnumerable<INextStep> steps)
{
    public async Task<NextStep> OfAsync(Standing standing, ThreadStory story)
    {
        if (story.Thread.EndedAt is { } ended)
            return new($"The thread was put away on {Dates.Say(Dates.DayOf(ended))}. It stays here to be read.");
        foreach (var step in steps.OrderBy(step => step.Place))
            if (await step.OfAsync(standing, story) is { } next) return next;
        return await RestAsync(standing, ThreadsLinks.Talk(standing.PartnershipId, story.Thread.Id));
    }

    private async Task<NextStep> RestAsync(Standing standing, string talk)
    {
        var round = await db.Set<Round>().Where(r => r.PartnershipId == standing.PartnershipId && r.State == RoundState.Open)
            .OrderBy(r => r.ClosesAt)
            .Select(r => new { r.Name, r.ClosesAt }).FirstOrDefaultAsync();
        return round is null
            ? new("What was agreed is on its way. The next round will show whether people see a difference.", "Add what you see", talk)
            : new($"{round.Name} is open{(round.ClosesAt is { } until ? $" until {Dates.Say(until)}" : "")}. It will show here whether people see a difference.",
                "Add what you see", talk);
    }
}

/// <summary>Nobody has talked about it yet.</summary>
internal sealed class TalkStep : INextStep
{
    public int Place => 20;

    public Task<NextStep?> OfAsync(Standing standing, ThreadStory story) => Task.FromResult<NextStep?>(
        story.Has(MomentKind.Talk) || story.Has(MomentKind.Decision) ? null
            : new("Nobody has talked about it yet. Ask what others see where they work.", "Talk it through",
                ThreadsLinks.Talk(standing.PartnershipId, story.Thread.Id)));
}
