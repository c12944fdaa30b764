using System.Globalization;
using Colead.Parts.Actions;
using Colead.Parts.Meetings;
using Colead.Parts.Partnerships;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Meetings;

public class MeetingsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Plan_Agenda_Minutes_End_AsATeamWould(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        using var lead = await p.AsAsync(Role.Lead);
        using var member = await p.AsAsync(Role.Member);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        var planned = await lead.PostAsync(MeetingsLinks.Plan(p.Id),
            new() { ["Title"] = " Partnership   board ", ["Day"] = "2026-12-01", ["From"] = "10:00", ["To"] = "11:30",
            ["Place"] = "Town Hall", ["Chair"] = Text(p.Organisations[0].Id), ["ChairName"] = "Ana Reed" });
        Assert.Equal(302, planned.Status);
        var address = planned.Location!;
        var id = long.Parse(address.Split('/')[^1], CultureInfo.InvariantCulture);
        Assert.Equal(302, (await member.PostAsync(MeetingsLinks.NewItem(p.Id, id),
            new() { ["Title"] = "Night buses", ["Minutes"] = "20", ["PutOnBy"] = Text(p.Organisations[1].Id) })).Status);
        Assert.Equal(302, (await lead.PostAsync(MeetingsLinks.NewItem(p.Id, id), new() { ["Title"] = "Budget", ["Minutes"] = "30" }))
            .Status);
        var page = await member.GetAsync(address);
        Assert.Equal("Partnership board", page.Heading);
        Assert.Contains("Tuesday 1 December 2026, 10:00 to 11:30 · Town Hall", page.Text, StringComparison.Ordinal);
        Assert.Contains("10:20, 30 minutes · brought in by", page.Text, StringComparison.Ordinal);
        var items = await app.DbAsync(db => db.Set<AgendaItem>().Where(i => i.MeetingId == id).OrderBy(i => i.Position).ToListAsync());
        // a lead puts on for their own
        Assert.Equal([p.Organisations[1].Id, p.Organisations[0].Id], items.Select(i => i.PutOnByOrganisationId));
        Assert.Equal(302,
            (await member.PostAsync(address, new() { ["text"] = "Buses stop at nine.", ["spoke"] = Text(p.Organisations[1].Id) }, "note"))
            .Status);
        Assert.Equal(302, (await coordinator.PostAsync(MeetingsLinks.Attendance(p.Id, id),
            new() { ["Rows[0].State"] = "Present", ["Rows[0].Names"] = "Ana Reed", ["Rows[1].State"] = "Apologies" })).Status);
        var end = await lead.GetAsync(MeetingsLinks.End(p.Id, id));
        Assert.Contains("One item was not reached", end.Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.SubmitAsync(end, [])).Status);
        Assert.Equal(302, (await lead.SubmitAsync(end, [])).Status); // twice is once
        var after = await app.DbAsync(db => db.Set<AgendaItem>().Where(i => i.MeetingId == id).OrderBy(i => i.Position)
            .Select(i => i.State).ToListAsync());
        Assert.Equal([ItemState.Taken, ItemState.NotReached], after);
        var minutes = await member.GetAsync(MeetingsLinks.Minutes(p.Id, id));
        Assert.Contains($"{p.Organisations[1].Name}: Buses stop at nine.", minutes.Text, StringComparison.Ordinal);
        Assert.Contains("Ana Reed", minutes.Text, StringComparison.Ordinal);
        Assert.Empty(minutes.Document.QuerySelectorAll(".minutes form"));
        var acts = await ActsAsync(app, p);
        foreach (var act in new[] { "planned a meeting", "put something on an agenda", "wrote in the minutes",
            "recorded who was at a meeting" }) Assert.Contains(act, acts);
        Assert.Single(acts, act => act == "ended a meeting");
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Promise_MadeInOneMeeting_StandsInItsList_AndOpensTheNext(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (first, _, _) = await HeldAsync(app, p, note: "Said.");
        using var lead = await p.AsAsync(Role.Lead);
        using var viewer = await p.AsAsync(Role.Viewer);
        using var stranger = await (await app.PartnershipAsync()).AsAsync(Role.Coordinator);
        var address = MeetingsLinks.Promise(p.Id, first);
        foreach (var visitor in new[] { viewer, stranger }) Assert.Equal(404, (await visitor.GetAsync(address)).Status);
        var form = await lead.GetAsync(address);
        var empty = await lead.SubmitAsync(form, new() { ["Title"] = " ", ["DueOn"] = "soon" });
        Assert.Equal(400, empty.Status);
        Assert.NotNull(empty.ErrorOf("Title"));
        Assert.NotNull(empty.ErrorOf("DueOn"));
        Assert.Equal(400,
            (await lead.SubmitAsync(form, new() { ["Title"] = "For others", ["Organisation"] = Text(p.Organisations[1].Id),
            ["DueOn"] = "2026-12-01" })).Status);
        Dictionary<string, string> promise = new() { ["Title"] = "Ask the bus firm", ["Organisation"] = Text(p.Organisations[0].Id),
            ["DueOn"] = "2026-12-01" };
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(302, (await lead.SubmitAsync(form, new(promise))).Status); // twice is once
        var action = await app.DbAsync(db => db.Set<PlannedAction>().SingleAsync(a => a.PartnershipId == p.Id));
        Assert.Equal((first, p.Organisations[0].Id), (action.MeetingId, action.OrganisationId));
        var here = await viewer.GetAsync(MeetingsLinks.Meeting(p.Id, first));
        Assert.Contains("Ask the bus firm", here.Document.QuerySelector("#made-actions")!.TextContent, StringComparison.Ordinal);
        Assert.Null(here.Document.QuerySelector("[aria-labelledby=promised]"));

        var (second, _, _) = await HeldAsync(app, p, note: "Later.");
        Assert.Contains("Ask the bus firm", (await viewer.GetAsync(MeetingsLinks.Meeting(p.Id, second)))
            .Document.QuerySelector("[aria-labelledby=promised]")!.TextContent, StringComparison.Ordinal);
        await app.DbAsync(db => db.Set<PlannedAction>().Where(a => a.Id == action.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, Colead.Parts.Actions.ActionState.Done)));
        Assert.Null((await viewer.GetAsync(MeetingsLinks.Meeting(p.Id, second))).Document.QuerySelector("[aria-labelledby=promised]"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Screens_OfEveryRole_AndTheWrongPartnership(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (p, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        var (meeting, item, note) = await HeldAsync(app, p, note: "Said.");
        string[] all = [MeetingsLinks.Meetings(p.Id), MeetingsLinks.Meeting(p.Id, meeting), MeetingsLinks.Minutes(p.Id, meeting),
            MeetingsLinks.InvitationFile(p.Id, meeting), MeetingsLinks.Calendar(p.Id)];
        string[] members = [MeetingsLinks.NewItem(p.Id, meeting), MeetingsLinks.Item(p.Id, meeting, item),
            MeetingsLinks.Attendance(p.Id, meeting)];
        string[] leads = [MeetingsLinks.Plan(p.Id), MeetingsLinks.Change(p.Id, meeting), MeetingsLinks.Cancel(p.Id, meeting)];
        string[] coordinators = [MeetingsLinks.Settings(p.Id), MeetingsLinks.End(p.Id, meeting), MeetingsLinks.Note(p.Id, meeting, note)];
        foreach (var (screens, least) in new[] { (all, Role.Viewer), (members, Role.Member), (leads, Role.Lead),
            (coordinators, Role.Coordinator) })
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                using var visitor = await p.AsAsync(role);
                foreach (var screen in screens) Assert.True((role >= least ? 200 : 404) == (await visitor.GetAsync(screen)).Status,
                    $"{role} at {screen}");
            }
            using var stranger = await other.AsAsync(Role.Coordinator);
            foreach (var screen in screens) Assert.Equal(404, (await stranger.GetAsync(screen)).Status);
            // our meeting under their own partnership
            foreach (var screen in screens.Where(s => s.Contains($"/meetings/{meeting}", StringComparison.Ordinal)))
                Assert.Equal(404, (await stranger.GetAsync(screen.Replace($"/partnerships/{p.Id}/", $"/partnerships/{other.Id}/",
                    StringComparison.Ordinal))).Status);
        }
        using var viewer = await p.AsAsync(Role.Viewer);
        foreach (var (handler, fields) in new (string, Dictionary<string, string>)[]
        {
            ("note", new() { ["item"] = Text(item), ["text"] = "x" }), ("move", new() { ["item"] = Text(item), ["above"] = Text(item) }),
                ("carry", []), ("invite", []),
        })
            Assert.Equal(404, (await viewer.ForgeAsync("/account", MeetingsLinks.Meeting(p.Id, meeting) + "?handler=" + handler, fields))
                .Status);
        Assert.Empty((await viewer.GetAsync(MeetingsLinks.Meeting(p.Id, meeting))).Document.QuerySelectorAll("main form"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Plan_BadInput_SaysSoBesideTheField_AndKeepsWhatWasTyped(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var (p, other) = (await app.PartnershipAsync(), await app.PartnershipAsync());
        using var lead = await p.AsAsync(Role.Lead);
        var answer = await lead.PostAsync(MeetingsLinks.Plan(p.Id),
            new() { ["Title"] = " ", ["Day"] = "31/2/2026", ["From"] = "11:00", ["To"] = "10:00",
            ["Chair"] = Text(other.Organisations[0].Id), ["Place"] = "Here" });
        Assert.Equal(400, answer.Status);
        foreach (var field in new[] { "Title", "Day", "To", "Chair" }) Assert.NotNull(answer.ErrorOf(field));
        Assert.Equal("Here", answer.ValueOf("Place"));
        // clocks go forward
        Assert.NotNull((await lead.PostAsync(MeetingsLinks.Plan(p.Id),
            new() { ["Title"] = "T", ["Day"] = "29/3/2026", ["From"] = "1:30", ["To"] = "3:00" })).ErrorOf("From"));
        Assert.Equal(0, await app.DbAsync(db => db.Set<Meeting>().CountAsync(m => m.PartnershipId == p.Id)));
        var (meeting, item, _) = await HeldAsync(app, p);
        var bad = await lead.PostAsync(MeetingsLinks.NewItem(p.Id, meeting),
            new() { ["Title"] = "", ["Minutes"] = "many", ["OwnerOrganisation"] = Text(other.Organisations[0].Id) });
        Assert.Equal(400, bad.Status);
        foreach (var field in new[] { "Title", "Minutes", "OwnerOrganisation" }) Assert.NotNull(bad.ErrorOf(field));
        var note = await lead.PostAsync(MeetingsLinks.Meeting(p.Id, meeting),
            new() { ["item"] = Text(item), ["text"] = " ", ["spoke"] = "" }, "note");
        Assert.Equal(400, note.Status);
        Assert.NotNull(note.ErrorOf($"note-{item}"));
        var foreign = await lead.PostAsync(MeetingsLinks.Meeting(p.Id, meeting),
            new() { ["text"] = "Kept words", ["spoke"] = Text(other.Organisations[0].Id) }, "note");
        Assert.Equal(400, foreign.Status);
        Assert.Equal("Kept words", foreign.ValueOf($"note-{item}"));
        Assert.Equal(404, (await lead.PostAsync(MeetingsLinks.Meeting(p.Id, meeting), new() { ["item"] = "987654321", ["text"] = "x" },
            "note")).Status);
    }

    /// <summary>Everyone's notes are there, whoever wrote at the same moment; each form counts once.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Notes_AddedAtOnce_AreAllThere_AndARepeatedFormAddsOne(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (meeting, item, _) = await HeldAsync(app, p);
        var page = MeetingsLinks.Meeting(p.Id, meeting);
        var writers = new List<Visitor>();
        for (var i = 0; i < 6; i++) writers.Add(await p.AsAsync(i % 2 == 0 ? Role.Member : Role.Coordinator));
        var forms = await Task.WhenAll(writers.Select(w => w.GetAsync(page)));
        var answers = await Task.WhenAll(writers.SelectMany((w, i) => new[] { w,
            w }.Select(_ => w.SubmitAsync(forms[i], new() { ["text"] = $"Note {i}." }, "note"))));
        Assert.All(answers, answer => Assert.Equal(302, answer.Status));
        var texts = await app.DbAsync(db => db.Set<MeetingNote>().Where(n => n.ItemId == item).Select(n => n.Text).ToListAsync());
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"Note {i}."), texts.Order(StringComparer.Ordinal));
        Assert.Equal(6, (await ActsAsync(app, p)).Count(act => act == "wrote in the minutes"));
        var put = await writers[0].GetAsync(MeetingsLinks.NewItem(p.Id, meeting));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => writers[0].SubmitAsync(put, new() { ["Title"] = "Once" })));
        Assert.Equal(1, await app.DbAsync(db => db.Set<AgendaItem>().CountAsync(i => i.MeetingId == meeting && i.Title == "Once")));
        var plan = await writers[1].GetAsync(MeetingsLinks.Plan(p.Id));
        var made = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => writers[1].SubmitAsync(plan, new() { ["Title"] = "Planned once" })));
        Assert.Single(made.Select(m => m.Location).Distinct());
        Assert.Equal(1, await app.DbAsync(db => db.Set<Meeting>().CountAsync(m => m.PartnershipId == p.Id && m.Title == "Planned once")));
        writers.ForEach(w => w.Dispose());
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Note_IsCorrectedByItsAuthor_UntilTheEnd_AndKeepsWhatItSaid(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (meeting, item, _) = await HeldAsync(app, p, chair: p.Organisations[0].Id);
        var page = MeetingsLinks.Meeting(p.Id, meeting);
        using var member = await p.AsAsync(Role.Member);
        using var lead = await p.AsAsync(Role.Lead);
        await member.PostAsync(page, new() { ["text"] = "Seven buses." }, "note");
        await lead.PostAsync(page, new() { ["text"] = "Of the lead." }, "note");
        var notes = await app.DbAsync(db => db.Set<MeetingNote>().Where(n => n.ItemId == item).OrderBy(n => n.Id).ToListAsync());
        Assert.Equal(404, (await member.GetAsync(MeetingsLinks.Note(p.Id, meeting, notes[1].Id))).Status); // another's
        Assert.Equal(302, (await member.PostAsync(MeetingsLinks.Note(p.Id, meeting, notes[0].Id), new() { ["Text"] = "Nine buses." }))
            .Status);
        var shown = await member.GetAsync(page);
        Assert.Contains("Nine buses.", shown.Text, StringComparison.Ordinal);
        Assert.Contains("What it said before Seven buses.", shown.Text, StringComparison.Ordinal);
        (Answer Form, string Field)[] open =
        [
            (await member.GetAsync(MeetingsLinks.Note(p.Id, meeting, notes[0].Id)), "Text"),
                (await member.GetAsync(MeetingsLinks.NewItem(p.Id, meeting)), "Title"),
            (await member.GetAsync(MeetingsLinks.Item(p.Id, meeting, item)), "About"),
                (await member.GetAsync(MeetingsLinks.Attendance(p.Id, meeting)), "Rows[0].Names"),
        ];
        await lead.PostAsync(MeetingsLinks.End(p.Id, meeting), []); // in the chair
        foreach (var (form, field) in open)
        {
            var over = await member.SubmitAsync(form, new() { [field] = "Not lost either" });
            Assert.Equal((409, "The meeting was ended"), (over.Status, over.Heading));
            Assert.Contains("Not lost either", over.Text, StringComparison.Ordinal);
        }
        Assert.Equal(404, (await member.GetAsync(MeetingsLinks.Note(p.Id, meeting, notes[0].Id))).Status);
        var late = await member.ForgeAsync("/account", page + "?handler=note",
            new() { ["item"] = Text(item), ["text"] = "Too late, but not lost" });
        Assert.Equal(409, late.Status);
        Assert.Contains("Too late, but not lost", late.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Too late", (await member.GetAsync(page)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(MeetingsLinks.Note(p.Id, meeting, notes[0].Id), new() { ["Text"] = "Eight buses." }))
            .Status);
        Assert.Contains("Eight buses. (corrected", (await member.GetAsync(MeetingsLinks.Minutes(p.Id, meeting))).Text,
            StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(page, new() { ["text"] = "Forgotten." }, "note")).Status);
        Assert.Contains("added after the meeting", (await member.GetAsync(page)).Text, StringComparison.Ordinal);
        Assert.Equal(302, (await lead.PostAsync(MeetingsLinks.Note(p.Id, meeting, notes[1].Id), new() { ["Text"] = "", ["Spoke"] = "" }))
            .Status);
        var taken = await member.GetAsync(page);
        Assert.Contains("Taken out by", taken.Text, StringComparison.Ordinal);
        Assert.Contains("Of the lead.", taken.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Of the lead.", (await member.GetAsync(MeetingsLinks.Minutes(p.Id, meeting))).Text, StringComparison.Ordinal);
        Assert.Equal(3, (await ActsAsync(app, p)).Count(act => act == "corrected the minutes"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task TwoEditors_TheSecondSeesTheDifference_AndChooses(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (meeting, item, note) = await HeldAsync(app, p, note: "First words.");
        using var one = await p.AsAsync(Role.Coordinator);
        using var two = await p.AsAsync(Role.Coordinator);
        foreach (var (path, field, theirs, mine) in new[]
        {
            (MeetingsLinks.Note(p.Id, meeting, note), "Text", "They wrote this.", "I wrote that."),
            (MeetingsLinks.Item(p.Id, meeting, item), "Title", "Their title", "My title"),
            (MeetingsLinks.Change(p.Id, meeting), "Place", "Their room", "My room"),
            (MeetingsLinks.Attendance(p.Id, meeting), "Rows[0].Names", "Ana", "Ben"),
        })
        {
            var (first, second) = (await one.GetAsync(path), await two.GetAsync(path));
            var extra = path.EndsWith("attendance", StringComparison.Ordinal) ? new Dictionary<string,
                string> { ["Rows[0].State"] = "Present" } : [];
            Assert.Equal(302, (await one.SubmitAsync(first, new(extra) { [field] = theirs })).Status);
            var clash = await two.SubmitAsync(second, new(extra) { [field] = mine });
            Assert.Equal(409, clash.Status);
            var difference = clash.Document.QuerySelector(".clash")!.TextContent;
            Assert.Contains(theirs, difference, StringComparison.Ordinal);
            Assert.Contains(mine, difference, StringComparison.Ordinal);
            // nothing lost yet
            Assert.Contains(theirs, (await one.GetAsync(MeetingsLinks.Meeting(p.Id, meeting))).Body, StringComparison.Ordinal);
            Assert.Equal(302, (await two.SubmitAsync(clash, [])).Status); // mine, on purpose
            Assert.Contains(mine, (await one.GetAsync(MeetingsLinks.Meeting(p.Id, meeting))).Body, StringComparison.Ordinal);
        }
    }

    /// <summary>Two take attendance, each of some organisations: neither wipes out the other.</summary>
    [Theory, ClassData(typeof(Engines))]
    public async Task Attendance_TakenByTwo_LosesNothing(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (meeting, _, _) = await HeldAsync(app, p);
        using var one = await p.AsAsync(Role.Coordinator);
        using var two = await p.AsAsync(Role.Member);
        var path = MeetingsLinks.Attendance(p.Id, meeting);
        var (first, second) = (await one.GetAsync(path), await two.GetAsync(path));
        Assert.Equal(302, (await one.SubmitAsync(first, new() { ["Rows[0].State"] = "Present", ["Rows[0].Names"] = "Ana" })).Status);
        Assert.Equal(302, (await two.SubmitAsync(second, new() { ["Rows[1].State"] = "Absent", ["Rows[2].State"] = "Apologies" })).Status);
        var states = await app.DbAsync(db => db.Set<MeetingAttendance>().Where(a => a.MeetingId == meeting).OrderBy(a => a.OrganisationId)
            .Select(a => a.State).ToListAsync());
        Assert.Equal([AttendanceState.Present, AttendanceState.Absent, AttendanceState.Apologies], states);
        var nobody = await two.PostAsync(MeetingsLinks.Attendance(p.Id, (await HeldAsync(app, p)).Meeting),
            new() { ["Rows[0].Names"] = "Somebody" });
        Assert.Equal(400, nobody.Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task NotReached_IsCarriedOver_Once(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (meeting, _, _) = await HeldAsync(app, p, from: TimeSpan.FromDays(-7), putOnBy: p.Organisations[1].Id);
        using var coordinator = await p.AsAsync(Role.Coordinator);
        using var member = await p.AsAsync(Role.Member);
        await coordinator.PostAsync(MeetingsLinks.End(p.Id, meeting), []);
        var next = TestMeetings.New(app, p, TimeSpan.FromDays(7));
        await app.SaveAsync(db => db.Set<Meeting>().Add(next));
        var page = MeetingsLinks.Meeting(p.Id, next.Id);
        var (one, two) = (await coordinator.GetAsync(page), await member.GetAsync(page));
        Assert.Contains("One thing was left over last time Ferries", one.Text, StringComparison.Ordinal);
        await Task.WhenAll(coordinator.SubmitAsync(one, [], "carry"), member.SubmitAsync(two, [], "carry"));
        var carried = await app.DbAsync(db => db.Set<AgendaItem>().SingleAsync(i => i.MeetingId == next.Id));
        Assert.Equal(("Ferries", p.Organisations[1].Id), (carried.Title, carried.PutOnByOrganisationId));
        var after = await member.GetAsync(page);
        Assert.DoesNotContain("left over", after.Text, StringComparison.Ordinal);
        Assert.Contains("carried over", after.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Order_OfTheAgenda_ChangesByOnePress_AndTwiceIsOnce(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var meeting = TestMeetings.New(app, p, TimeSpan.FromDays(2));
        meeting.Items.AddRange([TestMeetings.Item("A", 1), TestMeetings.Item("B", 2), TestMeetings.Item("C", 3)]);
        await app.SaveAsync(db => db.Set<Meeting>().Add(meeting));
        using var member = await p.AsAsync(Role.Member);
        var move = new Dictionary<string, string> { ["item"] = Text(meeting.Items[2].Id), ["above"] = Text(meeting.Items[0].Id) };
        var path = MeetingsLinks.Meeting(p.Id, meeting.Id) + "?handler=move";
        for (var i = 0; i < 2; i++) Assert.Equal(302, (await member.ForgeAsync("/account", path, new(move))).Status);
        Assert.Equal(["C", "A", "B"], await app.DbAsync(db => db.Set<AgendaItem>().Where(i => i.MeetingId == meeting.Id)
            .OrderBy(i => i.Position).Select(i => i.Title).ToListAsync()));
        Assert.Equal(404, (await member.ForgeAsync("/account", path, new(move) { ["above"] = "987654321" })).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Titles_AreHidden_UnlessThePartnershipShowsThem(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var p = await app.PartnershipAsync();
        var (shown, hidden) = (await p.PersonAsync("Ana Reed", null, 0), await p.PersonAsync("Ben Moor", null, 0));
        await app.DbAsync(db => db.Set<Membership>().Where(m => m.PersonId == shown)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Title, "Chief of Tides").SetProperty(m => m.TitleShown, true)));
        await app.DbAsync(db => db.Set<Membership>().Where(m => m.PersonId == hidden)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Title, "Keeper of Locks")));
        var (meeting, _, _) = await HeldAsync(app, p);
        await app.SaveAsync(db => db.Set<MeetingAttendance>()
            .Add(new() { MeetingId = meeting, OrganisationId = p.Organisations[0].Id, State = AttendanceState.Present,
            Names = "Ana Reed, Ben Moor" }));
        using var coordinator = await p.AsAsync(Role.Coordinator);
        string[] pages = [MeetingsLinks.Meeting(p.Id, meeting), MeetingsLinks.Minutes(p.Id, meeting)];
        foreach (var page in pages) Assert.DoesNotContain("Chief of Tides", (await coordinator.GetAsync(page)).Text,
            StringComparison.Ordinal);
        Assert.Equal(302, (await coordinator.PostAsync(MeetingsLinks.Settings(p.Id), new() { ["TitlesShown"] = "true" })).Status);
        foreach (var page in pages)
        {
            var text = (await coordinator.GetAsync(page)).Text;
            Assert.Contains("Ana Reed (Chief of Tides), Ben Moor", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Keeper of Locks", text, StringComparison.Ordinal); // theirs alone to show
        }
        Assert.Contains("changed how meetings are kept", await ActsAsync(app, p));
    }

    private static async Task<(long Meeting, long Item, long Note)> HeldAsync(TestApp app, TestPartnership p, string? note = null,
        long? chair = null, TimeSpan? from = null, long? putOnBy = null)
    {
        var meeting = TestMeetings.New(app, p, from, chair);
        var item = TestMeetings.Item("Ferries", putOnBy: putOnBy);
        if (note is not null) item.Notes.Add(TestMeetings.Note(note));
        meeting.Items.Add(item);
        await app.SaveAsync(db => db.Set<Meeting>().Add(meeting));
        return (meeting.Id, item.Id, note is null ? 0 : item.Notes[0].Id);
    }

    private static Task<List<string>> ActsAsync(TestApp app, TestPartnership p) =>
        app.DbAsync(db => db.AuditEntries.Where(e => e.PartnershipId == p.Id).OrderBy(e => e.Id).Select(e => e.Act).ToListAsync());

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
