using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Partnerships;
using Colead.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Meetings.Promises;

/// <summary>An action as a meeting lists it.</summary>
public sealed record PromisedAction(long Id, string Title, string Organisation, DateOnly DueOn, ActionState State, bool Late);

/// <param name="MayPromise">Whether the reader may write down another.</param>
public sealed record PromisesHere(long PartnershipId, long MeetingId, IReadOnlyList<PromisedAction> Actions, bool MayPromise);

/// <summary>Actions written down in a meeting.</summary>
public sealed class MadeInMeetingViewComponent(ColeadDb db, PartnershipAccess access, ActionOperations actions,
    TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(long meetingId)
    {
        var (standing, today) = (await access.RequiredAsync(), clock.Today());
        var made = await actions.Of(standing).Where(a => a.MeetingId == meetingId).OrderBy(a => a.Id)
            .Select(a => new PromisedAction(a.Id, a.Title, a.Organisation!.Name, a.DueOn, a.State,
                (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn < today)).ToListAsync();
        var may = standing.TakesPart && await db.Set<Meeting>().AnyAsync(m => m.Id == meetingId && m.State != MeetingState.Cancelled)
            && (await actions.OrganisationsAsync(standing, null)).Count > 0;
        return made.Count == 0 && !may ? Content("") : View("/Parts/Meetings/Promises/Made.cshtml",
            new PromisesHere(standing.PartnershipId, meetingId, made, may));
    }
}

/// <summary>What earlier meetings promised, or what belongs to the threads on this agenda, and is not done: the next meeting opens with
/// it.</summary>
public sealed class PromisedViewComponent(ColeadDb db, PartnershipAccess access, ActionOperations actions,
    TimeProvider clock) : ViewComponent
{
    private const int Most = 12;

    public async Task<IViewComponentResult> InvokeAsync(long meetingId)
    {
        var (standing, today) = (await access.RequiredAsync(), clock.Today());
        var threads = db.Set<AgendaItem>().Where(i => i.MeetingId == meetingId && i.ThreadId != null).Select(i => i.ThreadId);
        var promised = await actions.Of(standing).Where(a => (a.State == ActionState.Open || a.State == ActionState.Blocked)
            && a.MeetingId != meetingId && (a.MeetingId != null || threads.Contains(a.ThreadId)))
            .OrderBy(a => a.DueOn).ThenBy(a => a.Id).Take(Most)
            .Select(a => new PromisedAction(a.Id, a.Title, a.Organisation!.Name, a.DueOn, a.State, a.DueOn < today)).ToListAsync();
        return promised.Count == 0 ? Content("") : View("/Parts/Meetings/Promises/Promised.cshtml",
            new PromisesHere(standing.PartnershipId, meetingId, promised, false));
    }
}
