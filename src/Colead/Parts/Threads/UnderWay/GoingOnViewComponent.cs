using Colead.Data;
using Colead.Data.Actions;
using Colead.Data.Decisions;
using Colead.Data.Meetings;
using Colead.Kit.Texts;
using Colead.Parts.Actions;
using Colead.Parts.Decisions;
using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Colead.Parts.Threads.UnderWay;

/// <summary>What goes on in the partnership, each with where it leads, for its overview. That page stands below, so it asks by name. One question to the database.</summary>
[ViewComponent(Name = "GoingOn")]
public sealed class GoingOnViewComponent(ColeadDb db, PartnershipAccess access, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var standing = await access.RequiredAsync();
        var (p, today, now) = (standing.PartnershipId, clock.Today(), clock.Now());
        var threads = db.Threads.Where(t => t.PartnershipId == p && t.EndedAt == null).OrderByDescending(t => t.Id);
        var votes = db.Proposals.Where(x => x.PartnershipId == p && x.State == ProposalState.Voting).OrderBy(x => x.ClosesAt).ThenBy(x => x.Id);
        var actions = db.Actions.Where(a => a.PartnershipId == p && (a.State == ActionState.Open || a.State == ActionState.Blocked));
        var meetings = db.Meetings.Where(m => m.PartnershipId == p && m.State == MeetingState.Planned && m.EndsAt > now).OrderBy(m => m.StartsAt).ThenBy(m => m.Id);
        var found = await db.Partnerships.Where(x => x.Id == p).Select(_ => new
        {
            Threads = threads.Count(),
            ThreadId = threads.Select(t => (long?)t.Id).FirstOrDefault(),
            Thread = threads.Select(t => t.Title).FirstOrDefault(),
            Votes = votes.Count(),
            VoteId = votes.Select(v => (long?)v.Id).FirstOrDefault(),
            Vote = votes.Select(v => v.Title).FirstOrDefault(),
            VoteCloses = votes.Select(v => v.ClosesAt).FirstOrDefault(),
            UnderWay = actions.Count(),
            Late = actions.Count(a => a.DueOn < today),
            MeetingId = meetings.Select(m => (long?)m.Id).FirstOrDefault(),
            Meeting = meetings.Select(m => m.Title).FirstOrDefault(),
            MeetingAt = meetings.Select(m => (DateTime?)m.StartsAt).FirstOrDefault(),
        }).SingleAsync();
        List<GoingOn> lines = [];
        if (found.VoteId is { } vote) lines.Add(new(found.Votes == 1 ? "A vote is open" : $"{found.Votes} votes are open", found.Vote!, DecisionsLinks.Proposal(p, vote), found.VoteCloses is { } closes ? $"until {Dates.Say(closes)}" : ""));
        if (found.MeetingId is { } meeting) lines.Add(new("The next meeting", found.Meeting!, MeetingsLinks.Meeting(p, meeting), Dates.Say(found.MeetingAt!.Value)));
        if (found.ThreadId is { } thread) lines.Add(new("Taken up", found.Thread!, ThreadsLinks.Thread(p, thread), found.Threads == 1 ? "" : $"and {Dates.Count(found.Threads - 1, "other thread", "other threads")}"));
        if (found.UnderWay > 0) lines.Add(new("Under way", Dates.Count(found.UnderWay, "action", "actions"), ActionsLinks.All(p), found.Late == 0 ? "" : $"{found.Late} late"));
        return lines.Count == 0 ? Content("") : View("/Parts/Threads/UnderWay/GoingOn.cshtml", lines);
    }
}

/// <param name="What">What kind of thing it is, in a word or two.</param>
public sealed record GoingOn(string What, string Title, string Address, string More);
