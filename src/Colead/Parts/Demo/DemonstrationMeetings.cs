using Colead.Parts.Meetings;
using Colead.Storage;
using Microsoft.EntityFrameworkCore;
using static Colead.Parts.Demo.Story;

namespace Colead.Parts.Demo;

/// <summary>The meetings of the thread: two that were held, with their minutes, and the next one.</summary>
internal sealed class DemonstrationMeetings(ColeadDb db, Story story)
{
    public async Task<long> FirstMeetingAsync(long thread)
    {
        var meeting = await MeetAsync("first meeting", "Partnership meeting, January", "The front room at Vale Carers", -673, Council);
        await ItemAsync(meeting, "Planning with those who come", "Our lowest score in action. What do we do about it?", Carers, 40, thread,
            Carers);
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
        await MinutesAsync(meeting, "Winter pressures", null,
            [(Health, "Beds are full until February. Discharge on Fridays is the trouble."),
            (Police, "Wellbeing calls double at weekends.")]);
        await MinutesAsync(meeting, "Next year’s grants", null, [(Council, "The form opens on the first of March.")]);
        await AttendAsync(meeting, absent: [Hotels, Energy], apologies: [Logistics]);
        return await EndAsync(meeting, -673);
    }

    public async Task SecondMeetingAsync(long thread)
    {
        var meeting = await MeetAsync("second meeting", "Partnership meeting, after the second inventory", "Harbour Ferries, on board",
            -330, Carers);
        await ItemAsync(meeting, "What the second inventory says about planning together", "Has anything changed, and for whom?", Carers,
            30, thread, Carers);
        await ItemAsync(meeting, "Systems and structures: still lowest", "Where do our forms get in the way?", Council, 30, null, Council);
        await ItemAsync(meeting, "Hosts’ own report", "Read by two of them.", Youth, 20, thread, Youth);
        await MinutesAsync(meeting, "What the second inventory says about planning together", thread,
        [
            (Carers, "More people see it. We cannot say that it was us, and we would be surprised if it was not."),
            (Hotels, "First meeting for us in a year. It is a different meeting."),
            (Health, "Front-line staff still see less of it than boards do. Bring it to the wards."),
            (Food, "Do not stop because the number moved."),
        ]);
        await MinutesAsync(meeting, "Hosts’ own report", thread,
            [(Youth, "Two hosts asked to be paid like anybody else who works an evening. Applause, then a pause.")]);
        await MinutesAsync(meeting, "Systems and structures: still lowest", null,
            [(Council, "Will bring the three worst forms to the next meeting."), (Schools, "One of them is ours.")]);
        await AttendAsync(meeting, absent: [Energy], apologies: [Police]);
        await EndAsync(meeting, -330);
    }

    public async Task NextMeetingAsync(long thread)
    {
        story.At(-8, 12);
        var next = await MeetAsync("next meeting", "Partnership meeting, with hosts", "Tidewater Youth, upstairs", 12, Food);
        await ItemAsync(next, "Hosts: what we learned in a year", "Told by three of them.", Youth, 30, thread, Youth);
        await ItemAsync(next, "The third inventory: who has not been asked yet", "", Carers, 20, null, Carers);
        await ItemAsync(next, "Forms that get in the way", "The three worst, with their owners.", Council, 25, null, Council);
    }

    private async Task<Meeting> MeetAsync(string name, string title, string place, int day, int chair)
    {
        if (day < 0) story.At(day - 14, 9);
        var id = await story.Of<MeetingOperations>().CreateAsync(story.Coordinator, new(title, place, story.London(day, 10),
            story.London(day, 12), story.Organisations[chair].Id, story.Lead(chair).AccountName), story.Key(name));
        db.ChangeTracker.Clear();
        return await db.Set<Meeting>().Include(m => m.Items).FirstAsync(m => m.Id == id);
    }

    private Task ItemAsync(Meeting meeting, string title, string about, int owner, int minutes, long? thread, int putOnBy) =>
        story.Of<AgendaOperations>().AddAsync(story.Lead(putOnBy), meeting, new(title, about, story.Lead(owner).AccountName,
            story.Organisations[owner].Id, minutes, thread, story.Organisations[putOnBy].Id), story.Key($"item {meeting.Title} {title}"));

    private async Task MinutesAsync(Meeting meeting, string item, long? thread, (int Spoke, string Text)[] notes)
    {
        var of = await db.Set<AgendaItem>().Include(i => i.Meeting)
            .FirstAsync(i => i.MeetingId == meeting.Id && i.Title == item && i.ThreadId == thread);
        foreach (var (n, (spoke, text)) in notes.Index())
        {
            story.At(meeting.StartsAt.AddMinutes(10 + (4 * n)));
            await story.Of<MinutesOperations>().AddAsync(story.Coordinator, of, text, story.Organisations[spoke].Id,
                story.Key($"minute {meeting.Title} {item} {n}"));
        }
    }

    private async Task AttendAsync(Meeting meeting, int[] absent, int[] apologies)
    {
        var there = await db.Set<MeetingAttendance>().AsNoTracking().Where(a => a.MeetingId == meeting.Id)
            .ToDictionaryAsync(a => a.OrganisationId);
        await story.Of<AttendanceOperations>().SaveAsync(story.Coordinator, meeting,
            [.. story.Organisations.Select((o, i) => new SaidAttendance(o.Id, absent.Contains(i) ? AttendanceState.Absent
                : apologies.Contains(i) ? AttendanceState.Apologies : AttendanceState.Present, "",
                    AttendanceOperations.VersionOf(there.GetValueOrDefault(o.Id))))]);
    }

    private async Task<long> EndAsync(Meeting meeting, int day)
    {
        story.At(day, 12);
        db.ChangeTracker.Clear();
        var ended = await db.Set<Meeting>().Include(m => m.Items).FirstAsync(m => m.Id == meeting.Id);
        if (ended.State == MeetingState.Planned) await story.Of<MeetingOperations>().EndAsync(story.Coordinator, ended);
        return meeting.Id;
    }
}
