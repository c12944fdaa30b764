using Colead.Kit.Texts;
using Colead.Parts.Threads;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Actions;

/// <summary>What was promised in a thread: one moment for all its actions, each with where it stands.</summary>
public sealed class ActionMoments(ColeadDb db, TimeProvider clock) : IMoments
{
    public async Task<IReadOnlyList<ThreadMoment>> OfAsync(GoldenThread thread, Reader reader)
    {
        var actions = await db.Set<PlannedAction>().Where(a => a.ThreadId == thread.Id || a.Outcome!.ThreadId == thread.Id)
            .OrderBy(a => a.DueOn).ThenBy(a => a.Id)
            .Select(a => new { a.Title, Organisation = a.Organisation!.Name, a.DueOn, a.State, a.CreatedAt, a.EndedAt, a.Nature })
                .ToListAsync();
        if (actions.Count == 0) return [];
        var today = clock.Today();
        var (first, last) = (Dates.DayOf(actions.Min(a => a.CreatedAt)),
            actions.Max(a => a.EndedAt is { } ended ? Dates.DayOf(ended) : a.DueOn));
        return
        [
            new(actions.Min(a => a.CreatedAt), MomentKind.Action, Dates.Span(first, last < first ? first : last),
                Dates.Count(actions.Count, "action", "actions"), Kept(actions.Select(a => a.State).ToList()))
            {
                More = Lines.Few(actions.OrderBy(a => a.State is ActionState.Done or ActionState.Dropped), actions,
                    a => $"{a.Title} ({a.Organisation}): {Stands(a.State, a.DueOn, a.EndedAt, today)}.", "other action", "other actions"),
                Address = reader == Reader.Member ? ActionsLinks.All(thread.PartnershipId) : null,
            },
        ];
    }

    private static string Kept(List<ActionState> states)
    {
        var parts = new[]
        {
            (states.Count(s => s == ActionState.Done), "done"),
            (states.Count(s => s == ActionState.Open), "under way"),
            (states.Count(s => s == ActionState.Blocked), "blocked"),
            (states.Count(s => s == ActionState.Dropped), "dropped"),
        }.Where(part => part.Item1 > 0).Select(part => part.Item1 == states.Count ? $"{(states.Count == 1 ? "It is" : "All")} {part.Item2}"
            : $"{part.Item1} {part.Item2}").ToList();
        return Joined.And(parts);
    }

    private static string Stands(ActionState state, DateOnly due, DateTime? ended, DateOnly today) => state switch
    {
        ActionState.Done => $"done {Dates.Say(Dates.DayOf(ended!.Value))}",
        ActionState.Dropped => $"dropped {Dates.Say(Dates.DayOf(ended!.Value))}",
        ActionState.Blocked => $"blocked, was due {Dates.Say(due)}",
        _ when due < today => $"late, was due {Dates.Say(due)}",
        _ => $"due {Dates.Say(due)}",
    };
}
