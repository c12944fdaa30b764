using Colead.Data;
using Colead.Data.Actions;
using Colead.Data.Decisions;
using Colead.Data.Inventory;
using Colead.Data.Threads;
using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Decisions;
using Colead.Parts.Outcomes;
using Colead.Parts.Partnerships;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads;

/// <summary>The one thing to do next, with the button that leads to it.</summary>
public sealed record NextStep(string Sentence, string? Button = null, string? Address = null);

/// <summary>Finds what a thread waits for: talk, a proposal, a vote, an outcome, an action, a review, or the next round.</summary>
public sealed class ThreadNext(ColeadDb db, TimeProvider clock)
{
    public async Task<NextStep> OfAsync(Standing standing, ThreadStory story)
    {
        var thread = story.Thread;
        var (p, t) = (standing.PartnershipId, thread.Id);
        if (thread.EndedAt is { } ended) return new($"The thread was put away on {Dates.Say(Dates.DayOf(ended))}. It stays here to be read.");
        if (Has(MomentKind.Proposal))
        {
            var open = await db.Proposals.Where(x => x.ThreadId == t && (x.State == ProposalState.Voting || x.State == ProposalState.Advice)).OrderByDescending(x => x.State == ProposalState.Voting).ThenBy(x => x.Id)
                .Select(x => new { x.Id, x.Title, x.State, x.ClosesAt }).FirstOrDefaultAsync();
            if (open is { State: ProposalState.Voting }) return new($"“{open.Title}” is being voted on{(open.ClosesAt is { } closes ? $", until {Dates.Say(closes)}" : "")}.", "Go to the vote", DecisionsLinks.Proposal(p, open.Id));
            if (open is not null) return new($"“{open.Title}” waits for advice before it is voted on.", "Give advice", DecisionsLinks.Proposal(p, open.Id));
        }
        if (!Has(MomentKind.Talk) && !Has(MomentKind.Decision)) return new("Nobody has talked about it yet. Ask what others see where they work.", "Talk it through", ThreadsLinks.Talk(p, t));
        if (!Has(MomentKind.Decision)) return new("It has been talked about. What do you want to do about it together?", "Propose something", DecisionsLinks.New(p, thread: t));
        if (!Has(MomentKind.Outcome)) return ForLeads("You decided. Say what should be different, for whom, by when, and how you will know.", "Set an outcome", OutcomesLinks.New(p, t));
        var waiting = await db.OutcomePartners.Where(o => o.IsOwner && o.AgreedAt == null && o.Outcome!.ThreadId == t && o.Outcome.EndedAt == null).OrderBy(o => o.OutcomeId).ThenBy(o => o.Organisation!.NameKey)
            .Select(o => new { o.OutcomeId, o.Outcome!.Title, o.Organisation!.Name }).ToListAsync();
        if (waiting.Count > 0)
        {
            var names = waiting.Where(w => w.OutcomeId == waiting[0].OutcomeId).Select(w => w.Name).ToList();
            return new($"{Joined.And(names)} {(names.Count == 1 ? "has" : "have")} still to agree to “{waiting[0].Title}”.", "See the outcome", OutcomesLinks.Outcome(p, waiting[0].OutcomeId));
        }
        if (!Has(MomentKind.Action)) return ForLeads("The outcome needs somebody to do something by a day.", "Plan an action", ActionsLinks.New(p, thread: t));
        var today = clock.Today();
        var late = await db.Actions.CountAsync(a => (a.ThreadId == t || a.Outcome!.ThreadId == t) && (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn < today);
        if (late > 0) return new($"{Dates.Count(late, "action is", "actions are")} late. Ask what stands in the way, or agree on another day.", "See the actions", ActionsLinks.All(p));
        var due = await db.Proposals.Where(x => x.ThreadId == t && x.State == ProposalState.Decided && x.ReviewOn <= today && !db.Proposals.Any(y => y.RevisitsId == x.Id)).OrderBy(x => x.ReviewOn).Select(x => new { x.Id, x.Title, x.ReviewOn }).FirstOrDefaultAsync();
        if (due is not null) return new($"You meant to look at “{due.Title}” again on {Dates.Say(due.ReviewOn!.Value)}.", "Look at it again", DecisionsLinks.New(p, revisits: due.Id));
        var round = await db.Rounds.Where(r => r.PartnershipId == p && r.State == RoundState.Open).OrderBy(r => r.ClosesAt).Select(r => new { r.Name, r.ClosesAt }).FirstOrDefaultAsync();
        return round is null
            ? new("What was agreed is on its way. The next round will show whether people see a difference.", "Add what you see", ThreadsLinks.Talk(p, t))
            : new($"{round.Name} is open{(round.ClosesAt is { } until ? $" until {Dates.Say(until)}" : "")}. It will show here whether people see a difference.", "Add what you see", ThreadsLinks.Talk(p, t));

        // Leads and coordinators set outcomes and plan actions; others are told, and shown no door that is shut to them.
        NextStep ForLeads(string sentence, string button, string address) => standing.SeesPeople ? new(sentence, button, address) : new(sentence + " A partner lead or a coordinator does that.", "Add what you see", ThreadsLinks.Talk(p, t));

        bool Has(MomentKind kind) => story.Moments.Any(m => m.Kind == kind);
    }
}
