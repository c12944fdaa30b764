using Colead.Data;
using Colead.Data.Actions;
using Colead.Data.Decisions;
using Colead.Data.Meetings;
using Colead.Web.Features.Actions;
using Colead.Web.Features.Decisions;
using Colead.Web.Features.Meetings;
using Colead.Web.Features.Partnerships;
using Colead.Web.Features.Threads;
using Colead.Web.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Web.Features.ThreadPages;

/// <summary>What goes on in the partnership, each with where it leads, for its overview. That page stands below, so it asks by name. One question to the database.</summary>
[ViewComponent(Name = "GoingOn")]
public sealed class GoingOnViewComponent(ColeadDb db, PartnershipAccess access, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var standing = await access.RequiredAsync();
        var (p, today, now) = (standing.PartnershipId, clock.Today(), clock.Now());
        var found = await db.Partnerships.Where(x => x.Id == p).Select(_ => new
        {
            Threads = db.Threads.Count(t => t.PartnershipId == p && t.EndedAt == null),
            Newest = db.Threads.Where(t => t.PartnershipId == p && t.EndedAt == null).OrderByDescending(t => t.Id).Select(t => new { t.Id, t.Title }).FirstOrDefault(),
            Votes = db.Proposals.Count(x => x.PartnershipId == p && x.State == ProposalState.Voting),
            Vote = db.Proposals.Where(x => x.PartnershipId == p && x.State == ProposalState.Voting).OrderBy(x => x.ClosesAt).Select(x => new { x.Id, x.Title, x.ClosesAt }).FirstOrDefault(),
            UnderWay = db.Actions.Count(a => a.PartnershipId == p && (a.State == ActionState.Open || a.State == ActionState.Blocked)),
            Late = db.Actions.Count(a => a.PartnershipId == p && (a.State == ActionState.Open || a.State == ActionState.Blocked) && a.DueOn < today),
            Meeting = db.Meetings.Where(m => m.PartnershipId == p && m.State == MeetingState.Planned && m.EndsAt > now).OrderBy(m => m.StartsAt).Select(m => new { m.Id, m.Title, m.StartsAt }).FirstOrDefault(),
        }).SingleAsync();
        List<GoingOn> lines = [];
        if (found.Vote is { } vote) lines.Add(new(found.Votes == 1 ? "A vote is open" : $"{found.Votes} votes are open", vote.Title, DecisionsLinks.Proposal(p, vote.Id), vote.ClosesAt is { } closes ? $"until {Dates.Say(closes)}" : ""));
        if (found.Meeting is { } meeting) lines.Add(new("The next meeting", meeting.Title, MeetingsLinks.Meeting(p, meeting.Id), Dates.Say(meeting.StartsAt)));
        if (found.Newest is { } thread) lines.Add(new("Taken up", thread.Title, ThreadsLinks.Thread(p, thread.Id), found.Threads == 1 ? "" : $"and {Dates.Count(found.Threads - 1, "other thread", "other threads")}"));
        if (found.UnderWay > 0) lines.Add(new("Under way", Dates.Count(found.UnderWay, "action", "actions"), ActionsLinks.All(p), found.Late == 0 ? "" : $"{found.Late} late"));
        return lines.Count == 0 ? Content("") : View("/Features/ThreadPages/GoingOn/GoingOn.cshtml", lines);
    }
}

/// <param name="What">What kind of thing it is, in a word or two.</param>
public sealed record GoingOn(string What, string Title, string Address, string More);
